//! Index of regular expressions by the literals that their matches contain, found in one pass over a text.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::neighbours::{EdgesBySet, Neighbours};
use super::text_finder::TextFinder;
use crate::catalogue::{Expression, ODD_CASES, TextSet};
use crate::document::ByteSpan;

/// Regular expressions indexed by the texts that they need.
///
/// The rarest texts of an expression lead to the sentences that may hold a match. Most of these are then
/// skipped because a further text that the expression needs is missing; the answers are shared by expressions
/// with the same needs.
#[derive(Debug, Clone, Default)]
pub struct LiteralIndex {
    finder: Option<Arc<TextFinder>>,
    /// For each text of the finder, the indices of its expressions.
    of_text: Vec<Vec<u32>>,
    /// Index of the first text of the finder that is an odd case, beside which anything may stand.
    first_odd: usize,
    /// Expressions that need no text, so that they are to be searched for everywhere.
    always: Vec<u32>,
    /// For each expression the indices of those sets of texts of which it needs one text each.
    sets_of: Vec<Vec<u32>>,
    sets: Sets,
    /// For each expression, the neighbours that its texts need.
    neighbours: Vec<Neighbours>,
    /// For each expression whether [`ODD_CASES`] may stand in its texts.
    takes_odd_cases: Vec<bool>,
}

/// All sets of texts, looked for together.
#[derive(Debug, Clone, Default)]
struct Sets {
    count: usize,
    /// `None` if there are too many texts to look for.
    finder: Option<Arc<TextFinder>>,
    /// For each text of the finder, the indices of the sets that it is in.
    of_text: Vec<Vec<u32>>,
}

impl Sets {
    fn of(sets: &[&TextSet]) -> Self {
        let mut texts = Texts::default();
        for (index, set) in sets.iter().enumerate() {
            set.iter().for_each(|text| texts.add(text, index as u32)); // no more than expressions
        }
        let Texts { texts, of_text, .. } = texts;
        let finder = (!texts.is_empty()).then(|| TextFinder::new(texts.into())).flatten();
        Self { count: sets.len(), finder: finder.map(Arc::new), of_text }
    }

    /// Sets for each set whether a text holds one of its texts, or may.
    fn read(&self, text: &str, held: &mut Vec<bool>) {
        held.clear();
        held.resize(self.count, self.finder.is_none());
        let Some(finder) = &self.finder else { return };
        finder.each(text, |found, _| {
            self.of_text[found].iter().for_each(|set| held[*set as usize] = true);
        });
    }
}

/// Cached answers to which sets a window holds a text of.
#[derive(Debug, Default)]
pub struct SetsHeld {
    window: Option<ByteSpan>,
    held: Vec<bool>,
    has_odd_cases: bool,
}

impl LiteralIndex {
    /// Indexes expressions by their position.
    pub fn new<'a>(expressions: impl Iterator<Item = &'a Expression>) -> Self {
        let mut texts = Texts::default();
        let (mut odd, mut always, mut neighbours) = (Vec::new(), Vec::new(), Vec::new());
        let mut known_sets: HashMap<&TextSet, usize, FixedState> = HashMap::default();
        let (mut sets, mut sets_of, mut takes_odd_cases) = (Vec::<&TextSet>::new(), Vec::new(), Vec::new());
        let mut edges = EdgesBySet::default();
        for (place, expression) in expressions.enumerate() {
            let place = place as u32; // far fewer than 2^32 expressions
            let mut own_sets = Vec::new();
            for set in expression.literals().into_iter().flat_map(|literals| &literals.also) {
                let place = *known_sets.entry(set).or_insert_with(|| {
                    sets.push(set);
                    sets.len() - 1
                });
                own_sets.push(place as u32); // no more than expressions
            }
            sets_of.push(own_sets);
            neighbours.push(Neighbours::of(expression.literals(), &mut edges));
            takes_odd_cases.push(expression.literals().is_some_and(|literals| literals.odd_cases));
            let Some(literals) = expression.literals() else {
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
        let finder = (!texts.is_empty()).then(|| TextFinder::new(texts.into())).flatten();
        if finder.is_none() {
            // Too many texts for a finder: slow, and right.
            always.extend(of_text.drain(..).flatten());
            always.sort_unstable();
            always.dedup();
        }
        Self {
            finder: finder.map(Arc::new),
            of_text,
            first_odd,
            always,
            sets_of,
            sets: Sets::of(&sets),
            neighbours,
            takes_odd_cases,
        }
    }

    /// Returns whether a window of a prose holds, beside the text that led to it, one text of each set that
    /// an expression needs.
    pub fn may_match(&self, place: u32, prose: &str, window: ByteSpan, held: &mut SetsHeld) -> bool {
        if self.sets_of[place as usize].is_empty() {
            return true;
        }
        if held.window != Some(window) || held.held.len() != self.sets.count {
            let text = window.of(prose);
            held.window = Some(window);
            self.sets.read(text, &mut held.held);
            held.has_odd_cases = !text.is_ascii() && text.contains(ODD_CASES);
        }
        if held.has_odd_cases && self.takes_odd_cases[place as usize] {
            return true; // the sets know plain letters only
        }
        self.sets_of[place as usize].iter().all(|set| held.held[*set as usize])
    }

    /// Calls `visit` for each expression that may match at one of its texts in `prose`, in the order of the ends
    /// of the texts, with the offset of the last byte of the text and the expression.
    pub fn each(&self, prose: &str, mut visit: impl FnMut(usize, u32)) {
        let Some(finder) = &self.finder else { return };
        finder.each(prose, |text, range| {
            for place in &self.of_text[text] {
                let neighbours = &self.neighbours[*place as usize];
                let takes_odd_cases = self.takes_odd_cases[*place as usize];
                if text >= self.first_odd || neighbours.stand_beside(prose, range.clone(), takes_odd_cases) {
                    visit(range.end - 1, *place);
                }
            }
        });
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
    known: HashMap<Box<[u8]>, usize, FixedState>,
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
