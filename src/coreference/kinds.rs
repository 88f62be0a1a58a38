//! Kinds as identity: "an ASR system" is the one recogniser of speech that the paper names.

use super::paper::Sentence;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, System, Systems};
use crate::detect::{Gates, Passage, Way};

/// Ties descriptions that state a kind by input and output to the names of that kind, if the paper uses no more
/// of them than the description stands for.
pub(super) fn tie_by_kind(ties: &mut Ties<'_, '_>, gates: &Gates, systems: &Systems) {
    let mut used: Option<Vec<(usize, &System)>> = None;
    for (index, sentence) in ties.open() {
        let mention = ties.mention(index);
        let wanted = if mention.plural { ties.count_of(index) } else { Some(1) };
        let is_elsewhere = ties.is_other(index, &sentence.reading) || !sentence.tells_of_this_paper();
        let Some(wanted) = wanted.filter(|_| !is_elsewhere) else { continue };
        let mut stated = Vec::new();
        gates.read(mention.span.of(ties.paper.prose), &mut stated);
        if stated.is_empty() {
            continue;
        }
        let used = used.get_or_insert_with(|| known_in_use(ties, systems));
        let of_kind = used.iter().filter(|(_, system)| gates.passage(&stated, &[], system) == Passage::Fits);
        let names: Vec<usize> = of_kind.map(|(name, _)| *name).collect();
        let names = ties.paper.names.distinct(ties.paper.prose, ties.detected, &names);
        if let Some(first) = names.first().filter(|_| names.len() == wanted) {
            let at = ties.mention(*first).span;
            let reason = "of the systems that the paper uses no other is of its kind";
            ties.set(index, &names, Some(naming(Way::Kind, reason, at)));
        }
    }
}

/// Returns a test of names: whether one can be of the kind that a description states, and people have its system as it
/// says. "An LLM judge" is no metric.
pub(super) fn test_of_kind<'t>(
    ties: &'t Ties<'_, '_>,
    (gates, systems): (&'t Gates, &'t Systems),
    index: usize,
) -> impl Fn(&usize) -> bool + 't {
    let mut stated = Vec::new();
    gates.read(ties.mention(index).span.of(ties.paper.prose), &mut stated);
    move |name| {
        let system = ties.paper.names.get(*name).and_then(|name| systems.get(name.system?));
        system.is_none_or(|system| gates.passage(&stated, &[], system) != Passage::Shut)
            && !ties.contradicts(index, *name)
    }
}

/// Returns the known systems of others that the paper uses, each once. A service that is called software may be of a
/// kind too.
fn known_in_use<'s>(ties: &Ties<'_, '_>, systems: &'s Systems) -> Vec<(usize, &'s System)> {
    let system = |name: usize| systems.get(ties.paper.names.get(name)?.system?);
    names_in_use(ties).into_iter().filter_map(|name| Some((name, system(name)?))).collect()
}

/// Returns the names of systems of others in sentences on this paper's own work that deny nothing, each once.
pub(super) fn names_in_use(ties: &Ties<'_, '_>) -> Vec<usize> {
    let telling = ties.paper.sentences.iter().filter(|sentence| {
        let reading = &sentence.reading;
        sentence.tells_of_this_paper() && !reading.says(Cue::Negation)
    });
    let names = telling.flat_map(Sentence::names);
    let names: Vec<usize> = names.collect();
    let mut names = ties.paper.names.distinct(ties.paper.prose, ties.detected, &names);
    names.retain(|name| !ties.paper.names.is_own(*name));
    names
}
