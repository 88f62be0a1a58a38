//! Use of systems over time: curves of the numbers of papers that name them.
//!
//! A half-year with many papers determines its own value and, with half weight, that of its neighbours. Where
//! few papers were counted, as before the sample begins, the value is estimated from how often a system is
//! named overall and how old it is.

use std::sync::OnceLock;

use super::bare_names::{UseCounts, shared_counts};
use super::time::Stretch;
use crate::catalogue::{EntityType, EvidenceWeights, PriorWeights, SystemId, SystemOutline, Uses};

/// Number of much-used systems that are always candidates.
pub(super) const ALWAYS: usize = 16;
/// Length of a season in months, the resolution of counts and lists.
const SEASON: f32 = 6.0;
/// The first month, January 2012, in months since the year 0.
const FIRST_MONTH: f32 = 2012.0 * 12.0;
const SEASONS: usize = 40;
/// Weight of the preceding and of the following season relative to a season itself.
const BESIDE: f32 = 0.5;
/// Number of papers assumed for the sample if a catalogue gives uses but no numbers of papers.
const PAPERS: f32 = 10_000.0;

/// The systems of one type that could be used in one season.
#[derive(Debug, Default, Clone)]
struct Season {
    /// The logarithm of the sum of all weights, at least 0.
    total: f32,
    /// The systems with the largest weights.
    first: Vec<SystemId>,
}

/// The smoothed counts of one system, starting with its first season.
#[derive(Debug, Clone, Copy)]
struct Curve {
    entity_type: EntityType,
    first: u16,
    length: u16,
    /// The index of its first count in [`Usage::counts`].
    start: u32,
    /// The share of all papers that name it.
    overall: f32,
    /// The midpoint of the date of its announcement.
    announced: Option<f32>,
}

/// What the use of all systems has in common at one date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// `None` for any time.
    month: Option<f32>,
    /// The season at its beginning, and the part of the way to the next one.
    season: usize,
    part: f32,
    /// Number of papers counted.
    papers: f32,
}

impl Moment {
    fn between(&self, of: impl Fn(usize) -> f32) -> f32 {
        of(self.season) * (1.0 - self.part) + of(self.season + 1) * self.part
    }
}

/// All curves, and the most used systems of each season.
#[derive(Debug)]
pub(super) struct Usage {
    papers: Vec<f32>,
    counts: Vec<f32>,
    curves: Vec<Curve>,
    /// The logarithm of each system's weight regardless of date.
    popularity: Vec<f32>,
    /// Each computed for the first paper of the season: most runs meet few of them.
    seasons: Vec<OnceLock<[Season; 3]>>,
    always: [Season; 3],
    prior: PriorWeights,
}

const fn slot(entity_type: EntityType) -> usize {
    match entity_type {
        EntityType::Model => 0,
        EntityType::Dataset => 1,
        EntityType::Software => 2,
    }
}

/// Converts a month to seasons since the middle of the first one.
fn seasons_at(month: f32) -> f32 {
    ((month - FIRST_MONTH) / SEASON - 0.5).clamp(0.0, (SEASONS - 1) as f32)
}

/// Returns counts by season, each with a part of its neighbours' counts added.
fn smooth(counts: &UseCounts) -> (usize, Vec<f32>) {
    let begin = ((counts.first.first_month() as f32 - FIRST_MONTH) / SEASON) as isize;
    let count = |season: isize| -> f32 {
        let place = usize::try_from(season - begin).ok();
        place.and_then(|place| counts.counts.get(place)).copied().unwrap_or_default()
    };
    let first = (begin - 1).max(0);
    let last = (begin + counts.counts.len() as isize).min(SEASONS as isize - 1);
    let smoothed = (first..=last)
        .map(|season| count(season) + BESIDE * (count(season - 1) + count(season + 1)))
        .collect();
    (usize::try_from(first).unwrap_or_default(), smoothed)
}

impl Usage {
    /// Computes the curves of a catalogue's systems.
    pub fn new(uses: &Uses, systems: &[SystemOutline<'_>], weights: &EvidenceWeights) -> Self {
        let (first, smoothed) = smooth(&UseCounts::from(&uses.papers));
        let mut papers = vec![0.0; SEASONS];
        papers.iter_mut().skip(first).zip(smoothed).for_each(|(papers, counted)| *papers = counted);
        let sample = match uses.papers.sum() {
            0 => PAPERS,
            sum => sum as f32,
        };
        let curve = |system: &SystemOutline<'_>| Curve {
            entity_type: system.entity_type,
            first: 0,
            length: 0,
            start: 0,
            overall: system.uses as f32 / sample,
            announced: system.facts.announced.map(|date| Stretch::of(date).middle()),
        };
        let mut usage = Self {
            papers,
            counts: Vec::new(),
            curves: systems.iter().map(curve).collect(),
            popularity: Vec::new(),
            seasons: std::iter::repeat_with(OnceLock::new).take(SEASONS).collect(),
            always: Default::default(),
            prior: weights.prior.clone(),
        };
        for (id, counts) in shared_counts(uses, systems) {
            let (first, smoothed) = smooth(&counts);
            if let Some(curve) = usage.curves.get_mut(id.0 as usize) {
                curve.first = first as u16;
                curve.length = smoothed.len() as u16;
                curve.start = usage.counts.len() as u32;
                usage.counts.extend(smoothed);
            }
        }
        let ids = (0..systems.len() as u32).map(SystemId);
        let any_time = usage.moment(None);
        usage.popularity = ids.map(|id| usage.weight(id, &any_time, &weights.prior)).collect();
        usage.always = usage.season(None);
        usage
    }

    /// Returns what is the same for all systems in a month, or at any time if `month` is `None`.
    fn moment(&self, month: Option<f32>) -> Moment {
        let at = seasons_at(month.unwrap_or(FIRST_MONTH));
        let moment = Moment { month, season: at as usize, part: at.fract(), papers: 0.0 };
        let papers = moment.between(|season| self.papers.get(season).copied().unwrap_or_default());
        Moment { papers, ..moment }
    }

    /// Returns the moment of a date.
    pub fn moment_of(&self, date: Option<Stretch>) -> Moment {
        self.moment(date.map(Stretch::middle))
    }

    /// Returns the share of papers that name a system at a moment.
    fn share(&self, id: SystemId, moment: &Moment, weights: &PriorWeights) -> f32 {
        let Some(curve) = self.curves.get(id.0 as usize) else { return weights.unseen_share as f32 };
        let unseen = weights.unseen_share as f32;
        let Some(month) = moment.month else { return curve.overall + unseen };
        let age = age_share(curve.announced, month, weights);
        if curve.length == 0 {
            return (curve.overall + unseen) * age;
        }
        let counts = self.counts.get(curve.start as usize..).unwrap_or_default();
        let count = moment.between(|season| {
            let place = season.checked_sub(usize::from(curve.first));
            let place = place.filter(|place| *place < usize::from(curve.length));
            place.and_then(|place| counts.get(place)).copied().unwrap_or_default()
        });
        let stand_in = weights.stand_in_papers.max(1.0) as f32;
        (count + stand_in * curve.overall * age) / (moment.papers + stand_in) + unseen * age
    }

    /// Returns the logarithm of a system's weight at a moment, before normalisation.
    fn weight(&self, id: SystemId, moment: &Moment, weights: &PriorWeights) -> f32 {
        self.share(id, moment, weights).max(1e-9).ln() * weights.uses_exponent as f32
    }

    /// Returns for each system the logarithm of its weight regardless of date.
    pub fn popularity(&self) -> &[f32] {
        &self.popularity
    }

    /// Returns the value of [`Self::prior`] if nobody had ever named the system.
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

    /// Returns the logarithm of a system's share of all use at a date.
    #[cfg(test)]
    pub fn prior(
        &self,
        id: SystemId,
        entity_type: EntityType,
        date: Option<Stretch>,
        weights: &PriorWeights,
    ) -> f32 {
        self.prior_at(id, &self.moment_of(date), self.total(entity_type, date), weights)
    }

    /// Returns the logarithm of a system's share of all use at a moment, given the [`Self::total`] of its date.
    pub fn prior_at(&self, id: SystemId, moment: &Moment, total: f32, weights: &PriorWeights) -> f32 {
        self.weight(id, moment, weights) - total
    }

    /// Returns the logarithm of all use at a date.
    pub fn total(&self, entity_type: EntityType, date: Option<Stretch>) -> f32 {
        self.season_at(date, entity_type).total
    }

    /// Returns the most used systems at a date.
    pub fn most_used(
        &self,
        entity_type: EntityType,
        date: Option<Stretch>,
    ) -> impl Iterator<Item = SystemId> {
        self.season_at(date, entity_type).first.iter().copied()
    }

    /// Computes the totals and the most used systems at one moment, by type.
    fn season(&self, now: Option<f32>) -> [Season; 3] {
        let mut shares: [Vec<(f32, SystemId)>; 3] = Default::default();
        let moment = self.moment(now);
        for (id, curve) in self.curves.iter().enumerate() {
            let id = SystemId(id as u32); // a curve for each system
            let out = |at: f32| curve.announced.is_none_or(|announced| announced <= at + SEASON);
            if now.is_none_or(out) {
                shares[slot(curve.entity_type)].push((self.weight(id, &moment, &self.prior), id));
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
        let season = date.map(|date| ((date.middle() - FIRST_MONTH) / SEASON).max(0.0) as usize);
        let season = season.map(|season| season.min(SEASONS - 1));
        let lists = season.and_then(|season| Some((season, self.seasons.get(season)?)));
        let lists = lists.map_or(&self.always, |(season, lists)| {
            lists.get_or_init(|| self.season(Some(FIRST_MONTH + SEASON * (season as f32 + 0.5))))
        });
        &lists[slot(entity_type)]
    }
}

/// Returns the part of a system's share that remains at its age.
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
