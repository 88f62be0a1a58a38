//! Access, standing, modality, domain and architecture.

use super::super::gate::Passage;
use super::super::time::Stretch;
use super::{Ledger, Pan, Scales};
use crate::catalogue::{Access, EntityType, EvidenceWeights, System, TraitWeights};
use crate::detect::{Attributes, Trait};

/// What the words of a text stand for in entries, looked up once for all candidates.
pub(super) struct Meant<'a> {
    /// Ways of access that the text tells, and what each adds by how people can get at a system.
    access: Vec<(&'a str, Vec<Option<f64>>)>,
    modality: Vec<(&'a str, &'a [String])>,
    domain: Vec<(&'a str, &'a [String])>,
    architecture: Vec<(&'a str, &'a [String])>,
}

impl<'a> Meant<'a> {
    pub(super) fn of(told: &'a Attributes, weights: &'a EvidenceWeights) -> Self {
        let values = |of: Trait, weights: &'a TraitWeights| {
            let meant = |value: &'a str| Some((value, weights.means.get(value)?.as_slice()));
            told.values_of(of).filter_map(meant).filter(|(_, means)| !means.is_empty()).collect()
        };
        let row = |value: &'a str| {
            let row = weights.access.get(value)?;
            Some((value, Access::NAMES.iter().map(|access| row.get(*access).copied()).collect()))
        };
        Self {
            access: told.values_of(Trait::Access).filter_map(row).collect(),
            modality: values(Trait::Modality, &weights.modality),
            domain: values(Trait::Domain, &weights.domain),
            architecture: values(Trait::Architecture, &weights.architecture),
        }
    }
}

impl Meant<'_> {
    /// Whether the text tells what a system is for, or takes, that another one is not: what was added to it.
    pub(super) fn tell_more_of(&self, system: &System, other: &System) -> bool {
        let tell = |told: &[(&str, &[String])], values: &[String]| {
            told.iter().any(|(_, means)| means.iter().any(|meant| values.contains(meant)))
        };
        let more = |told: &[(&str, &[String])], values: &[String], others: &[String]| {
            tell(told, values) && !tell(told, others)
        };
        more(&self.modality, &system.modalities, &other.modalities)
            || more(&self.domain, &system.domains, &other.domains)
    }
}

impl Scales<'_> {
    pub(super) fn weigh_traits(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let passage = self.weigh_kind(pan, ledger);
        if pan.clues.attributes.traits.is_empty() {
            return;
        }
        let meant = &pan.reading.traits;
        if let Some(access) = self.access_then(pan) {
            // What speaks most counts; "a proprietary model over an API" says one thing twice. What can be
            // downloaded is offered over interfaces too, so that one agreement outweighs a difference.
            let strongest = meant
                .access
                .iter()
                .filter_map(|(value, row)| row[access as usize].map(|weight| (weight, *value)))
                .max_by(|a, b| (a.0 > 0.0).cmp(&(b.0 > 0.0)).then(a.0.abs().total_cmp(&b.0.abs())));
            if let Some((weight, value)) = strongest {
                ledger.note_at("access", weight, pan.clues.mention, || {
                    format!("{value} in the text, {access} in the catalogue")
                });
            }
        }
        self.weigh_standing(pan, ledger);
        let (weights, system) = (self.weights, pan.system);
        let traits = [
            ("modality", &meant.modality, &weights.modality, &system.modalities),
            ("domain", &meant.domain, &weights.domain, &system.domains),
            ("architecture", &meant.architecture, &weights.architecture, &system.architecture),
        ];
        for (clue, told, weights, of_entry) in traits {
            // "A protein language model" takes in no language.
            if clue == "modality" && passage != Passage::Open {
                continue;
            }
            weigh_values(clue, told, weights, of_entry, pan, ledger);
        }
    }

    /// Whether it is of the kind that the text tells.
    fn weigh_kind(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) -> Passage {
        let (weights, told) = (&self.weights.gate, &pan.clues.kinds);
        let passage = self.gates.passage(told, pan.system);
        let (weight, agrees) = match passage {
            Passage::Open => return passage,
            Passage::Fits => (weights.fits, "is for"),
            Passage::Shut => (weights.shut, "is of another kind: for"),
        };
        ledger.note_at("kind", weight, pan.clues.mention, || {
            let (told, domains) = (self.gates.names(told), pan.system.domains.join(", "));
            format!("{told} in the text, it {agrees} {domains}")
        });
        passage
    }

    /// How people outside could get at a system when it was used.
    pub(super) fn access_then(&self, pan: &Pan<'_>) -> Option<Access> {
        let early = |date: Stretch, released: Stretch| date.after(released) < 0.0;
        match (pan.clues.date, pan.facts.released) {
            (Some(date), Some(released)) if early(date, released) => {
                Some(pan.system.access_before.unwrap_or(Access::Unreleased))
            }
            _ => pan.system.access,
        }
    }

    /// What is called the best or at the frontier came out not long ago, and mostly nobody can download it.
    fn weigh_ability(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.standing;
        if let (Some(date), Some(announced)) = (pan.clues.date, pan.facts.announced) {
            let age = f64::from(date.after(announced));
            if age > 0.0 {
                let halvings = age / weights.able_half_life.max(0.1);
                let weight = -(halvings * std::f64::consts::LN_2).min(weights.able_most);
                ledger.note_at("standing", weight, pan.clues.mention, || {
                    format!("the text speaks of the best of its day, and it was {age:.0} months old")
                });
            }
        }
        if pan.reading.traits.access.is_empty()
            && let Some(access) = self.access_then(pan)
            && let Some(weight) = weights.able_access.get(Access::NAMES[access as usize])
        {
            ledger.note_at("standing", *weight, pan.clues.mention, || {
                format!("the text speaks of the best of its day, and this is {access}")
            });
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
        if says(&weights.able) && !pan.clues.announcing {
            self.weigh_ability(pan, ledger);
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
}

/// Weighs one kind of trait.
fn weigh_values(
    clue: &'static str,
    told: &[(&str, &[String])],
    weights: &TraitWeights,
    of_entry: &[String],
    pan: &Pan<'_>,
    ledger: &mut impl Ledger,
) {
    let Some((missed, _)) = told.last().filter(|_| !of_entry.is_empty()) else { return };
    let agreed = told.iter().find(|(_, means)| means.iter().any(|meant| of_entry.contains(meant)));
    match agreed {
        Some((value, _)) => {
            ledger.note_at(clue, weights.agree, pan.clues.mention, || format!("{value}, as the text says"))
        }
        None => ledger.note_at(clue, weights.disagree, pan.clues.mention, || {
            format!("{missed} in the text, {} in the catalogue", of_entry.join(", "))
        }),
    }
}
