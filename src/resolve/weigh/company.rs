//! Evidence from other systems that the text names beside the mention.

use super::super::clues::Proximity;
use super::super::facts::Relation;
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::SystemId;

impl Scorer<'_> {
    pub(super) fn weigh_company(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let company = &candidate.clues.company;
        if company.is_empty() {
            return;
        }
        let weights = &self.weights.company;
        let left = |place: Proximity| if place == Proximity::Neighbour { weights.neighbour } else { 1.0 };
        if let Some(named) = company.iter().find(|named| named.id == candidate.id) {
            let weight = weights.named_itself * left(named.place);
            evidence.note_at("named-itself", weight, Some(named.span), || {
                "the text names it beside the mention".to_string()
            });
            return;
        }
        let tie_to = |id: SystemId| candidate.facts.relatives.iter().find(|(relative, _)| *relative == id);
        let relative =
            company.iter().find_map(|named| tie_to(named.id).map(|(_, relation)| (named, *relation)));
        let sibling = || company.iter().find(|named| self.are_siblings(candidate.id, named.id));
        if let Some((named, relation)) = relative {
            let (worth, how) = match relation {
                Relation::Base => (weights.base, "tied to"),
                Relation::Dataset => (weights.dataset, "trained on"),
            };
            evidence.note_at("relatives", worth * left(named.place), Some(named.span), || {
                format!("{how} {}, which the text names", self.name_of_system(named.id))
            });
        } else if let Some(named) = sibling() {
            evidence.note_at("relatives", weights.sibling * left(named.place), Some(named.span), || {
                format!("of one family with {}, which the text names", self.name_of_system(named.id))
            });
        }
    }

    /// Returns whether two systems belong to one family.
    fn are_siblings(&self, one: SystemId, other: SystemId) -> bool {
        let head = |id: SystemId| self.systems.get(id).and_then(|system| system.family).unwrap_or(id);
        one != other && head(one) == head(other)
    }

    pub(super) fn name_of_system(&self, id: SystemId) -> &str {
        self.systems.get(id).map_or("?", |system| system.name.as_str())
    }
}
