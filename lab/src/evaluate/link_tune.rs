//! Fits the weights of clues to gold links and estimates how far the fit can be trusted.
//!
//! The search is coordinate ascent in whole steps: each number moves four steps up, or else four down, as
//! long as that is better; in later rounds two steps, and in the last round one. Better means a higher mean
//! log probability of the right system, with each gold set counting alike, less a pull of every number
//! towards the one in force.

use std::collections::HashMap;

use byname::Engine;
use byname::catalogue::{EvidenceWeights, Tunable};
use fastrand::Rng;
use rayon::prelude::*;
use serde::Serialize;

use super::cross_validation::folds;
use super::link_case::LinkCase;
use super::link_score::{LinkScore, Ranked};
use super::{GoldSet, Known};

/// Lower bound of a probability in the fit, so that no hopeless case dominates it.
const FLOOR: f64 = 0.01;
/// Standard deviation, in steps, of the normal prior around the number in force.
const FREEDOM: f64 = 3.0;
/// Binary logarithm of the longest stride in steps.
const LONGEST: usize = 2;
/// A gain up to this counts as none.
const GAIN: f64 = 1e-9;
/// Seed of the order of the numbers; fixed, so that every run is the same.
const SEED: u64 = 20_261_123;

/// Options of a fit of the weights of clues.
#[derive(Debug, Clone)]
pub struct LinkTuneOptions {
    /// The metadata known of the papers; each set is fitted with each of these.
    pub known: Vec<Known>,
    /// Number of folds for cross-validation; at least 2.
    pub folds: usize,
    /// Number of rounds; each number is tried once per round.
    pub rounds: usize,
    /// Prefixes of the paths of the numbers to fit, such as `answer`; empty for all.
    pub only: Vec<String>,
}

/// The result of a fit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkTuning {
    /// Number of descriptions in the fit, one for each of `known`.
    pub descriptions: usize,
    /// Number of folds.
    pub folds: usize,
    /// Number of rounds.
    pub rounds: usize,
    /// Number of distinct settings of the numbers that were tried.
    pub tries: usize,
    /// The scores of each gold set with each of `known`, before and after.
    pub views: Vec<TunedView>,
    /// The numbers that could change, by path.
    pub numbers: Vec<TunedNumber>,
}

/// The scores of a gold set with certain known metadata.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TunedView {
    /// The gold set, as the user named it.
    pub gold: String,
    /// The metadata known of its papers.
    pub known: Known,
    /// The scores with the numbers in force.
    pub before: LinkScore,
    /// The scores with numbers fitted to other papers.
    pub cross_validated: LinkScore,
    /// The scores with numbers fitted to all papers, including these.
    pub fitted: LinkScore,
}

/// A number that could change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TunedNumber {
    /// Its path in `evidence.toml`: keys joined by dots.
    pub path: String,
    /// The number in force.
    pub before: f64,
    /// The fitted number.
    pub fitted: f64,
    /// The smallest and the largest fitted number of all folds.
    pub of_folds: (f64, f64),
}

/// Fits the numbers that `evidence.toml` lists under `tune` to gold links. The engine keeps its numbers.
pub fn tune_links(engine: &mut Engine, sets: &[GoldSet], options: &LinkTuneOptions) -> LinkTuning {
    let cases = LinkCase::of_sets(engine, sets, &options.known);
    let ids: Vec<&str> = cases.iter().map(|case| case.id).collect();
    let fold_of = folds(&ids, options.folds);
    let in_force = engine.catalogue().evidence.clone();
    let wanted = |path: &str| {
        options.only.is_empty() || options.only.iter().any(|beginning| path.starts_with(beginning.as_str()))
    };
    let numbers = in_force.tune.iter().filter(|(path, _)| wanted(path)).map(|(path, range)| Number {
        path: path.clone(),
        start: in_force.number(path).unwrap_or_default(),
        range: range.clone(),
    });
    let mut search =
        Search { numbers: numbers.collect(), engine, in_force, cases: &cases, tried: HashMap::new() };
    let start = vec![0; search.numbers.len()];
    let best = search.climb(options.rounds, &|_| true);
    let of_folds: Vec<Vec<i32>> =
        (0..options.folds).map(|fold| search.climb(options.rounds, &|case| fold_of[case] != fold)).collect();

    let before = search.ranked(&start);
    let fitted = search.ranked(&best);
    let mut crossed = before.clone();
    for (fold, steps) in of_folds.iter().enumerate() {
        for (case, ranked) in search.ranked(steps).into_iter().enumerate() {
            if fold_of[case] == fold {
                crossed[case] = ranked;
            }
        }
    }
    let score = |view: usize, ranked: &[Vec<Ranked>]| {
        let of_view = cases.iter().zip(ranked).filter(|(case, _)| case.view == view);
        let pairs = of_view.flat_map(|(case, ranked)| case.links.iter().copied().zip(ranked.iter().cloned()));
        LinkScore::new(&pairs.collect::<Vec<_>>())
    };
    let pairs = sets.iter().flat_map(|set| options.known.iter().map(move |known| (set, *known))).enumerate();
    let views =
        pairs.filter(|(view, _)| cases.iter().any(|case| case.view == *view)).map(|(view, (set, known))| {
            TunedView {
                gold: set.name.clone(),
                known,
                before: score(view, &before),
                cross_validated: score(view, &crossed),
                fitted: score(view, &fitted),
            }
        });
    let views = views.collect();
    let tuned = |(place, number): (usize, &Number)| {
        let values = of_folds.iter().map(|steps| number.at(steps[place]));
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(f64::NEG_INFINITY, f64::max);
        let fitted = number.at(best[place]);
        TunedNumber { path: number.path.clone(), before: number.start, fitted, of_folds: (least, most) }
    };
    let tuning = LinkTuning {
        descriptions: cases.iter().map(|case| case.links.len()).sum(),
        folds: options.folds,
        rounds: options.rounds,
        tries: search.tried.len(),
        views,
        numbers: search.numbers.iter().enumerate().map(tuned).collect(),
    };
    let Search { engine, in_force, .. } = search;
    engine.reweigh_evidence(in_force);
    tuning
}

impl LinkTuning {
    /// Returns the changed numbers as an `evidence.toml` to lay over the catalogue in which they were fitted.
    pub fn evidence_file(&self) -> String {
        let mut text = format!(
            "# Fitted by `byname systems tune` to {} descriptions, in {} rounds.\n",
            self.descriptions, self.rounds
        );
        for number in self.numbers.iter().filter(|number| number.fitted != number.before) {
            text.push_str(&format!("{} = {:?}\n", number.path, number.fitted));
        }
        text
    }
}

/// A number that can change.
struct Number {
    path: String,
    start: f64,
    range: Tunable,
}

impl Number {
    /// Returns the number that is `steps` steps from the start, clamped to its range.
    fn at(&self, steps: i32) -> f64 {
        let moved = self.start + f64::from(steps) * self.range.step;
        // Without the digits that sums of decimal fractions leave behind.
        let clean = (moved * 1e6).round() / 1e6 + 0.0; // and no -0
        if steps == 0 { self.start } else { clean.clamp(self.range.from, self.range.to) }
    }
}

/// The search over settings of the numbers, counted in steps from those in force.
struct Search<'a, 'g> {
    engine: &'a mut Engine,
    in_force: EvidenceWeights,
    numbers: Vec<Number>,
    cases: &'a [LinkCase<'g>],
    /// For each setting tried, the mean log probability of what is right in each case; `None` for a case of
    /// which no description was found. The folds begin alike, so they share many trials.
    tried: HashMap<Vec<i32>, Vec<Option<f64>>>,
}

impl Search<'_, '_> {
    /// Returns the engine's rankings for every case with a setting.
    fn ranked(&mut self, steps: &[i32]) -> Vec<Vec<Ranked>> {
        let values =
            self.numbers.iter().zip(steps).map(|(number, steps)| (number.path.as_str(), number.at(*steps)));
        if let Some(weights) = self.in_force.with_numbers(values) {
            self.engine.reweigh_evidence(weights);
        }
        let engine = &*self.engine;
        self.cases.par_iter().map(|case| case.ranked(engine)).collect()
    }

    fn try_out(&mut self, steps: &[i32]) {
        if self.tried.contains_key(steps) {
            return;
        }
        let ranked = self.ranked(steps);
        let of_case = |(case, ranked): (&LinkCase<'_>, &Vec<Ranked>)| {
            let pairs = case.links.iter().zip(ranked).filter(|(_, ranked)| ranked.seen);
            let logs: Vec<f64> =
                pairs.map(|(link, ranked)| ranked.chance_of_right(link).max(FLOOR).ln()).collect();
            (!logs.is_empty()).then(|| logs.iter().sum::<f64>() / logs.len() as f64)
        };
        let logs = self.cases.iter().zip(&ranked).map(of_case).collect();
        self.tried.insert(steps.to_vec(), logs);
    }

    /// Returns the objective of a setting: the mean log probability of the right system over the wanted
    /// cases, less the pull.
    fn worth(&mut self, steps: &[i32], wanted: &dyn Fn(usize) -> bool) -> f64 {
        self.try_out(steps);
        let mut views: Vec<(f64, usize)> = Vec::new();
        let logs = self.tried.get(steps).into_iter().flatten();
        for (place, (case, log)) in self.cases.iter().zip(logs).enumerate() {
            if let (true, Some(log)) = (wanted(place), log) {
                views.resize(views.len().max(case.view + 1), (0.0, 0));
                let view = &mut views[case.view];
                *view = (view.0 + log, view.1 + 1);
            }
        }
        views.retain(|(_, count)| *count > 0);
        let count: usize = views.iter().map(|(_, count)| count).sum();
        let mean =
            views.iter().map(|(sum, count)| sum / *count as f64).sum::<f64>() / views.len().max(1) as f64;
        let pull: f64 = steps.iter().map(|steps| (f64::from(*steps) / FREEDOM).powi(2) / 2.0).sum();
        mean - pull / count.max(1) as f64
    }

    /// Returns the best setting that the search finds for the wanted cases.
    fn climb(&mut self, rounds: usize, wanted: &dyn Fn(usize) -> bool) -> Vec<i32> {
        let mut random = Rng::with_seed(SEED);
        let mut best = vec![0; self.numbers.len()];
        let mut worth = self.worth(&best, wanted);
        let mut order: Vec<usize> = (0..best.len()).collect();
        for round in 0..rounds {
            let stride = 1 << (rounds - 1 - round).min(LONGEST);
            random.shuffle(&mut order);
            for place in &order {
                for direction in [stride, -stride] {
                    let before = best[*place];
                    loop {
                        let (number, from) = (&self.numbers[*place], best[*place]);
                        if number.at(from + direction) == number.at(from) {
                            break; // at the end of its range
                        }
                        best[*place] = from + direction;
                        let tried = self.worth(&best, wanted);
                        if tried <= worth + GAIN {
                            best[*place] = from;
                            break;
                        }
                        worth = tried;
                    }
                    if best[*place] != before {
                        break;
                    }
                }
            }
        }
        best
    }
}

#[cfg(test)]
#[path = "link_tune_tests.rs"]
mod tests;
