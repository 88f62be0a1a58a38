//! How often a system is meant, before any clue.

use super::{Ledger, Pan, Scales};

impl Scales<'_> {
    pub(super) fn weigh_prior(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let clues = pan.clues;
        let prior = self.index.prior(pan.id, clues.entity_type, clues.paper.date, self.weights);
        ledger.note("prior", f64::from(prior), || {
            let share = f64::from(prior).exp() * 100.0;
            match pan.system.uses {
                0 => format!("no paper of the sample names it: {share:.2} of 100 uses"),
                1 => format!("one paper of the sample names it: {share:.2} of 100 uses"),
                uses => format!("{uses} papers of the sample name it: {share:.2} of 100 uses"),
            }
        });
        if pan.system.entity_type != clues.entity_type {
            ledger.note("type", self.weights.entity_type.another, || {
                format!("it is a {}, the text tells of a {}", pan.system.entity_type, clues.entity_type)
            });
        }
    }
}
