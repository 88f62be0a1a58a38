//! The prior: how often a system is meant, before any clue.

use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::Access;

impl Scorer<'_> {
    pub(super) fn weigh_prior(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let clues = candidate.clues;
        if clues.announcing {
            // Every system is presented once, however much it is used later.
            let count = self.index.count(clues.entity_type).max(1);
            evidence.note("prior", -(count as f64).ln(), || {
                format!("one of {count} systems that somebody presented")
            });
            return self.weigh_type(candidate, evidence);
        }
        let weights = &self.weights.prior;
        let reading = candidate.reading;
        let by_use = self.index.usage.prior_at(candidate.id, &reading.moment, reading.all_use, weights);
        let mut prior = f64::from(by_use);
        // How often others name it tells little of what a house does with a system that only it can use.
        if candidate.authors_nearness > 0.0 && candidate.access_then == Some(Access::Unreleased) {
            let unseen =
                f64::from(self.index.usage.unseen(candidate.id, clues.entity_type, clues.date, weights));
            prior = unseen + weights.own_house * (prior - unseen);
        }
        self.weigh_derived(candidate, evidence);
        evidence.note("prior", prior, || {
            let share = prior.exp() * 100.0;
            match candidate.system.uses {
                0 => format!("no paper of the sample names it: {share:.2} of 100 uses"),
                1 => format!("one paper of the sample names it: {share:.2} of 100 uses"),
                uses => format!("{uses} papers of the sample name it: {share:.2} of 100 uses"),
            }
        });
        self.weigh_type(candidate, evidence);
    }

    /// Weighs a system derived from another one. It has what was done to it in addition to all properties of
    /// its base; a text that states nothing of the former more likely means the base.
    fn weigh_derived(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        if candidate.reading.tells_tuning {
            return;
        }
        let Some(base) = candidate.facts.derived_from else { return };
        let traits = &candidate.reading.traits;
        let tells_more = traits.tell_of_values()
            && self.systems.get(base).is_some_and(|base| traits.tell_more_of(candidate.system, base));
        if !tells_more {
            evidence.note("derived", self.weights.prior.derived, || {
                format!("made from {}, and the text tells of no tuning", self.name_of_system(base))
            });
        }
    }

    fn weigh_type(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let clues = candidate.clues;
        if candidate.facts.entity_type != clues.entity_type {
            evidence.note("type", self.weights.entity_type.another, || {
                format!("it is a {}, the text tells of a {}", candidate.facts.entity_type, clues.entity_type)
            });
        }
    }
}
