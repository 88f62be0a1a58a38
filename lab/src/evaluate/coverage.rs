//! Gaps that examples and tests leave in a catalogue, and rules that repeat or contradict each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use byname::Engine;
use byname::catalogue::{
    Catalogue, Expression, Layer, Lexicon, LoadError, Rule, RuleId, RulePattern, RuleStatus,
};
use byname::detect::{Vote, VoteTrace};
use byname::document::ByteSpan;
use serde::Serialize;

use super::trial::try_example;
use super::{TextTest, Trial, try_rules};

/// The gaps in the examples and tests of a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// Alternatives that no example needs.
    pub alternatives: Vec<IdleAlternative>,
    /// Number of all alternatives of patterns.
    pub alternatives_in_all: usize,
    /// Classes with words that occur in no example and no test.
    pub classes: Vec<IdleWords>,
    /// Number of all words of the lexicon, counted for each class separately.
    pub words_in_all: usize,
    /// Rules that can get weight 0 without changing the result of any example or test.
    pub unnoticed: Vec<String>,
    /// Rules that another one can replace.
    pub shadowed: Vec<Shadow>,
    /// Pairs of rules of which one votes for another kind in all examples of the other.
    pub contradictions: Vec<Contradiction>,
}

/// An alternative that could be removed from a pattern without any example of its rule noticing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdleAlternative {
    /// The id of the rule.
    pub rule: String,
    /// The key of the pattern in the file of the rule.
    pub key: &'static str,
    /// The alternative, in the notation of patterns.
    pub alternative: String,
}

/// Words of a class that occur in no example and no test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdleWords {
    /// The class.
    pub class: String,
    /// Number of words of the class.
    pub of: usize,
    /// Its words that do not occur.
    pub words: Vec<String>,
}

/// A rule that another one can replace: the other votes for the same kind in all its examples, and in none of
/// its near misses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shadow {
    /// The replaceable rule.
    pub rule: String,
    /// The rule that can replace it.
    pub by: String,
    /// `true` if each can replace the other, so that both mean the same as far as examples show.
    pub mutual: bool,
}

/// Two rules that vote for different kinds on the same phrases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// The rule whose examples show it.
    pub rule: String,
    /// The other rule, which votes for another kind in all of them.
    pub against: String,
    /// Number of these examples.
    pub examples: usize,
    /// `true` if the other rule has the larger weight, so that a third rule decides.
    pub outweighed: bool,
}

/// Finds all gaps in the layers of a catalogue and its test files.
///
/// # Errors
/// Fails if the catalogue cannot be loaded.
pub fn coverage(layers: &[Layer], tests: &[TextTest]) -> Result<Coverage, LoadError> {
    let mut catalogue = Catalogue::load(layers)?;
    let own = catalogue.rules.len();
    let variants = add_variants(&mut catalogue);
    let mut weights: Vec<f64> = catalogue.rules.iter().map(|rule| rule.weight).collect();
    weights.iter_mut().skip(own).for_each(|weight| *weight = 0.0);
    let mut engine = Engine::new(catalogue);
    engine.reweigh(&weights);

    let examples = examples(&engine, own);
    let (classes, words_in_all) = idle_words(&engine.catalogue().lexicon, &texts(&engine, own, tests));
    let alternatives = idle_alternatives(&engine, &variants, &examples);
    let (shadowed, contradictions) = against_each_other(&engine, own, &examples);
    let unnoticed = unnoticed(&mut engine, own, &weights, tests);
    Ok(Coverage {
        alternatives_in_all: variants.len(),
        alternatives,
        classes,
        words_in_all,
        unnoticed,
        shadowed,
        contradictions,
    })
}

/// A rule with one alternative removed. It votes with weight 0, so that all other rules work as before.
struct Variant {
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

fn add_variants(catalogue: &mut Catalogue) -> Vec<Variant> {
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

/// The votes of rules in one example.
struct VotesInExample {
    rule: usize,
    /// The marked mention; `None` for a near miss.
    expected: Option<ByteSpan>,
    /// The places where each rule votes: the spans of phrases, and for names a stand-in for the span with the
    /// count of the vote.
    places: HashMap<RuleId, BTreeSet<(usize, usize)>>,
    /// The votes on the marked mention.
    on_expected: Vec<Vote>,
}

fn examples(engine: &Engine, own: usize) -> Vec<VotesInExample> {
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

fn places(trace: &VoteTrace) -> HashMap<RuleId, BTreeSet<(usize, usize)>> {
    let mut places: HashMap<RuleId, BTreeSet<(usize, usize)>> = HashMap::new();
    for phrase in &trace.phrases {
        for vote in &phrase.votes {
            places.entry(vote.rule).or_default().insert((phrase.span.start, phrase.span.end));
        }
    }
    for (index, name) in trace.names.iter().enumerate() {
        for (vote, count) in &name.votes {
            // Names have no place of their own; beyond all bytes of the text they are kept apart.
            places.entry(vote.rule).or_default().insert((usize::MAX - index, *count as usize));
        }
    }
    places
}

fn votes_on(trace: &VoteTrace, span: ByteSpan, text: &str) -> Vec<Vote> {
    let phrases = trace.phrases.iter().filter(|phrase| phrase.span == span).flat_map(|phrase| &phrase.votes);
    let names = trace.names.iter().filter(|name| &*name.name == text);
    phrases.copied().chain(names.flat_map(|name| name.votes.iter().map(|(vote, _)| *vote))).collect()
}

fn idle_alternatives(
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

/// Returns the text of every example and test.
fn texts<'a>(engine: &'a Engine, own: usize, tests: &'a [TextTest]) -> Vec<&'a str> {
    let examples = engine.catalogue().rules.iter().take(own).flat_map(|rule| &rule.examples);
    examples
        .map(|example| example.text.as_str())
        .chain(tests.iter().map(|test| test.text.text.as_str()))
        .collect()
}

fn idle_words(lexicon: &Lexicon, texts: &[&str]) -> (Vec<IdleWords>, usize) {
    let plain: Vec<String> = texts.iter().map(|text| plain_words(text)).collect();
    let all = plain.join("\n");
    let mut total = 0;
    let mut classes = Vec::new();
    for class in lexicon.classes.iter().filter(|class| !class.words.is_empty()) {
        total += class.words.len();
        let words: Vec<String> =
            class.words.iter().filter(|word| !all.contains(&plain_words(word))).cloned().collect();
        if !words.is_empty() {
            classes.push(IdleWords { class: class.name.clone(), of: class.words.len(), words });
        }
    }
    (classes, total)
}

/// Returns the words and signs of a text, each between blanks, in lower case; hyphens count as blanks.
fn plain_words(text: &str) -> String {
    let mut plain = String::from(" ");
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            '-' | ' ' | '\n' | '\t' if plain.ends_with(' ') => {}
            '-' | ' ' | '\n' | '\t' => plain.push(' '),
            _ if character.is_alphanumeric() || character == '\'' => plain.push(character),
            _ => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
                plain.push(character);
                plain.push(' ');
            }
        }
    }
    // A possessive ending is a word of its own.
    format!(" {} ", format!("{plain} ").replace("'s ", " 's ").trim())
}

/// Compares every rule with every other one on its examples.
fn against_each_other(
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

/// The texts in which a rule votes: examples by rule and index, and tests by index.
#[derive(Default)]
struct TextsOfVoter {
    examples: Vec<(usize, usize)>,
    tests: Vec<usize>,
}

/// Returns the rules whose removal changes no example and no test. Only texts in which a rule votes are run
/// again.
fn unnoticed(engine: &mut Engine, own: usize, weights: &[f64], tests: &[TextTest]) -> Vec<String> {
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

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
