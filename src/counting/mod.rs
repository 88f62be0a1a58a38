//! Counts over a collection how many papers name each system, and which names no system has.

mod coverage;
mod naming;

pub use coverage::{Thin, thinly_known};
pub use naming::{CountNames, NameCounts, UnknownName};
