//! What findings were made from, and with what.

use serde::Serialize;

use crate::document::Document;

/// What made the findings of a run. With the text of a paper, it tells whether they could be made again.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    /// The hash of the catalogue.
    pub catalogue: &'a str,
    /// The build of the program.
    pub program: &'a str,
}

/// The same of one document.
#[derive(Debug, Serialize)]
pub(super) struct ProvenanceValue<'a> {
    text: String,
    catalogue: &'a str,
    program: &'a str,
}

impl<'a> Provenance<'a> {
    pub(super) fn of(self, document: &Document) -> ProvenanceValue<'a> {
        ProvenanceValue { text: text_hash(document), catalogue: self.catalogue, program: self.program }
    }
}

/// The hash of the text that was read out of a paper (the first 16 bytes of its BLAKE3 hash), as results
/// hold it.
pub fn text_hash(document: &Document) -> String {
    let hash = blake3::hash(document.prose.as_bytes()).to_hex();
    hash[..32].to_string()
}
