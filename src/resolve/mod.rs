//! From mentions to references: which mentions mean one system, and which system that may be.

mod reference;

pub use reference::{Candidate, Evidence, Level, Reference, State};
