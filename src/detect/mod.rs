//! From prose to mentions: anchors, noun phrases, quantities, names, rule votes.

mod mention;
mod quantity;
mod quantity_finder;

pub use mention::{Attributes, Detected, Mention, Trait, Vote};
pub use quantity::{Measure, Precision, Quantity, QuantityMention};
pub use quantity_finder::QuantityFinder;
