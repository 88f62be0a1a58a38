//! The task of a run that finds and links the references of each paper.

use std::io;
use std::path::Path;
use std::slice;

use super::{Criteria, Rendered};
use crate::collection::{Format, Task};
use crate::document::{Document, ReadError, RecordPlace};
use crate::engine::{Engine, Findings};
use crate::report::{Report, ReportedPaper, Shown, select};

/// Returns whether a file is one of records by its name; standard input may be.
fn holds_records(file: &str) -> bool {
    let by_name = Format::of_path(Path::new(file));
    file == "-" || matches!(by_name, Some(Format::Records | Format::Parquet | Format::Packed))
}

/// A task that finds, links and renders the references of each paper.
#[derive(Clone, Copy)]
pub struct Scan<'a> {
    /// The engine, and the criteria by which papers are judged.
    pub criteria: Criteria<'a>,
    /// The reports to write.
    pub reports: &'a [&'a dyn Report],
    /// The mentions that are reported.
    pub shown: Shown,
}

impl Task for Scan<'_> {
    /// The rendered paper, or the error of a renderer.
    type Output = io::Result<Rendered>;

    fn engine(&self) -> Option<&Engine> {
        Some(self.criteria.engine)
    }

    fn paper(&self, mut document: Document, error: Option<&ReadError>) -> Self::Output {
        let errors = error.map(slice::from_ref).unwrap_or_default();
        let all = self.criteria.find(&mut document);
        let (diagnostics, _) = self.criteria.judge(&mut document, &all, error.is_none());
        let findings = select(&all, self.shown);
        let entry =
            ReportedPaper { document: &document, findings: &findings, errors, diagnostics: &diagnostics };
        Rendered::of(&entry, self.reports)
    }

    fn lost(&self, shown: &str, error: &ReadError) -> Self::Output {
        let mut document = Document::called(shown);
        document.record = RecordPlace::read(shown).filter(|place| holds_records(&place.file));
        let (findings, errors) = (Findings::default(), slice::from_ref(error));
        let entry = ReportedPaper { document: &document, findings: &findings, errors, diagnostics: &[] };
        Rendered::of(&entry, self.reports)
    }

    fn keep(&self, output: &Self::Output) -> Option<Vec<u8>> {
        output.as_ref().ok()?.to_bytes()
    }

    fn restore(&self, bytes: &[u8]) -> Option<Self::Output> {
        Rendered::from_bytes(bytes, self.reports.len()).map(Ok)
    }
}
