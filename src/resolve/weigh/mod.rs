//! The weight of evidence of every clue for one candidate; a file a clue.

mod citation;
mod company;
mod date;
mod organisation;
mod prior;
mod rule_of_thumb;
mod size;
mod traits;
mod words;

pub(super) use citation::citation_weight;
pub(super) use size::{Target, targets};
pub(super) use words::set_word_gains;

use super::Evidence;
use super::clues::Clues;
use super::gate::Gates;
use super::index::{Facts, Index};
use crate::catalogue::{EvidenceWeights, Organisations, System, SystemId, Systems};
use crate::document::ByteSpan;

/// Takes what each clue adds.
pub(super) trait Ledger {
    /// Adds the weight of a clue that stands somewhere in the prose; the detail is asked for only by
    /// ledgers that keep it.
    fn note_at(
        &mut self,
        clue: &'static str,
        weight: f64,
        span: Option<ByteSpan>,
        detail: impl FnOnce() -> String,
    );

    /// Adds the weight of a clue that stands nowhere in the prose.
    fn note(&mut self, clue: &'static str, weight: f64, detail: impl FnOnce() -> String) {
        self.note_at(clue, weight, None, detail);
    }
}

/// The sum alone.
#[derive(Debug, Default)]
pub(super) struct Sum(pub f64);

impl Ledger for Sum {
    fn note_at(
        &mut self,
        _clue: &'static str,
        weight: f64,
        _span: Option<ByteSpan>,
        _detail: impl FnOnce() -> String,
    ) {
        self.0 += weight;
    }
}

impl Ledger for Vec<Evidence> {
    fn note_at(
        &mut self,
        clue: &'static str,
        weight: f64,
        span: Option<ByteSpan>,
        detail: impl FnOnce() -> String,
    ) {
        if weight != 0.0 {
            self.push(Evidence { clue: clue.to_string(), detail: detail(), weight, span });
        }
    }
}

/// What weighing compares clues with.
pub(super) struct Scales<'c> {
    pub systems: &'c Systems,
    pub organisations: &'c Organisations,
    pub index: &'c Index,
    pub gates: &'c Gates,
    pub weights: &'c EvidenceWeights,
}

/// Clues with what weighing makes of them whatever the candidate.
pub(super) struct Reading<'a> {
    clues: &'a Clues<'a>,
    traits: traits::Meant<'a>,
    /// The log of the chance that a text on a system misses a word of its entry.
    log_missed: f64,
    /// Whether the text holds a word that tells of tuning.
    tells_tuning: bool,
}

/// One candidate on the scales.
struct Pan<'a> {
    id: SystemId,
    system: &'a System,
    facts: &'a Facts,
    clues: &'a Clues<'a>,
    reading: &'a Reading<'a>,
}

impl<'c> Scales<'c> {
    /// Makes clues ready to be weighed for many candidates.
    pub fn read<'a>(&self, clues: &'a Clues<'a>) -> Reading<'a>
    where
        'c: 'a,
    {
        let log_missed = words::log_missed(&clues.words, &self.weights.words);
        let tells_tuning = clues.words.found.iter().any(|word| self.index.of_tuning.contains(word));
        let traits = traits::Meant::of(&clues.attributes, self.weights);
        Reading { clues, traits, log_missed, tells_tuning }
    }

    /// Notes what every clue adds for a system; the sum is its log-odds before `unknown` is set
    /// against it.
    pub fn weigh(&self, reading: &Reading<'_>, id: SystemId, ledger: &mut impl Ledger) {
        let Some(system) = self.systems.get(id) else { return };
        let pan = Pan { id, system, facts: self.index.facts(id), clues: reading.clues, reading };
        self.weigh_prior(&pan, ledger);
        self.weigh_sizes(&pan, ledger);
        self.weigh_authors(&pan, ledger);
        self.weigh_told_organisations(&pan, ledger);
        self.weigh_date(&pan, ledger);
        self.weigh_traits(&pan, ledger);
        self.weigh_words(&pan, ledger);
        self.weigh_citation(&pan, ledger);
        self.weigh_company(&pan, ledger);
        self.weigh_rules_of_thumb(&pan, ledger);
    }
}
