//! What a profile has to say of a paper: from findings to diagnostics that its author can act on.

mod diagnostic;
mod version;

pub use diagnostic::{Diagnostic, diagnose};
