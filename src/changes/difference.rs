//! Two lists of findings side by side: what was added, lost or taken for something else.

use std::collections::{BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::catalogue::named_enum;

named_enum! {
    /// How a finding differs.
    pub enum Change {
        /// It was not found before.
        Added => "added",
        /// It is not found any more.
        Removed => "removed",
        /// It has other bounds.
        Moved => "moved",
        /// It is of another kind or type.
        OtherKind => "other kind",
        /// Another system is its first candidate.
        OtherCandidate => "other first candidate",
    }
}

/// One finding that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// How.
    pub change: Change,
    /// As it was; none for one that was added.
    pub old: Option<Finding>,
    /// As it is; none for one that was removed.
    pub new: Option<Finding>,
}

impl Difference {
    /// The finding as it is, or as it was where it is gone.
    pub fn finding(&self) -> Option<&Finding> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// The rules whose votes differ between the two, in order. None where the change follows from
    /// another one, or from systems and their evidence.
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

/// All differences, in the order of the text as it is; what was removed stands where it was.
///
/// A finding is known again by its sentence and its place in it, then by its bounds in the same
/// sentence, then by its words in a sentence of which at least half is the same. So a change of line, or
/// of words around a finding, is no difference.
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

/// Which old finding each new one is.
struct Pairs {
    partner: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Pairs {
    /// Joins findings with the same marked text, the first with the first.
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

    /// Joins what is left and fits, the first with the first.
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

/// Whether at least half of the different words of two sentences stand in both.
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
