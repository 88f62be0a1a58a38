//! The texts of which matches of regular expressions hold one, all looked for in one pass.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::catalogue::{Expression, ODD_CASES};
use crate::document::ByteSpan;

/// Regular expressions by the texts that they need.
///
/// The rarest texts of an expression lead to the sentences that may hold a match; of these most are passed over
/// because a further text that it needs is missing, which several expressions ask together.
#[derive(Debug, Clone, Default)]
pub struct LiteralIndex {
    automaton: Option<AhoCorasick>,
    /// For each text of the automaton the places of its expressions.
    of_text: Vec<Vec<u32>>,
    /// Expressions that need no text, so that they are to be searched for everywhere.
    always: Vec<u32>,
    /// Sets of texts, and for each expression those of which it needs one text each.
    sets: Vec<AhoCorasick>,
    sets_of: Vec<Vec<u32>>,
    /// For each expression whether [`ODD_CASES`] may stand in its texts.
    takes_odd_cases: Vec<bool>,
}

/// Which sets a window holds a text of, as far as it was asked.
#[derive(Debug, Default)]
pub struct SetsHeld {
    window: Option<ByteSpan>,
    held: Vec<Option<bool>>,
    has_odd_cases: bool,
}

impl LiteralIndex {
    /// An index of expressions, by their places among them.
    pub fn new<'a>(expressions: impl Iterator<Item = &'a Expression>) -> Self {
        let (mut texts, mut of_text, mut always) =
            (Vec::<Box<[u8]>>::new(), Vec::<Vec<u32>>::new(), Vec::new());
        let mut add = |text: &[u8], place: u32| match texts.iter().position(|known| **known == *text) {
            Some(known) => of_text[known].push(place),
            None => {
                texts.push(text.into());
                of_text.push(vec![place]);
            }
        };
        let mut known_sets: Vec<&BTreeSet<Box<[u8]>>> = Vec::new();
        let (mut sets, mut sets_of, mut takes_odd_cases) = (Vec::new(), Vec::new(), Vec::new());
        for (place, expression) in expressions.enumerate() {
            let place = place as u32; // far fewer than 2^32 expressions
            let mut own_sets = Vec::new();
            for set in expression.literals.iter().flat_map(|literals| &literals.also) {
                let known = known_sets.iter().position(|known| *known == set);
                if let Some(set) = known.or_else(|| {
                    sets.push(automaton_of(set)?);
                    known_sets.push(set);
                    Some(sets.len() - 1)
                }) {
                    own_sets.push(set as u32); // no more than expressions
                }
            }
            sets_of.push(own_sets);
            takes_odd_cases.push(expression.literals.as_ref().is_some_and(|literals| literals.odd_cases));
            let Some(literals) = &expression.literals else {
                always.push(place);
                continue;
            };
            literals.texts.iter().for_each(|text| add(text, place));
            if literals.odd_cases {
                ODD_CASES.iter().for_each(|odd| add(odd.to_string().as_bytes(), place));
            }
        }
        let automaton = automaton_of(&texts).filter(|_| !texts.is_empty());
        if automaton.is_none() {
            // Too many texts for an automaton: slow, and right.
            always.extend(of_text.drain(..).flatten());
            always.sort_unstable();
            always.dedup();
        }
        Self { automaton, of_text, always, sets, sets_of, takes_odd_cases }
    }

    /// Whether a window of a prose holds, beside the text that led to it, a text of each set that an expression needs.
    pub fn may_match(&self, place: u32, prose: &str, window: ByteSpan, held: &mut SetsHeld) -> bool {
        if held.window != Some(window) || held.held.len() != self.sets.len() {
            let has_odd_cases = window.of(prose).contains(ODD_CASES);
            *held = SetsHeld { window: Some(window), held: vec![None; self.sets.len()], has_odd_cases };
        }
        if held.has_odd_cases && self.takes_odd_cases[place as usize] {
            return true; // the sets know plain letters only
        }
        let holds_one = |set: &u32| {
            let set = *set as usize;
            *held.held[set].get_or_insert_with(|| self.sets[set].is_match(window.of(prose)))
        };
        self.sets_of[place as usize].iter().all(holds_one)
    }

    /// Calls `visit` on each text that stands in `prose`, in the order of their ends: the place of its last
    /// byte, and the expressions that need it.
    pub fn each(&self, prose: &str, mut visit: impl FnMut(usize, &[u32])) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(prose) {
            visit(found.end() - 1, &self.of_text[found.pattern().as_usize()]);
        }
    }

    /// The expressions that need no text.
    pub fn always(&self) -> &[u32] {
        &self.always
    }
}

/// Finds texts whatever their case; none where they are too many.
fn automaton_of<'a>(texts: impl IntoIterator<Item = &'a Box<[u8]>>) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(texts).ok()
}
