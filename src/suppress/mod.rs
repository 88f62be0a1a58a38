//! Findings that people have judged and want to hear no more of: by a comment in the paper, or by an entry
//! of a baseline.

mod baseline;
mod comments;
mod directive;
mod ledger;
mod silence;

pub use baseline::{Baseline, BaselineEntry, BaselineError};
pub use comments::{CommentNote, Comments, Syntax};
pub use directive::{Directive, DirectiveError, Scope};
pub use ledger::{Ledger, NewFindings};
pub use silence::silence;

use serde::Serialize;

use crate::catalogue::named_enum;

named_enum! {
    /// What silences a finding.
    pub enum SuppressedBy {
        /// A comment in the paper.
        Comment => "comment",
        /// An entry of the baseline.
        Baseline => "baseline",
    }
}

/// That a finding is silenced, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// What silences it.
    pub by: SuppressedBy,
    /// The reason that a person gave; empty where none is given.
    pub reason: String,
}
