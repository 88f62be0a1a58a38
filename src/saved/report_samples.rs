//! Saved results that reports are tested on.

use std::sync::OnceLock;

use super::document::SavedContext;
use super::{Gathered, Makers, SavedDocument, saved_documents};
use crate::catalogue::Catalogue;
use crate::report::{Entry, JsonLines, Report as _, Shown, samples, select};

/// The sample paper as `scan` saves it, with the sentence of its first reference.
pub(super) fn saved() -> SavedDocument {
    let (document, findings) = samples::paper();
    let findings = select(&findings, Shown::Described);
    let mut line = Vec::new();
    JsonLines::new(&samples::SampleNames::new())
        .document(
            &Entry { document: &document, findings: &findings, errors: &[], diagnostics: &[] },
            &mut line,
        )
        .unwrap();
    let mut saved = saved_documents(line.as_slice()).next().unwrap().unwrap();
    let context = SavedContext { before: "We asked ".to_string(), after: " for each letter.".to_string() };
    saved.references[0].context = Some(context);
    saved
}

/// The sample with one text in every place that a paper fills.
pub(super) fn hostile(text: &str) -> SavedDocument {
    let mut document = saved();
    (document.document, document.title) = (text.to_string(), Some(text.to_string()));
    document.organisations = vec![text.to_string()];
    for mention in &mut document.mentions {
        mention.text = text.to_string();
        mention.file = Some(text.to_string());
        mention.section = Some(text.to_string());
        mention.attributes.access = vec![text.to_string()];
    }
    for reference in &mut document.references {
        reference.state = text.to_string();
        reference.context = Some(SavedContext { before: text.to_string(), after: text.to_string() });
        reference.names = vec![text.to_string()];
        for candidate in &mut reference.candidates {
            candidate.name = text.to_string();
            candidate.system = Some(text.to_string());
            candidate.evidence.iter_mut().for_each(|clue| clue.detail = text.to_string());
        }
    }
    document
}

/// Documents gathered for a report.
pub(super) fn gathered(documents: &[SavedDocument]) -> Gathered {
    static MAKERS: OnceLock<Makers> = OnceLock::new();
    let makers = MAKERS.get_or_init(|| Makers::new(&Catalogue::built_in().unwrap()));
    let mut gathered = Gathered::default();
    documents.iter().for_each(|document| gathered.add(document, makers));
    gathered.sort();
    gathered
}
