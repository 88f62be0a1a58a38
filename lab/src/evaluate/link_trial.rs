//! Runs the examples in the files of rules of thumb.

use byname::catalogue::{Catalogue, FavourTarget, LinkExample, RuleOfThumb, RuleStatus, SystemId};
use byname::detect::Detected;
use byname::document::{ByteSpan, Document};
use byname::resolve::{Candidate, Reference};
use byname::{Engine, ScanOptions};

/// Least gain in the probability of the right system that a rule of thumb must bring in its example: facts on
/// systems do the rest, and a rule is not needed if they do all of it.
pub const LEAST_GAIN: f64 = 0.05;

/// The result of one example of a rule of thumb.
#[derive(Debug, Clone)]
pub struct LinkTrial<'a> {
    /// The rule of thumb that it belongs to.
    pub rule: &'a RuleOfThumb,
    /// The example.
    pub example: &'a LinkExample,
    /// The reason why it failed; `None` if it did what its file says.
    pub failure: Option<String>,
}

/// Runs every example of every active rule of thumb that `wanted` selects.
pub fn try_rules_of_thumb(engine: &Engine, wanted: impl Fn(&RuleOfThumb) -> bool) -> Vec<LinkTrial<'_>> {
    let mut trials = Vec::new();
    for rule in engine.catalogue().rules_of_thumb.iter() {
        if rule.status == RuleStatus::Off || !wanted(rule) {
            continue;
        }
        for example in &rule.examples {
            trials.push(LinkTrial { rule, example, failure: try_example(engine, rule, example) });
        }
    }
    trials
}

fn try_example(engine: &Engine, rule: &RuleOfThumb, example: &LinkExample) -> Option<String> {
    let mut document = Document::from_prose("example", example.text.as_str());
    document.date = example.date;
    document.organisations.clone_from(&example.organisations);
    let (detected, options) = (engine.detect(&document), ScanOptions::default());
    let holds = || engine.linker().holds(&rule.name, &document, &detected, &options);
    let Some(marked) = example.expected else {
        return holds().then(|| "the rule of thumb must not hold here, and does".to_string());
    };
    let (linker, catalogue) = (engine.linker(), engine.catalogue());
    let references = linker.resolve(&document, &detected, &options);
    let Some(with) = reference_of(marked, &detected, &references) else {
        return Some(
            "no description stands at the brackets; a rule under rules/ must find it first".to_string(),
        );
    };
    if !holds() {
        return Some("the rule of thumb does not hold here".to_string());
    }
    // A family whose members cannot be told apart is right where one of them is.
    let is_right = |candidate: &Candidate| {
        let mut meant = candidate.system.iter().chain(&candidate.members);
        meant.any(|id| is_wanted(rule, example, *id, catalogue))
    };
    let first = with.candidates.first();
    if !first.is_some_and(is_right) {
        let name = first.map_or("none", |first| first.name.as_str());
        return Some(format!("the first candidate is {name}{}", share(first)));
    }
    let without = linker.resolve_without(&rule.name, &document, &detected, &options);
    let chance = |reference: &Reference| -> f64 {
        let right = reference.candidates.iter().filter(|candidate| is_right(candidate));
        right.map(|candidate| candidate.probability).sum()
    };
    let before = reference_of(marked, &detected, &without).map_or(0.0, chance);
    let after = chance(with);
    (after - before < LEAST_GAIN).then(|| {
        let (before, after) = (100.0 * before, 100.0 * after);
        format!("the right system has {after:.0} % with the rule of thumb and {before:.0} % without it: it is not needed")
    })
}

/// Returns the reference of the mention with this span.
fn reference_of<'r>(
    span: ByteSpan,
    detected: &Detected,
    references: &'r [Reference],
) -> Option<&'r Reference> {
    let mention = detected.mentions.iter().position(|mention| mention.span == span)?;
    references.iter().find(|reference| reference.mentions.contains(&mention))
}

/// Returns whether a system is the right one of an example: the one it names, or else one that the rule
/// favours.
fn is_wanted(rule: &RuleOfThumb, example: &LinkExample, id: SystemId, catalogue: &Catalogue) -> bool {
    let system = catalogue.system(id);
    let family = system.and_then(|system| system.family).unwrap_or(id);
    match example.system {
        Some(wanted) => wanted == id,
        None => rule.favours.iter().any(|favour| match favour.target {
            FavourTarget::System(favoured) => favoured == id,
            FavourTarget::Family(head) => head == family,
            FavourTarget::Maker(maker) => system.is_some_and(|system| system.organisations.contains(&maker)),
        }),
    }
}

fn share(candidate: Option<&Candidate>) -> String {
    candidate.map_or_else(String::new, |first| format!(" with {:.0} %", 100.0 * first.probability))
}

#[cfg(test)]
#[path = "link_trial_tests.rs"]
mod tests;
