use byname::catalogue::{EntityType, Kind};
use byname::document::Document;

use super::*;
use crate::evaluate::Confusion;

const TEXT: &str = "Our model beats a rival. Foo-2 and the data are fine.";

fn span(text: &str) -> ByteSpan {
    let start = TEXT.find(text).unwrap();
    ByteSpan::new(start, start + text.len())
}

/// Returns the text with marks, each with its label.
fn gold(marks: &[(&str, &str, bool)]) -> GoldDocument {
    let scheme = Scheme::default();
    let mention = |(text, label, owed): &(&str, &str, bool)| GoldMention {
        span: span(text),
        label: scheme.label_named(label).unwrap().unwrap(),
        owed: *owed,
        sure: *owed,
        names: None,
    };
    let document = Document::from_prose("p", TEXT);
    GoldDocument { document, marked: true, mentions: marks.iter().map(mention).collect(), links: Vec::new() }
}

fn found(text: &str, kind: Kind, entity_type: EntityType) -> Found {
    let label = Scheme::default().label_of(kind, entity_type);
    Found { span: span(text), kind, entity_type, label }
}

#[test]
fn every_fault_is_told_in_its_text() {
    let gold = gold(&[
        ("Our model", "own-model", true),
        ("a rival", "described-model", true),
        ("Foo-2", "named-model", true),
        ("fine", "named-model", false),
    ]);
    let found = [
        found("model", Kind::Own, EntityType::Model),
        found("Foo-2", Kind::Named, EntityType::Dataset),
        found("the data", Kind::Generic, EntityType::Dataset),
        found("fine", Kind::Named, EntityType::Model),
    ];
    let scheme = Scheme::default();
    let pairs = Pairs::new(&gold, &found);
    let lines: Vec<String> = mistakes(&gold, &found, &pairs, &scheme)
        .iter()
        .map(|m| format!("{}:{} {} {:?} {:?} {}", m.line, m.column, m.fault, m.gold, m.found, m.text))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    1:1 wrong bounds Some("own-model") Some("own model") [Our model] beats a rival. Foo-2 and the data are fine.
    1:17 missed Some("described-model") None Our model beats [a rival]. Foo-2 and the data are fine.
    1:26 wrong label Some("named-model") Some("named dataset") Our model beats a rival. [Foo-2] and the data are fine.
    1:36 false alarm None Some("generic dataset") Our model beats a rival. Foo-2 and [the data] are fine.
    "#);
}

#[test]
fn mentions_are_paired_once_and_the_closest_first() {
    let gold = gold(&[("Our model", "own-model", true), ("model", "generic-model", true)]);
    let both =
        [found("model", Kind::Own, EntityType::Model), found("Our model", Kind::Own, EntityType::Model)];
    let pairs = Pairs::new(&gold, &both);
    assert_eq!((pairs.of_gold, pairs.is_taken), (vec![Some(1), Some(0)], vec![true, true]));
}

#[test]
fn the_matrix_counts_every_mention_once() {
    let gold = gold(&[
        ("Our model", "own-model", true),
        ("a rival", "described-model", true),
        ("Foo-2", "named-model", true),
    ]);
    let found = [
        found("Our model", Kind::Generic, EntityType::Model),
        found("Foo-2", Kind::Named, EntityType::Dataset),
        found("the data", Kind::Generic, EntityType::Dataset),
    ];
    let scheme = Scheme::default();
    let mut confusion = Confusion::new(&scheme);
    confusion.add(&gold, &found, &Pairs::new(&gold, &found), &scheme);
    let cells: Vec<(&str, &str)> = confusion
        .rows
        .iter()
        .flat_map(|row| {
            row.counts
                .iter()
                .zip(&confusion.columns)
                .filter(|(count, _)| **count == 1)
                .map(|(_, column)| (row.label.as_str(), column.as_str()))
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("named-model", "other type"),
            ("described-model", "missed"),
            ("own-model", "generic"),
            ("not gold", "generic")
        ]
    );
}

#[test]
fn a_sample_takes_from_the_whole_set() {
    let gold = gold(&[("a rival", "described-model", true)]);
    let one = mistakes(&gold, &[], &Pairs::new(&gold, &[]), &Scheme::default()).remove(0);
    let all: Vec<Mistake> = (0..10).map(|line| Mistake { line, ..one.clone() }).collect();
    let lines: Vec<usize> = sample(all.clone(), 3).iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [0, 4, 8]);
    assert!(sample(all, 0).is_empty());
}
