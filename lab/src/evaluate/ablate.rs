//! Ablation: scores and examples without each rule.

use std::collections::BTreeSet;

use byname::Engine;
use byname::catalogue::{RuleId, RuleStatus};
use byname::detect::{Vote, VoteTrace};
use rayon::prelude::*;
use serde::Serialize;

use super::cross_validation::{marked_papers, paper_counts, zeros};
use super::span_score::Counts;
use super::{GoldSet, Row, try_rules};

/// The contribution of every rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// The voting rules, those that contribute most first.
    pub rules: Vec<RuleRemoval>,
}

/// The changes when one rule is removed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleRemoval {
    /// The rule's id.
    pub rule: String,
    /// Number of papers in which it votes.
    pub papers: usize,
    /// The labels whose counts change.
    pub changes: Vec<ChangedLabel>,
    /// Number of its own examples that then fail.
    pub own_examples: usize,
    /// Number of examples of other rules that then fail.
    pub other_examples: usize,
    /// `true` if anything depends on the rule: a label of the gold, or an example of another rule.
    pub earned: bool,
}

/// The change in the F1 of a label, on a scale of 0 to 1: below 0, the score is worse without the rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedLabel {
    /// The gold set.
    pub gold: String,
    /// The label.
    pub label: String,
    /// The change of the exact F1.
    pub exact: f64,
    /// The change of the partial F1.
    pub partial: f64,
}

/// Removes one rule after the other and measures the changes. The engine keeps its weights.
///
/// A rule of weight 0 decides nothing, so each paper in which a rule votes is scanned again with that weight.
/// The result is exact: it includes the effects of one decision on others.
pub fn ablate(engine: &mut Engine, sets: &[GoldSet]) -> Ablation {
    let papers = marked_papers(sets);
    let rows: Vec<Vec<Row>> = sets.iter().map(|set| set.scheme.rows()).collect();
    let weights: Vec<f64> = engine.catalogue().rules.iter().map(|rule| rule.weight).collect();
    engine.reweigh(&weights);
    let before: Vec<(Vec<Counts>, BTreeSet<RuleId>)> = papers
        .par_iter()
        .map(|(set, document)| {
            let voters = voters(&engine.trace_votes(&document.document));
            (paper_counts(engine, &sets[*set], document, &rows[*set]), voters)
        })
        .collect();
    let mut totals = zeros(&rows);
    for ((set, _), (counts, _)) in papers.iter().zip(&before) {
        totals[*set].iter_mut().zip(counts).for_each(|(total, counts)| *total += *counts);
    }
    let failing: BTreeSet<(String, usize)> = failing_examples(engine);

    let mut removals = Vec::new();
    for rule in 0..weights.len() {
        let id = RuleId(rule as u32); // far fewer than 2^32 rules
        if engine.catalogue().rules[rule].status != RuleStatus::Stable {
            continue;
        }
        let mut without = weights.clone();
        without[rule] = 0.0;
        engine.reweigh(&without);
        let concerned: Vec<usize> =
            (0..papers.len()).filter(|paper| before[*paper].1.contains(&id)).collect();
        let changed: Vec<(usize, Vec<Counts>)> = concerned
            .par_iter()
            .map(|paper| {
                let (set, document) = papers[*paper];
                (*paper, paper_counts(engine, &sets[set], document, &rows[set]))
            })
            .collect();
        let mut after = totals.clone();
        for (paper, counts) in changed {
            let set = papers[paper].0;
            for ((total, old), new) in after[set].iter_mut().zip(&before[paper].0).zip(counts) {
                *total -= *old;
                *total += new;
            }
        }
        let name = engine.catalogue().rules[rule].name.clone();
        let now_failing: Vec<(String, usize)> =
            failing_examples(engine).into_iter().filter(|example| !failing.contains(example)).collect();
        let own_examples = now_failing.iter().filter(|(of, _)| *of == name).count();
        let changes = changes(sets, &rows, &totals, &after);
        removals.push(RuleRemoval {
            rule: name,
            papers: concerned.len(),
            own_examples,
            other_examples: now_failing.len() - own_examples,
            earned: !changes.is_empty() || now_failing.len() > own_examples,
            changes,
        });
    }
    engine.reweigh(&weights);
    removals.sort_by(|a, b| a.worst().total_cmp(&b.worst()).then(a.rule.cmp(&b.rule)));
    Ablation { rules: removals }
}

impl RuleRemoval {
    /// Returns the sum of all changes of exact and partial F1: far below 0 for a rule that contributes much.
    pub fn worst(&self) -> f64 {
        self.changes.iter().map(|change| change.exact + change.partial).sum()
    }
}

fn voters(trace: &VoteTrace) -> BTreeSet<RuleId> {
    let phrases = trace.phrases.iter().flat_map(|phrase| &phrase.votes);
    let names = trace.names.iter().flat_map(|name| &name.votes);
    phrases.chain(names).map(|vote: &Vote| vote.rule).collect()
}

/// Returns the failing examples, by rule and line.
fn failing_examples(engine: &Engine) -> BTreeSet<(String, usize)> {
    try_rules(engine.catalogue(), engine.detector(), |_| true)
        .into_iter()
        .filter(|trial| trial.failure.is_some())
        .map(|trial| (trial.rule.name.clone(), trial.example.line))
        .collect()
}

fn changes(
    sets: &[GoldSet],
    rows: &[Vec<Row>],
    before: &[Vec<Counts>],
    after: &[Vec<Counts>],
) -> Vec<ChangedLabel> {
    let mut changes = Vec::new();
    for (set, gold) in sets.iter().enumerate() {
        for (row, name) in rows[set].iter().enumerate().filter(|(_, row)| row.labels.len() == 1) {
            let (old, new) = (before[set][row], after[set][row]);
            if old != new {
                changes.push(ChangedLabel {
                    gold: gold.name.clone(),
                    label: name.name.clone(),
                    exact: new.exact_score().f1 - old.exact_score().f1,
                    partial: new.partial_score().f1 - old.partial_score().f1,
                });
            }
        }
    }
    changes
}
