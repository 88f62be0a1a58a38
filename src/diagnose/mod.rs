//! Application of a profile to a paper: from findings to diagnostics that its author can act on.

mod diagnostic;
mod grade;
mod showing;
mod version;

pub use diagnostic::{Diagnostic, diagnose};
pub use grade::grade;
pub use showing::Showing;
