//! Two sentences of which one names what the other describes: "We use a chat model. We call it X.", "We used X. It is a
//! closed model."

use super::lists::{Run, after_head};
use super::paper::Sentence;
use super::reading::Reading;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, Kind};
use crate::detect::Way;

/// Finds the only names of the sentence before, of which the sentence says what they are: "We used X. It is a closed
/// model."
pub(super) fn of_sentence_before(
    ties: &Ties<'_, '_>,
    index: usize,
    place: usize,
) -> Option<(Vec<usize>, &'static str)> {
    let sentence = &ties.paper.sentences[place];
    let mention = ties.mention(index);
    let (plural, copula) = opening_subject(&sentence.reading)?;
    let (start, _) = sentence.reading.pieces_in(mention.span);
    if mention.kind == Kind::Own || plural != mention.plural || !(copula..=copula + 1).contains(&start) {
        return None;
    }
    let before = &ties.paper.sentences[place.checked_sub(1)?];
    let [run] = &before.runs[..] else { return None };
    (before.is_followed_by(sentence) && (run.names.len() > 1) == plural)
        .then(|| (run.names.clone(), "it says what the name in the sentence before is"))
}

/// Gives the names of "We call it X." and "The models are A and B." to a description in the sentence before.
pub(super) fn name_what_stands_before(ties: &mut Ties<'_, '_>, place: usize) {
    let Some(before) = place.checked_sub(1).map(|before| &ties.paper.sentences[before]) else { return };
    let sentence = &ties.paper.sentences[place];
    if before.part != sentence.part {
        return;
    }
    let reading = &sentence.reading;
    let described = |ties: &Ties<'_, '_>, plural: bool| {
        let open = ties.first_open_in(before, plural);
        open.filter(|index| ties.mention(*index).kind == Kind::Described)
    };
    let called = (0..reading.pieces.len()).find_map(|at| reading.cue(at, Cue::CallIt));
    if let Some(run) = called.and_then(|after| sentence.run_at(reading.skip_fillers(after, 2))) {
        let open = ties.first_open_in(before, false);
        return give(ties, open, run, "the next sentence says what it is called");
    }
    if let Some(run) = specified(sentence) {
        let open = described(ties, run.names.len() > 1);
        return give(ties, open, run, "the next sentence says which is used");
    }
    if let Some(run) = used_alone(sentence) {
        let open = described(ties, false).filter(|_| before.described.len() == 1 && before.runs.is_empty());
        return give(ties, open, run, "the next sentence says which is used");
    }
    let Some((plural, copula)) = opening_subject(reading) else { return };
    if let Some(run) = sentence.run_at(reading.skip_fillers(copula, 2)) {
        let open = described(ties, plural);
        give(ties, open, run, "the next sentence says what it is");
    }
}

/// Gives the names of a run to a description, if there is one.
fn give(ties: &mut Ties<'_, '_>, index: Option<usize>, run: &Run, way: &'static str) {
    if let Some(index) = index {
        let at = ties.mention(run.names[0]).span;
        ties.set(index, &run.names, Some(naming(Way::Predicate, way, at)));
    }
}

/// Finds the names in "Specifically, we use X."
fn specified<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Run> {
    let reading = &sentence.reading;
    let after = reading.cue(0, Cue::Members)?;
    let used = (after..after + 3).find_map(|at| reading.cue(at, Cue::Use))?;
    sentence.run_at(reading.skip_fillers(used, 3))
}

/// Finds the name in "We used X with default settings.", where nothing says for what else.
fn used_alone<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Run> {
    let reading = &sentence.reading;
    let used = reading.cue(reading.cue(0, Cue::We)?, Cue::Use)?;
    let run = sentence.run_at(reading.skip_fillers(used, 2))?;
    let is_only = sentence.runs.len() == 1 && run.names.len() == 1;
    let has_purpose =
        [Cue::Purpose, Cue::AsRole].iter().any(|cue| reading.has_cue(run.end, reading.pieces.len(), *cue));
    // "We use the X implementation": what the name is of is no name.
    let is_whole = reading.is_whole_before(after_head(reading, run.end));
    (is_only && is_whole && !has_purpose && sentence.described.is_empty()).then_some(run)
}

/// Finds a subject that refers to the sentence before: "It is", "The models are", "These include". Returns
/// whether it is plural, and the piece after its copula.
fn opening_subject(reading: &Reading<'_>) -> Option<(bool, usize)> {
    let noun = |at: usize| reading.cue(at, Cue::SetNoun);
    let (plural, at) = if let Some(end) = reading.cue(0, Cue::They) {
        (true, noun(end).unwrap_or(end))
    } else if let Some(end) = reading.cue(0, Cue::It) {
        (false, noun(end).unwrap_or(end))
    } else {
        let start = reading.cue(0, Cue::The)?;
        let end = noun(start)?;
        // "The reward model is X": a player of a role is not what was told of before.
        if reading.noun(start).is_some_and(|(to, _)| to == end) {
            return None;
        }
        (reading.text(end - 1).ends_with(['s', 'S']), end)
    };
    let copula = reading.copula(at).or_else(|| reading.cue(at, Cue::Members))?;
    Some((plural, copula))
}
