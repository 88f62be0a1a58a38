//! What is said of a finding.

use serde::Serialize;

use crate::catalogue::named_enum;

named_enum! {
    /// Whether a finding still stands.
    pub enum Standing {
        /// The same is found at the same place.
        Stands => "stands",
        /// The same is found at another place.
        Moved => "moved",
        /// It is found, and taken for something else.
        Changed => "changed",
        /// It is no longer found.
        Gone => "gone",
        /// Its paper could not be read.
        Unread => "unread",
        /// Its paper is not among those that were given.
        Missing => "missing",
    }
}

impl Standing {
    /// Whether a finding holds, be it at another place.
    pub fn holds(self) -> bool {
        matches!(self, Self::Stands | Self::Moved)
    }
}

/// What is said of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The paper.
    pub document: String,
    /// Whether it still stands.
    pub verdict: Standing,
    /// The words of its first mention.
    pub text: String,
    /// The line on which it stood, from 1.
    pub line: usize,
    /// The column at which it stood, from 1.
    pub column: usize,
    /// What it was taken for.
    pub was: String,
    /// What it is taken for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The line and column where it stands now, if elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now_at: Option<(usize, usize)>,
    /// What is no longer as it was: `text`, `catalogue`, `program`.
    pub because: Vec<&'static str>,
}
