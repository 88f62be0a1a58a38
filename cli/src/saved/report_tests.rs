//! Tests of the table of saved results.

use super::*;
use crate::saved::samples::{hostile, hostile_texts, saved};

fn render(document: &SavedDocument) -> String {
    let mut out = Vec::new();
    SavedCsv.titles(&mut out).unwrap();
    SavedCsv.document(document, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn saved_results_make_a_table() {
    insta::assert_snapshot!(render(&saved()));
}

#[test]
fn zero_has_no_sign_in_the_table() {
    let mut document = saved();
    document.references[0].unknown = -0.0;
    assert!(!render(&document).contains("-0.0"), "{}", render(&document));
}

#[test]
fn no_text_of_a_paper_becomes_a_formula_of_the_table() {
    for text in &hostile_texts() {
        let written = render(&hostile(text));
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            let formula = |field: &str| field.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!record.iter().any(formula), "{written}");
        }
    }
}
