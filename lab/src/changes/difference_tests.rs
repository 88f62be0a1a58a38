//! Tests of what counts as a difference and what does not.

use byname::catalogue::{EntityType, Kind, Level};
use proptest::prelude::*;

use super::*;
use crate::changes::MarkedText;

fn finding(line: usize, marked: &str) -> Finding {
    Finding {
        line,
        kind: Kind::Described,
        entity_type: EntityType::Model,
        text: MarkedText::read(marked).unwrap(),
        first: None,
        level: None,
        votes: Vec::new(),
    }
}

fn changes(old: &[Finding], new: &[Finding]) -> Vec<Change> {
    differences(old, new).iter().map(|difference| difference.change).collect()
}

#[test]
fn a_moved_line_is_no_difference() {
    let old = [finding(3, "We ran [a hidden model].")];
    assert_eq!(changes(&old, &[finding(90, "We ran [a hidden model].")]), []);
}

#[test]
fn words_changed_around_a_finding_are_no_difference() {
    let old = [finding(3, "On Monday we first ran [a hidden model] on all letters.")];
    assert_eq!(changes(&old, &[finding(3, "On Friday we ran [a hidden model] on all letters.")]), []);
    let elsewhere = [finding(40, "Nobody else knows [a hidden model] at sea.")];
    assert_eq!(changes(&old, &elsewhere), [Change::Removed, Change::Added]);
}

#[test]
fn each_change_of_a_finding_has_its_name() {
    let old = finding(3, "We ran a [hidden model] twice.");
    let with = |change: &dyn Fn(&mut Finding)| {
        let mut new = old.clone();
        change(&mut new);
        changes(std::slice::from_ref(&old), &[new])
    };
    assert_eq!(with(&|_| ()), []);
    assert_eq!(
        with(&|new| new.text = MarkedText::read("We ran [a hidden model] twice.").unwrap()),
        [Change::Moved]
    );
    assert_eq!(with(&|new| new.kind = Kind::Generic), [Change::OtherKind]);
    assert_eq!(with(&|new| new.entity_type = EntityType::Dataset), [Change::OtherKind]);
    assert_eq!(with(&|new| new.first = Some("LaMDA".into())), [Change::OtherCandidate]);
    assert_eq!(with(&|new| new.level = Some(Level::Hint)), [Change::OtherLevel]);
}

#[test]
fn of_equal_sentences_each_keeps_its_own_partner() {
    let twice = [finding(3, "[A model] ran."), finding(9, "[A model] ran.")];
    let mut changed = twice.clone();
    changed[1].kind = Kind::Generic;
    let found = differences(&twice, &changed);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].new.as_ref().unwrap().line, 9);
    assert_eq!(changes(&twice, &twice[..1]), [Change::Removed]);
}

#[test]
fn the_rules_of_a_difference_are_those_whose_votes_differ() {
    let mut old = finding(3, "[A model] ran.");
    old.votes = vec![("described/a".into(), 1.0), ("described/b".into(), 2.0), ("own/c".into(), 1.0)];
    let mut new = old.clone();
    new.kind = Kind::Own;
    new.votes = vec![("described/a".into(), 1.0), ("own/c".into(), 3.0)];
    let found = differences(&[old], &[new]);
    assert_eq!(found[0].rules().into_iter().collect::<Vec<_>>(), ["described/b", "own/c"]);
}

proptest! {
    #[test]
    fn nothing_differs_from_itself_and_counts_add_up(
        old in prop::collection::vec((1usize..9, "[a-c ]{0,5}"), 0..12),
        new in prop::collection::vec((1usize..9, "[a-c ]{0,5}"), 0..12),
    ) {
        let findings = |from: &[(usize, String)]| -> Vec<Finding> {
            from.iter().map(|(line, text)| finding(*line, &format!("{text}[model]{text}"))).collect()
        };
        let (old, new) = (findings(&old), findings(&new));
        prop_assert_eq!(differences(&old, &old), vec![]);
        let count = |wanted| changes(&old, &new).iter().filter(|change| **change == wanted).count();
        prop_assert_eq!(old.len() + count(Change::Added), new.len() + count(Change::Removed));
    }
}
