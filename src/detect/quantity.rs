//! Quantities as papers state them: a size with a measure and a precision.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Measure, Precision, show_amount};
use crate::document::ByteSpan;

/// A stated amount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The stated value; of a range or of several values the largest. Finite and above 0.
    pub at: f64,
    /// Precision with which it is stated.
    pub precision: Precision,
    /// The lower end of a range.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<f64>,
    /// Every value of a list such as "7B/13B/70B", in the order of the text; empty for one value.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub values: Vec<f64>,
}

impl Quantity {
    /// Makes a quantity of one value.
    pub fn new(at: f64, precision: Precision) -> Self {
        Self { at, precision, from: None, values: Vec::new() }
    }
}

/// Formats the quantity for a reader: "up to 137B".
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = show_amount(self.at);
        match (self.precision, self.from) {
            (Precision::Exact, _) if self.values.len() > 1 => {
                let values: Vec<String> = self.values.iter().map(|value| show_amount(*value)).collect();
                f.write_str(&values.join("/"))
            }
            (Precision::Exact, _) => f.write_str(&at),
            (Precision::About, _) => write!(f, "about {at}"),
            (Precision::OrderOfMagnitude, _) => write!(f, "the order of {at}"),
            (Precision::AtLeast, _) => write!(f, "over {at}"),
            (Precision::Range, Some(from)) => write!(f, "{} to {at}", show_amount(from)),
            (Precision::AtMost, _) | (Precision::Range, None) => write!(f, "up to {at}"),
        }
    }
}

/// A quantity found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityMention {
    /// Its place in the prose, approximator ("over", "about") and unit ("-parameter") included.
    pub span: ByteSpan,
    /// The measure that it counts.
    pub measure: Measure,
    /// The amount.
    pub quantity: Quantity,
}
