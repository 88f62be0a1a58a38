//! Counts over a whole run.

use serde::{Deserialize, Serialize};

use super::ReportedPaper;
use crate::collection::Counts;
use crate::document::ReadError;
use crate::resolve::{Level, State};
use crate::suppress::SuppressedBy;

/// Counts of what a run found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Number of documents, whether they could be read or not.
    pub documents: usize,
    /// Number of documents that could not be read, or not completely.
    pub failures: usize,
    /// Number of mentions shown.
    pub mentions: usize,
    /// Number of notes on comments that suppress nothing or cannot be understood.
    pub comment_notes: usize,
    states: [usize; State::ALL.len()],
    levels: [usize; Level::ALL.len()],
    suppressed: [usize; SuppressedBy::ALL.len()],
}

impl Tally {
    /// Creates the counts of a run that reports nothing about its papers.
    pub fn plain(counts: Counts) -> Self {
        Self { documents: counts.papers, failures: counts.failures, ..Self::default() }
    }

    /// Counts a document about which nothing is reported.
    pub fn add_plain(&mut self, errors: &[ReadError]) {
        self.documents += 1;
        self.failures += usize::from(!errors.is_empty());
    }

    /// Counts one document and what is reported about it.
    pub fn add(&mut self, entry: &ReportedPaper<'_>) {
        self.add_plain(entry.errors);
        self.mentions += entry.findings.mentions.len();
        self.comment_notes += entry.comment_notes().count();
        for reference in &entry.findings.references {
            if entry.reported_of(reference).is_some() {
                self.states[reference.state as usize] += 1;
            }
        }
        for diagnostic in entry.diagnostics {
            match &diagnostic.suppressed {
                Some(suppressed) if !diagnostic.hidden => self.suppressed[suppressed.by as usize] += 1,
                None if diagnostic.level == Level::Hint => {
                    self.levels[Level::Hint as usize] += 1; // counted whether shown or not
                }
                None if !diagnostic.hidden => self.levels[diagnostic.level as usize] += 1,
                _ => {}
            }
        }
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.failures += other.failures;
        self.mentions += other.mentions;
        self.comment_notes += other.comment_notes;
        for (mine, theirs) in self.states.iter_mut().zip(other.states) {
            *mine += theirs;
        }
        for (mine, theirs) in self.levels.iter_mut().zip(other.levels) {
            *mine += theirs;
        }
        for (mine, theirs) in self.suppressed.iter_mut().zip(other.suppressed) {
            *mine += theirs;
        }
    }

    /// Returns the number of suppressed findings by cause, as a sentence without its full stop; `None` if
    /// there are none.
    pub fn suppressed(&self) -> Option<String> {
        let [comments, baseline] = self.suppressed;
        let by = |count: usize, what: &str| (count > 0).then(|| format!("{count} by {what}"));
        let by_comments = by(comments, if comments == 1 { "a comment" } else { "comments" });
        let causes: Vec<String> = by_comments.into_iter().chain(by(baseline, "the baseline")).collect();
        let findings = if comments + baseline == 1 { "finding" } else { "findings" };
        (!causes.is_empty())
            .then(|| format!("{} {findings} suppressed: {}", comments + baseline, causes.join(", ")))
    }

    /// Returns the number of references in a state.
    pub fn in_state(&self, state: State) -> usize {
        self.states[state as usize]
    }

    /// Returns the number of diagnostics at a level.
    pub fn at_level(&self, level: Level) -> usize {
        self.levels[level as usize]
    }

    /// Returns the number of references reported.
    pub fn references(&self) -> usize {
        self.states.iter().sum()
    }

    /// Returns whether any diagnostic has this level or a more severe one.
    pub fn reaches(&self, level: Level) -> bool {
        // Levels stand in the order from the heaviest on.
        self.levels.iter().take(level as usize + 1).any(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::diagnose::diagnose;
    use crate::report::samples;
    use crate::suppress::Suppressed;

    #[test]
    fn levels_reach_what_is_lighter() {
        let (document, findings) = samples::paper();
        let (profile, catalogue) = (samples::profile(), Catalogue::built_in().unwrap());
        let mut tally = Tally::default();
        let diagnostics = diagnose(&document, &findings, &profile, &catalogue);
        tally.add(&ReportedPaper {
            document: &document,
            findings: &findings,
            errors: &[],
            diagnostics: &diagnostics,
        });
        assert!(!tally.reaches(Level::Error));
        assert!(tally.reaches(Level::Warning) && tally.reaches(Level::Note));
        let mut twice = tally;
        twice.merge(&tally);
        assert_eq!(twice.references(), 2 * tally.references());
        assert!(!Tally::default().reaches(Level::Note));
    }

    #[test]
    fn hints_are_counted_and_are_no_findings() {
        let (document, mut findings) = samples::paper();
        findings.references.iter_mut().for_each(|reference| reference.level = Level::Hint);
        findings.references.remove(1);
        let (profile, catalogue) = (samples::profile(), Catalogue::built_in().unwrap());
        let mut diagnostics = diagnose(&document, &findings, &profile, &catalogue);
        crate::diagnose::Showing::default().mark(&mut diagnostics);
        let mut tally = Tally::default();
        let diagnostics = &diagnostics;
        tally.add(&ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics });
        assert_eq!((tally.at_level(Level::Hint), tally.references()), (2, 0));
        assert!(!tally.reaches(Level::Note), "no level that --fail-on knows reaches down to a hint");
    }

    #[test]
    fn what_is_suppressed_weighs_nothing_and_is_counted() {
        let (document, findings) = samples::paper();
        let (profile, catalogue) = (samples::profile(), Catalogue::built_in().unwrap());
        let mut diagnostics = diagnose(&document, &findings, &profile, &catalogue);
        let by = [SuppressedBy::Comment, SuppressedBy::Baseline, SuppressedBy::Comment];
        assert_eq!(diagnostics.len(), by.len());
        for (diagnostic, by) in diagnostics.iter_mut().zip(by) {
            diagnostic.suppressed = Some(Suppressed { by, reason: String::new() });
        }
        let mut tally = Tally::default();
        assert_eq!(tally.suppressed(), None);
        tally.add(&ReportedPaper {
            document: &document,
            findings: &findings,
            errors: &[],
            diagnostics: &diagnostics,
        });
        tally.merge(&tally.clone());
        assert!(!tally.reaches(Level::Note) && tally.references() == 0);
        let summary = tally.suppressed().unwrap();
        assert_eq!(summary, "6 findings suppressed: 4 by comments, 2 by the baseline");
    }
}
