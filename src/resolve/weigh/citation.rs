//! The paper on the system itself, cited beside the mention.

use super::super::clues::Place;
use super::{Ledger, Pan, Scales};
use crate::catalogue::CitationWeights;

impl Scales<'_> {
    pub(super) fn weigh_citation(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let Some(cited) = pan.clues.cited.iter().find(|cited| cited.id == pan.id) else { return };
        let weight = citation_weight(&self.weights.citation, cited.place);
        ledger.note_at("cites", weight, Some(cited.span), || match cited.place {
            Place::Mention => "its paper is cited beside the mention".to_string(),
            Place::Sentence | Place::Neighbour => "its paper is cited in the sentence".to_string(),
        });
    }
}

/// What a citation of a system's paper adds where it stands.
pub(in crate::resolve) fn citation_weight(weights: &CitationWeights, place: Place) -> f64 {
    match place {
        Place::Mention => weights.beside,
        Place::Sentence | Place::Neighbour => weights.sentence,
    }
}
