//! Sentences that state the name of a description: "X, which is a closed model", "a chat model, which we call
//! X", "We call it X."

use super::lists::{Run, after_head};
use super::names::{PaperName, Trust};
use super::next_sentence;
use super::paper::Sentence;
use super::reading::Reading;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, EntityType, Kind};
use crate::detect::Way;

/// Most pieces between a description and the words that name it.
const LONGEST_LEAD: usize = 14;
/// Most pieces between a set and the bracket that lists it.
const NEAR_BRACKET: usize = 2;
/// Most pieces between a description and the copula behind it: "the judge in all runs is".
const LONGEST_SUBJECT: usize = 7;

/// Ties descriptions to the names that sentences predicate of them.
pub(super) fn tie_by_predicates(ties: &mut Ties<'_, '_>) {
    for (place, sentence) in ties.paper.sentences.iter().enumerate() {
        for index in &sentence.described {
            if !ties.names_of(*index).is_empty() {
                continue;
            }
            let said = in_sentence(ties, *index, sentence);
            let Some((names, way)) = said.or_else(|| next_sentence::of_sentence_before(ties, *index, place))
            else {
                continue;
            };
            let trusted = ties.paper.trusted(&names);
            // A label in capitals is a name only where it is given as the one of the description.
            let names = if trusted.is_empty() && names.len() == 1 { names } else { trusted };
            if names.is_empty() {
                continue;
            }
            let at = ties.mention(names[0]).span;
            ties.set(*index, &names, Some(naming(Way::Predicate, way, at)));
        }
        next_sentence::name_what_stands_before(ties, place);
    }
}

/// Returns the names that a sentence gives to a description in it, with an explanation for the reader.
fn in_sentence(
    ties: &Ties<'_, '_>,
    index: usize,
    sentence: &Sentence<'_>,
) -> Option<(Vec<usize>, &'static str)> {
    let reading = &sentence.reading;
    let mention = ties.mention(index);
    let (start, end) = reading.pieces_in(mention.span);
    if let Some(name) = within(ties, reading, index) {
        return Some((vec![name], "the name stands in the phrase"));
    }
    if let Some(names) = called(sentence, end) {
        return Some((names, "the sentence says what it is called"));
    }
    if mention.kind == Kind::Own {
        return None;
    }
    if let Some(names) =
        listed(sentence, end, mention.plural).or_else(|| included(sentence, end, mention.plural))
    {
        let way = if mention.plural { "a list follows it" } else { "the name follows it" };
        return Some((names, way));
    }
    if let Some(name) = headed(sentence, start).filter(|_| !mention.plural) {
        return Some((vec![name], "it says what the name before it is"));
    }
    if let Some(name) = variant_of(ties, reading, start, end) {
        return Some((vec![name], "it is a variant of the name"));
    }
    let presented = || presenter(sentence, start).filter(|_| !mention.plural);
    let said = subject(sentence, start).or_else(|| fronted(sentence, start, end)).or_else(presented);
    if let Some(names) = said {
        return Some((names, "the sentence says that the name is it"));
    }
    if let Some(names) = apposed(ties, index, sentence) {
        return Some((names, "it stands behind the name in apposition"));
    }
    if let Some(name) = apposed_behind(sentence, end).filter(|_| !mention.plural) {
        return Some((vec![name], "the name stands behind it in apposition"));
    }
    if let Some(names) = through(ties, sentence, end) {
        return Some((names, "the name does its work"));
    }
    if let Some(names) = bracketed(sentence, end).filter(|_| !mention.plural) {
        return Some((names, "a bracket behind it gives the name"));
    }
    let names = complement(sentence, end)?;
    Some((names, "the sentence says that it is the name"))
}

/// Finds a name inside a description, "the baseline Imitate system", unless a hyphen joins it to the next
/// word.
pub(super) fn within(ties: &Ties<'_, '_>, reading: &Reading<'_>, index: usize) -> Option<usize> {
    let mention = ties.mention(index);
    let (start, end) = reading.pieces_in(mention.span);
    let at = (start..end).find(|at| reading.name(*at).is_some())?;
    let next = reading.pieces.get(at + 1)?;
    let joined = next.span.start == reading.pieces[at].span.end + 1
        && reading.prose.as_bytes().get(next.span.start - 1) == Some(&b'-');
    let name = reading.name(at)?;
    // "eight CU models" are of a class that capitals abbreviate.
    let capitals = reading.text(at).bytes().all(|byte| byte.is_ascii_uppercase());
    let is_name = |name: &PaperName| {
        let is_class = name.trust != Trust::Name || capitals && name.system.is_none();
        !(name.own || is_class && mention.plural)
    };
    let known = ties.paper.names.get(name).is_some_and(is_name);
    (known && !joined && at + 1 < end && ties.mention(name).span.end < ties_end(reading, end)).then_some(name)
}

fn ties_end(reading: &Reading<'_>, end: usize) -> usize {
    end.checked_sub(1).and_then(|at| reading.pieces.get(at)).map_or(0, |piece| piece.span.end)
}

/// Finds the name that the description is given: "a chat model, which we call X", "the baseline of Smith et
/// al., hereafter X".
fn called(sentence: &Sentence<'_>, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    for at in end..(end + LONGEST_LEAD).min(reading.pieces.len()) {
        if let Some(after) = reading.cue(at, Cue::Call) {
            let quotes = reading.pieces[after..]
                .iter()
                .take_while(|piece| matches!(piece.first, '"' | '“' | '‘' | '\'' | ':'))
                .count();
            let start = reading.skip_fillers(after + quotes, 2);
            return sentence.run_at(start).map(|run| run.names.clone());
        }
        if reading.ends_clause(at) || reading.name(at).is_some() {
            return None;
        }
    }
    None
}

/// Finds the list behind a set: "three base models from two families: A, B and C", "four models at once (A,
/// B, C, D)", or the name behind a single description: "a separate model as the judge: A".
fn listed(sentence: &Sentence<'_>, end: usize, plural: bool) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    for at in end..(end + LONGEST_LEAD).min(reading.pieces.len()) {
        if reading.is(at, ':') || reading.is(at, '(') && at <= end + NEAR_BRACKET {
            let start = reading.cue(at + 1, Cue::Members).unwrap_or(at + 1);
            let run = sentence.run_at(reading.skip_fillers(start, 3));
            let whole = |run: &&Run| {
                run.names.len() == 1 && (reading.ends_clause(run.end) || reading.is(run.end, ','))
            };
            return run
                .filter(|run| if plural { run.names.len() > 1 } else { whole(run) })
                .map(|run| run.names.clone());
        }
        if reading.ends_clause(at) || reading.is(at, ',') || reading.name(at).is_some() {
            return None;
        }
    }
    None
}

/// Finds the list behind what was done with a set: "six models were used, including A and B".
fn included(sentence: &Sentence<'_>, end: usize, plural: bool) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let copula = reading.cue(end, Cue::Copula).filter(|_| plural)?;
    let done = [Cue::Use, Cue::Study].iter().find_map(|cue| reading.cue(copula, *cue))?;
    let is_led_to = [',', '(', ':'].iter().any(|sign| reading.is(done, *sign));
    let start = reading.cue(done + 1, Cue::Members).unwrap_or(done + 1);
    let run = sentence.run_at(reading.skip_fillers(start, 3))?;
    (is_led_to && run.names.len() > 1).then(|| run.names.clone())
}

/// Finds the name that an item of a list is headed by: "X (encoder): A model with 140M parameters".
fn headed(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    let sign = start.checked_sub(1).filter(|sign| sentence.reading.is(*sign, ':'))?;
    let run = sentence.runs.first().filter(|run| run.start == 0 && run.end == sign)?;
    (run.names.len() == 1).then(|| run.names[0])
}

/// Finds the name in "the 14B variant of X", "a base model of X": the one with that size if the paper writes
/// it.
fn variant_of(ties: &Ties<'_, '_>, reading: &Reading<'_>, start: usize, end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    reading.cue(last, Cue::PartNoun).or_else(|| reading.cue(last, Cue::SetNoun))?;
    let whole = reading.cue(end, Cue::Of)?;
    let family = reading.name(reading.skip_fillers(whole, 2))?;
    let text = ties.mention(family).span.of(reading.prose);
    let exact = (start..end).find_map(|at| ties.paper.names.written(&format!("{text}-{}", reading.text(at))));
    Some(exact.unwrap_or(family))
}

/// Finds the names that are the subject: "X, which is a closed model", "X (Smith, 2024) is also a closed
/// model".
fn subject(sentence: &Sentence<'_>, start: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    // "X is also a closed model", and not "X is stronger than a closed model"
    let is_adverb = |at: usize| reading.cue(at, Cue::Governor).is_none();
    let before = |cue| {
        let lead =
            (0..3).take_while(|adverbs| *adverbs == 0 || start >= *adverbs && is_adverb(start - adverbs));
        lead.into_iter().find_map(|adverbs| reading.cue_before(start.checked_sub(adverbs)?, cue))
    };
    let (copula, being) = (before(Cue::Copula), before(Cue::Being));
    let copula = being.or(copula)?;
    // "X scores best despite being a small model", "we chose X because it is an open model"
    let pronoun = copula.checked_sub(1).and_then(|at| reading.cue(at, Cue::It)) == Some(copula);
    if pronoun || being.is_some() && !reading.is(copula.checked_sub(1)?, ',') {
        let mut runs = sentence.runs.iter().take_while(|run| run.end <= copula);
        let only = runs.next().filter(|run| run.names.len() == 1 && runs.next().is_none())?;
        return (pronoun || only.start == 0).then(|| only.names.clone());
    }
    let mut at = copula;
    for _ in 0..2 {
        let before = at.checked_sub(1)?;
        if reading.is(before, ',') || reading.cue(before, Cue::Relative).is_some() {
            at = before;
        }
    }
    let ends_there = |run: &&Run| run.end == at || after_head(reading, run.end) == at;
    let run = sentence.runs.iter().rfind(ends_there).or_else(|| opening(sentence, at, copula))?;
    // "the size of X is", "the best one for X is"
    let governed = reading.cue_before(run.start, Cue::Governor).is_some();
    (!governed).then(|| run.names.clone())
}

/// Finds the subject that presents a description: "X [3] introduced a search agent".
fn presenter(sentence: &Sentence<'_>, start: usize) -> Option<Vec<usize>> {
    let verb = sentence.reading.cue_before(start, Cue::Introduces)?;
    let run = sentence.runs.iter().rfind(|run| run.end == verb)?;
    (run.names.len() == 1).then(|| run.names.clone())
}

/// Finds the name that opens a sentence and is its subject still: "X, open and dense, is the best model", "X adds
/// a module and remains the best model".
fn opening<'s>(sentence: &'s Sentence<'_>, at: usize, copula: usize) -> Option<&'s Run> {
    let reading = &sentence.reading;
    let run = sentence.runs.first().filter(|run| reading.skip_fillers(0, 2) == run.start)?;
    let others = sentence.runs[1..].iter().any(|run| run.end <= at);
    let remarked = reading.is(run.end, ',') && reading.is(at, ',') && at < copula && !others;
    let goes_on = reading.cue_before(copula, Cue::List).is_some();
    (run.names.len() == 1 && copula <= run.end + LONGEST_LEAD && (remarked || goes_on)).then_some(run)
}

/// Finds the name in a bracket at the end of what is said of a description: "A hosted model rated all answers
/// (X, at temperature 0)".
fn bracketed(sentence: &Sentence<'_>, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let [run] = &sentence.runs[..] else { return None };
    let open = run.start.checked_sub(1).filter(|open| reading.is(*open, '('))?;
    let is_name = run.names.len() == 1 && (reading.is(run.end, ')') || reading.is(run.end, ','));
    let is_only = sentence.described.len() == 1 && !(end..open).any(|at| reading.ends_clause(at));
    let closes = reading.ends_clause(reading.after_bracket(open));
    (is_name && is_only && closes && end + NEAR_BRACKET < open).then(|| run.names.clone())
}

/// Finds the system that does the work of a description: "an LLM judge via X", "a baseline based on X".
fn through(ties: &Ties<'_, '_>, sentence: &Sentence<'_>, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    if ties.paper.entity_type != EntityType::Model {
        return None;
    }
    let start = reading.skip_fillers(reading.cue(end, Cue::Through)?, 3);
    let run = sentence.run_at(start)?;
    // "an LLM via a gateway": what only passes its calls on is none of its names
    let names = ties.paper.trusted(&run.names);
    (reading.is_whole_before(run.end) && !names.is_empty()).then_some(names)
}

/// Finds the subject behind what is said of it first: "As a strong closed model, X was included", "Despite being
/// a small model, X scores best", "As a closed model, we took X".
fn fronted(sentence: &Sentence<'_>, start: usize, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let opens = |cue| reading.cue_before(start, cue) == Some(0);
    let after = end + usize::from(reading.is(end, ','));
    let subject = || sentence.run_at(end + 1).filter(|_| opens(Cue::Being) && after > end);
    let taken = || {
        let used = reading.cue(reading.cue(after, Cue::We)?, Cue::Use)?;
        sentence.run_at(reading.skip_fillers(used, 2)).filter(|run| reading.is_whole_before(run.end))
    };
    let named = || taken().or_else(|| sentence.run_at(end + 1).filter(|_| after > end));
    let run = subject().or_else(|| named().filter(|_| opens(Cue::AsRole)))?;
    (run.names.len() == 1).then(|| run.names.clone())
}

/// Finds the names before an apposition: "X (Smith, 2024), a hosted model with", "X and Y - the two best
/// models".
fn apposed(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let mention = ties.mention(index);
    let (start, end) = reading.pieces_in(mention.span);
    let sign = reading.cue_before(start, Cue::The).unwrap_or(start).checked_sub(1)?;
    let run = sentence.runs.iter().find(|run| run.end == sign)?;
    let names = match ties.count_of(index) {
        Some(count) => Some(&run.names[..]).filter(|names| names.len() == count),
        // "A (large), and B, a small model" tells of B alone.
        None => run.names.last().map(std::slice::from_ref).filter(|_| !mention.plural),
    }?;
    let dash = ['—', '–'].iter().any(|dash| reading.is(sign, *dash));
    // "A, a small model, and B" may be a list of three.
    let goes_on = reading.is(end, ',') && reading.cue(end + 1, Cue::List).is_some();
    let comma = reading.is(sign, ',') && !goes_on && reading.cue(end, Cue::List).is_none();
    (dash || comma).then(|| names.to_vec())
}

/// Finds the name in apposition behind a description and what limits it: "the best model in our study, X, solves", "a
/// large model, the X model, and".
fn apposed_behind(sentence: &Sentence<'_>, end: usize) -> Option<usize> {
    let reading = &sentence.reading;
    if reading.is(end, ',') {
        let run = sentence.run_at(reading.cue(end + 1, Cue::The)?)?;
        let after = after_head(reading, run.end);
        // "a large model, the X model, and the Y model" are three.
        let goes_on = reading
            .cue(after + 1, Cue::List)
            .is_some_and(|next| (next..next + 3).any(|at| reading.name(at).is_some()));
        let closes = after > run.end && reading.is(after, ',') && !goes_on;
        return (closes && run.names.len() == 1).then(|| run.names[0]);
    }
    reading.cue(end, Cue::Governor)?;
    let is_word = |at: &usize| {
        reading.pieces.get(*at).is_some_and(|piece| piece.name.is_none() && piece.first.is_alphabetic())
    };
    let comma = end + (end..end + LONGEST_SUBJECT).take_while(is_word).count();
    let run = sentence.run_at(reading.skip_fillers(comma + 1, 2)).filter(|_| reading.is(comma, ','))?;
    let closed = reading.is(run.end, ',') || reading.ends_clause(run.end);
    (closed && run.names.len() == 1).then(|| run.names[0])
}

/// Finds the names that are the complement: "the model that we ran throughout was X".
fn complement(sentence: &Sentence<'_>, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    for at in end..(end + LONGEST_SUBJECT).min(reading.pieces.len()) {
        if let Some(after) = reading.copula(at) {
            let start = reading.skip_fillers(after, 3);
            return sentence.run_at(start).map(|run| run.names.clone());
        }
        if reading.ends_clause(at) || reading.is(at, ',') || reading.name(at).is_some() {
            return None;
        }
    }
    None
}
