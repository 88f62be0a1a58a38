//! Counts of the papers of a collection that name each system, and of names that no system of the catalogue
//! has.

mod coverage;
mod naming;

pub use coverage::{Thin, thinly_known};
pub use naming::{CountNames, NameCounts, NamesOfPaper, UnknownName};
