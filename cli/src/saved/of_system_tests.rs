//! Tests of the index of one system.

use super::*;
use crate::saved::samples::{gathered, hostile, hostile_texts, saved};

fn markdown(of: &OfSystem<'_>) -> String {
    let mut out = Vec::new();
    of.markdown(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn csv(of: &OfSystem<'_>) -> String {
    let mut out = Vec::new();
    of.csv(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn all_that_may_be_a_system_is_listed_with_its_reasons() {
    let mut doubtful = saved();
    doubtful.references[0].level = "hint".to_string();
    let gathered = gathered(&[saved(), doubtful]);
    for wanted in ["lamda", "LaMDA", "la-mda"] {
        assert_eq!(OfSystem::find(&gathered, wanted).unwrap().found.len(), 1, "{wanted}");
    }
    let found = OfSystem::find(&gathered, "lamda").unwrap();
    insta::assert_snapshot!(format!("{}\n{}", markdown(&found), csv(&found)));
}

#[test]
fn a_system_that_nothing_may_be_is_an_empty_list_and_a_near_name_is_told() {
    let gathered = gathered(&[saved()]);
    assert!(OfSystem::find(&gathered, "lamdda").is_none());
    assert_eq!(OfSystem::nearest(&gathered, "lamdda"), ["LaMDA"]);
    let none = OfSystem::none(&gathered, "Gopher");
    assert!(markdown(&none).contains("0 of 1 papers hold 0 nameless references"));
    assert!(markdown(&none).contains("the expected number is 0.0."), "{}", markdown(&none));
    assert_eq!(csv(&none).lines().count(), 1);
}

#[test]
fn no_text_of_a_paper_becomes_mark_up_a_line_or_a_formula() {
    for text in &hostile_texts() {
        let gathered = gathered(&[hostile(text)]);
        let key = gathered.systems.iter().next().unwrap().to_string();
        let found = OfSystem::find(&gathered, &key).unwrap();
        let page = markdown(&found);
        assert!(!page.contains(['<', '\u{1b}']) && !page.contains("://"), "{page}");
        let lines: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(lines.len(), 2 + found.found.len(), "{page}");
        let written = csv(&found);
        for record in ::csv::Reader::from_reader(written.as_bytes()).records().map(Result::unwrap) {
            assert!(
                !record.iter().any(|field| field.starts_with(['=', '+', '-', '@', '\t', '\r'])),
                "{written}"
            );
        }
    }
}
