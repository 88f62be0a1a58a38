//! How often a system is meant, before any clue.

use super::{Ledger, Pan, Scales};

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
        let prior = self.index.prior(pan.id, clues.entity_type, clues.paper.date, self.weights);
        ledger.note("prior", f64::from(prior), || {
            let share = f64::from(prior).exp() * 100.0;
            match pan.system.uses {
                0 => format!("no paper of the sample names it: {share:.2} of 100 uses"),
                1 => format!("one paper of the sample names it: {share:.2} of 100 uses"),
                uses => format!("{uses} papers of the sample name it: {share:.2} of 100 uses"),
            }
        });
        self.weigh_type(pan, ledger);
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
