//! The words of quantities: scales, numbers, units, and words for the precision of a number.

use super::notation::Notation;
use super::{Measure, Precision};

/// The words of all files under `patterns/quantities/`, merged.
///
/// A word in lower case matches any case; one with a capital letter only itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuantityWords {
    /// Powers that multiply a number.
    pub scales: Vec<Scale>,
    /// Numbers in words.
    pub numbers: Vec<NumberWord>,
    /// Units of measures.
    pub units: Vec<Unit>,
    /// Words for the precision of a number.
    pub precisions: Vec<PrecisionWords>,
    /// Words before a range after which a list joiner stands between the ends of the range.
    pub openers: Vec<Opener>,
    /// "a", before a scale word.
    pub articles: Vec<String>,
    /// "of", between a vague amount and what it counts.
    pub partitives: Vec<String>,
    /// "and", inside "one hundred and five".
    pub additive_joiners: Vec<String>,
    /// Words between the ends of a range.
    pub range_joiners: Vec<String>,
    /// Words between the members of a list.
    pub list_joiners: Vec<String>,
    /// Words before a range.
    pub range_openers: Vec<String>,
    /// Words between a unit and the number after it.
    pub connectors: Vec<String>,
    /// Words after a number and a hyphen that make it an order of magnitude: "scale".
    pub scale_suffixes: Vec<String>,
    /// Words before a number that only points or names: "Table".
    pub references: Vec<String>,
    /// Signs and words before amounts of money.
    pub currencies: Vec<String>,
    /// Words for counted things that no measure covers.
    pub others: Vec<String>,
    /// Words that end the search for a unit.
    pub stops: Vec<String>,
    /// Notations that word lists cannot express, as regular expressions.
    pub notations: Vec<Notation>,
}

/// A power that multiplies a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The factor.
    pub factor: f64,
    /// "billion".
    pub words: Vec<String>,
    /// "billions".
    pub plurals: Vec<String>,
    /// Letters, as written.
    pub symbols: Vec<String>,
    /// The symbols that mean parameters without a unit.
    pub alone: Vec<String>,
    /// The symbols that mean parameters without a unit beside one that may stand alone.
    pub alone_in_list: Vec<String>,
}

/// A number in words.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberWord {
    /// Its value.
    pub value: f64,
    /// Its spellings.
    pub words: Vec<String>,
    /// The precision that it implies.
    pub precision: Precision,
}

/// Words for one unit of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The measure that it counts.
    pub measure: Measure,
    /// The value of one unit in the measure.
    pub factor: f64,
    /// The least amount; smaller ones mean something else.
    pub least: f64,
    /// The greatest amount; larger ones mean something else. Infinite if there is no limit.
    pub most: f64,
    /// Words after the number.
    pub words: Vec<String>,
    /// Words that only count directly after the number.
    pub attached: Vec<String>,
    /// Words before a connector and the number.
    pub before: Vec<String>,
    /// Words after a scale suffix.
    pub scale_of: Vec<String>,
    /// Words after a number with a symbol.
    pub sized: Vec<String>,
}

/// Words for one precision.
#[derive(Debug, Clone, PartialEq)]
pub struct PrecisionWords {
    /// The precision.
    pub is: Precision,
    /// Words before the number.
    pub before: Vec<String>,
    /// Words after the number.
    pub after: Vec<String>,
    /// Words before a bracket around the number.
    pub around: Vec<String>,
}

/// Words before a range, and the words that then stand between its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Opener {
    /// "between".
    pub words: Vec<String>,
    /// "and".
    pub joiners: Vec<String>,
}
