//! What resolution gives: references and the systems that each may stand for.

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::catalogue::{Level, SystemId, named_enum};
use crate::document::ByteSpan;

named_enum! {
    /// How far a reference is resolved.
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
pub struct Reference {
    /// Indices into the paper's mentions, in the order of the text.
    pub mentions: Vec<usize>,
    /// How far it is resolved.
    pub state: State,
    /// How much it weighs.
    pub level: Level,
    /// The probability that it is particular and that this paper never names it.
    pub confidence: f64,
    /// The names that the text gives, as written.
    pub names: Vec<String>,
    /// Whether it is a set of more systems than the names are.
    pub partial: bool,
    /// The named systems that it may stand for, most probable first; at most a handful.
    pub candidates: Vec<Candidate>,
    /// The probability that it is none in the catalogue. All probabilities sum to 1.
    pub unknown: f64,
    /// The deepest level that can be told; none where it is unresolved, for sets, and where the text gives
    /// the name.
    pub answer: Option<Answer>,
}

/// A named system that a reference may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The catalogue's entry, where there is one; none for a name that only the paper knows.
    pub system: Option<SystemId>,
    /// Its name, as the catalogue has it, else as the paper writes it.
    pub name: String,
    /// For a family: its members that fit as well as each other, the likeliest first.
    pub members: Vec<SystemId>,
    /// Its probability, 0 to 1.
    pub probability: f64,
    /// Each clue and what it adds.
    pub evidence: Vec<Evidence>,
}

/// What one clue adds to one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The clue's name in `evidence.toml`.
    pub clue: String,
    /// What was compared, for a person.
    pub detail: String,
    /// The weight of evidence, in natural log-odds; negative speaks against.
    pub weight: f64,
    /// What the text says, in bytes of the prose; none where the clue stands nowhere in the prose, as the
    /// date of the paper.
    #[serde(skip)]
    pub span: Option<ByteSpan>,
}
