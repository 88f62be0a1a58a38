//! Search for many texts at once, by an automaton that is soon built and later by one that is quick.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match, MatchKind};

use crate::catalogue::TextSet;

/// Texts of more bytes get no automaton that is quick: one of so many takes some 4 MB.
const MOST_BYTES_OF_QUICK: usize = 20_000;
/// Number of searched bytes after which the automaton that is quick has paid for its building.
const MANY_BYTES: usize = 200_000;

/// Texts to be found in any case.
#[derive(Debug)]
pub struct TextFinder {
    texts: TextSet,
    soon: AhoCorasick,
    quick: OnceLock<Option<AhoCorasick>>,
    searched: AtomicUsize,
}

impl TextFinder {
    /// Prepares the search for texts; `None` if they are too many for an automaton.
    pub fn new(texts: TextSet) -> Option<Self> {
        let soon = build(&texts, AhoCorasickKind::ContiguousNFA)?;
        Some(Self { texts, soon, quick: OnceLock::new(), searched: AtomicUsize::new(0) })
    }

    /// Iterates over all places of the texts, in the order of their ends.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> {
        self.automaton_for(text).find_overlapping_iter(text)
    }

    fn automaton_for(&self, text: &str) -> &AhoCorasick {
        if let Some(quick) = self.quick.get() {
            return quick.as_ref().unwrap_or(&self.soon);
        }
        if self.searched.fetch_add(text.len(), Ordering::Relaxed) < MANY_BYTES {
            return &self.soon;
        }
        let is_small = self.texts.iter().map(|text| text.len()).sum::<usize>() <= MOST_BYTES_OF_QUICK;
        let quick = || is_small.then(|| build(&self.texts, AhoCorasickKind::DFA)).flatten();
        self.quick.get_or_init(quick).as_ref().unwrap_or(&self.soon)
    }
}

fn build(texts: &TextSet, kind: AhoCorasickKind) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).kind(Some(kind));
    builder.build(texts.iter()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_automata_find_the_same() {
        let finder = TextFinder::new([&b"ab"[..], b"b c"].map(Box::from).into()).unwrap();
        let text = "xAB C ".repeat(MANY_BYTES / 6 + 1);
        let found =
            || finder.find_all(&text).map(|found| (found.pattern(), found.range())).collect::<Vec<_>>();
        let first = found();
        assert!(finder.quick.get().is_none() && first.len() == 2 * (MANY_BYTES / 6 + 1));
        assert_eq!(found(), first);
        assert!(finder.quick.get().is_some());
    }
}
