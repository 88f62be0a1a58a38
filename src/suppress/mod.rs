//! Suppression of findings that people have reviewed and do not want reported again: by a comment in the
//! paper, or by an entry of a baseline.

mod baseline;
mod baseline_session;
mod comments;
mod directive;
mod silence;

pub use baseline::{Baseline, BaselineEntry, BaselineError};
pub use baseline_session::{BaselineSession, NewFindings};
pub use comments::{CommentNote, Comments, Syntax};
pub use directive::{Directive, DirectiveError, Scope};
pub use silence::silence;

use serde::Serialize;

use crate::named_enum;

named_enum! {
    /// The cause of a suppression.
    pub enum SuppressedBy {
        /// A comment in the paper.
        Comment => "comment",
        /// An entry of the baseline.
        Baseline => "baseline",
    }
}

/// A suppression of a finding, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// Its cause.
    pub by: SuppressedBy,
    /// The reason that a person gave; empty if there is none.
    pub reason: String,
}
