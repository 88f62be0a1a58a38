//! What people of the field know of who used what and when.

use super::{Ledger, Pan, Scales};

impl Scales<'_> {
    /// Rules of thumb tell what a text uses, not what it presents. All together add no more than a bound.
    pub(super) fn weigh_rules_of_thumb(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let thumbs = &pan.clues.rules_of_thumb;
        if thumbs.is_empty() || pan.clues.announcing {
            return;
        }
        let weights = &self.weights.rule_of_thumb;
        let weight_of = |thumb: &super::super::rules_of_thumb::Thumb| {
            weights.strength * thumb.weight_for(pan.id, pan.system)
        };
        let sum: f64 = thumbs.iter().map(|thumb| weight_of(thumb)).sum();
        let left = if sum > weights.most { weights.most / sum } else { 1.0 };
        for thumb in thumbs {
            ledger.note_at("rule-of-thumb", left * weight_of(thumb), pan.clues.mention, || {
                format!("{}: {}", thumb.rule.name, thumb.rule.why)
            });
        }
    }
}
