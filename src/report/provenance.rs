//! Provenance of findings: what they were made from and with.

use serde::Serialize;

use crate::document::Document;

/// The catalogue and program that produced the findings of a run. Together with the text of a paper, they
/// determine whether the findings can be reproduced.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    /// The hash of the catalogue.
    pub catalogue: &'a str,
    /// The build of the program.
    pub program: &'a str,
}

/// The provenance of one document.
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

/// Returns the hash of the text that was read from a paper (the first 16 bytes of its BLAKE3 hash), in the
/// form used in results.
pub fn text_hash(document: &Document) -> String {
    let hash = blake3::hash(document.prose.as_bytes()).to_hex();
    hash[..32].to_string()
}
