//! What the forms of saved results promise.

use super::*;
use crate::report::{Entry, Report as _};
use crate::report::{JsonLines, Shown, samples, select};
use crate::saved::document::SavedContext;
use crate::saved::{SavedHtml, saved_documents};

/// The sample paper as `scan` saves it.
fn saved() -> SavedDocument {
    let (document, findings) = samples::paper();
    let findings = select(&findings, Shown::Described);
    let mut line = Vec::new();
    JsonLines::new(&samples::SampleNames::new())
        .document(
            &Entry { document: &document, findings: &findings, errors: &[], diagnostics: &[] },
            &mut line,
        )
        .unwrap();
    saved_documents(line.as_slice()).next().unwrap().unwrap()
}

fn render(report: &dyn SavedReport, document: &SavedDocument) -> String {
    let (mut out, mut tally) = (Vec::new(), SavedTally::default());
    tally.add(document);
    report.begin(&tally, &mut out).unwrap();
    report.document(document, &mut out).unwrap();
    report.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn saved_results_make_a_page() {
    let mut document = saved();
    let context = SavedContext { before: "We asked ".to_string(), after: " for each letter.".to_string() };
    document.references[0].context = Some(context);
    document.references[1].level = "hint".to_string();
    insta::assert_snapshot!(render(&SavedHtml, &document));
}

#[test]
fn saved_results_make_a_table() {
    insta::assert_snapshot!(render(&SavedCsv, &saved()));
}

/// The sample with one text in every place that a paper fills.
fn hostile(text: &str) -> SavedDocument {
    let mut document = saved();
    (document.document, document.title) = (text.to_string(), Some(text.to_string()));
    for mention in &mut document.mentions {
        mention.text = text.to_string();
        mention.file = Some(text.to_string());
    }
    for reference in &mut document.references {
        reference.state = text.to_string();
        reference.context = Some(SavedContext { before: text.to_string(), after: text.to_string() });
        for candidate in &mut reference.candidates {
            candidate.name = text.to_string();
            candidate.evidence.iter_mut().for_each(|clue| clue.detail = text.to_string());
        }
    }
    document
}

#[test]
fn no_text_of_a_paper_becomes_an_element_of_the_page() {
    let elements = |page: &str| page.matches('<').count();
    let plain = elements(&render(&SavedHtml, &hostile("x")));
    for text in samples::HOSTILE {
        let page = render(&SavedHtml, &hostile(text));
        assert_eq!(elements(&page), plain, "{text}");
        assert!(!page.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn no_text_of_a_paper_becomes_a_formula_of_the_table() {
    for text in samples::HOSTILE {
        let written = render(&SavedCsv, &hostile(text));
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            let formula = |field: &str| field.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!record.iter().any(formula), "{written}");
        }
    }
}
