//! Results that were kept, so that a paper which did not change is not read again.
//!
//! The key of a result is a hash over all that it depends on: the program, the catalogue, the options, and
//! the bytes of the paper. So nothing that is kept can ever be out of date, only of no more use. Each run
//! writes one file of its own (a segment) and reads those of all runs before. A result that is damaged,
//! cut short, or made from other included files counts as not kept.

mod entry;
mod segment;
mod store;

pub use store::Cache;

pub(super) use entry::{AskedFile, KeptPaper, Recorder};
pub(super) use segment::Key;
