//! The result of resolution: references, and the systems that each may stand for.

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::catalogue::{Level, SystemId};
use crate::document::ByteSpan;
use crate::named_enum;

named_enum! {
    /// The resolution state of a reference.
    pub enum State {
        /// The same text gives the name.
        Named => "named",
        /// The text never names it, and the evidence ranks candidates.
        Linked => "linked",
        /// The text never names it, and the evidence fits nothing, or too much equally well.
        Unresolved => "unresolved",
    }
}

/// One system, or one definite set, that mentions of a paper stand for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reference {
    /// Indices into the paper's mentions, in the order of the text.
    pub mentions: Vec<usize>,
    /// Its resolution state.
    pub state: State,
    /// The level at which it is reported.
    pub level: Level,
    /// The probability that it refers to a particular system and that this paper never names it.
    pub confidence: f64,
    /// What that probability is made of: its log-odds are the sum of the weights. Empty where the text gives
    /// the name.
    pub confidence_evidence: Vec<Evidence>,
    /// The names that the text gives, as written.
    pub names: Vec<String>,
    /// `true` if it is a set of more systems than are named.
    pub partial: bool,
    /// The named systems that it may stand for, most probable first; at most a handful.
    pub candidates: Vec<Candidate>,
    /// The probability that it is no system in the catalogue. All probabilities sum to 1.
    pub unknown: f64,
    /// The most specific answer that the probabilities support; `None` if it is unresolved, for sets, and if
    /// the text gives the name.
    pub answer: Option<Answer>,
}

/// A named system that a reference may stand for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The catalogue's entry; `None` for a name that only the paper gives.
    pub system: Option<SystemId>,
    /// Its name as in the catalogue, or else as the paper writes it.
    pub name: String,
    /// For a family, its members that fit equally well, the most likely first.
    pub members: Vec<SystemId>,
    /// Its probability, 0 to 1.
    pub probability: f64,
    /// The contribution of each clue.
    pub evidence: Vec<Evidence>,
}

/// The contribution of one clue to one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The clue's name in `evidence.toml`.
    pub clue: String,
    /// A description of the comparison, for users.
    pub detail: String,
    /// The weight of evidence, in natural log-odds; a negative weight speaks against the candidate.
    pub weight: f64,
    /// The position of the clue, in bytes of the prose; `None` if the clue has none, like the date of the
    /// paper.
    #[serde(skip)]
    pub span: Option<ByteSpan>,
}
