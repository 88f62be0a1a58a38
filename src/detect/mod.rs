//! From prose to mentions: anchors, noun phrases, quantities, names, rule votes.

mod anchor;
mod attribute;
mod automaton;
mod ballot;
mod code;
mod coinage;
mod columns;
mod contexts;
mod dead_unit;
mod detector;
mod elided;
mod labels;
mod literal_index;
mod mention;
mod name;
mod name_size;
mod naming;
mod noun_phrase;
mod paper_facts;
mod progress;
mod quantity;
mod quantity_finder;
mod regex_matches;
mod regex_search;
#[cfg(test)]
mod regex_tests;
mod rule_index;
mod sentence;
mod sentence_reader;
mod short_forms;
mod token;
mod told;
mod unit;
mod version;
mod vocabulary;
mod vote;

pub use crate::catalogue::{Measure, Precision, Trait};
pub use attribute::fits;
pub use automaton::Direction;
pub use ballot::{Ballot, Ballots, NameBallot};
pub use contexts::ContextVote;
pub use dead_unit::{Dead, PatternAnalysis};
pub use detector::{Detector, DetectorParts};
#[cfg(test)]
pub(crate) use mention::surely;
pub use mention::{Attributes, Detected, KindChances, Mention, Naming, Vote, Way};
pub use name::KnownName;
pub(crate) use name_size::{same_size, size_in_name};
pub use paper_facts::PaperFacts;
pub(crate) use progress::named_mention;
pub use quantity::{Quantity, QuantityMention};
pub use quantity_finder::QuantityFinder;
