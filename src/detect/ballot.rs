//! All votes of a paper, whatever came of them: what weights are fitted to.

use super::mention::Vote;
use crate::catalogue::EntityType;
use crate::document::ByteSpan;

/// The votes on one noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballot {
    /// The phrase, in bytes of the prose.
    pub span: ByteSpan,
    /// What it stands for, by its head.
    pub entity_type: EntityType,
    /// At least one vote.
    pub votes: Vec<Vote>,
}

/// The votes on one word that is written as a name, over the whole paper.
#[derive(Debug, Clone, PartialEq)]
pub struct NameBallot {
    /// The word or words, as written.
    pub name: Box<str>,
    /// Each rule that votes, and how often its vote counts.
    pub votes: Vec<(Vote, u32)>,
    /// The sum of votes, less those against, from which it is taken for a name.
    pub enough: f64,
    /// Whether the catalogue holds the name, so that it is one without any votes.
    pub known: bool,
}

/// All votes of a paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ballots {
    /// On noun phrases, in the order of the text.
    pub phrases: Vec<Ballot>,
    /// On words written as names, in the order of their spelling.
    pub names: Vec<NameBallot>,
}
