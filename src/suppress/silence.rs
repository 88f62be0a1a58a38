//! Suppression of the findings of one paper.

use super::baseline::BaselineEntry;
use super::{BaselineSession, CommentNote, Comments, Suppressed, SuppressedBy};
use crate::catalogue::Catalogue;
use crate::diagnose::Diagnostic;
use crate::document::{Document, Places};
use crate::engine::Findings;

/// Marks the diagnostics of a paper that a comment or the baseline suppresses. Returns the notes on its
/// comments, which are added to the document's notes as well. A comment may name the rule of the profile or
/// those that voted for the mention. What the run does not show, those that are hidden and the `unasked`, is neither
/// suppressed nor taken into the baseline, but keeps the entry that it has there. `is_whole` states whether the paper was
/// read to its end; if it was not, baseline entries without a finding do not become stale.
pub fn silence(
    document: &mut Document,
    findings: &Findings,
    diagnostics: &mut [Diagnostic<'_>],
    unasked: &[Diagnostic<'_>],
    catalogue: &Catalogue,
    baseline: Option<&BaselineSession>,
    is_whole: bool,
) -> Vec<CommentNote> {
    let mut comments = Comments::read(document);
    let mut page = baseline.map(|baseline| (baseline, baseline.open(&document.id), today()));
    let places = Places::new(document);
    for diagnostic in diagnostics.iter_mut() {
        let span = diagnostic.span;
        let by_comment = (!comments.is_empty()).then(|| {
            let names = rules_of(diagnostic, findings, catalogue);
            let lines = places.of(span).position.line..=places.last_line(span);
            comments.silence(places.file_of(span), lines, &names).map(str::to_string)
        });
        let mut by_baseline = || {
            if diagnostic.hidden {
                return None; // whoever was not told of it cannot have accepted it
            }
            let (baseline, page, today) = page.as_mut()?;
            let found = BaselineEntry::new(document, diagnostic, today);
            baseline.meet(page, found).map(|entry| entry.reason.clone())
        };
        diagnostic.suppressed = match by_comment.flatten() {
            Some(reason) => Some(Suppressed { by: SuppressedBy::Comment, reason }),
            None => by_baseline().map(|reason| Suppressed { by: SuppressedBy::Baseline, reason }),
        };
    }
    if let Some((baseline, mut page, _)) = page.filter(|_| is_whole) {
        for unshown in diagnostics.iter().filter(|diagnostic| diagnostic.hidden).chain(unasked) {
            page.keep(&unshown.fingerprint);
        }
        baseline.close(page);
    }
    let is_rule = |named: &str| all_rules(catalogue).any(|rule| super::directive::covers(named, rule));
    let notes = comments.into_notes(is_rule);
    let in_words: Vec<_> = notes.iter().map(|note| note.in_words(document)).collect();
    document.notes.extend(in_words);
    notes
}

/// Returns the rule of the profile and those that voted for the mention.
fn rules_of<'a>(
    diagnostic: &'a Diagnostic<'_>,
    findings: &Findings,
    catalogue: &'a Catalogue,
) -> Vec<&'a str> {
    let mention = findings.mention_at(diagnostic.span);
    let votes = mention.into_iter().flat_map(|mention| {
        mention.votes.iter().filter(|vote| vote.kind == mention.kind).map(|vote| vote.rule)
    });
    let voted = votes.filter_map(|rule| catalogue.rule(rule)).map(|rule| rule.name.as_str());
    std::iter::once(diagnostic.rule.id.as_str()).chain(voted).collect()
}

/// Returns the rule names that a comment may give.
fn all_rules(catalogue: &Catalogue) -> impl Iterator<Item = &str> {
    let of_profiles = catalogue.profiles.iter().flat_map(|profile| &profile.rules);
    let detecting = catalogue.rules.iter().map(|rule| rule.name.as_str());
    detecting.chain(of_profiles.map(|rule| rule.id.as_str()))
}

/// Returns the current date, as YYYY-MM-DD.
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
