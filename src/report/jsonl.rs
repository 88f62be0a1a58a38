//! JSON lines: one document per line.

use std::io;

use super::values::DocumentValue;
use super::{Names, Provenance, Report, ReportedPaper, push_json};

/// A renderer that writes each document as one line of JSON.
#[derive(Debug, Clone, Copy)]
pub struct JsonLines<'n, N> {
    names: &'n N,
    provenance: Option<Provenance<'n>>,
}

impl<'n, N: Names> JsonLines<'n, N> {
    /// Creates a renderer that looks names up in `names`.
    pub fn new(names: &'n N) -> Self {
        Self { names, provenance: None }
    }

    /// Adds to each document what its findings were made from and with, so that they can be verified.
    #[must_use]
    pub fn with_provenance(self, provenance: Provenance<'n>) -> Self {
        Self { provenance: Some(provenance), ..self }
    }
}

impl<N: Names> Report for JsonLines<'_, N> {
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut value = DocumentValue::new(entry, self.names);
        value.provenance = self.provenance.map(|provenance| provenance.of(entry.document));
        push_json(out, &value)?;
        out.push(b'\n');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, ReadError};
    use crate::engine::Findings;
    use crate::report::{Shown, samples, select};

    fn line(entry: &ReportedPaper<'_>) -> serde_json::Value {
        let names = samples::SampleNames::new();
        let mut out = Vec::new();
        JsonLines::new(&names).document(entry, &mut out).unwrap();
        assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), 1);
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn the_sample_findings_stand_as_the_contract_says() {
        let (document, findings) = samples::paper();
        let shown = select(&findings, Shown::Described);
        insta::assert_json_snapshot!(line(&ReportedPaper {
            document: &document,
            findings: &shown,
            errors: &[],
            diagnostics: &[]
        }));
    }

    #[test]
    fn a_line_tells_what_it_was_made_from_and_with() {
        let names = samples::SampleNames::new();
        let (document, findings) = samples::paper();
        let entry = ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
        let mut out = Vec::new();
        let provenance = Provenance { catalogue: "c", program: "p" };
        JsonLines::new(&names).with_provenance(provenance).document(&entry, &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let text = blake3::hash(document.prose.as_bytes()).to_hex()[..32].to_string();
        assert_eq!(value["provenance"], serde_json::json!({"text": text, "catalogue": "c", "program": "p"}));
    }

    #[test]
    fn a_document_that_fails_does_not_vanish() {
        let document = Document::from_prose("lost.txt", "");
        let errors = [ReadError::new("not-found", "no such file")];
        insta::assert_json_snapshot!(line(&ReportedPaper {
            document: &document,
            findings: &Findings::default(),
            errors: &errors,
            diagnostics: &[],
        }));
    }

    #[test]
    fn probabilities_still_sum_to_one() {
        let (document, mut findings) = samples::paper();
        let reference = &mut findings.references[0];
        let candidate = reference.candidates[0].clone();
        reference.candidates = vec![candidate; 7];
        reference.unknown = 1.0 / 8.0 + 0.000_049;
        for candidate in &mut reference.candidates {
            candidate.probability = 1.0 / 8.0 - 0.000_007;
        }
        let value =
            line(&ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] });
        let reference = &value["references"][0];
        let sum: f64 = reference["candidates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|candidate| candidate["probability"].as_f64().unwrap())
            .sum();
        assert!((sum + reference["unknown"].as_f64().unwrap() - 1.0).abs() < 1e-3);
    }
}
