//! Changes of the scores against gold from one catalogue to another.

use byname::Engine;
use serde::Serialize;

use super::cross_validation::{counts, marked_papers};
use super::span_score::{Counts, Score};
use super::{GoldSet, Row};

/// The change of the scores of one gold set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoldChange {
    /// The gold set, as the user named it.
    pub gold: String,
    /// Its rows with gold mentions or findings.
    pub rows: Vec<GoldRowChange>,
}

/// The change of the scores of one row; each pair is exact, then partial.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoldRowChange {
    /// The name of the row.
    pub label: String,
    /// The scores with the old catalogue.
    pub before: (Score, Score),
    /// The scores with the new catalogue.
    pub after: (Score, Score),
}

/// Scores both catalogues against each gold set.
pub fn gold_changes(old: &Engine, new: &Engine, sets: &[GoldSet]) -> Vec<GoldChange> {
    let papers = marked_papers(sets);
    let rows: Vec<Vec<Row>> = sets.iter().map(|set| set.scheme.rows()).collect();
    let before = counts(old, sets, &papers, &rows, &|_| true);
    let after = counts(new, sets, &papers, &rows, &|_| true);
    let scores = |counts: &Counts| (counts.exact_score(), counts.partial_score());
    let mut changes = Vec::new();
    for (((set, rows), before), after) in sets.iter().zip(&rows).zip(&before).zip(&after) {
        let of_row = |((row, before), after): ((&Row, &Counts), &Counts)| {
            let concerned = before.gold + before.found + after.found > 0;
            concerned.then(|| GoldRowChange {
                label: row.name.clone(),
                before: scores(before),
                after: scores(after),
            })
        };
        let rows = rows.iter().zip(before).zip(after).filter_map(of_row).collect();
        changes.push(GoldChange { gold: set.name.clone(), rows });
    }
    changes
}
