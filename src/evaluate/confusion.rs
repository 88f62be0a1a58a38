//! What the gold mentions of each label were taken for.

use serde::Serialize;

use super::rows::Found;
use super::{GoldDocument, Scheme};
use crate::catalogue::Kind;

/// Gold mentions by label, against the kind of the mention that was found in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// What the columns are: the kinds, then `other type` and `missed`.
    pub columns: Vec<String>,
    /// One row a label, then `not gold`: what was found where the gold has nothing.
    pub rows: Vec<ConfusionRow>,
}

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfusionRow {
    /// The label.
    pub label: String,
    /// How many mentions, by column.
    pub counts: Vec<usize>,
}

const KINDS: usize = Kind::ALL.len() - 1; // a reported mention is never "no mention"
const OTHER_TYPE: usize = KINDS;
const MISSED: usize = KINDS + 1;

impl Confusion {
    /// A matrix of zeros.
    pub fn new(scheme: &Scheme) -> Self {
        let kinds = Kind::ALL.iter().take(KINDS).map(|kind| kind.to_string());
        let columns: Vec<String> = kinds.chain(["other type".to_string(), "missed".to_string()]).collect();
        let names = scheme.labels.iter().map(|label| label.name.clone()).chain(["not gold".to_string()]);
        let counts = vec![0; columns.len()];
        let rows = names.map(|label| ConfusionRow { label, counts: counts.clone() }).collect();
        Self { columns, rows }
    }

    /// Counts the mentions of one paper, of which `pairs` tells which were found for which.
    pub fn add(&mut self, gold: &GoldDocument, found: &[Found], pairs: &Pairs, scheme: &Scheme) {
        for (mention, pair) in gold.mentions.iter().zip(&pairs.of_gold) {
            let column = match pair.and_then(|index| found.get(index)) {
                None => MISSED,
                Some(found) => {
                    let types = scheme.labels.get(mention.label).map_or(&[][..], |label| &label.types);
                    if types.contains(&found.entity_type) { found.kind as usize } else { OTHER_TYPE }
                }
            };
            self.count(mention.label, column);
        }
        for (found, taken) in found.iter().zip(&pairs.is_taken) {
            if !taken && found.label.is_some() {
                self.count(scheme.labels.len(), found.kind as usize);
            }
        }
    }

    fn count(&mut self, row: usize, column: usize) {
        if let Some(count) = self.rows.get_mut(row).and_then(|row| row.counts.get_mut(column)) {
            *count += 1;
        }
    }
}

/// Which mention was found for which gold mention, whatever their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// For each gold mention the mention that stands in its place.
    pub of_gold: Vec<Option<usize>>,
    /// Whether each mention that was found stands in the place of a gold one.
    pub is_taken: Vec<bool>,
}

impl Pairs {
    /// Pairs mentions that share text: those with the most bytes in common first, of equal ones those
    /// with the fewest apart.
    pub fn new(gold: &GoldDocument, found: &[Found]) -> Self {
        let mut near = Vec::new();
        for (index, mention) in gold.mentions.iter().enumerate() {
            for (other, found) in
                found.iter().enumerate().filter(|(_, found)| found.span.overlaps(mention.span))
            {
                let common = mention.span.end.min(found.span.end) - mention.span.start.max(found.span.start);
                let apart = mention.span.len() + found.span.len() - 2 * common;
                let other_label = found.label != Some(mention.label);
                near.push((apart > 0, std::cmp::Reverse(common), apart, other_label, index, other));
            }
        }
        near.sort_unstable();
        let mut pairs = Self { of_gold: vec![None; gold.mentions.len()], is_taken: vec![false; found.len()] };
        for (.., index, other) in near {
            if pairs.of_gold[index].is_none() && !pairs.is_taken[other] {
                pairs.of_gold[index] = Some(other);
                pairs.is_taken[other] = true;
            }
        }
        pairs
    }
}
