//! Resolution of mentions into references: which mentions refer to the same system, and which system that may
//! be.

mod answer;
mod bare_names;
mod candidate_pool;
mod clues;
mod confidence;
mod description;
mod facts;
mod grouping;
mod grouping_index;
mod index;
mod linker;
mod named;
mod nearby;
mod organisation_finder;
mod paper;
mod papers;
mod posterior;
mod ranked;
mod reference;
mod rules_of_thumb;
#[cfg(test)]
mod samples;
mod series;
mod stated_date;
mod time;
mod usage;
mod weigh;
mod word_clues;
mod word_cutting;
mod words;

pub use crate::catalogue::Level;
pub use answer::{Answer, AnswerLevel};
pub(crate) use description::take_as_mention;
pub use linker::{Linker, Ranking};
pub use organisation_finder::OrganisationFinder;
pub use reference::{Candidate, Evidence, Reference, State};
