//! Alternatives of patterns that no example needs: each rule is tried without each of them.

use std::collections::BTreeMap;

use byname::Engine;
use byname::catalogue::{Catalogue, Expression, Rule, RuleId, RulePattern, RuleStatus};

use super::IdleAlternative;
use super::votes::VotesInExample;

/// A rule with one alternative removed. It votes with weight 0, so that all other rules work as before.
pub(super) struct Variant {
    of: usize,
    id: RuleId,
    key: &'static str,
    alternative: String,
}

type PlaceOf = fn(&mut Rule) -> &mut Option<RulePattern>;

/// Accessors of a rule's patterns, by the keys of its file.
const KEYS: [(&str, PlaceOf); 8] = [
    ("phrase", |rule| &mut rule.wanted.phrase),
    ("before", |rule| &mut rule.wanted.before),
    ("after", |rule| &mut rule.wanted.after),
    ("sentence", |rule| &mut rule.wanted.sentence),
    ("unless-phrase", |rule| &mut rule.unless.phrase),
    ("unless-before", |rule| &mut rule.unless.before),
    ("unless-after", |rule| &mut rule.unless.after),
    ("unless-sentence", |rule| &mut rule.unless.sentence),
];

type RegexOf = fn(&mut Rule) -> &mut Option<Expression>;

/// Accessors of a rule's regular expressions, by the keys of its file.
const REGEX_KEYS: [(&str, RegexOf); 2] =
    [("regex", |rule| &mut rule.wanted.regex), ("unless-regex", |rule| &mut rule.unless.regex)];

/// Adds to a catalogue each rule without each of its alternatives.
pub(super) fn add_variants(catalogue: &mut Catalogue) -> Vec<Variant> {
    let mut variants = Vec::new();
    for of in 0..catalogue.rules.len() {
        let rule = &catalogue.rules[of];
        if rule.status != RuleStatus::Stable {
            continue;
        }
        let bare = Rule { examples: Vec::new(), weight: 0.0, ..rule.clone() };
        for (key, place) in KEYS {
            let Some(found) = place(&mut bare.clone()).take() else { continue };
            for (alternative, pattern) in found.pattern.without_each_alternative(&catalogue.lexicon) {
                let mut variant = bare.clone();
                *place(&mut variant) = Some(RulePattern { pattern, ..found.clone() });
                let id = RuleId(catalogue.rules.len() as u32); // far fewer than 2^32 rules
                catalogue.rules.push(variant);
                variants.push(Variant { of, id, key, alternative });
            }
        }
        for (key, place) in REGEX_KEYS {
            let Some(found) = place(&mut bare.clone()).take() else { continue };
            for (alternative, regex) in found.without_each_alternative(&catalogue.lexicon) {
                let mut variant = bare.clone();
                *place(&mut variant) = Some(regex);
                let id = RuleId(catalogue.rules.len() as u32); // far fewer than 2^32 rules
                catalogue.rules.push(variant);
                variants.push(Variant { of, id, key, alternative });
            }
        }
    }
    variants
}

/// Returns the alternatives whose removal changes no vote in the examples of their rule.
pub(super) fn idle_alternatives(
    engine: &Engine,
    variants: &[Variant],
    examples: &[VotesInExample],
) -> Vec<IdleAlternative> {
    let mut of_rule: BTreeMap<usize, Vec<&VotesInExample>> = BTreeMap::new();
    examples.iter().for_each(|example| of_rule.entry(example.rule).or_default().push(example));
    let idle = variants.iter().filter(|variant| {
        let own = RuleId(variant.of as u32); // far fewer than 2^32 rules
        let examples = of_rule.get(&variant.of).map_or(&[][..], Vec::as_slice);
        examples.iter().all(|example| example.places.get(&own) == example.places.get(&variant.id))
    });
    idle.filter_map(|variant| {
        let rule = engine.catalogue().rules.get(variant.of)?.name.clone();
        Some(IdleAlternative { rule, key: variant.key, alternative: variant.alternative.clone() })
    })
    .collect()
}
