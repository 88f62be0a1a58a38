//! One JSON document for the whole run, written as papers are completed.

use std::io;

use super::values::DocumentValue;
use super::{Names, Provenance, Report, ReportedPaper, Tally, push_json};

/// A renderer that writes `{"byname": version, "catalogue": hash, "documents": [...]}`.
#[derive(Debug, Clone)]
pub struct Json<'n, N> {
    names: &'n N,
    catalogue: String,
    provenance: Option<Provenance<'n>>,
}

impl<'n, N: Names> Json<'n, N> {
    /// Creates a renderer that looks names up in `names`; `catalogue` is the hash of the catalogue that the
    /// findings are based on.
    pub fn new(names: &'n N, catalogue: impl Into<String>) -> Self {
        Self { names, catalogue: catalogue.into(), provenance: None }
    }

    /// Adds to each document what its findings were made from and with, as JSON lines have it.
    #[must_use]
    pub fn with_provenance(self, provenance: Provenance<'n>) -> Self {
        Self { provenance: Some(provenance), ..self }
    }
}

impl<N: Names> Report for Json<'_, N> {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(b"{\"byname\":");
        serde_json::to_writer(&mut *out, env!("CARGO_PKG_VERSION"))?;
        out.extend_from_slice(b",\"catalogue\":");
        serde_json::to_writer(&mut *out, &self.catalogue)?;
        out.extend_from_slice(b",\"documents\":[\n");
        Ok(())
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut value = DocumentValue::new(entry, self.names);
        value.provenance = self.provenance.map(|provenance| provenance.of(entry.document));
        push_json(out, &value)
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, _tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(b"\n]}\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_parts_make_one_document() {
        let names = samples::SampleNames::new();
        let report = Json::new(&names, "abc");
        let (document, findings) = samples::paper();
        let entry = ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
        let mut out = Vec::new();
        report.begin(&mut out).unwrap();
        report.document(&entry, &mut out).unwrap();
        out.extend_from_slice(report.separator());
        report.document(&entry, &mut out).unwrap();
        report.end(&Tally::default(), &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["byname"], env!("CARGO_PKG_VERSION"));
        assert_eq!(value["catalogue"], "abc");
        assert_eq!(value["documents"].as_array().unwrap().len(), 2);
        assert_eq!(value["documents"][1]["mentions"].as_array().unwrap().len(), 7);
    }

    #[test]
    fn no_document_is_a_document_too() {
        let names = samples::SampleNames::new();
        let report = Json::new(&names, "abc");
        let mut out = Vec::new();
        report.begin(&mut out).unwrap();
        report.end(&Tally::default(), &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["documents"], serde_json::json!([]));
    }
}
