//! Comparison of two lists of findings: what was added, removed or classified differently.

use std::collections::{BTreeSet, HashMap, VecDeque};

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

/// Returns all differences in the order of their lines; a removed finding takes the line on which it was.
///
/// Findings are matched in three passes: by the same sentence and span, then by overlapping spans in the same
/// sentence, then by the same mention in sentences that share at least half of their distinct words. So a
/// change of line, or of words around a finding, is no difference.
pub fn differences(old: &[Finding], new: &[Finding]) -> Vec<Difference> {
    let mut pairs = Pairs { partner: vec![None; new.len()], free: vec![true; old.len()] };
    pairs.same_text(old, new);
    pairs.join(old, new, |before, after| {
        before.text.text == after.text.text && before.span().overlaps(after.span())
    });
    pairs.join(old, new, |before, after| before.mention() == after.mention() && alike(before, after));

    let mut found = Vec::new();
    for (index, after) in new.iter().enumerate() {
        let before = pairs.partner.get(index).copied().flatten().and_then(|place| old.get(place));
        let Some(change) = change(before, after) else { continue };
        found.push((after.line, Difference { change, old: before.cloned(), new: Some(after.clone()) }));
    }
    for before in old.iter().zip(&pairs.free).filter(|(_, free)| **free).map(|(finding, _)| finding) {
        let removed = Difference { change: Change::Removed, old: Some(before.clone()), new: None };
        found.push((before.line, removed));
    }
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, difference)| difference).collect()
}

fn change(before: Option<&Finding>, after: &Finding) -> Option<Change> {
    let Some(before) = before else { return Some(Change::Added) };
    if (before.kind, before.entity_type) != (after.kind, after.entity_type) {
        Some(Change::OtherKind)
    } else if before.mention() != after.mention() {
        Some(Change::Moved)
    } else if before.first != after.first {
        Some(Change::OtherCandidate)
    } else {
        None
    }
}

/// A matching of new findings with old ones: for each new finding the index of its old one, and for each old
/// finding whether it is still unmatched.
struct Pairs {
    partner: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Pairs {
    /// Matches findings with the same marked text, in order of appearance.
    fn same_text(&mut self, old: &[Finding], new: &[Finding]) {
        let mut places: HashMap<(&str, usize, usize), VecDeque<usize>> = HashMap::new();
        for (place, finding) in old.iter().enumerate() {
            places.entry(key(finding)).or_default().push_back(place);
        }
        for (partner, finding) in self.partner.iter_mut().zip(new) {
            *partner = places.get_mut(&key(finding)).and_then(VecDeque::pop_front);
            if let Some(place) = *partner {
                self.free[place] = false;
            }
        }
    }

    /// Matches each remaining new finding with the first unmatched old one that fits.
    fn join(&mut self, old: &[Finding], new: &[Finding], fits: impl Fn(&Finding, &Finding) -> bool) {
        for (partner, after) in self.partner.iter_mut().zip(new).filter(|(partner, _)| partner.is_none()) {
            let place = (0..old.len()).find(|place| self.free[*place] && fits(&old[*place], after));
            if let Some(place) = place {
                *partner = Some(place);
                self.free[place] = false;
            }
        }
    }
}

fn key(finding: &Finding) -> (&str, usize, usize) {
    (finding.text.text.as_str(), finding.span().start, finding.span().end)
}

/// Returns whether two sentences share at least half of their distinct words (Jaccard index, ignoring case).
fn alike(before: &Finding, after: &Finding) -> bool {
    let words = |finding: &Finding| -> BTreeSet<String> {
        finding.text.text.split_whitespace().map(str::to_lowercase).collect()
    };
    let (before, after) = (words(before), words(after));
    2 * before.intersection(&after).count() >= before.union(&after).count()
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
