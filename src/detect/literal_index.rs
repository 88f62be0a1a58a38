//! Index of regular expressions by the literals that their matches contain, found in one pass over a text.

use std::collections::{BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::neighbours::{EdgesBySet, Neighbours};
use crate::catalogue::{Expression, ODD_CASES};
use crate::document::ByteSpan;

/// Texts of more bytes get an automaton that is slower and takes less memory; one of so many takes some 4 MB.
const MOST_BYTES_OF_DFA: usize = 20_000;

/// Regular expressions indexed by the texts that they need.
///
/// The rarest texts of an expression lead to the sentences that may hold a match. Most of these are then
/// skipped because a further text that the expression needs is missing; the answers are shared by expressions
/// with the same needs.
#[derive(Debug, Clone, Default)]
pub struct LiteralIndex {
    automaton: Option<AhoCorasick>,
    /// For each text of the automaton, the indices of its expressions.
    of_text: Vec<Vec<u32>>,
    /// Index of the first text of the automaton that is an odd case, beside which anything may stand.
    first_odd: usize,
    /// Expressions that need no text, so that they are to be searched for everywhere.
    always: Vec<u32>,
    /// Sets of texts, and for each expression the indices of those sets of which it needs one text each.
    sets: Vec<AhoCorasick>,
    sets_of: Vec<Vec<u32>>,
    /// For each expression, the neighbours that its texts need.
    neighbours: Vec<Neighbours>,
    /// For each expression whether [`ODD_CASES`] may stand in its texts.
    takes_odd_cases: Vec<bool>,
}

/// Cached answers to which sets a window holds a text of.
#[derive(Debug, Default)]
pub struct SetsHeld {
    window: Option<ByteSpan>,
    held: Vec<Option<bool>>,
    has_odd_cases: bool,
}

impl LiteralIndex {
    /// Indexes expressions by their position.
    pub fn new<'a>(expressions: impl Iterator<Item = &'a Expression>) -> Self {
        let mut texts = Texts::default();
        let (mut odd, mut always, mut neighbours) = (Vec::new(), Vec::new(), Vec::new());
        let mut known_sets: HashMap<&BTreeSet<Box<[u8]>>, usize> = HashMap::new();
        let (mut sets, mut sets_of, mut takes_odd_cases) = (Vec::new(), Vec::new(), Vec::new());
        let mut edges = EdgesBySet::default();
        for (place, expression) in expressions.enumerate() {
            let place = place as u32; // far fewer than 2^32 expressions
            let mut own_sets = Vec::new();
            for set in expression.literals.iter().flat_map(|literals| &literals.also) {
                if let Some(set) = known_sets.get(set).copied().or_else(|| {
                    sets.push(automaton_of(set)?);
                    known_sets.insert(set, sets.len() - 1);
                    Some(sets.len() - 1)
                }) {
                    own_sets.push(set as u32); // no more than expressions
                }
            }
            sets_of.push(own_sets);
            neighbours.push(Neighbours::of(expression.literals.as_ref(), &mut edges));
            takes_odd_cases.push(expression.literals.as_ref().is_some_and(|literals| literals.odd_cases));
            let Some(literals) = &expression.literals else {
                always.push(place);
                continue;
            };
            literals.texts.iter().for_each(|text| texts.add(text, place));
            if literals.odd_cases {
                odd.push(place);
            }
        }
        let first_odd = texts.texts.len();
        if !odd.is_empty() {
            texts.texts.extend(ODD_CASES.map(|odd| odd.to_string().into_bytes().into_boxed_slice()));
            texts.of_text.extend(ODD_CASES.map(|_| odd.clone()));
        }
        let Texts { texts, mut of_text, .. } = texts;
        let automaton = automaton_of(&texts).filter(|_| !texts.is_empty());
        if automaton.is_none() {
            // Too many texts for an automaton: slow, and right.
            always.extend(of_text.drain(..).flatten());
            always.sort_unstable();
            always.dedup();
        }
        Self { automaton, of_text, first_odd, always, sets, sets_of, neighbours, takes_odd_cases }
    }

    /// Returns whether a window of a prose holds, beside the text that led to it, one text of each set that
    /// an expression needs.
    pub fn may_match(&self, place: u32, prose: &str, window: ByteSpan, held: &mut SetsHeld) -> bool {
        if held.window != Some(window) || held.held.len() != self.sets.len() {
            let text = window.of(prose);
            held.window = Some(window);
            held.held.clear();
            held.held.resize(self.sets.len(), None);
            held.has_odd_cases = !text.is_ascii() && text.contains(ODD_CASES);
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

    /// Calls `visit` for each expression that may match at one of its texts in `prose`, in the order of the ends
    /// of the texts, with the offset of the last byte of the text and the expression.
    pub fn each(&self, prose: &str, mut visit: impl FnMut(usize, u32)) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(prose) {
            let text = found.pattern().as_usize();
            for place in &self.of_text[text] {
                let neighbours = &self.neighbours[*place as usize];
                let takes_odd_cases = self.takes_odd_cases[*place as usize];
                if text >= self.first_odd || neighbours.stand_beside(prose, found.range(), takes_odd_cases) {
                    visit(found.end() - 1, *place);
                }
            }
        }
    }

    /// Returns the expressions that need no text.
    pub fn always(&self) -> &[u32] {
        &self.always
    }
}

/// Texts, and for each the indices of the expressions that need it.
#[derive(Default)]
struct Texts {
    texts: Vec<Box<[u8]>>,
    of_text: Vec<Vec<u32>>,
    known: HashMap<Box<[u8]>, usize>,
}

impl Texts {
    fn add(&mut self, text: &[u8], place: u32) {
        if let Some(known) = self.known.get(text) {
            self.of_text[*known].push(place);
            return;
        }
        self.known.insert(text.into(), self.texts.len());
        self.texts.push(text.into());
        self.of_text.push(vec![place]);
    }
}

/// Returns an automaton that finds texts in any case; `None` if they are too many for one.
fn automaton_of<'a>(texts: impl IntoIterator<Item = &'a Box<[u8]>> + Clone) -> Option<AhoCorasick> {
    let bytes: usize = texts.clone().into_iter().map(|text| text.len()).sum();
    let kind = (bytes <= MOST_BYTES_OF_DFA).then_some(AhoCorasickKind::DFA);
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).kind(kind).build(texts).ok()
}
