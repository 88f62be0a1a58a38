//! Application of a profile to a paper: from findings to diagnostics that its author can act on.

mod diagnostic;
mod grade;
mod identity;
mod likely;
mod showing;
mod version;

pub use diagnostic::{Diagnostic, diagnose};
pub use grade::grade;
pub(crate) use identity::around;
pub use identity::{FindingKey, pair, paper_name};
pub use likely::{answer_in_words, is_above_systems};
pub use showing::Showing;
