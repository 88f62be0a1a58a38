//! The criteria by which the papers of a scan are judged.

use crate::catalogue::Profile;
use crate::diagnose::{Diagnostic, Showing, diagnose, grade};
use crate::document::Document;
use crate::engine::{Engine, Findings};
use crate::suppress::{BaselineSession, CommentNote, silence};

/// The criteria by which papers are judged.
#[derive(Debug, Clone, Copy)]
pub struct Criteria<'a> {
    /// The engine that finds and links references.
    pub engine: &'a Engine,
    /// The profile that papers are checked against.
    pub profile: &'a Profile,
    /// The minimum confidence of findings that are no hints: the probability that a reference is particular
    /// and never named.
    pub least_confidence: f64,
    /// The findings that are shown.
    pub showing: Showing,
    /// The known findings, if a baseline is in use.
    pub baseline: Option<&'a BaselineSession>,
}

impl<'a> Criteria<'a> {
    /// The name of the default profile.
    pub const PROFILE: &'static str = "disclosure";
    /// The default of [`Criteria::least_confidence`]: the fraction of warnings that are to be right.
    pub const LEAST_CONFIDENCE: f64 = 0.8;

    /// Finds the references of a paper and grades doubtful ones as hints.
    pub fn find(&self, document: &mut Document) -> Findings {
        self.engine.drop_placeholders(document);
        let mut findings = self.engine.scan(document);
        grade(&mut findings, self.profile, self.least_confidence);
        findings
    }

    /// Returns the diagnostics of the profile, marked where they are hidden or suppressed, and the notes on
    /// the comments of the paper, which are added to the paper's notes as well. `is_whole` states whether the
    /// paper was read to its end.
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
        let all = diagnose(document, findings, self.profile, catalogue).into_iter();
        let (mut diagnostics, unasked): (Vec<_>, Vec<_>) =
            all.partition(|diagnostic| document.is_asked(diagnostic.span));
        self.showing.mark(&mut diagnostics);
        let notes =
            silence(document, findings, &mut diagnostics, &unasked, catalogue, self.baseline, is_whole);
        (diagnostics, notes)
    }
}
