//! Output for users and programs, with one renderer per format.

mod checkstyle;
mod concise;
mod csv;
mod deciding_facts;
mod decimal;
mod evidence;
mod excerpt;
mod explained_reference;
mod explanation;
mod explanation_text;
mod faults;
mod github;
mod hover;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod metadata;
mod names;
mod provenance;
mod ranking;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;
mod select;
mod snippet;
mod source_range;
mod system_facts;
mod tally;
mod text;
mod values;
mod visible;
mod written_json;

use std::io;

pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use csv::Csv;
pub use csv::record as csv_record;
pub use decimal::{decimal, signed};
pub use explanation::{AskedPlace, Explanation};
pub use faults::{faults_github, faults_json, faults_sarif, faults_text};
pub use github::GitHub;
pub use hover::rule_of;
pub use hover::{Markup, hover};
pub use json::Json;
pub use jsonl::JsonLines;
pub use junit::JUnit;
pub use markdown::Markdown;
pub use markdown::plain as plain_markdown;
pub use metadata::Metadata;
pub use names::{Names, SystemNames};
pub use provenance::{Provenance, text_hash};
pub use ranking::Ranked;
pub use sarif::Sarif;
pub use select::{Shown, select};
pub use system_facts::SystemFacts;
pub use tally::Tally;
pub use text::Text;
pub use values::CONTEXT;
pub use visible::{printable, visible, visible_at_start};
pub use written_json::{push_json, push_pretty_json};

use crate::diagnose::Diagnostic;
use crate::document::{ByteSpan, Document, ReadError, ReadNote};
use crate::engine::Findings;
use crate::resolve::Reference;
use crate::suppress::{CommentNote, Suppressed};

/// A document in a report: its contents, its findings, and the errors.
#[derive(Debug, Clone, Copy)]
pub struct ReportedPaper<'a> {
    /// The paper, or what is known of one that could not be read.
    pub document: &'a Document,
    /// The findings to show.
    pub findings: &'a Findings,
    /// The reasons why it could not be read, or not completely.
    pub errors: &'a [ReadError],
    /// The diagnostics of a profile for it.
    pub diagnostics: &'a [Diagnostic<'a>],
}

impl<'a> ReportedPaper<'a> {
    /// Returns the diagnostics to report: all that were requested and are not suppressed.
    pub fn reported(&self) -> impl Iterator<Item = &'a Diagnostic<'a>> + use<'a> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.suppressed.is_none() && !diagnostic.hidden)
    }

    /// Returns the notes on comments that suppress nothing or cannot be understood.
    pub fn comment_notes(&self) -> impl Iterator<Item = &'a ReadNote> + use<'a> {
        self.document.notes.iter().filter(|note| CommentNote::is_one(note))
    }

    /// Returns the profile's diagnostic for a reference; `None` if the profile accepts it.
    pub fn diagnostic_of(&self, reference: &Reference) -> Option<&'a Diagnostic<'a>> {
        let at = |span: ByteSpan| {
            let key = |span: ByteSpan| (span.start, span.end);
            let first = self.diagnostics.partition_point(|diagnostic| key(diagnostic.span) < key(span));
            let mut there = self.diagnostics[first..].iter().take_while(|diagnostic| diagnostic.span == span);
            there.find(|diagnostic| diagnostic.rule.finds.is_nameless())
        };
        let found = self.findings.mentions_of(reference).filter_map(|mention| at(mention.span));
        found.min_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end))
    }

    /// Returns the profile's diagnostic for a reference, if it is to be reported.
    pub fn reported_of(&self, reference: &Reference) -> Option<&'a Diagnostic<'a>> {
        let diagnostic = self.diagnostic_of(reference);
        diagnostic.filter(|diagnostic| diagnostic.suppressed.is_none() && !diagnostic.hidden)
    }

    /// Returns what suppresses the finding at a reference.
    pub fn suppressed(&self, reference: &Reference) -> Option<&'a Suppressed> {
        self.diagnostic_of(reference).and_then(|diagnostic| diagnostic.suppressed.as_ref())
    }
}

/// A report format, written document by document.
///
/// Documents are rendered in parallel and joined in the order of the input, so a renderer keeps no state
/// between them.
pub trait Report: Sync {
    /// Writes the text before the first document.
    fn begin(&self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Writes one document.
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()>;

    /// Returns the text between two documents.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Writes the text after the last document.
    fn end(&self, _tally: &Tally, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}
