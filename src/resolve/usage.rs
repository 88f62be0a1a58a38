//! How often systems are used at a time: the counts of papers that name them, as curves.
//!
//! A half-year of many papers speaks for itself and, at half, for its neighbours. Where few papers were
//! counted, as before the sample begins, all that is known of a system stands in: how often it is named at
//! all, and how old it is.

use rayon::prelude::*;

use super::time::Stretch;
use crate::catalogue::{
    EntityType, EvidenceWeights, HalfYearCounts, PriorWeights, System, SystemId, Systems,
};

/// How many much-used systems are always candidates.
pub(super) const ALWAYS: usize = 16;
/// Months of a season, the grain of counts and of lists.
const SEASON: f32 = 6.0;
/// The first season is that of January 2012.
const FIRST_MONTH: f32 = 2012.0 * 12.0;
const SEASONS: usize = 40;
/// What the season before and the one after count beside a season itself.
const BESIDE: f32 = 0.5;
/// How many papers a sample is taken to have where a catalogue tells of uses and not of papers.
const PAPERS: f32 = 10_000.0;

/// What could be used in one season, by type.
#[derive(Debug, Default, Clone)]
struct Season {
    /// The log of the sum of all weights.
    total: f32,
    /// The systems of the largest weights.
    first: Vec<SystemId>,
}

/// The smoothed counts of one system from its first season on.
#[derive(Debug, Clone, Copy, Default)]
struct Curve {
    first: u16,
    length: u16,
    /// Where its counts begin in [`Usage::counts`].
    start: u32,
    /// The share of all papers that name it.
    overall: f32,
    /// When it was announced: the middle of what is known.
    announced: Option<f32>,
}

/// All curves, and the systems that are used most in each season.
#[derive(Debug)]
pub(super) struct Usage {
    papers: Vec<f32>,
    counts: Vec<f32>,
    curves: Vec<Curve>,
    /// The log of each system's weight among all, whenever.
    popularity: Vec<f32>,
    seasons: Vec<[Season; 3]>,
    always: [Season; 3],
}

const fn slot(entity_type: EntityType) -> usize {
    match entity_type {
        EntityType::Model => 0,
        EntityType::Dataset => 1,
        EntityType::Software => 2,
    }
}

/// A moment as seasons since the middle of the first.
fn seasons_at(month: f32) -> f32 {
    ((month - FIRST_MONTH) / SEASON - 0.5).clamp(0.0, (SEASONS - 1) as f32)
}

/// Counts by season, each with a part of its neighbours'.
fn smooth(counts: &HalfYearCounts) -> (usize, Vec<f32>) {
    let begin = ((counts.first.first_month() as f32 - FIRST_MONTH) / SEASON) as isize;
    let count = |season: isize| -> f32 {
        let place = usize::try_from(season - begin).ok();
        place.and_then(|place| counts.counts.get(place)).copied().unwrap_or_default() as f32
    };
    let first = (begin - 1).max(0);
    let last = (begin + counts.counts.len() as isize).min(SEASONS as isize - 1);
    let smoothed = (first..=last)
        .map(|season| count(season) + BESIDE * (count(season - 1) + count(season + 1)))
        .collect();
    (usize::try_from(first).unwrap_or_default(), smoothed)
}

impl Usage {
    /// The curves of a catalogue's systems.
    pub fn new(systems: &Systems, weights: &EvidenceWeights) -> Self {
        let uses = systems.uses();
        let (first, smoothed) = smooth(&uses.papers);
        let mut papers = vec![0.0; SEASONS];
        papers.iter_mut().skip(first).zip(smoothed).for_each(|(papers, counted)| *papers = counted);
        let sample = match uses.papers.sum() {
            0 => PAPERS,
            sum => sum as f32,
        };
        let curve = |(_, system): (SystemId, &System)| Curve {
            overall: system.uses as f32 / sample,
            announced: system.announced.map(|date| Stretch::of(date).middle()),
            ..Curve::default()
        };
        let mut usage = Self {
            papers,
            counts: Vec::new(),
            curves: systems.iter().map(curve).collect(),
            popularity: Vec::new(),
            seasons: Vec::new(),
            always: Default::default(),
        };
        for (id, counts) in &uses.of_systems {
            let (first, smoothed) = smooth(counts);
            if let Some(curve) = usage.curves.get_mut(id.0 as usize) {
                curve.first = first as u16;
                curve.length = smoothed.len() as u16;
                curve.start = usage.counts.len() as u32;
                usage.counts.extend(smoothed);
            }
        }
        usage.popularity = systems.iter().map(|(id, _)| usage.weight(id, None, &weights.prior)).collect();
        usage.always = usage.season(systems, None, weights);
        usage.seasons = (0..SEASONS)
            .into_par_iter()
            .map(|season| {
                let middle = FIRST_MONTH + SEASON * (season as f32 + 0.5);
                usage.season(systems, Some(middle), weights)
            })
            .collect();
        usage
    }

    /// The share of papers that name a system at a month, or at any time.
    fn share(&self, id: SystemId, month: Option<f32>, weights: &PriorWeights) -> f32 {
        let Some(curve) = self.curves.get(id.0 as usize) else { return weights.unseen_share as f32 };
        let unseen = weights.unseen_share as f32;
        let Some(month) = month else { return curve.overall + unseen };
        let age = age_share(curve.announced, month, weights);
        if curve.length == 0 {
            return (curve.overall + unseen) * age;
        }
        let at = seasons_at(month);
        let (season, part) = (at as usize, at.fract());
        let between = |of: &dyn Fn(usize) -> f32| of(season) * (1.0 - part) + of(season + 1) * part;
        let papers = between(&|season| self.papers.get(season).copied().unwrap_or_default());
        let count = between(&|season| {
            let place = season.checked_sub(usize::from(curve.first));
            let place = place.filter(|place| *place < usize::from(curve.length));
            place.and_then(|place| self.counts.get(curve.start as usize + place)).copied().unwrap_or_default()
        });
        let stand_in = weights.stand_in_papers.max(1.0) as f32;
        (count + stand_in * curve.overall * age) / (papers + stand_in) + unseen * age
    }

    /// The log of a system's weight among all at a month, before they are brought to a sum of 1.
    fn weight(&self, id: SystemId, month: Option<f32>, weights: &PriorWeights) -> f32 {
        self.share(id, month, weights).max(1e-9).ln() * weights.uses_exponent as f32
    }

    /// The log of a system's weight among all, whenever.
    pub fn popularity(&self, id: SystemId) -> f32 {
        self.popularity.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// What [`Self::prior`] would be if nobody had ever named the system.
    pub fn unseen(
        &self,
        id: SystemId,
        entity_type: EntityType,
        date: Option<Stretch>,
        weights: &PriorWeights,
    ) -> f32 {
        let announced = self.curves.get(id.0 as usize).and_then(|curve| curve.announced);
        let age = date.map_or(1.0, |date| age_share(announced, date.middle(), weights));
        (weights.unseen_share as f32 * age).max(1e-9).ln() * weights.uses_exponent as f32
            - self.season_at(date, entity_type).total
    }

    /// The log of a system's share of all use at a date.
    pub fn prior(
        &self,
        id: SystemId,
        entity_type: EntityType,
        date: Option<Stretch>,
        weights: &PriorWeights,
    ) -> f32 {
        self.weight(id, date.map(Stretch::middle), weights) - self.season_at(date, entity_type).total
    }

    /// The systems that are used most at a date.
    pub fn most_used(
        &self,
        entity_type: EntityType,
        date: Option<Stretch>,
    ) -> impl Iterator<Item = SystemId> {
        self.season_at(date, entity_type).first.iter().copied()
    }

    /// The totals and the most used systems of one moment.
    fn season(&self, systems: &Systems, now: Option<f32>, weights: &EvidenceWeights) -> [Season; 3] {
        let mut shares: [Vec<(f32, SystemId)>; 3] = Default::default();
        for ((id, system), curve) in systems.iter().zip(&self.curves) {
            let out = |at: f32| curve.announced.is_none_or(|announced| announced <= at + SEASON);
            if now.is_none_or(out) {
                shares[slot(system.entity_type)].push((self.weight(id, now, &weights.prior), id));
            }
        }
        shares.map(|mut shares| {
            // Where few systems are known, the one that is meant is the more likely none of them.
            let total = shares.iter().map(|(log, _)| log.exp()).sum::<f32>().max(1.0).ln();
            if shares.len() > ALWAYS {
                shares.select_nth_unstable_by(ALWAYS, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                shares.truncate(ALWAYS);
            }
            Season { total, first: shares.into_iter().map(|(_, id)| id).collect() }
        })
    }

    fn season_at(&self, date: Option<Stretch>, entity_type: EntityType) -> &Season {
        let lists = date
            .map(|date| ((date.middle() - FIRST_MONTH) / SEASON).max(0.0) as usize)
            .and_then(|season| self.seasons.get(season.min(SEASONS - 1)))
            .unwrap_or(&self.always);
        &lists[slot(entity_type)]
    }
}

/// What age leaves of a system's share.
fn age_share(announced: Option<f32>, now: f32, weights: &PriorWeights) -> f32 {
    let Some(announced) = announced else { return 1.0 };
    let age = (now - announced).max(0.0);
    let least = weights.oldest_share as f32;
    let left = (-age / weights.half_life_months.max(0.1) as f32).exp2();
    least + (1.0 - least) * left
}

#[cfg(test)]
#[path = "usage_tests.rs"]
mod tests;
