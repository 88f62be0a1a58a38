//! Selection of further facts that would distinguish two systems.

use crate::catalogue::{Measure, System, show_amount};
use crate::resolve::Candidate;

/// Maximum number of facts given.
const TOLD: usize = 3;
/// Factor below which a difference of amounts is ignored.
const APART: f64 = 1.15;
/// Number of days up to which a difference of announcement dates is ignored.
const DAYS_APART: i32 = 45;
/// Amounts that tell systems apart best.
const FIRST_AMOUNTS: &[(Measure, &str)] = &[
    (Measure::Parameters, "its parameters"),
    (Measure::ActiveParameters, "its active parameters"),
    (Measure::Examples, "its examples"),
];
/// Amounts that are given after makers, access and modality.
const LATER_AMOUNTS: &[(Measure, &str)] = &[
    (Measure::Tokens, "its training tokens"),
    (Measure::ContextLength, "its context length"),
    (Measure::Vocabulary, "its vocabulary"),
    (Measure::Layers, "its layers"),
    (Measure::Chips, "the chips that it was trained on"),
];

/// Returns facts in which two systems differ and on which the evidence for the first, `known`, has nothing;
/// the most informative first.
pub(super) fn settling(one: &System, other: &System, known: &Candidate) -> Vec<String> {
    let silent =
        |clues: &[&str]| !known.evidence.iter().any(|evidence| clues.contains(&evidence.clue.as_str()));
    let mut facts = Vec::new();
    let add_amounts = |list: &[(Measure, &str)], facts: &mut Vec<String>| {
        for &(measure, fact) in list.iter().filter(|(measure, _)| silent(&[measure.name()])) {
            let largest = |system: &System| system.amounts(measure).iter().copied().reduce(f64::max);
            if let (Some(one), Some(other)) = (largest(one), largest(other))
                && (one / other).max(other / one) > APART
            {
                facts.push(format!("{fact} ({} or {})", show_amount(one), show_amount(other)));
            }
        }
    };
    add_amounts(FIRST_AMOUNTS, &mut facts);
    let shared_maker = one.organisations.iter().any(|maker| other.organisations.contains(maker));
    let makers_known = !one.organisations.is_empty() && !other.organisations.is_empty();
    if makers_known && !shared_maker && silent(&["organisation", "organisation-told"]) {
        facts.push("who made it".to_string());
    }
    if let (Some(first), Some(second)) = (one.access, other.access)
        && first != second
        && silent(&["access"])
    {
        facts.push(format!("how people get at it ({first} or {second})"));
    }
    if !one.modalities.is_empty() && !other.modalities.is_empty() && silent(&["modality"]) {
        let only = |these: &[String], those: &[String]| {
            these
                .iter()
                .find(|value| !those.contains(value))
                .map(|value| format!("whether it takes or gives {value}"))
        };
        facts.extend(
            only(&one.modalities, &other.modalities).or_else(|| only(&other.modalities, &one.modalities)),
        );
    }
    add_amounts(LATER_AMOUNTS, &mut facts);
    if let (Some(first), Some(second)) = (one.announced, other.announced)
        && first.days_after(second).abs() > DAYS_APART
        && silent(&["date", "date-told"])
    {
        facts.push(format!("when it came out ({first} or {second})"));
    }
    facts.truncate(TOLD);
    facts
}
