//! Rules that no example and no test would miss.

use std::collections::{BTreeSet, HashMap};

use byname::Engine;
use byname::catalogue::{RuleId, RuleStatus};

use super::TextTest;
use super::votes::places;
use crate::evaluate::trial::try_example;
use crate::evaluate::{Trial, try_rules};

/// The texts in which a rule votes: examples by rule and index, and tests by index.
#[derive(Default)]
struct TextsOfVoter {
    examples: Vec<(usize, usize)>,
    tests: Vec<usize>,
}

/// Returns the rules whose removal changes no example and no test. Only texts in which a rule votes are run
/// again.
pub(super) fn unnoticed(engine: &mut Engine, own: usize, weights: &[f64], tests: &[TextTest]) -> Vec<String> {
    let mut voters: HashMap<usize, TextsOfVoter> = HashMap::new();
    let before: Vec<Option<String>> = tests.iter().map(|test| test.run(engine)).collect();
    let failing: BTreeSet<(usize, usize)> = failing(engine);
    for (rule, entry) in engine.catalogue().rules.iter().take(own).enumerate() {
        for (place, example) in entry.examples.iter().enumerate() {
            for voter in places(&engine.detector().trace_votes(&example.text)).keys() {
                voters.entry(voter.0 as usize).or_default().examples.push((rule, place));
            }
        }
    }
    for (place, test) in tests.iter().enumerate() {
        for voter in places(&engine.detector().trace_votes(&test.text.text)).keys() {
            voters.entry(voter.0 as usize).or_default().tests.push(place);
        }
    }
    let mut unnoticed = Vec::new();
    for rule in 0..own {
        if engine.catalogue().rules[rule].status != RuleStatus::Stable {
            continue;
        }
        let mut without = weights.to_vec();
        without[rule] = 0.0;
        engine.reweigh(&without);
        let TextsOfVoter { examples, tests: texts } = voters.remove(&rule).unwrap_or_default();
        let fails = |(rule, place): &(usize, usize)| run_example(engine, *rule, *place).is_some();
        let noticed = examples.iter().any(|example| fails(example) != failing.contains(example))
            || texts.iter().any(|place| tests[*place].run(engine) != before[*place]);
        if !noticed {
            unnoticed.push(engine.catalogue().rules[rule].name.clone());
        }
    }
    engine.reweigh(weights);
    unnoticed
}

fn failing(engine: &Engine) -> BTreeSet<(usize, usize)> {
    let trials = try_rules(engine.catalogue(), engine.detector(), |_| true);
    let failed = trials.iter().filter(|trial| trial.failure.is_some());
    failed.filter_map(|trial| place_of(engine, trial)).collect()
}

fn place_of(engine: &Engine, trial: &Trial<'_>) -> Option<(usize, usize)> {
    let rule = engine.catalogue().rules.iter().position(|rule| std::ptr::eq(rule, trial.rule))?;
    Some((rule, trial.rule.examples.iter().position(|example| std::ptr::eq(example, trial.example))?))
}

fn run_example(engine: &Engine, rule: usize, place: usize) -> Option<String> {
    let entry = engine.catalogue().rules.get(rule)?;
    let id = RuleId(rule as u32); // far fewer than 2^32 rules
    try_example(engine.catalogue(), engine.detector(), entry, id, entry.examples.get(place)?)
}
