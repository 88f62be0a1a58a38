//! The rows of a score: each label, labels of one kind, labels of one type, and all.

use super::gold::GoldMention;
use super::span_score::Counts;
use super::{GoldDocument, Scheme};
use crate::catalogue::{EntityType, Kind};
use crate::detect::Mention;
use crate::document::ByteSpan;

/// One row of a score: mentions of some labels, told apart from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Its labels.
    pub labels: Vec<usize>,
}

/// A mention that was found, with the label that it has in the gold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes of the prose.
    pub span: ByteSpan,
    /// What it does.
    pub kind: Kind,
    /// What it stands for.
    pub entity_type: EntityType,
    /// Its label; none where the gold does not annotate such mentions.
    pub label: Option<usize>,
}

impl Scheme {
    /// The rows that a score over these labels has.
    pub fn rows(&self) -> Vec<Row> {
        let counted = || self.labels.iter().enumerate().filter(|(_, label)| label.counted);
        let mut rows: Vec<Row> =
            counted().map(|(index, label)| Row { name: label.name.clone(), labels: vec![index] }).collect();
        let mut add = |name: String, labels: Vec<usize>| {
            if labels.len() > 1 && !rows.iter().any(|row| row.labels == labels) {
                rows.push(Row { name, labels });
            }
        };
        for kind in Kind::ALL {
            let labels = counted().filter(|(_, label)| label.kinds == [*kind]).map(|(index, _)| index);
            add(format!("all {kind}"), labels.collect());
        }
        for entity_type in EntityType::ALL {
            let other = |label: &super::Label| {
                label.types.iter().any(|of| of != entity_type && *of != EntityType::Software)
            };
            let labels = counted().filter(|(_, label)| label.types.contains(entity_type) && !other(label));
            add(format!("all {entity_type}"), labels.map(|(index, _)| index).collect());
        }
        add("all".to_string(), counted().map(|(index, _)| index).collect());
        rows
    }

    /// The mentions that were found, with their labels.
    pub fn found(&self, mentions: &[Mention]) -> Vec<Found> {
        let found = |mention: &Mention| Found {
            span: mention.span,
            kind: mention.kind,
            entity_type: mention.entity_type,
            label: self.label_of(mention.kind, mention.entity_type),
        };
        mentions.iter().map(found).collect()
    }
}

impl GoldDocument {
    /// The counts of each row in this paper.
    pub fn counts(&self, found: &[Found], scheme: &Scheme, rows: &[Row]) -> Vec<Counts> {
        let open: Vec<ByteSpan> =
            self.mentions.iter().filter(|mention| !mention.owed).map(|mention| mention.span).collect();
        let of_row = |row: &Row| {
            let owed = |mention: &&GoldMention| mention.owed && row.labels.contains(&mention.label);
            let owed: Vec<ByteSpan> = self.mentions.iter().filter(owed).map(|mention| mention.span).collect();
            let counts = |found: &&Found| found.label.is_some_and(|label| row.labels.contains(&label));
            let found: Vec<ByteSpan> = found.iter().filter(counts).map(|found| found.span).collect();
            Counts::of(&owed, &open, &found, scheme.partial)
        };
        rows.iter().map(of_row).collect()
    }
}
