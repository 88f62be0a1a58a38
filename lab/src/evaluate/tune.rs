//! Fits the weights of rules to gold and estimates how far the fit can be trusted.

use byname::Engine;
use byname::catalogue::{Rule, RuleStatus};
use rayon::prelude::*;
use serde::Serialize;

use super::GoldSet;
use super::cross_validation::{FittedWeights, TunedSet, folds, ids_of, marked_papers};
use super::fit::Problem;
use super::observation::observations;

/// Most rounds of a fit; [`FEW_ROUNDS`] for one that starts near its end.
const ROUNDS: usize = 300;
const FEW_ROUNDS: usize = 15;
/// Weights are rounded to tenths.
const STEP: f64 = 0.1;
/// A weight that moves this far when one paper is left out depends on that paper.
const ACCIDENT: f64 = 0.5;
/// Options of a fit of rule weights.
#[derive(Debug, Clone)]
pub struct TuneOptions {
    /// Number of folds for cross-validation; at least 2.
    pub folds: usize,
    /// Strength with which a weight is held at the one in its rule file: as if this many observations
    /// supported it.
    pub strength: f64,
    /// The rules whose weights may change, by id or by folder; empty for all.
    pub only: Vec<String>,
}

impl TuneOptions {
    fn may_move(&self, rule: &Rule) -> bool {
        let named = |only: &String| {
            rule.name.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        rule.status == RuleStatus::Stable && (self.only.is_empty() || self.only.iter().any(named))
    }
}

/// The result of a fit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tuning {
    /// Number of papers with marked mentions.
    pub papers: usize,
    /// Number of noun phrases and names in the fit.
    pub observations: usize,
    /// Number of folds.
    pub folds: usize,
    /// The strength of the prior.
    pub strength: f64,
    /// The scores of each gold set, before and after.
    pub sets: Vec<TunedSet>,
    /// The rules whose weights could change, in the order of their names.
    pub rules: Vec<TunedRule>,
}

/// The weight of one rule, before and after a fit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TunedRule {
    /// The rule's id.
    pub rule: String,
    /// Number of its votes, each with the weight of its observation in the fit.
    pub votes: f64,
    /// The weight in its file.
    pub written: f64,
    /// The weight in force before the fit.
    pub before: f64,
    /// The fitted weight.
    pub fitted: f64,
    /// The mean of the weights fitted in all folds.
    pub mean: f64,
    /// Their standard deviation.
    pub spread: f64,
    /// Number of folds whose weight lies on the other side of the written one than the fitted weight.
    pub turns: usize,
    /// The largest change of the weight, in a few rounds of fitting, when one paper is left out.
    pub influence: f64,
    /// That paper; `None` if leaving out any paper does not change the weight.
    pub paper: Option<String>,
    /// `true` if the weight depends on that one paper.
    pub accident: bool,
}

/// Fits the weights of all rules to gold sets. The engine keeps its weights.
pub fn tune(engine: &mut Engine, sets: &[GoldSet], options: &TuneOptions) -> Tuning {
    let rules = &engine.catalogue().rules;
    let before: Vec<f64> = rules.iter().map(|rule| rule.weight).collect();
    let written: Vec<f64> = rules.iter().map(|rule| rule.written_weight).collect();
    let wanted: Vec<usize> = (0..rules.len()).filter(|rule| options.may_move(&rules[*rule])).collect();
    let papers = marked_papers(sets);
    let observed: Vec<_> = papers
        .par_iter()
        .map(|(set, document)| {
            let trace = engine.trace_votes(&document.document);
            observations(&trace, document, &sets[*set].scheme, rules)
        })
        .collect();
    let observation_count = observed.iter().map(Vec::len).sum();
    let problem = Problem::new(observed, rules.len());

    let fit = |start: &[f64], rounds, left_out: &(dyn Fn(usize) -> bool + Sync)| {
        let counts = problem.counts_without(left_out);
        problem.fit(&counts, start, &written, options.strength, (rounds, &wanted))
    };
    let exact = fit(&before, ROUNDS, &|_| false);
    let fold_of = folds(&ids_of(&papers), options.folds);
    let of_folds: Vec<Vec<f64>> = (0..options.folds)
        .into_par_iter()
        // From the start again: the fit to all papers knows those of this fold.
        .map(|fold| fit(&before, ROUNDS, &|paper| fold_of[paper] == fold))
        .collect();
    let influence =
        influences(&problem, papers.len(), &exact, |paper| fit(&exact, FEW_ROUNDS, &|other| other == paper));

    let fitted: Vec<f64> = exact.iter().map(|weight| rounded(*weight)).collect();
    let rules = wanted.iter().map(|rule| {
        let (rule, of_folds) = (*rule, of_folds.iter().map(|weights| weights[*rule]).collect::<Vec<f64>>());
        let mean = of_folds.iter().sum::<f64>() / of_folds.len() as f64;
        let variance =
            of_folds.iter().map(|weight| (weight - mean).powi(2)).sum::<f64>() / of_folds.len() as f64;
        let moved = exact[rule] - written[rule];
        let turned = |weight: &&f64| (*weight - written[rule]) * moved < 0.0;
        let (influence, paper) = influence[rule];
        TunedRule {
            rule: rules[rule].name.clone(),
            votes: problem.votes_of(rule),
            written: written[rule],
            before: before[rule],
            fitted: fitted[rule],
            mean,
            spread: variance.sqrt(),
            turns: of_folds.iter().filter(turned).count(),
            influence,
            paper: paper.map(|paper| papers[paper].1.document.id.clone()),
            accident: influence >= ACCIDENT,
        }
    });
    let rules: Vec<TunedRule> = rules.collect();

    let of_folds: Vec<Vec<f64>> =
        of_folds.iter().map(|weights| weights.iter().copied().map(rounded).collect()).collect();
    let weights = FittedWeights { before: &before, fitted: &fitted, of_folds: &of_folds };
    let sets = weights.scores(engine, sets, &fold_of, |engine, weights| engine.reweigh(weights));
    Tuning {
        papers: papers.len(),
        observations: observation_count,
        folds: options.folds,
        strength: options.strength,
        sets,
        rules,
    }
}

impl Tuning {
    /// Returns the weights that differ from those of the rule files, as a `weights.toml` for a catalogue
    /// folder.
    pub fn weights_file(&self) -> String {
        let mut text = format!(
            "# Fitted by `byname rules tune` to {} phrases and names of {} papers, with strength {}.\n",
            self.observations, self.papers, self.strength
        );
        for rule in &self.rules {
            if rule.fitted != rounded(rule.written) || rule.before != rule.written {
                text.push_str(&format!("\"{}\" = {:.1}\n", rule.rule, rule.fitted));
            }
        }
        text
    }
}

fn rounded(weight: f64) -> f64 {
    (weight / STEP).round() * STEP
}

/// Returns for each rule how far its weight moves when the most influential paper is left out, and that
/// paper.
fn influences(
    problem: &Problem,
    papers: usize,
    weights: &[f64],
    fit_without: impl Fn(usize) -> Vec<f64> + Sync + Send,
) -> Vec<(f64, Option<usize>)> {
    let without: Vec<Vec<f64>> = (0..papers).into_par_iter().map(fit_without).collect();
    let mut influence = vec![(0.0, None); weights.len()];
    for (paper, other) in without.iter().enumerate() {
        for rule in problem.rules_of(paper) {
            let moved = (other[rule] - weights[rule]).abs();
            if moved > influence[rule].0 {
                influence[rule] = (moved, Some(paper));
            }
        }
    }
    influence
}

#[cfg(test)]
#[path = "tune_tests.rs"]
mod tests;
