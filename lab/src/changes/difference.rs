//! Comparison of two lists of findings: what was added, removed or classified differently.

use std::collections::BTreeSet;

use byname::catalogue::Level;
use byname::diagnose::{FindingKey, pair};
use byname::named_enum;
use serde::{Deserialize, Serialize};

use super::Finding;

named_enum! {
    /// The way in which a finding differs.
    pub enum Change {
        /// Found now, and not before.
        Added => "added",
        /// No longer found.
        Removed => "removed",
        /// Found with other bounds.
        Moved => "moved",
        /// Found as another kind or type.
        OtherKind => "other kind",
        /// Linked to another first candidate.
        OtherCandidate => "other first candidate",
        /// Reported at another level, or no longer, or only now.
        OtherLevel => "other level",
    }
}

/// A finding that differs between two runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The way in which it differs.
    pub change: Change,
    /// The old finding; `None` for one that was added.
    pub old: Option<Finding>,
    /// The new finding; `None` for one that was removed.
    pub new: Option<Finding>,
}

impl Difference {
    /// Returns the new finding, or the old one if it was removed.
    pub fn finding(&self) -> Option<&Finding> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// Returns whether the old finding and the new one are reported as warnings or errors.
    pub fn is_warning(&self) -> (bool, bool) {
        let is = |finding: &Option<Finding>| {
            finding.as_ref().and_then(|finding| finding.level).is_some_and(|level| level <= Level::Warning)
        };
        (is(&self.old), is(&self.new))
    }

    /// Returns the rules whose votes differ between the two findings, in alphabetical order. It is empty if
    /// the change follows from another one, or from systems and their evidence.
    pub fn rules(&self) -> BTreeSet<&str> {
        fn votes(finding: &Option<Finding>) -> &[(String, f64)] {
            finding.as_ref().map_or(&[], |finding| &finding.votes)
        }
        let (old, new) = (votes(&self.old), votes(&self.new));
        let gone = old.iter().filter(|vote| !new.contains(vote));
        let come = new.iter().filter(|vote| !old.contains(vote));
        gone.chain(come).map(|(rule, _)| rule.as_str()).collect()
    }
}

/// Returns all differences in the order of their lines; a removed finding takes the line on which it was. A
/// finding is the one that [`pair`] takes it for: a change of line, or of words around it, is no difference.
pub fn differences(old: &[Finding], new: &[Finding]) -> Vec<Difference> {
    let mut removed: Vec<Option<&Finding>> = old.iter().map(Some).collect();
    let mut found = Vec::new();
    for (partner, after) in pair(&keys_of(old), &keys_of(new)).into_iter().zip(new) {
        let before = partner.and_then(|place| removed.get_mut(place)?.take());
        let Some(change) = change(before, after) else { continue };
        found.push((after.line, Difference { change, old: before.cloned(), new: Some(after.clone()) }));
    }
    for before in removed.into_iter().flatten() {
        let removed = Difference { change: Change::Removed, old: Some(before.clone()), new: None };
        found.push((before.line, removed));
    }
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, difference)| difference).collect()
}

fn keys_of(findings: &[Finding]) -> Vec<FindingKey<'_>> {
    findings.iter().map(Finding::key).collect()
}

fn change(before: Option<&Finding>, after: &Finding) -> Option<Change> {
    let Some(before) = before else { return Some(Change::Added) };
    if (before.kind, before.entity_type) != (after.kind, after.entity_type) {
        Some(Change::OtherKind)
    } else if before.mention() != after.mention() {
        Some(Change::Moved)
    } else if before.first != after.first {
        Some(Change::OtherCandidate)
    } else if before.level != after.level {
        Some(Change::OtherLevel)
    } else {
        None
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
