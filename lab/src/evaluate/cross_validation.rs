//! Cross-validation of what was fitted to gold: papers in folds, and the scores of each gold set before a fit, after it,
//! and with weights fitted to other papers.

use std::collections::HashMap;

use byname::Engine;
use fastrand::Rng;
use rayon::prelude::*;
use serde::Serialize;

use super::span_score::Counts;
use super::{GoldDocument, GoldSet, Row};

/// Seed of the folds; fixed, so that every run makes the same ones.
const SEED: u64 = 20_261_123;

/// The scores of one gold set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TunedSet {
    /// The gold set, as the user named it.
    pub gold: String,
    /// Its rows with gold mentions.
    pub rows: Vec<TunedRow>,
}

/// F1 of one row: exact, then partial.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TunedRow {
    /// The name of the row.
    pub name: String,
    /// F1 with the weights in force.
    pub before: (f64, f64),
    /// F1 with weights fitted to other papers.
    pub cross_validated: (f64, f64),
    /// F1 with weights fitted to all papers, including these.
    pub fitted: (f64, f64),
}

/// Weights of one sort before a fit and after it.
pub(super) struct FittedWeights<'w, W> {
    /// The weights in force.
    pub(super) before: &'w W,
    /// The weights fitted to all papers.
    pub(super) fitted: &'w W,
    /// The weights fitted without each fold.
    pub(super) of_folds: &'w [W],
}

impl<W> FittedWeights<'_, W> {
    /// Scores each gold set with all of them; `reweigh` puts weights in force. Those before the fit stay in force.
    pub(super) fn scores(
        &self,
        engine: &mut Engine,
        sets: &[GoldSet],
        fold_of: &[usize],
        reweigh: impl Fn(&mut Engine, &W),
    ) -> Vec<TunedSet> {
        let papers = marked_papers(sets);
        let rows: Vec<Vec<Row>> = sets.iter().map(|set| set.scheme.rows()).collect();
        let mut score = |weights: &W, wanted: &(dyn Fn(usize) -> bool + Sync)| {
            reweigh(engine, weights);
            counts(engine, sets, &papers, &rows, wanted)
        };
        let before = score(self.before, &|_| true);
        let fitted = score(self.fitted, &|_| true);
        let mut crossed = zeros(&rows);
        for (fold, weights) in self.of_folds.iter().enumerate() {
            add(&mut crossed, &score(weights, &|paper| fold_of[paper] == fold));
        }
        reweigh(engine, self.before);
        let tuned_set = |(set, gold): (usize, &GoldSet)| {
            let of_row = |(row, name): (usize, &Row)| TunedRow {
                name: name.name.clone(),
                before: f1_pair(&before[set][row]),
                cross_validated: f1_pair(&crossed[set][row]),
                fitted: f1_pair(&fitted[set][row]),
            };
            let owed = |(row, _): &(usize, &Row)| before[set][*row].gold > 0;
            TunedSet {
                gold: gold.name.clone(),
                rows: rows[set].iter().enumerate().filter(owed).map(of_row).collect(),
            }
        };
        sets.iter().enumerate().map(tuned_set).collect()
    }
}

/// Returns F1 of exact and of partial matches, from 0 to 1.
fn f1_pair(counts: &Counts) -> (f64, f64) {
    (counts.exact_score().f1, counts.partial_score().f1)
}

/// Returns the fold of each paper. Papers with the same id share a fold, in whatever sets they are, and so do
/// paragraphs of one paper, with ids of the form `id#number`.
pub(super) fn folds(ids: &[&str], folds: usize) -> Vec<usize> {
    let paper_of = |id: &&str| id.split('#').next().unwrap_or_default().to_string();
    let mut papers: Vec<String> = ids.iter().map(paper_of).collect();
    papers.sort_unstable();
    papers.dedup();
    Rng::with_seed(SEED).shuffle(&mut papers);
    let fold_of: HashMap<&str, usize> =
        papers.iter().enumerate().map(|(place, paper)| (paper.as_str(), place % folds)).collect();
    ids.iter().map(|id| fold_of.get(paper_of(id).as_str()).copied().unwrap_or(0)).collect()
}

/// Returns the ids of papers.
pub(super) fn ids_of<'g>(papers: &[(usize, &'g GoldDocument)]) -> Vec<&'g str> {
    papers.iter().map(|(_, paper)| paper.document.id.as_str()).collect()
}

/// Returns the papers in which mentions were marked, each with the index of its set.
pub(super) fn marked_papers(sets: &[GoldSet]) -> Vec<(usize, &GoldDocument)> {
    let of_set = |(set, gold)| GoldSet::papers(gold).map(move |document| (set, document));
    sets.iter().enumerate().flat_map(of_set).collect()
}

/// Returns the counts of each set and row over the wanted papers, with the engine's current weights.
pub(super) fn counts(
    engine: &Engine,
    sets: &[GoldSet],
    papers: &[(usize, &GoldDocument)],
    rows: &[Vec<Row>],
    wanted: &(dyn Fn(usize) -> bool + Sync),
) -> Vec<Vec<Counts>> {
    let of_papers: Vec<(usize, Vec<Counts>)> = papers
        .par_iter()
        .enumerate()
        .filter(|(paper, _)| wanted(*paper))
        .map(|(_, (set, document))| (*set, paper_counts(engine, &sets[*set], document, &rows[*set])))
        .collect();
    let mut sums = zeros(rows);
    for (set, counts) in of_papers {
        for (sum, count) in sums[set].iter_mut().zip(counts) {
            *sum += count;
        }
    }
    sums
}

/// Returns the counts of each row in one paper.
pub(super) fn paper_counts(engine: &Engine, set: &GoldSet, gold: &GoldDocument, rows: &[Row]) -> Vec<Counts> {
    let detected = engine.detect(&gold.document);
    gold.counts(&set.scheme.found(&detected.mentions), &set.scheme, rows)
}

pub(super) fn zeros(rows: &[Vec<Row>]) -> Vec<Vec<Counts>> {
    rows.iter().map(|rows| vec![Counts::default(); rows.len()]).collect()
}

fn add(sums: &mut [Vec<Counts>], more: &[Vec<Counts>]) {
    for (sum, count) in sums.iter_mut().flatten().zip(more.iter().flatten()) {
        *sum += *count;
    }
}
