//! A cache of results, so that an unchanged paper is not read again.
//!
//! The key of a result is a hash over everything that it depends on: the program, the catalogue, the options,
//! and the bytes of the paper. A cached result can therefore never be outdated, only unused. Each run writes
//! one file of its own (a segment) and reads those of all earlier runs. A result that is damaged, truncated,
//! or made from other included files is treated as missing.

mod entry;
mod segment;
mod store;

pub use store::Cache;

pub(super) use entry::{AskedFile, KeptPaper, Recorder};
pub(super) use segment::Key;
