//! Gaps that examples and tests leave in a catalogue, and rules that repeat or contradict each other.

mod idle_alternatives;
mod idle_words;
mod rule_pairs;
mod unnoticed;
mod votes;

use byname::Engine;
use byname::catalogue::{Catalogue, Layer, LoadError};
use idle_alternatives::{add_variants, idle_alternatives};
use idle_words::{idle_words, texts};
use rule_pairs::against_each_other;
use serde::Serialize;
use unnoticed::unnoticed;
use votes::examples;

use super::TextTest;

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

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
