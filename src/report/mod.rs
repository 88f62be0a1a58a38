//! What a person or a program gets to see: one renderer a format.

mod ablation_text;
mod checkstyle;
mod concise;
mod context_tuning_text;
mod coverage_text;
mod csv;
mod difference_text;
mod evaluation_text;
mod evidence;
mod excerpt;
mod explanation;
mod explanation_text;
mod faults;
mod github;
#[cfg(feature = "lsp")]
mod hover;
mod impact_text;
mod json;
mod jsonl;
mod judged_text;
mod junit;
mod link_tuning_text;
mod markdown;
mod measurement_text;
mod metadata;
mod names;
mod provenance;
mod ranking;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;
mod select;
mod settle;
mod several;
mod snippet;
mod spot;
mod system_facts;
mod table;
mod tally;
mod text;
mod tuning_text;
mod values;
mod visible;
mod written_json;

use std::io;

pub use ablation_text::ablation_text;
pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use context_tuning_text::context_tuning_text;
pub use coverage_text::coverage_text;
pub use csv::Csv;
pub(crate) use csv::record as csv_record;
pub use difference_text::difference_text;
pub use evaluation_text::evaluation_text;
pub use explanation::Explanation;
pub use faults::{faults_github, faults_json, faults_sarif, faults_text};
pub use github::GitHub;
#[cfg(feature = "lsp")]
pub(crate) use hover::rule_of;
#[cfg(feature = "lsp")]
pub use hover::{Markup, hover};
pub use impact_text::impact_text;
pub use json::Json;
pub use jsonl::JsonLines;
pub use judged_text::judged_text;
pub use junit::JUnit;
pub use link_tuning_text::link_tuning_text;
pub use markdown::Markdown;
pub(crate) use markdown::plain as plain_markdown;
pub use measurement_text::{measurement_file, measurement_text};
pub use metadata::Metadata;
pub use names::{Names, SystemNames};
pub use provenance::{Provenance, text_hash};
pub use ranking::Ranked;
pub use sarif::Sarif;
pub use select::{Shown, select};
pub use several::{Several, Splitter};
pub use system_facts::SystemFacts;
pub use tally::Tally;
pub use text::Text;
pub use tuning_text::tuning_text;
#[cfg(feature = "lsp")]
pub(crate) use values::references_of;
pub use visible::{printable, visible};
pub use written_json::{push_json, push_pretty_json};

use crate::diagnose::Diagnostic;
use crate::document::{Document, ReadError};
use crate::engine::Findings;
use crate::resolve::Reference;
use crate::suppress::Suppressed;

/// One document as the report has it: what it is, what was found, and what went wrong.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The paper; of one that could not be read, what is known of it.
    pub document: &'a Document,
    /// What was found and is to be shown.
    pub findings: &'a Findings,
    /// Why it could not be read, or not in full.
    pub errors: &'a [ReadError],
    /// What a profile has to say of it.
    pub diagnostics: &'a [Diagnostic<'a>],
}

impl<'a> Entry<'a> {
    /// What is to be reported: every diagnostic that was asked for and that nothing silences.
    pub fn reported(&self) -> impl Iterator<Item = &'a Diagnostic<'a>> + use<'a> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.suppressed.is_none() && !diagnostic.hidden)
    }

    /// What the profile says of a reference; none where it does not mind.
    pub fn diagnostic_of(&self, reference: &Reference) -> Option<&'a Diagnostic<'a>> {
        let mentions = || reference.mentions.iter().filter_map(|index| self.findings.mentions.get(*index));
        let nameless = self.diagnostics.iter().filter(|diagnostic| diagnostic.rule.finds.is_nameless());
        nameless.into_iter().find(|diagnostic| mentions().any(|mention| mention.span == diagnostic.span))
    }

    /// What the profile says of a reference, where that is to be reported.
    pub fn reported_of(&self, reference: &Reference) -> Option<&'a Diagnostic<'a>> {
        let diagnostic = self.diagnostic_of(reference);
        diagnostic.filter(|diagnostic| diagnostic.suppressed.is_none() && !diagnostic.hidden)
    }

    /// What silences the finding at a reference.
    pub fn suppressed(&self, reference: &Reference) -> Option<&'a Suppressed> {
        self.diagnostic_of(reference).and_then(|diagnostic| diagnostic.suppressed.as_ref())
    }
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
