//! The votes of all rules in the examples.

use std::collections::{BTreeSet, HashMap};

use byname::Engine;
use byname::catalogue::{RuleId, RuleStatus};
use byname::detect::{Vote, VoteTrace};
use byname::document::ByteSpan;

/// The votes of rules in one example.
pub(super) struct VotesInExample {
    pub(super) rule: usize,
    /// The marked mention; `None` for a near miss.
    pub(super) expected: Option<ByteSpan>,
    /// The places where each rule votes: the spans of phrases, and for names a stand-in for the span with the
    /// count of the vote.
    pub(super) places: HashMap<RuleId, BTreeSet<(usize, usize)>>,
    /// The votes on the marked mention.
    pub(super) on_expected: Vec<Vote>,
}

/// Returns the votes in all examples of the first `own` rules.
pub(super) fn examples(engine: &Engine, own: usize) -> Vec<VotesInExample> {
    let mut examples = Vec::new();
    for (rule, entry) in engine.catalogue().rules.iter().take(own).enumerate() {
        if entry.status != RuleStatus::Stable {
            continue;
        }
        for example in &entry.examples {
            let trace = engine.detector().trace_votes(&example.text);
            let on_expected = example
                .expected
                .map(|expected| votes_on(&trace, expected, expected.of(&example.text)))
                .unwrap_or_default();
            let places = places(&trace);
            examples.push(VotesInExample { rule, expected: example.expected, places, on_expected });
        }
    }
    examples
}

/// Returns the places where each rule votes.
pub(super) fn places(trace: &VoteTrace) -> HashMap<RuleId, BTreeSet<(usize, usize)>> {
    let mut places: HashMap<RuleId, BTreeSet<(usize, usize)>> = HashMap::new();
    for phrase in &trace.phrases {
        for vote in &phrase.votes {
            places.entry(vote.rule).or_default().insert((phrase.span.start, phrase.span.end));
        }
    }
    for (index, name) in trace.names.iter().enumerate() {
        for vote in &name.votes {
            // Names have no place of their own; beyond all bytes of the text they are kept apart.
            places.entry(vote.rule).or_default().insert((usize::MAX - index, usize::MAX));
        }
    }
    places
}

fn votes_on(trace: &VoteTrace, span: ByteSpan, text: &str) -> Vec<Vote> {
    let phrases = trace.phrases.iter().filter(|phrase| phrase.span == span).flat_map(|phrase| &phrase.votes);
    let names = trace.names.iter().filter(|name| &*name.name == text);
    phrases.copied().chain(names.flat_map(|name| name.votes.iter().copied())).collect()
}
