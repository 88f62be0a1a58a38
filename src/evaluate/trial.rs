//! Running the examples that stand in the rule files.

use crate::catalogue::{Catalogue, Example, Rule, RuleId, RuleStatus};
use crate::detect::Detector;
use crate::document::Outline;

/// One example, run.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// The rule that it belongs to.
    pub rule: &'a Rule,
    /// The example.
    pub example: &'a Example,
    /// Why it failed; none when it did what its file says.
    pub failure: Option<String>,
}

/// Runs every example of every rule that votes and that `wanted` names. Rules alone decide there: an
/// example is of what its rule sees, and must hold whatever weights the contexts get.
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
