//! Access, standing, modality, domain and architecture.

use super::super::time::Stretch;
use super::{Ledger, Pan, Scales};
use crate::catalogue::{Access, EntityType, TraitWeights};
use crate::detect::Trait;

impl Scales<'_> {
    pub(super) fn weigh_traits(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let attributes = &pan.clues.attributes;
        if attributes.traits.is_empty() {
            return;
        }
        if let Some(access) = self.access_then(pan) {
            let weight_of = |value: &str| {
                self.weights
                    .access
                    .get(value)
                    .and_then(|row| row.get(access.name()))
                    .copied()
                    .map(|weight| (weight, value.to_string()))
            };
            // What speaks most counts; "a proprietary model over an API" says one thing twice. What can be
            // downloaded is offered over interfaces too, so that one agreement outweighs a difference.
            let strongest = attributes
                .values_of(Trait::Access)
                .filter_map(weight_of)
                .max_by(|a, b| (a.0 > 0.0).cmp(&(b.0 > 0.0)).then(a.0.abs().total_cmp(&b.0.abs())));
            if let Some((weight, value)) = strongest {
                ledger.note_at("access", weight, pan.clues.mention, || {
                    format!("{value} in the text, {access} in the catalogue")
                });
            }
        }
        self.weigh_standing(pan, ledger);
        self.weigh_values(
            "modality",
            Trait::Modality,
            &self.weights.modality,
            &pan.system.modalities,
            pan,
            ledger,
        );
        self.weigh_values("domain", Trait::Domain, &self.weights.domain, &pan.system.domains, pan, ledger);
        let built = &pan.system.architecture;
        self.weigh_values(
            "architecture",
            Trait::Architecture,
            &self.weights.architecture,
            built,
            pan,
            ledger,
        );
    }

    /// How people outside could get at a system when the paper was written.
    pub(super) fn access_then(&self, pan: &Pan<'_>) -> Option<Access> {
        let early = |date: Stretch, released: Stretch| date.after(released) < 0.0;
        match (pan.clues.paper.date, pan.facts.released) {
            (Some(date), Some(released)) if early(date, released) => {
                Some(pan.system.access_before.unwrap_or(Access::Unreleased))
            }
            _ => pan.system.access,
        }
    }

    fn weigh_standing(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.standing;
        let says = |list: &[String]| {
            pan.clues
                .attributes
                .values_of(Trait::Standing)
                .any(|value| list.iter().any(|listed| listed == value))
        };
        if says(&weights.popular) && pan.system.uses > 0 {
            let weight = weights.popularity * f64::from(pan.system.uses).ln();
            ledger.note_at("standing", weight, pan.clues.mention, || {
                format!("much used: {} papers of the sample name it", pan.system.uses)
            });
        }
        if pan.system.entity_type != EntityType::Model {
            return;
        }
        let (smallest, largest) = pan
            .system
            .parameters
            .iter()
            .fold((f64::INFINITY, 0.0f64), |(least, most), size| (least.min(*size), most.max(*size)));
        let (small, large) = (says(&weights.small), says(&weights.large));
        if largest > 0.0
            && (large && !small && largest < weights.large_from
                || small && !large && smallest > weights.small_up_to)
        {
            ledger.note_at("standing", weights.disagree, pan.clues.mention, || {
                format!(
                    "{} parameters are not {}",
                    crate::catalogue::show_amount(largest),
                    if small { "small" } else { "large" }
                )
            });
        }
    }

    fn weigh_values(
        &self,
        clue: &'static str,
        wanted: Trait,
        weights: &TraitWeights,
        of_entry: &[String],
        pan: &Pan<'_>,
        ledger: &mut impl Ledger,
    ) {
        if of_entry.is_empty() {
            return;
        }
        let mut missed = None;
        for value in pan.clues.attributes.values_of(wanted) {
            let Some(means) = weights.means.get(value).filter(|means| !means.is_empty()) else { continue };
            if means.iter().any(|meant| of_entry.contains(meant)) {
                return ledger.note_at(clue, weights.agree, pan.clues.mention, || {
                    format!("{value}, as the text says")
                });
            }
            missed = Some(value);
        }
        if let Some(value) = missed {
            ledger.note_at(clue, weights.disagree, pan.clues.mention, || {
                format!("{value} in the text, {} in the catalogue", of_entry.join(", "))
            });
        }
    }
}
