//! Headings that name the subject of the text below them.

use super::fillers::Fillers;
use super::kinds::names_in_use;
use super::paper::Sentence;
use super::reading::Reading;
use super::roles::{RoleCue, role_of};
use super::ties::{Ties, naming};
use crate::catalogue::Cue;
use crate::detect::Way;

/// Ties "the model" to the name in the heading above it, and plain descriptions of one system to the only
/// system under a heading such as "Model".
pub(super) fn tie_by_heading(ties: &mut Ties<'_, '_>, fillers: &Fillers) {
    let of_all = only_studied(ties, fillers, false);
    let studied = of_all.or_else(|| only_studied(ties, fillers, true));
    let used = studied.is_none().then(|| only_used(ties, fillers)).flatten();
    for (index, sentence) in ties.open() {
        let mention = ties.mention(index);
        if mention.plural || sentence.reported || ties.is_other(index, &sentence.reading) {
            continue;
        }
        // Of the authors' own they would say "our", and "the model" under its heading is what it is built on.
        let headed =
            in_heading(ties, sentence).filter(|name| mention.takes_up && !ties.paper.names.is_own(*name));
        if let Some(name) = headed {
            let at = ties.mention(name).span;
            ties.set(index, &[name], Some(naming(Way::Heading, "the heading above it", at)));
            continue;
        }
        let (start, end) = sentence.reading.pieces_in(mention.span);
        let plain = (start..end).any(|at| sentence.reading.cue(at, Cue::SetNoun) == Some(end));
        if plain
            && ties.size_of(index).is_none()
            && sentence.tells_of_this_paper()
            && role_of(ties, index, sentence).is_none_or(|(_, by)| by != RoleCue::Noun && of_all.is_some())
            && let Some(name) = studied.or(used.filter(|_| mention.definite))
        {
            let at = ties.mention(name).span;
            let reason = "the only system that the paper says to be its model";
            ties.set(index, &[name], Some(naming(Way::Heading, reason, at)));
        }
    }
}

/// Returns the name in the heading of a sentence's section, if there is exactly one.
fn in_heading(ties: &Ties<'_, '_>, sentence: &Sentence<'_>) -> Option<usize> {
    let heading = sentence.heading.as_ref()?.span;
    let sentences = &ties.paper.sentences;
    let first = sentences.partition_point(|other| other.reading.span.end <= heading.start);
    let in_it = sentences[first..].iter().take_while(|other| other.reading.span.start < heading.end);
    let names: Vec<usize> =
        in_it.flat_map(Sentence::names).filter(|name| heading.contains(ties.mention(*name).span)).collect();
    match ties.paper.names.distinct(ties.paper.prose, ties.detected, &names)[..] {
        [name] => Some(name),
        _ => None,
    }
}

/// Tests whether a heading announces the one system under study: "Model."
fn tells_one(heading: &Reading<'_>) -> bool {
    let plural = heading.pieces.iter().any(|piece| piece.span.of(heading.prose).ends_with(['s', 'S']));
    heading.heads_a_set() && !plural
}

/// Tests whether a sentence names the system of all that the paper reports: "All experiments use X", "We use X
/// unless stated otherwise".
fn tells_of_all(sentence: &Sentence<'_>) -> bool {
    let reading = &sentence.reading;
    let has = |cue| reading.says(cue);
    has(Cue::Throughout) && sentence.runs.len() == 1 && !has(Cue::Negation)
}

/// Returns the only system of others that a whole paper names for its own work. One that the catalogue does not know
/// is as likely the authors' own.
fn only_used(ties: &Ties<'_, '_>, fillers: &Fillers) -> Option<usize> {
    if ties.paper.document.sections.is_empty() {
        return None;
    }
    let names = ties.paper.trusted(&names_in_use(ties));
    let [only] = names[..] else { return None };
    let is_known = ties.paper.names.get(only).is_some_and(|name| name.system.is_some());
    (is_known && !fillers.plays(ties, only)).then_some(only)
}

/// Returns the only system in sentences that say which one is used for all, and under headings that announce the system
/// under study if these count too.
fn only_studied(ties: &Ties<'_, '_>, fillers: &Fillers, with_headings: bool) -> Option<usize> {
    let headed = ties.paper.sentences.iter().filter(|sentence| {
        let is_headed = with_headings && sentence.heading.as_ref().is_some_and(tells_one);
        let tells = is_headed || tells_of_all(sentence);
        sentence.tells_of_this_paper() && tells
    });
    let names: Vec<usize> =
        headed.flat_map(Sentence::names).filter(|name| !fillers.plays(ties, *name)).collect();
    let mut names = ties.paper.trusted(&names);
    // Of a name that nobody knows, what it is of is a guess.
    names.retain(|name| {
        ties.paper.names.get(*name).is_some_and(|name| name.system.is_some() || name.size.is_some())
    });
    match ties.paper.names.distinct(ties.paper.prose, ties.detected, &names)[..] {
        [name] => Some(name),
        _ => None,
    }
}
