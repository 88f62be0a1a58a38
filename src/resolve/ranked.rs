//! Candidates of one reference: generated from its clues, weighed, and converted to probabilities.

use super::answer::{Answer, answer, state};
use super::candidate_pool::CandidatePool;
use super::clues::{Clues, Proximity};
use super::linker::Linker;
use super::organisation_finder::OrganisationCue;
use super::posterior::{Calibration, RankedCandidate, ScoredCandidate, posterior};
use super::weigh::{Reading, Scorer, citation_weight};
use super::{Candidate, Evidence, State};
use crate::catalogue::{OrganisationId, SystemId};

/// Maximum number of candidates weighed in full for a reference. For a text that presents a system, which
/// gives more clues and is processed on its own, it is [`MOST_PRESENTED`].
const MOST_WEIGHED: usize = 120;
const MOST_PRESENTED: usize = 250;
/// Maximum number of systems of a series that become candidates by its word alone.
const LONGEST_SERIES: usize = 200;

/// Ranked candidates, and the answer that they support.
pub(super) struct Ranked {
    pub candidates: Vec<Candidate>,
    pub unknown: f64,
    pub answer: Option<Answer>,
    pub state: State,
}

impl Ranked {
    pub fn nothing() -> Self {
        Self { candidates: Vec::new(), unknown: 1.0, answer: None, state: State::Unresolved }
    }
}

impl Linker {
    /// Ranks the systems that clues lead to. If there are several readings of the clues, all count as equally
    /// likely.
    pub(super) fn ranked(&self, readings: &[Clues<'_>]) -> Ranked {
        let Some(clues) = readings.first() else { return Ranked::nothing() };
        let scorer = self.scorer();
        let read: Vec<Reading<'_>> = readings.iter().map(|clues| scorer.read(clues)).collect();
        let mut ids: Vec<SystemId> = readings.iter().flat_map(|reading| self.possible(reading)).collect();
        if readings.len() > 1 {
            ids.sort_unstable();
            ids.dedup();
        }
        let weights = match &read[..] {
            [reading] => scorer.sums(reading, &ids),
            _ => {
                let weight = |id: &SystemId| mean_odds(read.iter().map(|reading| scorer.sum(reading, *id)));
                ids.iter().map(weight).collect()
            }
        };
        let weighed = ids.into_iter().zip(weights);
        let mut weighed: Vec<ScoredCandidate> =
            weighed.map(|(id, weight)| ScoredCandidate { id, weight, shown: id }).collect();
        let prior = &self.weights.prior;
        let answering = &self.weights.answer;
        let unknown = match (clues.announcing, clues.set) {
            (true, _) => prior.unknown_announced,
            (_, true) => prior.unknown_set,
            _ if clues.in_house => prior.unknown + prior.unknown_in_house,
            _ => prior.unknown,
        };
        let unknown = match clues.own_chance {
            chance if clues.announcing || chance <= 0.0 => unknown,
            chance if chance >= 1.0 => prior.unknown_own,
            chance => either(&weighed, [(chance, prior.unknown_own), (1.0 - chance, unknown)]),
        };
        let trust = match readings.iter().any(|reading| reading.announcing) {
            true => Calibration {
                temper: answering.temper_announced,
                doubt: answering.doubt_announced,
                set: clues.set,
            },
            false => Calibration { temper: answering.temper, doubt: 0.0, set: clues.set },
        };
        if clues.set {
            share_among_makers(&mut weighed, clues, &scorer);
        }
        let head_of = |id: SystemId| scorer.index.facts(id).family.unwrap_or(id);
        let found = posterior(weighed, unknown, trust, (&self.systems, &head_of), answering);
        let candidates = found.candidates.into_iter().map(|ranked| {
            let RankedCandidate { weighed: candidate, probability, members } = ranked;
            let weight_of = |reading: &&Reading<'_>| scorer.sum(reading, candidate.shown);
            let mut evidence: Vec<Evidence> = Vec::with_capacity(8);
            if let Some(reading) = read.iter().max_by(|a, b| weight_of(a).total_cmp(&weight_of(b))) {
                scorer.weigh(reading, candidate.shown, &mut evidence);
            }
            evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let name = self.systems.get(candidate.id).map(|system| system.name.clone()).unwrap_or_default();
            Candidate { system: Some(candidate.id), name, members, probability, evidence }
        });
        let (candidates, unknown): (Vec<Candidate>, f64) = (candidates.collect(), found.unknown);
        let answer = match clues.set {
            true => None,
            false => answer(&candidates, &found.sums, unknown, answering, &self.systems, &self.organisations),
        };
        let state = state(answer.as_ref(), &candidates, unknown, clues.described(), answering);
        Ranked { candidates, unknown, answer, state }
    }

    /// Returns the systems that the clues lead to, and those that are always possible.
    fn possible(&self, clues: &Clues<'_>) -> Vec<SystemId> {
        let index = self.index();
        let mut pool = CandidatePool::new(index.len());
        let (date, weights) = (clues.date, &self.weights);
        for size in &clues.sizes {
            for target in &size.targets {
                pool.add(index.by_size(size.measure, target.from, target.to), target.surprise);
            }
        }
        for author in &clues.paper.authors {
            pool.add(index.by_organisation(*author), weights.organisation.unreleased as f32);
        }
        for organisation in &clues.organisations {
            let weight = weights.organisation.named / organisation.meanings as f64;
            pool.add(index.by_organisation(organisation.id), weight as f32);
        }
        for cited in &clues.cited {
            pool.add([cited.id].into_iter(), citation_weight(&weights.citation, cited.place) as f32);
        }
        pool.add(clues.company.iter().map(|named| named.id), 1.0);
        if let Some((word, _)) = &clues.series {
            let series = index.series.of(word).iter().copied();
            pool.add(series.take(LONGEST_SERIES), weights.words.series as f32);
        }
        for word in &clues.words.found {
            let rarity = index.rarity[*word as usize] - weights.words.common as f32;
            pool.add(index.by_word(*word), rarity * weights.words.strength as f32);
        }
        if let Some(date) = date.filter(|_| clues.announcing) {
            for months in &weights.date.announcing_months {
                pool.add(index.announced_near(date, *months as f32), 2.0);
            }
        }
        for thumb in &clues.rules_of_thumb {
            for (favour, candidates) in thumb.rule.favours.iter().zip(thumb.candidates(&self.systems, index))
            {
                pool.add(candidates.iter().copied(), favour.weight as f32);
            }
        }
        pool.add(index.usage.most_used(clues.entity_type, date), 1.0);
        let most = if clues.announcing { MOST_PRESENTED } else { MOST_WEIGHED };
        pool.best(most, date, index)
    }

    fn scorer(&self) -> Scorer<'_> {
        Scorer {
            systems: &self.systems,
            organisations: &self.organisations,
            index: self.index(),
            gates: self.gates(),
            weights: &self.weights,
        }
    }
}

/// Balances a set whose makers are named: each maker has a member in it, so the systems of each maker get the
/// same total odds.
fn share_among_makers(weighed: &mut [ScoredCandidate], clues: &Clues<'_>, scorer: &Scorer<'_>) {
    let organisations = clues.organisations.iter();
    let named = organisations.filter(|organisation| {
        organisation.telling == OrganisationCue::Name && organisation.place >= Proximity::Sentence
    });
    let makers: Vec<OrganisationId> = named.map(|organisation| organisation.id).collect();
    if makers.len() < 2 {
        return;
    }
    let of_maker = |weighed: &ScoredCandidate| {
        let made_by = scorer.systems.get(weighed.id).map(|system| system.organisations.as_slice())?;
        makers.iter().position(|maker| scorer.nearness(*maker, made_by) == 1.0)
    };
    let groups: Vec<Option<usize>> = weighed.iter().map(of_maker).collect();
    let sums: Vec<f64> = (0..makers.len())
        .map(|maker| {
            let of_group = weighed.iter().zip(&groups).filter(|(_, group)| **group == Some(maker));
            log_sum(of_group.map(|(weighed, _)| weighed.weight))
        })
        .collect();
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (weighed, group) in weighed.iter_mut().zip(&groups) {
        if let Some(sum) = group.and_then(|group| sums.get(group)).filter(|sum| sum.is_finite()) {
            weighed.weight += highest - sum;
        }
    }
}

/// Returns the logarithm of a sum of odds given as logarithms.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let highest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    if highest.is_finite() {
        highest + logs.map(|log| (log - highest).exp()).sum::<f64>().ln()
    } else {
        highest
    }
}

/// Returns the log-odds to set against candidates for a mixture of two cases. With it, the candidates
/// together have the mean, by the probabilities of the cases, of the total that they have in each.
fn either(weighed: &[ScoredCandidate], cases: [(f64, f64); 2]) -> f64 {
    let all = log_sum(weighed.iter().map(|candidate| candidate.weight));
    let known: f64 = cases.iter().map(|(chance, unknown)| chance / (1.0 + (unknown - all).exp())).sum();
    all + ((1.0 - known) / known).ln()
}

/// Returns the logarithm of the mean of odds given as logarithms.
fn mean_odds(logs: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = logs.collect();
    log_sum(all.iter().copied()) - (all.len().max(1) as f64).ln()
}
