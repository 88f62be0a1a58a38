//! From prose to mentions: anchors, noun phrases, quantities, names, rule votes.

mod mention;
mod quantity;

pub use mention::{Attributes, Detected, Mention, Trait, Vote};
pub use quantity::{Measure, Precision, Quantity, QuantityMention};
