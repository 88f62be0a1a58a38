//! Other systems that the text names beside the mention.

use super::super::clues::Place;
use super::super::index::Relation;
use super::{Ledger, Pan, Scales};
use crate::catalogue::SystemId;

impl Scales<'_> {
    pub(super) fn weigh_company(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let company = &pan.clues.company;
        if company.is_empty() {
            return;
        }
        let weights = &self.weights.company;
        let left = |place: Place| if place == Place::Neighbour { weights.neighbour } else { 1.0 };
        if let Some((_, place)) = company.iter().find(|(id, _)| *id == pan.id) {
            ledger.note("named-itself", weights.named_itself * left(*place), || {
                "the text names it beside the mention".to_string()
            });
            return;
        }
        let tie_to = |id: &SystemId| pan.facts.relatives.iter().find(|(relative, _)| relative == id);
        let relative =
            company.iter().find_map(|(id, place)| tie_to(id).map(|(_, relation)| (id, place, relation)));
        if let Some((id, place, relation)) = relative {
            let name = self.systems.get(*id).map_or("?", |system| system.name.as_str());
            match relation {
                Relation::Base => ledger.note("relatives", weights.base * left(*place), || {
                    format!("tied to {name}, which the text names")
                }),
                Relation::Dataset => ledger.note("relatives", weights.dataset * left(*place), || {
                    format!("trained on {name}, which the text names")
                }),
            }
        }
    }
}
