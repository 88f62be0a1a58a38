//! Search for many texts at once, by an automaton that is soon built and later by one that is quick.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous;
use aho_corasick::{Anchored, MatchKind, dfa};

use crate::catalogue::TextSet;

/// Texts of more bytes get no automaton that is quick: one of so many takes some 4 MB.
const MOST_BYTES_OF_QUICK: usize = 20_000;
/// Number of searched bytes after which the automaton that is quick has paid for its building.
const MANY_BYTES: usize = 200_000;

/// Texts to be found in any case.
#[derive(Debug)]
pub struct TextFinder {
    texts: TextSet,
    /// Whether all places are wanted, or the leftmost longest ones.
    wanted: MatchKind,
    /// Built for the first text. `None` finds nothing.
    soon: OnceLock<Option<contiguous::NFA>>,
    quick: OnceLock<Option<dfa::DFA>>,
    /// Number of bytes searched before that was built.
    searched: AtomicUsize,
}

impl TextFinder {
    /// Prepares the search for all places of texts; `None` if they are too many for an automaton.
    pub fn new(texts: TextSet) -> Option<Self> {
        let finder = Self::of(texts, MatchKind::Standard);
        finder.soon().is_some().then_some(finder)
    }

    /// Prepares the search for the longest of the texts at each place, without overlaps. Nothing is found if they are
    /// too many for an automaton.
    pub fn longest(texts: TextSet) -> Self {
        Self::of(texts, MatchKind::LeftmostLongest)
    }

    fn of(texts: TextSet, wanted: MatchKind) -> Self {
        let (soon, quick) = Default::default();
        Self { texts, wanted, soon, quick, searched: AtomicUsize::new(0) }
    }

    /// Calls `visit` with the wanted places of the texts, each with the index of its text, in the order of their ends.
    pub fn each(&self, text: &str, visit: impl FnMut(usize, Range<usize>)) {
        match self.quick_for(text) {
            Some(quick) => self.each_by(quick, text, visit),
            None => {
                if let Some(soon) = self.soon() {
                    self.each_by(soon, text, visit);
                }
            }
        }
    }

    fn each_by(&self, automaton: &impl Automaton, text: &str, visit: impl FnMut(usize, Range<usize>)) {
        match self.wanted {
            MatchKind::LeftmostLongest => each_longest(automaton, text.as_bytes(), visit),
            _ => each_match(automaton, text.as_bytes(), visit),
        }
    }

    fn soon(&self) -> Option<&contiguous::NFA> {
        let build = || {
            let mut builder = contiguous::Builder::new();
            builder.ascii_case_insensitive(true).match_kind(self.wanted).prefilter(false);
            builder.build(self.texts.iter()).ok()
        };
        self.soon.get_or_init(build).as_ref()
    }

    fn quick_for(&self, text: &str) -> Option<&dfa::DFA> {
        if let Some(quick) = self.quick.get() {
            return quick.as_ref();
        }
        if self.searched.fetch_add(text.len(), Ordering::Relaxed) < MANY_BYTES {
            return None;
        }
        let is_small = self.texts.iter().map(|text| text.len()).sum::<usize>() <= MOST_BYTES_OF_QUICK;
        let build = || {
            let mut builder = dfa::Builder::new();
            builder.ascii_case_insensitive(true).match_kind(self.wanted).prefilter(false);
            builder.build(self.texts.iter()).ok()
        };
        self.quick.get_or_init(|| is_small.then(build).flatten()).as_ref()
    }
}

/// Steps an automaton on to the byte after which its state is special, or to the end of the text. Returns the state, where
/// the steps ended, and whether the state is special. Eight bytes are read at once: the iterators of the library, which keep
/// their state in memory, take twice as long.
#[inline(always)]
fn to_special(
    automaton: &impl Automaton,
    mut state: StateID,
    text: &[u8],
    mut at: usize,
) -> (StateID, usize, bool) {
    while let Some(eight) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        for (place, byte) in eight.iter().enumerate() {
            state = automaton.next_state(Anchored::No, state, *byte);
            if automaton.is_special(state) {
                return (state, at + place + 1, true);
            }
        }
        at += eight.len();
    }
    while let Some(byte) = text.get(at) {
        state = automaton.next_state(Anchored::No, state, *byte);
        at += 1;
        if automaton.is_special(state) {
            return (state, at, true);
        }
    }
    (state, at, false)
}

/// Calls `visit` with all matches, overlapping ones too.
fn each_match(automaton: &impl Automaton, text: &[u8], mut visit: impl FnMut(usize, Range<usize>)) {
    let Ok(mut state) = automaton.start_state(Anchored::No) else { return };
    let (mut at, mut is_special) = (0, true);
    while is_special {
        (state, at, is_special) = to_special(automaton, state, text, at);
        if is_special && automaton.is_match(state) {
            for index in 0..automaton.match_len(state) {
                let pattern = automaton.match_pattern(state, index);
                visit(pattern.as_usize(), at - automaton.pattern_len(pattern)..at);
            }
        }
    }
}

/// Calls `visit` with the matches of an automaton for the leftmost longest of them, which do not overlap.
pub(super) fn each_longest(
    automaton: &impl Automaton,
    text: &[u8],
    mut visit: impl FnMut(usize, Range<usize>),
) {
    let Ok(start) = automaton.start_state(Anchored::No) else { return };
    let (mut state, mut found, mut at) = (start, None, 0);
    loop {
        let (next, end, is_special) = to_special(automaton, state, text, at);
        if is_special && automaton.is_match(next) {
            found = Some((automaton.match_pattern(next, 0), end));
            (state, at) = (next, end);
            continue;
        }
        // No longer match begins where this one does.
        let Some((pattern, end)) = found.take() else { return };
        visit(pattern.as_usize(), end - automaton.pattern_len(pattern)..end);
        (state, at) = (start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_matches_are_those_of_the_library() {
        let texts = ["one", "ones", "on", "nest", "7", "seven hundred", "seven"];
        let quick =
            dfa::Builder::new().match_kind(MatchKind::LeftmostLongest).prefilter(false).build(texts).unwrap();
        let slow =
            aho_corasick::AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).unwrap();
        for text in ["", "one nest", "onest ones", "seven hundre 7 seven hundred", "o", "77", "sevenes on"] {
            let mut found = Vec::new();
            each_longest(&quick, text.as_bytes(), |pattern, range| found.push((pattern, range)));
            let expected: Vec<_> =
                slow.find_iter(text).map(|found| (found.pattern().as_usize(), found.range())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn both_automata_find_the_same() {
        let texts = || [&b"ab"[..], b"b c"].map(Box::from).into();
        let text = "xAB C ".repeat(MANY_BYTES / 6 + 1);
        for (finder, places) in [(TextFinder::new(texts()).unwrap(), 2), (TextFinder::longest(texts()), 1)] {
            let found = || {
                let mut found = Vec::new();
                finder.each(&text, |pattern, range| found.push((pattern, range)));
                found
            };
            let first = found();
            assert!(finder.quick.get().is_none() && first.len() == places * (MANY_BYTES / 6 + 1));
            assert_eq!(found(), first);
            assert!(finder.quick.get().is_some());
        }
    }
}
