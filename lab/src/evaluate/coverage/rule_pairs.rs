//! Rules that repeat or contradict each other.

use std::collections::BTreeSet;

use byname::Engine;

use super::votes::VotesInExample;
use super::{Contradiction, Shadow};

/// Compares every rule with every other one on its examples.
pub(super) fn against_each_other(
    engine: &Engine,
    own: usize,
    examples: &[VotesInExample],
) -> (Vec<Shadow>, Vec<Contradiction>) {
    let rules = &engine.catalogue().rules;
    let name = |rule: usize| rules.get(rule).map_or_else(String::new, |rule| rule.name.clone());
    let mut stands_in: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut contradictions = Vec::new();
    for rule in 0..own {
        let (wanted, misses): (Vec<&VotesInExample>, Vec<&VotesInExample>) = examples
            .iter()
            .filter(|example| example.rule == rule)
            .partition(|example| example.expected.is_some());
        let Some(first) = wanted.first() else { continue };
        for vote in first.on_expected.iter().filter(|vote| (vote.rule.0 as usize) < own) {
            let other = vote.rule.0 as usize;
            let everywhere = || {
                wanted
                    .iter()
                    .all(|example| example.on_expected.iter().any(|vote| vote.rule.0 as usize == other))
            };
            if other == rule || !everywhere() {
                continue;
            }
            let (mine, theirs) = (&rules[rule], &rules[other]);
            if (mine.kind, mine.names) == (theirs.kind, theirs.names) {
                if !misses.iter().any(|example| example.places.contains_key(&vote.rule)) {
                    stands_in.insert((rule, other));
                }
            } else if mine.kind != theirs.kind {
                contradictions.push(Contradiction {
                    rule: name(rule),
                    against: name(other),
                    examples: wanted.len(),
                    outweighed: theirs.weight > mine.weight,
                });
            }
        }
    }
    let shadow = |(rule, by): &(usize, usize)| Shadow {
        rule: name(*rule),
        by: name(*by),
        mutual: stands_in.contains(&(*by, *rule)),
    };
    (stands_in.iter().map(shadow).collect(), contradictions)
}
