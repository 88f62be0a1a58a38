//! Two sentences of which one names what the other describes: "We use a chat model. We call it X.", "We used X. It is a
//! closed model."

use super::lists::Run;
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
    let called = (0..reading.pieces.len()).find_map(|at| reading.cue(at, Cue::CallIt));
    if let Some(run) = called.and_then(|after| sentence.run_at(reading.skip_fillers(after, 2))) {
        let target = before.described.iter().copied().find(|index| {
            let mention = ties.mention(*index);
            !mention.plural && ties.names_of(*index).is_empty()
        });
        if let Some(index) = target {
            let at = ties.mention(run.names[0]).span;
            ties.set(
                index,
                &run.names,
                Some(naming(Way::Predicate, "the next sentence says what it is called", at)),
            );
        }
        return;
    }
    if let Some(run) = specified(sentence) {
        let plural = run.names.len() > 1;
        let open =
            ties.first_open_in(before, plural).filter(|index| ties.mention(*index).kind == Kind::Described);
        if let Some(index) = open {
            let at = ties.mention(run.names[0]).span;
            let names = run.names.clone();
            ties.set(index, &names, Some(naming(Way::Predicate, "the next sentence says which is used", at)));
        }
        return;
    }
    let Some((plural, copula)) = opening_subject(reading) else { return };
    let Some(run) = sentence.run_at(reading.skip_fillers(copula, 2)) else { return };
    if let Some(index) =
        ties.first_open_in(before, plural).filter(|index| ties.mention(*index).kind == Kind::Described)
    {
        let at = ties.mention(run.names[0]).span;
        let names = run.names.clone();
        ties.set(index, &names, Some(naming(Way::Predicate, "the next sentence says what it is", at)));
    }
}

/// Finds the names in "Specifically, we use X."
fn specified<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Run> {
    let reading = &sentence.reading;
    let after = reading.cue(0, Cue::Members)?;
    let used = (after..after + 3).find_map(|at| reading.cue(at, Cue::Use))?;
    sentence.run_at(reading.skip_fillers(used, 3))
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
        let end = noun(reading.cue(0, Cue::The)?)?;
        (reading.text(end - 1).ends_with(['s', 'S']), end)
    };
    let copula = reading.copula(at).or_else(|| reading.cue(at, Cue::Members))?;
    Some((plural, copula))
}
