//! Evidence from the field's common knowledge of who used which system and when.

use super::{CandidateContext, EvidenceSink, Scorer};

impl Scorer<'_> {
    /// Adds the rules of thumb that hold. They concern what a text uses, not what it presents. Their sum is
    /// bounded.
    pub(super) fn weigh_rules_of_thumb(
        &self,
        candidate: &CandidateContext<'_>,
        evidence: &mut impl EvidenceSink,
    ) {
        let thumbs = &candidate.clues.rules_of_thumb;
        if thumbs.is_empty() || candidate.clues.announcing {
            return;
        }
        let weights = &self.weights.rule_of_thumb;
        let weight_of = |thumb: &super::super::rules_of_thumb::Thumb| {
            weights.strength * thumb.weight_for(candidate.id, candidate.system)
        };
        let sum: f64 = thumbs.iter().map(|thumb| weight_of(thumb)).sum();
        let left = if sum > weights.most { weights.most / sum } else { 1.0 };
        for thumb in thumbs {
            evidence.note_at("rule-of-thumb", left * weight_of(thumb), candidate.clues.mention, || {
                format!("{}: {}", thumb.rule.name, thumb.rule.why)
            });
        }
    }
}
