//! Whether findings that were saved still stand: papers are read again, and what is found now is held
//! against what was found then.

mod compare;
mod verdict;

pub use compare::compare;
pub use verdict::{Standing, Verdict};
