//! The weight of evidence of every clue for one candidate, with one file per clue.

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
use super::facts::Facts;
use super::index::Index;
use super::usage::Moment;
use super::words::WordId;
use crate::catalogue::{Access, EvidenceWeights, OrganisationId, Organisations, System, SystemId, Systems};
use crate::detect::{Gates, KindsTold};
use crate::document::ByteSpan;

/// A consumer of the contributions of clues.
pub(super) trait EvidenceSink {
    /// Adds the weight of a clue, with its position in the prose if it has one. Only sinks that keep the
    /// detail compute it.
    fn note_at(
        &mut self,
        clue: &'static str,
        weight: f64,
        span: Option<ByteSpan>,
        detail: impl FnOnce() -> String,
    );

    /// Adds the weight of a clue without a position in the prose.
    fn note(&mut self, clue: &'static str, weight: f64, detail: impl FnOnce() -> String) {
        self.note_at(clue, weight, None, detail);
    }
}

/// A sink that only sums the weights.
#[derive(Debug, Default)]
struct Sum(f64);

impl EvidenceSink for Sum {
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

impl EvidenceSink for Vec<Evidence> {
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

/// The data that clues are compared with.
pub(super) struct Scorer<'c> {
    pub systems: &'c Systems,
    pub organisations: &'c Organisations,
    pub index: &'c Index,
    pub gates: &'c Gates,
    pub weights: &'c EvidenceWeights,
}

/// Clues with derived values that do not depend on the candidate.
pub(super) struct Reading<'a> {
    clues: &'a Clues<'a>,
    traits: traits::Meant<'a>,
    /// The logarithm of the probability that a text on a system lacks a given word of its entry.
    log_missed: f64,
    /// `true` if the text contains a word that denotes tuning.
    tells_tuning: bool,
    /// The kinds that the text states and hints at, if they are few enough to be packed.
    kinds_told: Option<KindsTold>,
    /// The date of use, for priors.
    moment: Moment,
    /// The logarithm of all use at that date.
    all_use: f32,
}

/// The data for weighing one candidate.
struct CandidateContext<'a> {
    id: SystemId,
    system: &'a System,
    facts: &'a Facts,
    makers: &'a [OrganisationId],
    words: &'a [WordId],
    clues: &'a Clues<'a>,
    reading: &'a Reading<'a>,
    /// How close the authors are to the makers, from 0 to 1.
    authors_nearness: f64,
    /// How people outside could access the system when it was used.
    access_then: Option<Access>,
}

impl<'c> Scorer<'c> {
    /// Prepares clues to be weighed for many candidates.
    pub fn read<'a>(&self, clues: &'a Clues<'a>) -> Reading<'a>
    where
        'c: 'a,
    {
        let log_missed = words::log_missed(&clues.words, &self.weights.words);
        let tells_tuning = clues.words.found.iter().any(|word| self.index.of_tuning.contains(word));
        let traits = traits::Meant::of(&clues.attributes, self.weights);
        let usage = &self.index.usage;
        let (moment, all_use) = (usage.moment_of(clues.date), usage.total(clues.entity_type, clues.date));
        let kinds_told = self.gates.told(&clues.kinds, &clues.hinted_kinds);
        Reading { clues, traits, log_missed, tells_tuning, kinds_told, moment, all_use }
    }

    /// Returns the sums of the contributions of all clues for some systems, in their order.
    pub fn sums(&self, reading: &Reading<'_>, ids: &[SystemId]) -> Vec<f64> {
        // First what is read of each system before all else, so that their facts come out of memory side by side.
        let candidates: Vec<_> = ids.iter().map(|id| self.candidate(reading, *id)).collect();
        candidates.iter().map(|candidate| self.sum_for(candidate.as_ref())).collect()
    }

    /// Returns the sum of the contributions of all clues for a system, which is its log-odds before comparison with
    /// `unknown`.
    pub fn sum(&self, reading: &Reading<'_>, id: SystemId) -> f64 {
        self.sum_for(self.candidate(reading, id).as_ref())
    }

    fn sum_for(&self, candidate: Option<&CandidateContext<'_>>) -> f64 {
        let mut sum = Sum::default();
        candidate.into_iter().for_each(|candidate| self.weigh_all(candidate, &mut sum));
        sum.0
    }

    /// Adds the contribution of every clue for a system.
    pub fn weigh(&self, reading: &Reading<'_>, id: SystemId, evidence: &mut impl EvidenceSink) {
        self.candidate(reading, id).iter().for_each(|candidate| self.weigh_all(candidate, evidence));
    }

    fn candidate<'a>(&'a self, reading: &'a Reading<'a>, id: SystemId) -> Option<CandidateContext<'a>> {
        let system = self.systems.get(id)?;
        let (facts, clues) = (self.index.facts(id), reading.clues);
        let makers = self.index.makers(id);
        let authors_nearness = self.authors_nearness(clues, makers);
        let access_then = facts.access_at(clues.date, id, self.systems);
        let words = self.index.words(id);
        Some(CandidateContext {
            id,
            system,
            facts,
            makers,
            words,
            clues,
            reading,
            authors_nearness,
            access_then,
        })
    }

    fn weigh_all(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        self.weigh_prior(candidate, evidence);
        self.weigh_sizes(candidate, evidence);
        self.weigh_authors(candidate, evidence);
        self.weigh_told_organisations(candidate, evidence);
        self.weigh_date(candidate, evidence);
        self.weigh_traits(candidate, evidence);
        self.weigh_words(candidate, evidence);
        self.weigh_citation(candidate, evidence);
        self.weigh_company(candidate, evidence);
        self.weigh_rules_of_thumb(candidate, evidence);
    }
}
