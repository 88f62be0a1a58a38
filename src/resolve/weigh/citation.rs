//! Evidence from a citation of the system's own paper beside the mention.

use super::super::clues::Proximity;
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::CitationWeights;

impl Scorer<'_> {
    pub(super) fn weigh_citation(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let Some(cited) = candidate.clues.cited.iter().find(|cited| cited.id == candidate.id) else { return };
        let weight = citation_weight(&self.weights.citation, cited.place);
        evidence.note_at("cites", weight, Some(cited.span), || match cited.place {
            Proximity::Mention => "its paper is cited beside the mention".to_string(),
            Proximity::Sentence | Proximity::Neighbour => "its paper is cited in the sentence".to_string(),
        });
    }
}

/// Returns the weight of a citation of a system's paper at a place.
pub(in crate::resolve) fn citation_weight(weights: &CitationWeights, place: Proximity) -> f64 {
    match place {
        Proximity::Mention => weights.beside,
        Proximity::Sentence | Proximity::Neighbour => weights.sentence,
    }
}
