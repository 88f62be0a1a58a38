//! Saved results on which reports are tested.

use std::sync::OnceLock;

use byname::catalogue::Catalogue;

use super::document::SavedContext;
use super::{Gathered, Makers, SavedDocument, saved_documents};

/// Returns the sample paper as `scan` saves it, with a context added to its first reference.
pub(super) fn saved() -> SavedDocument {
    let results = include_bytes!("sample.jsonl");
    let mut saved = saved_documents(results.as_slice()).next().unwrap().unwrap();
    let context = SavedContext { before: "We asked ".to_string(), after: " for each letter.".to_string() };
    saved.references[0].context = Some(context);
    saved
}

/// Returns texts that try to break out of the format in which they are embedded.
pub(super) fn hostile_texts() -> Vec<String> {
    serde_json::from_str(include_str!("../../../tests/cases/hostile.json")).unwrap()
}

/// Returns the sample with one text in all places that a paper controls.
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

/// Gathers documents for a report.
pub(super) fn gathered(documents: &[SavedDocument]) -> Gathered {
    static MAKERS: OnceLock<Makers> = OnceLock::new();
    let makers = MAKERS.get_or_init(|| Makers::new(&Catalogue::built_in().unwrap()));
    let mut gathered = Gathered::default();
    documents.iter().for_each(|document| gathered.add(document, makers));
    gathered.sort();
    gathered
}
