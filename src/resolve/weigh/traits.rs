//! Evidence from access, standing, modality, domain and architecture.

use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::{Access, EntityType, EvidenceWeights, Measure, System, TraitWeights};
use crate::detect::Passage;
use crate::detect::{Attributes, Trait};

/// The values of entries that the words of a text correspond to, looked up once for all candidates.
pub(super) struct Meant<'a> {
    /// The ways of access that the text states, each with its weights by the access of a system.
    access: Vec<(&'a str, Vec<Option<f64>>)>,
    modality: Vec<(&'a str, &'a [String])>,
    domain: Vec<(&'a str, &'a [String])>,
    architecture: Vec<(&'a str, &'a [String])>,
}

impl<'a> Meant<'a> {
    pub(super) fn of(attributes: &'a Attributes, weights: &'a EvidenceWeights) -> Self {
        let values = |of: Trait, weights: &'a TraitWeights| {
            let meant = |value: &'a str| Some((value, weights.means.get(value)?.as_slice()));
            attributes.values_of(of).filter_map(meant).filter(|(_, means)| !means.is_empty()).collect()
        };
        let row = |value: &'a str| {
            let row = weights.access.get(value)?;
            Some((value, Access::NAMES.iter().map(|access| row.get(*access).copied()).collect()))
        };
        Self {
            access: attributes.values_of(Trait::Access).filter_map(row).collect(),
            modality: values(Trait::Modality, &weights.modality),
            domain: values(Trait::Domain, &weights.domain),
            architecture: values(Trait::Architecture, &weights.architecture),
        }
    }
}

impl Meant<'_> {
    /// Returns whether the text states a modality or a domain.
    pub(super) fn tell_of_values(&self) -> bool {
        !self.modality.is_empty() || !self.domain.is_empty()
    }

    /// Returns whether the text states a modality or a domain that a system has and another one lacks, that
    /// is, something added to it.
    pub(super) fn tell_more_of(&self, system: &System, other: &System) -> bool {
        let tell = |stated: &[(&str, &[String])], values: &[String]| {
            stated.iter().any(|(_, means)| means.iter().any(|meant| values.contains(meant)))
        };
        let more = |stated: &[(&str, &[String])], values: &[String], others: &[String]| {
            tell(stated, values) && !tell(stated, others)
        };
        more(&self.modality, &system.modalities, &other.modalities)
            || more(&self.domain, &system.domains, &other.domains)
    }
}

impl Scorer<'_> {
    pub(super) fn weigh_traits(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let passage = self.weigh_kind(candidate, evidence);
        if candidate.clues.attributes.traits.is_empty() {
            return;
        }
        let meant = &candidate.reading.traits;
        if let Some(access) = candidate.access_then {
            // What speaks most counts; "a proprietary model over an API" says one thing twice. What can be
            // downloaded is offered over interfaces too, so that one agreement outweighs a difference.
            let strongest = meant
                .access
                .iter()
                .filter_map(|(value, row)| row[access as usize].map(|weight| (weight, *value)))
                .max_by(|a, b| (a.0 > 0.0).cmp(&(b.0 > 0.0)).then(a.0.abs().total_cmp(&b.0.abs())));
            if let Some((weight, value)) = strongest {
                evidence.note_at("access", weight, candidate.clues.mention, || {
                    format!("{value} in the text, {access} in the catalogue")
                });
            }
        }
        self.weigh_standing(candidate, evidence);
        let (weights, system) = (self.weights, candidate.system);
        let traits = [
            ("modality", &meant.modality, &weights.modality, &system.modalities),
            ("domain", &meant.domain, &weights.domain, &system.domains),
            ("architecture", &meant.architecture, &weights.architecture, &system.architecture),
        ];
        for (clue, stated, weights, of_entry) in traits {
            // "A protein language model" takes in no language.
            if clue == "modality" && passage != Passage::Open {
                continue;
            }
            weigh_values(clue, stated, weights, of_entry, candidate, evidence);
        }
    }

    /// Weighs whether the system is of the kind that the text states.
    fn weigh_kind(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) -> Passage {
        let (weights, kinds) = (&self.weights.gate, &candidate.clues.kinds);
        let hinted = &candidate.clues.hinted_kinds;
        let passage = match candidate.reading.kinds_told {
            Some(told) => self.gates.passage_of(told, (candidate.id, candidate.system), self.index.len()),
            None => self.gates.passage(kinds, hinted, candidate.system),
        };
        let (weight, agrees) = match passage {
            Passage::Open => return passage,
            Passage::Fits => (weights.fits, "is for"),
            Passage::Hinted => (weights.hinted, "is for"),
            Passage::Shut => (weights.shut, "is of another kind: for"),
        };
        evidence.note_at("kind", weight, candidate.clues.mention, || {
            let (names, domains) = (
                self.gates.names(if passage == Passage::Hinted { hinted } else { kinds }),
                candidate.system.domains.join(", "),
            );
            format!("{names} in the text, it {agrees} {domains}")
        });
        passage
    }

    /// Weighs the age and access of a system that the text calls the best or at the frontier: such a system
    /// came out recently, and mostly nobody can download it.
    fn weigh_ability(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let weights = &self.weights.standing;
        if let (Some(date), Some(announced)) = (candidate.clues.date, candidate.facts.announced) {
            let age = f64::from(date.after(announced));
            if age > 0.0 {
                let halvings = age / weights.able_half_life.max(0.1);
                let weight = -(halvings * std::f64::consts::LN_2).min(weights.able_most);
                evidence.note_at("standing", weight, candidate.clues.mention, || {
                    format!("the text speaks of the best of its day, and it was {age:.0} months old")
                });
            }
        }
        if candidate.reading.traits.access.is_empty()
            && let Some(access) = candidate.access_then
            && let Some(weight) = weights.able_access.get(Access::NAMES[access as usize])
        {
            evidence.note_at("standing", *weight, candidate.clues.mention, || {
                format!("the text speaks of the best of its day, and this is {access}")
            });
        }
    }

    fn weigh_standing(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let weights = &self.weights.standing;
        let says = |list: &[String]| {
            candidate
                .clues
                .attributes
                .values_of(Trait::Standing)
                .any(|value| list.iter().any(|listed| listed == value))
        };
        if says(&weights.popular) && candidate.system.uses > 0 {
            let weight = weights.popularity * f64::from(candidate.system.uses).ln();
            evidence.note_at("standing", weight, candidate.clues.mention, || {
                format!("much used: {} papers of the sample name it", candidate.system.uses)
            });
        }
        if candidate.facts.entity_type != EntityType::Model {
            return;
        }
        if says(&weights.able) && !candidate.clues.announcing {
            self.weigh_ability(candidate, evidence);
        }
        let (small, large) = (says(&weights.small), says(&weights.large));
        if small == large {
            return;
        }
        let (smallest, largest) = candidate
            .system
            .amounts(Measure::Parameters)
            .iter()
            .fold((f64::INFINITY, 0.0f64), |(least, most), size| (least.min(*size), most.max(*size)));
        if largest > 0.0 && (large && largest < weights.large_from || small && smallest > weights.small_up_to)
        {
            evidence.note_at("standing", weights.disagree, candidate.clues.mention, || {
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
    stated: &[(&str, &[String])],
    weights: &TraitWeights,
    of_entry: &[String],
    candidate: &CandidateContext<'_>,
    evidence: &mut impl EvidenceSink,
) {
    let Some((missed, _)) = stated.last().filter(|_| !of_entry.is_empty()) else { return };
    let agreed = stated.iter().find(|(_, means)| means.iter().any(|meant| of_entry.contains(meant)));
    match agreed {
        Some((value, _)) => evidence
            .note_at(clue, weights.agree, candidate.clues.mention, || format!("{value}, as the text says")),
        None => evidence.note_at(clue, weights.disagree, candidate.clues.mention, || {
            format!("{missed} in the text, {} in the catalogue", of_entry.join(", "))
        }),
    }
}
