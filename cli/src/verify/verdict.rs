//! Verdicts on saved findings.

use byname::named_enum;
use serde::Serialize;

named_enum! {
    /// The outcome of verifying a finding.
    pub enum Standing {
        /// Found again at the same place.
        Stands => "stands",
        /// Found again at another place.
        Moved => "moved",
        /// Found again, but resolved differently.
        Changed => "changed",
        /// No longer found.
        Gone => "gone",
        /// Not verified: the paper could not be read.
        Unread => "unread",
        /// Not verified: the paper is not among those given.
        Missing => "missing",
    }
}

impl Standing {
    /// Returns whether the finding still holds, be it at another place.
    pub fn holds(self) -> bool {
        matches!(self, Self::Stands | Self::Moved)
    }
}

/// The verdict on one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The paper.
    pub document: String,
    /// The outcome.
    pub verdict: Standing,
    /// Text of its first mention.
    pub text: String,
    /// Line of its first mention in the saved results, from 1.
    pub line: usize,
    /// Column of its first mention in the saved results, from 1.
    pub column: usize,
    /// Its earlier resolution.
    pub was: String,
    /// Its resolution now, if that has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Line and column of its first mention now, if they have changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now_at: Option<(usize, usize)>,
    /// Causes, from what has changed since: `text`, `catalogue`, `program`.
    pub because: Vec<&'static str>,
}
