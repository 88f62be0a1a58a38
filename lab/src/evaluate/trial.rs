//! Runs the examples in the rule files.

use byname::catalogue::{Catalogue, Example, Notation, Rule, RuleId, RuleStatus};
use byname::detect::Detector;
use byname::document::Outline;

/// The result of one example.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// The rule that it belongs to.
    pub rule: &'a Rule,
    /// The example.
    pub example: &'a Example,
    /// The reason why it failed; `None` if it did what its file says.
    pub failure: Option<String>,
}

/// Runs every example of every voting rule that `wanted` selects. Only rules decide here: an example shows
/// what its rule sees, and must hold whatever weights the contexts have.
pub fn try_rules<'a>(
    catalogue: &'a Catalogue,
    detector: &Detector,
    wanted: impl Fn(&Rule) -> bool,
) -> Vec<Trial<'a>> {
    let mut trials = Vec::new();
    for (index, rule) in catalogue.rules.iter().enumerate() {
        if rule.status != RuleStatus::Stable || !wanted(rule) {
            continue;
        }
        let id = RuleId(index as u32); // far fewer than 2^32 rules
        for example in &rule.examples {
            let failure = try_example(catalogue, detector, rule, id, example);
            trials.push(Trial { rule, example, failure });
        }
    }
    trials
}

pub(super) fn try_example(
    catalogue: &Catalogue,
    detector: &Detector,
    rule: &Rule,
    id: RuleId,
    example: &Example,
) -> Option<String> {
    // A rule that looks in some parts of papers only is tried in the first of them.
    let outline = rule.sections.first().map_or_else(Outline::default, |kind| Outline::whole(*kind));
    let detected = detector.detect_by_rules_in(&example.text, &outline);
    let mentions = [detected.mentions, detected.dismissed].concat();
    let mut voted = mentions.iter().filter(|mention| mention.votes.iter().any(|vote| vote.rule == id));
    let Some(expected) = example.expected else {
        return voted.next().map(|mention| {
            format!("the rule must not match here, and matches \"{}\"", mention.span.of(&example.text))
        });
    };
    let Some(mention) = mentions.iter().find(|mention| mention.span == expected) else {
        let others: Vec<String> =
            mentions.iter().map(|mention| format!("\"{}\"", mention.span.of(&example.text))).collect();
        let found = if others.is_empty() { "nothing".to_string() } else { others.join(", ") };
        return Some(format!("no mention has the marked bounds; found: {found}"));
    };
    if !mention.votes.iter().any(|vote| vote.rule == id) {
        return Some("the mention is found, but this rule does not match it".to_string());
    }
    if mention.kind != rule.kind {
        let winners: Vec<String> = mention
            .votes
            .iter()
            .map(|vote| {
                let name = catalogue.rule(vote.rule).map_or("", |rule| rule.name.as_str());
                format!("{name} {:.1}", vote.weight)
            })
            .collect();
        return Some(format!("the kind is {}, not {}: {}", mention.kind, rule.kind, winners.join(", ")));
    }
    None
}

/// The result of one example of a notation of quantities.
#[derive(Debug, Clone)]
pub struct NotationTrial<'a> {
    /// The notation.
    pub notation: &'a Notation,
    /// The example.
    pub example: &'a Example,
    /// The reason why it failed; `None` if it did what its file says.
    pub failure: Option<String>,
}

/// Runs every example of every notation of quantities.
pub fn try_notations<'a>(catalogue: &'a Catalogue, detector: &Detector) -> Vec<NotationTrial<'a>> {
    let notations = catalogue.quantities.notations.iter();
    let examples = notations.flat_map(|notation| {
        notation.examples.iter().zip(&notation.reads).map(move |(example, reads)| (notation, example, reads))
    });
    examples
        .map(|(notation, example, reads)| {
            let failure = try_notation(detector, notation, example, reads.as_deref());
            NotationTrial { notation, example, failure }
        })
        .collect()
}

fn try_notation(
    detector: &Detector,
    notation: &Notation,
    example: &Example,
    reads: Option<&str>,
) -> Option<String> {
    let Some(expected) = example.expected else {
        let found = notation.regex.matches(&example.text).into_iter().next()?;
        return Some(format!(
            "the notation must not match here, and matches \"{}\"",
            &example.text[found.span]
        ));
    };
    let found = detector.quantities_in(&example.text);
    let Some(quantity) = found.iter().find(|found| found.span == expected) else {
        let others: Vec<String> =
            found.iter().map(|found| format!("\"{}\"", found.span.of(&example.text))).collect();
        let others = if others.is_empty() { "nothing".to_string() } else { others.join(", ") };
        return Some(format!("no quantity has the marked bounds; found: {others}"));
    };
    let says = format!("{} {}", quantity.quantity, quantity.measure);
    (reads.is_some_and(|reads| reads != says)).then(|| format!("the quantity reads `{says}`"))
}

#[cfg(test)]
mod tests {
    use byname::Engine;

    use super::*;

    #[test]
    fn every_example_of_the_built_in_notations_reads_as_it_says() {
        let engine = Engine::built_in().unwrap();
        let trials = try_notations(engine.catalogue(), engine.detector());
        assert!(trials.len() >= 12, "{}", trials.len());
        let failures: Vec<_> = trials.iter().filter_map(|trial| trial.failure.as_ref()).collect();
        assert!(failures.is_empty(), "{failures:?}");
    }
}
