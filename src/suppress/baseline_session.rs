//! The use of a baseline during a run: entries that match findings, stale entries, and new findings.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::Baseline;
use super::baseline::BaselineEntry;
use crate::diagnose::paper_name;

/// The treatment of findings that are not in the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFindings {
    /// They are reported.
    Reported,
    /// They are added to the baseline.
    TakenIn,
    /// The baseline is written anew: they are added, and entries of documents that were not read are dropped.
    WrittenAnew,
}

/// A baseline in use by many threads at once.
#[derive(Debug)]
pub struct BaselineSession {
    baseline: Baseline,
    new: NewFindings,
    /// The rules that the run asks; entries of others are never stale. All rules if empty.
    rules: BTreeSet<String>,
    /// The entries that were matched or added, for each document that was read completely.
    met: Mutex<BTreeMap<String, Vec<BaselineEntry>>>,
}

/// The entries of one document, each of which matches one finding.
pub(super) struct DocumentEntries<'a> {
    document: &'a str,
    open: HashMap<&'a str, Vec<&'a BaselineEntry>>,
    met: Vec<BaselineEntry>,
}

impl DocumentEntries<'_> {
    /// Keeps the entry of a finding with this fingerprint, if it is known.
    pub(super) fn keep(&mut self, fingerprint: &str) {
        let known = self.open.get_mut(fingerprint).and_then(Vec::pop).cloned();
        self.met.extend(known);
    }
}

impl BaselineSession {
    /// Starts using a baseline.
    pub fn new(baseline: Baseline, new: NewFindings) -> Self {
        Self { baseline, new, rules: BTreeSet::new(), met: Mutex::default() }
    }

    /// Restricts the run to some rules, those of a profile: what it does not look for is not gone.
    #[must_use]
    pub fn of_rules<'r>(self, rules: impl IntoIterator<Item = &'r str>) -> Self {
        Self { rules: rules.into_iter().map(str::to_string).collect(), ..self }
    }

    fn asks(&self, entry: &BaselineEntry) -> bool {
        self.rules.is_empty() || entry.rule.is_empty() || self.rules.contains(&entry.rule)
    }

    /// Returns the entries of a document.
    pub(super) fn open<'a>(&'a self, document: &'a str) -> DocumentEntries<'a> {
        let document = paper_name(document);
        let mut open: HashMap<&str, Vec<&BaselineEntry>> = HashMap::new();
        // From the last to the first, so that the first is taken first.
        for entry in self.baseline.entries.get(document).into_iter().flatten().rev() {
            open.entry(entry.hash.as_str()).or_default().push(entry);
        }
        DocumentEntries { document, open, met: Vec::new() }
    }

    /// Returns the entry of a finding that is known or is added now; `None` for a new finding that is
    /// reported.
    pub(super) fn meet<'p>(
        &self,
        page: &'p mut DocumentEntries<'_>,
        found: BaselineEntry,
    ) -> Option<&'p BaselineEntry> {
        let known = page.open.get_mut(found.hash.as_str()).and_then(Vec::pop).cloned();
        let entry = match (known, self.new) {
            (Some(known), _) => known,
            (None, NewFindings::TakenIn | NewFindings::WrittenAnew) => found,
            (None, NewFindings::Reported) => return None,
        };
        page.met.push(entry);
        page.met.last()
    }

    /// Records that a document was read to its end.
    pub(super) fn close(&self, page: DocumentEntries<'_>) {
        let mut all = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let met = all.entry(page.document.to_string()).or_default();
        if met.is_empty() {
            *met = page.met;
            return;
        }
        // Two papers of one name: what either holds, in an order that does not hang on the threads.
        let more: Vec<_> = page.met.into_iter().filter(|entry| !met.contains(entry)).collect();
        met.extend(more);
        met.sort();
    }

    /// Returns the stale entries, those of documents read that match no finding, and the baseline without
    /// them and with the added findings. Entries of documents that were not read are kept.
    pub fn finish(mut self) -> (Vec<BaselineEntry>, Baseline) {
        let met = std::mem::take(&mut self.met).into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut known = std::mem::take(&mut self.baseline.entries);
        let mut entries = BTreeMap::new();
        let mut stale = Vec::new();
        for (document, mut met) in met {
            let mut left = met.clone();
            for entry in known.remove(&document).unwrap_or_default() {
                match left.iter().position(|met| *met == entry) {
                    Some(place) => drop(left.swap_remove(place)),
                    None if self.asks(&entry) => stale.push(entry),
                    None => met.push(entry),
                }
            }
            if !met.is_empty() {
                entries.insert(document, met);
            }
        }
        if self.new != NewFindings::WrittenAnew {
            entries.extend(known);
        }
        (stale, Baseline { entries })
    }
}
