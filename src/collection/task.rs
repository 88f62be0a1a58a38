//! What a run does with each paper.

use std::io;
use std::slice;

use crate::catalogue::Profile;
use crate::diagnose::{Diagnostic, Showing, diagnose, grade};
use crate::document::{Document, ReadError};
use crate::engine::{Engine, Findings};
use crate::report::{Entry, Report, Shown, Tally, select};
use crate::suppress::{CommentNote, Ledger, silence};

/// Turns papers into bytes of output, one by one and on many threads at once.
pub trait Task: Sync {
    /// Writes what stands before the first paper.
    ///
    /// # Errors
    /// When `out` cannot be written; the same holds for the other methods.
    fn begin(&self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// What it searches papers with, so that one which would take too much memory is not searched.
    fn engine(&self) -> Option<&Engine> {
        None
    }

    /// Works on one paper, in which stands what is known of it, counts it, and writes what came of it. `error` tells why it may not be
    /// whole.
    ///
    /// # Errors
    /// See [`Task::begin`].
    fn paper(
        &self,
        document: Document,
        error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()>;

    /// Counts and writes a paper that could not be read; `shown` is what reports call it. A task that writes nothing of
    /// such papers counts them.
    ///
    /// # Errors
    /// See [`Task::begin`].
    fn lost(&self, _shown: &str, error: &ReadError, tally: &mut Tally, _out: &mut Vec<u8>) -> io::Result<()> {
        tally.add_plain(slice::from_ref(error));
        Ok(())
    }

    /// What stands between two papers.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Writes what stands after the last paper.
    ///
    /// # Errors
    /// See [`Task::begin`].
    fn end(&self, _tally: &Tally, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}

/// What papers are held against.
#[derive(Debug, Clone, Copy)]
pub struct Criteria<'a> {
    /// What finds and links.
    pub engine: &'a Engine,
    /// What the papers are held against.
    pub profile: &'a Profile,
    /// The least probability, that a reference is particular and never named, of what is no hint.
    pub least_confidence: f64,
    /// Which findings are told.
    pub showing: Showing,
    /// The findings that are known, where a baseline is in use.
    pub ledger: Option<&'a Ledger>,
}

impl<'a> Criteria<'a> {
    /// Finds the references of a paper and tells the doubtful ones apart.
    pub fn find(&self, document: &mut Document) -> Findings {
        self.engine.drop_placeholders(document);
        let mut findings = self.engine.scan(document);
        grade(&mut findings, self.profile, self.least_confidence);
        findings
    }

    /// What the profile has to say, with marks on what nobody asked for and what is silenced, and what is to be
    /// told of the comments of the paper, which is added to its notes as well. `is_whole` tells whether the paper was
    /// read to its end.
    pub fn judge<'f>(
        &self,
        document: &mut Document,
        findings: &'f Findings,
        is_whole: bool,
    ) -> (Vec<Diagnostic<'f>>, Vec<CommentNote>)
    where
        'a: 'f,
    {
        let catalogue = self.engine.catalogue();
        let mut diagnostics = diagnose(document, findings, self.profile, catalogue);
        diagnostics.retain(|diagnostic| document.is_asked(diagnostic.span));
        self.showing.mark(&mut diagnostics);
        let notes = silence(document, findings, &mut diagnostics, catalogue, self.ledger, is_whole);
        (diagnostics, notes)
    }
}

/// The task of finding and linking the references of each paper.
#[derive(Clone, Copy)]
pub struct Scan<'a> {
    /// What finds and links, and what the papers are held against.
    pub criteria: Criteria<'a>,
    /// The format of the report.
    pub report: &'a dyn Report,
    /// Which mentions are reported.
    pub shown: Shown,
}

impl Task for Scan<'_> {
    fn engine(&self) -> Option<&Engine> {
        Some(self.criteria.engine)
    }

    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        self.report.begin(out)
    }

    fn paper(
        &self,
        mut document: Document,
        error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let errors = error.map(slice::from_ref).unwrap_or_default();
        let all = self.criteria.find(&mut document);
        let (diagnostics, _) = self.criteria.judge(&mut document, &all, error.is_none());
        let findings = select(&all, self.shown);
        let entry = Entry { document: &document, findings: &findings, errors, diagnostics: &diagnostics };
        tally.add(&entry);
        self.report.document(&entry, out)
    }

    fn lost(&self, shown: &str, error: &ReadError, tally: &mut Tally, out: &mut Vec<u8>) -> io::Result<()> {
        let document = Document { id: shown.to_string(), ..Document::default() };
        let (findings, errors) = (Findings::default(), slice::from_ref(error));
        let entry = Entry { document: &document, findings: &findings, errors, diagnostics: &[] };
        tally.add(&entry);
        self.report.document(&entry, out)
    }

    fn separator(&self) -> &'static [u8] {
        self.report.separator()
    }

    fn end(&self, tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        self.report.end(tally, out)
    }
}
