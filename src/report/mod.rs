//! What a person or a program gets to see: one renderer a format.

mod ablation_text;
mod coverage_text;
mod difference_text;
mod evaluation_text;
mod evidence;
mod excerpt;
mod explanation;
mod explanation_text;
mod faults;
mod impact_text;
mod json;
mod jsonl;
mod link_tuning_text;
mod measurement_text;
mod metadata;
mod names;
mod ranking;
#[cfg(test)]
pub(crate) mod samples;
mod select;
mod snippet;
mod table;
mod tally;
mod text;
mod tuning_text;
mod values;
mod visible;

use std::io;

pub use ablation_text::ablation_text;
pub use coverage_text::coverage_text;
pub use difference_text::difference_text;
pub use evaluation_text::evaluation_text;
pub use explanation::Explanation;
pub use faults::{faults_github, faults_json, faults_sarif, faults_text};
pub use impact_text::impact_text;
pub use json::Json;
pub use jsonl::JsonLines;
pub use link_tuning_text::link_tuning_text;
pub use measurement_text::{measurement_file, measurement_text};
pub use metadata::Metadata;
pub use names::{Names, SystemNames};
pub use ranking::Ranked;
pub use select::{Shown, select};
pub use tally::Tally;
pub use text::Text;
pub use tuning_text::tuning_text;
pub use visible::{printable, visible};

use crate::document::{Document, ReadError};
use crate::engine::Findings;

/// One document as the report has it: what it is, what was found, and what went wrong.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The paper; of one that could not be read, what is known of it.
    pub document: &'a Document,
    /// What was found and is to be shown.
    pub findings: &'a Findings,
    /// Why it could not be read, or not in full.
    pub errors: &'a [ReadError],
}

/// A format of report, written document by document.
///
/// Documents are rendered in parallel and put together in the order of the input, so a renderer
/// keeps nothing between them.
pub trait Report: Sync {
    /// Writes what stands before the first document.
    fn begin(&self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Writes one document.
    fn document(&self, entry: &Entry<'_>, out: &mut Vec<u8>) -> io::Result<()>;

    /// What stands between two documents.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Writes what stands after the last document.
    fn end(&self, _tally: &Tally, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}
