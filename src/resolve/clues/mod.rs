//! The clues that a paper gives about a reference.

mod citations;
mod dates;
mod organisations;
mod reader;
mod sizes;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

pub(super) use reader::ClueReader;

use super::organisation_finder::OrganisationCue;
use super::paper::PaperClues;
use super::rules_of_thumb::Thumb;
use super::stated_date::StatedDate;
use super::time::Stretch;
use super::weigh::Target;
use super::word_clues::WordClues;
use crate::catalogue::{EntityType, OrganisationId, SystemId};
use crate::detect::{Attributes, Measure, Quantity};
use crate::document::ByteSpan;

/// The distance of a clue from the mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proximity {
    /// In a neighbouring sentence.
    Neighbour,
    /// In the same sentence.
    Sentence,
    /// With the mention.
    Mention,
}

/// A stated amount, and the ranges of amounts that agree with it.
#[derive(Debug, Clone)]
pub(super) struct SizeClue<'a> {
    pub measure: Measure,
    pub quantity: Cow<'a, Quantity>,
    pub place: Proximity,
    /// Its position in the prose.
    pub span: Option<ByteSpan>,
    pub targets: Vec<Target>,
}

/// An organisation that the text names or describes.
#[derive(Debug, Clone)]
pub(super) struct OrganisationClue {
    pub id: OrganisationId,
    pub telling: OrganisationCue,
    /// Number of organisations that the same words can denote.
    pub meanings: usize,
    pub written: String,
    pub place: Proximity,
    pub span: ByteSpan,
}

/// A system that the text names, or whose paper it cites.
#[derive(Debug, Clone, Copy)]
pub(super) struct SystemClue {
    pub id: SystemId,
    pub place: Proximity,
    pub span: ByteSpan,
}

/// All clues of one reference.
#[derive(Debug, Clone)]
pub(super) struct Clues<'a> {
    pub paper: &'a PaperClues,
    /// The date of its use: the one stated in its sentence, otherwise the date of the paper.
    pub date: Option<Stretch>,
    pub entity_type: EntityType,
    /// The first of its mentions; `None` if the whole text describes it.
    pub mention: Option<ByteSpan>,
    /// `true` if it refers to several systems.
    pub set: bool,
    /// `true` if it is certainly the authors' own.
    pub own: bool,
    /// The probability that it is the authors' own.
    pub own_chance: f64,
    /// `true` if the text presents it to the public.
    pub announcing: bool,
    /// `true` if the text says that it belongs to the authors' organisation.
    pub in_house: bool,
    /// `true` if the text calls it the newest of its kind.
    pub latest: bool,
    /// The word of its mentions with which names of several systems begin, and its position.
    pub series: Option<(String, ByteSpan)>,
    pub attributes: Attributes,
    /// The kinds of systems that it is called, as indices of [`Gates`].
    pub kinds: Vec<usize>,
    /// The kinds of systems that its sentences hint at.
    pub hinted_kinds: Vec<usize>,
    pub sizes: Vec<SizeClue<'a>>,
    pub organisations: Vec<OrganisationClue>,
    /// Dates that the text states, and their distance; their spans refer to the prose.
    pub dates: Vec<(StatedDate, Proximity)>,
    /// Systems that the text names, and their distance.
    pub company: Vec<SystemClue>,
    /// Systems whose papers the text cites, and their distance.
    pub cited: Vec<SystemClue>,
    /// Words of the sentences that entries contain too.
    pub words: WordClues,
    /// Rules of thumb that hold.
    pub rules_of_thumb: Vec<Arc<Thumb>>,
}

impl Clues<'_> {
    /// Returns the number of systems described; two if a set has no stated number.
    pub fn described(&self) -> usize {
        if self.set { self.attributes.count.map_or(2, |count| count as usize).max(2) } else { 1 }
    }
}
