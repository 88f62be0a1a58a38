//! From prose to mentions: anchors, noun phrases, quantities, names, rule votes.

mod anchor;
mod attribute;
mod automaton;
mod ballot;
mod coinage;
mod dead_unit;
mod detector;
mod later_names;
mod mention;
mod name;
mod naming;
mod noun_phrase;
mod progress;
mod quantity;
mod quantity_finder;
mod rule_index;
mod sentence;
mod sentence_reader;
mod token;
mod unit;
mod version;
mod vocabulary;
mod vote;

pub use crate::catalogue::{Measure, Precision, Trait};
pub use attribute::fits;
pub use automaton::Direction;
pub use ballot::{Ballot, Ballots, NameBallot};
pub use dead_unit::{Dead, PatternAnalysis};
pub use detector::{Detector, DetectorParts};
pub use mention::{Attributes, Detected, Mention, Vote};
pub use name::KnownName;
pub(crate) use progress::named_mention;
pub use quantity::{Quantity, QuantityMention};
pub use quantity_finder::QuantityFinder;
