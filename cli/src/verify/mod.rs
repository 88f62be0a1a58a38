//! Verification of saved findings: papers are read again, and what is found now is compared with what was
//! found then.

mod compare;
mod paper_findings;
mod verdict;

pub use compare::compare;
pub use paper_findings::PaperFindings;
pub(crate) use paper_findings::answer;
pub use verdict::{Standing, Verdict};
