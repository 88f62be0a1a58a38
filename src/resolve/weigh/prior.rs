//! How often a system is meant, before any clue.

use super::{Ledger, Pan, Scales};
use crate::catalogue::{Access, SystemId};

impl Scales<'_> {
    pub(super) fn weigh_prior(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let clues = pan.clues;
        if clues.announcing {
            // Every system is presented once, however much it is used later.
            let count = self.index.count(clues.entity_type).max(1);
            ledger.note("prior", -(count as f64).ln(), || {
                format!("one of {count} systems that somebody presented")
            });
            return self.weigh_type(pan, ledger);
        }
        let weights = &self.weights.prior;
        let by_use = self.index.usage.prior(pan.id, clues.entity_type, clues.date, weights);
        let mut prior = f64::from(by_use);
        // How often others name it tells little of what a house does with a system that only it can use.
        if self.authors_nearness(pan) > 0.0 && self.access_then(pan) == Some(Access::Unreleased) {
            let unseen = f64::from(self.index.usage.unseen(pan.id, clues.entity_type, clues.date, weights));
            prior = unseen + weights.own_house * (prior - unseen);
        }
        self.weigh_derived(pan, ledger);
        ledger.note("prior", prior, || {
            let share = prior.exp() * 100.0;
            match pan.system.uses {
                0 => format!("no paper of the sample names it: {share:.2} of 100 uses"),
                1 => format!("one paper of the sample names it: {share:.2} of 100 uses"),
                uses => format!("{uses} papers of the sample name it: {share:.2} of 100 uses"),
            }
        });
        self.weigh_type(pan, ledger);
    }

    /// A system that was made from another has what was done to it beside all that the other has; a text
    /// that says nothing of that more likely means the other.
    fn weigh_derived(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let of_model = |base: &SystemId| {
            self.systems.get(*base).filter(|base| base.entity_type == pan.system.entity_type)
        };
        if pan.reading.tells_tuning {
            return;
        }
        let base = pan.system.base.iter().find_map(of_model);
        if let Some(base) = base.filter(|base| !pan.reading.traits.tell_more_of(pan.system, base)) {
            ledger.note("derived", self.weights.prior.derived, || {
                format!("made from {}, and the text tells of no tuning", base.name)
            });
        }
    }

    fn weigh_type(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let clues = pan.clues;
        if pan.system.entity_type != clues.entity_type {
            ledger.note("type", self.weights.entity_type.another, || {
                format!("it is a {}, the text tells of a {}", pan.system.entity_type, clues.entity_type)
            });
        }
    }
}
