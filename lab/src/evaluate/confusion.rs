//! Confusion matrix of gold mentions: the kinds as which the mentions of each label were found.

use byname::catalogue::Kind;
use serde::Serialize;

use super::rows::Found;
use super::{GoldDocument, Scheme};

/// Gold mentions by label, against the kind of the mention found in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Names of the columns: the kinds, then `other type` and `missed`.
    pub columns: Vec<String>,
    /// One row per label, then `not gold`: mentions found with a label of the gold where the gold has none.
    pub rows: Vec<ConfusionRow>,
}

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfusionRow {
    /// The label.
    pub label: String,
    /// Numbers of mentions by column.
    pub counts: Vec<usize>,
}

const KINDS: usize = Kind::ALL.len() - 1; // a reported mention is never "no mention"
const OTHER_TYPE: usize = KINDS;
const MISSED: usize = KINDS + 1;

impl Confusion {
    /// Creates a matrix of zeros.
    pub fn new(scheme: &Scheme) -> Self {
        let kinds = Kind::ALL.iter().take(KINDS).map(|kind| kind.to_string());
        let columns: Vec<String> = kinds.chain(["other type".to_string(), "missed".to_string()]).collect();
        let names = scheme.labels.iter().map(|label| label.name.clone()).chain(["not gold".to_string()]);
        let counts = vec![0; columns.len()];
        let rows = names.map(|label| ConfusionRow { label, counts: counts.clone() }).collect();
        Self { columns, rows }
    }

    /// Adds the mentions of one paper, whose gold and found mentions are matched by `pairs`.
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

/// A matching of gold mentions with found ones, whatever their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// For each gold mention, the index of the found mention in its place.
    pub of_gold: Vec<Option<usize>>,
    /// For each found mention, `true` if it is matched with a gold one.
    pub is_taken: Vec<bool>,
}

impl Pairs {
    /// Matches mentions that overlap: first those with the same bounds, then those with the most bytes in
    /// common; of equal ones those with the fewest bytes apart, then those with the same label.
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
