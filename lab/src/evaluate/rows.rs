//! The rows of a score: each label, all labels of one kind, all labels of one type, and all labels.

use byname::catalogue::{EntityType, Kind};
use byname::detect::Mention;
use byname::document::ByteSpan;

use super::gold::GoldMention;
use super::span_score::Counts;
use super::{GoldDocument, Scheme};

/// One row of a score: the mentions with certain labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name of the row.
    pub name: String,
    /// The indices of its labels.
    pub labels: Vec<usize>,
}

/// A found mention, with the corresponding label of the gold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its span, in bytes of the prose.
    pub span: ByteSpan,
    /// Its kind.
    pub kind: Kind,
    /// The type of its entity.
    pub entity_type: EntityType,
    /// The index of its label; `None` if the gold does not annotate such mentions.
    pub label: Option<usize>,
}

impl Scheme {
    /// Returns the rows of a score over these labels.
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

    /// Returns the found mentions with their labels.
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
    /// Returns the counts of each row in this paper.
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
