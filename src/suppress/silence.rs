//! Silencing the findings of one paper.

use super::baseline::BaselineEntry;
use super::{Comments, Ledger, Suppressed, SuppressedBy};
use crate::catalogue::{Kind, Rule};
use crate::detect::Mention;
use crate::document::{Document, Places};
use crate::engine::Findings;
use crate::resolve::Reference;

/// The mention that a finding is reported at: the first that gives no name.
pub(crate) fn reported_mention<'f>(findings: &'f Findings, reference: &Reference) -> Option<&'f Mention> {
    let mut mentions = reference.mentions.iter().filter_map(|index| findings.mentions.get(*index));
    let first = mentions.clone().next();
    mentions.find(|mention| mention.kind != Kind::Named).or(first)
}

/// Marks the references of a paper that a comment or the baseline silences, and adds to the document's notes
/// what is to be told of its comments. `is_whole` tells whether the paper was read to its end: of one that
/// was not, entries of the baseline that no finding meets are no staler than before.
pub fn silence(
    document: &mut Document,
    findings: &mut Findings,
    rules: &[Rule],
    ledger: Option<&Ledger>,
    is_whole: bool,
) {
    let mut comments = Comments::read(document);
    let mut page = ledger.map(|ledger| (ledger, ledger.open(&document.id), today()));
    let places = Places::new(document);
    let mut all = Vec::with_capacity(findings.references.len());
    for reference in &findings.references {
        let Some(mention) = reported_mention(findings, reference) else {
            all.push(None);
            continue;
        };
        let votes = mention.votes.iter().filter(|vote| vote.kind == mention.kind);
        let names = votes.filter_map(|vote| rules.get(vote.rule.0 as usize)).map(|rule| rule.name.as_str());
        let names: Vec<&str> = names.collect();
        let by_comment = (!comments.is_empty()).then(|| {
            let lines = places.of(mention.span).position.line..=places.last_line(mention.span);
            comments.silence(places.file_of(mention.span), lines, &names).map(str::to_string)
        });
        let mut by_baseline = || {
            let (ledger, page, today) = page.as_mut()?;
            let rule = names.first().copied().unwrap_or_default();
            let found = BaselineEntry::new(document, mention, rule, today);
            ledger.meet(page, found).map(|entry| entry.reason.clone())
        };
        let suppressed = match by_comment.flatten() {
            Some(reason) => Some(Suppressed { by: SuppressedBy::Comment, reason }),
            None => by_baseline().map(|reason| Suppressed { by: SuppressedBy::Baseline, reason }),
        };
        all.push(suppressed);
    }
    if let Some((ledger, page, _)) = page.filter(|_| is_whole) {
        ledger.close(page);
    }
    let is_rule = |named: &str| rules.iter().any(|rule| super::directive::covers(named, &rule.name));
    let notes = comments.into_notes(document, is_rule);
    document.notes.extend(notes);
    for (reference, suppressed) in findings.references.iter_mut().zip(all) {
        reference.suppressed = suppressed;
    }
}

/// Today, as YYYY-MM-DD.
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
