//! Other systems that the text names beside the mention.

use super::super::index::Relation;
use super::{Ledger, Pan, Scales};

impl Scales<'_> {
    pub(super) fn weigh_company(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let company = &pan.clues.company;
        if company.is_empty() {
            return;
        }
        let weights = &self.weights.company;
        if company.contains(&pan.id) {
            ledger.note("named-itself", weights.named_itself, || {
                "the text names it beside the mention".to_string()
            });
            return;
        }
        let relative = pan.facts.relatives.iter().find(|(id, _)| company.contains(id));
        if let Some((id, relation)) = relative {
            let name = self.systems.get(*id).map_or("?", |system| system.name.as_str());
            match relation {
                Relation::Base => {
                    ledger.note("relatives", weights.base, || format!("tied to {name}, which the text names"))
                }
                Relation::Dataset => {
                    ledger.note("relatives", weights.dataset, || {
                        format!("trained on {name}, which the text names")
                    });
                }
            }
        }
    }
}
