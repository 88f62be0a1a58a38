//! Phrase patterns as automata: one bit per element, without backtracking.
//!
//! The construction is Glushkov's (1961): every element of the pattern is a state with the set of states that
//! may follow it. Up to 64 states fit a machine word, so that a step costs a few instructions and a match is
//! linear in the number of units read.

use super::unit::Unit;
use super::vocabulary::{Vocabulary, WordId};
use crate::catalogue::{ClassId, ClassSet, Element, Pattern};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Test {
    Word(WordId),
    Class(ClassId),
    NotClass(ClassId),
    Any,
}

impl Test {
    fn accepts(self, unit: &Unit) -> bool {
        match self {
            Self::Word(word) => unit.word == word,
            Self::Class(class) => unit.classes.has(class),
            Self::NotClass(class) => !unit.classes.has(class),
            Self::Any => true,
        }
    }
}

/// The direction in which units are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Forward,
    /// From right to left, for the text before a phrase.
    Backward,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Automaton {
    pub(super) tests: Vec<Test>,
    /// Number of the pattern's units that each state stands for: several for a listed phrase.
    pub(super) lengths: Vec<u8>,
    pub(super) follow: Vec<u64>,
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) direction: Direction,
    /// Classes each of which some unit of every match has.
    pub required: ClassSet,
    /// Sets of classes of each of which some unit of every match has one.
    pub required_one_of: Vec<ClassSet>,
}

/// A part of a pattern under construction.
struct Part {
    first: u64,
    last: u64,
    empty: bool,
}

impl Automaton {
    /// Compiles a pattern and adds its words to the vocabulary.
    pub fn new(pattern: &Pattern, direction: Direction, vocabulary: &mut Vocabulary) -> Self {
        let mut automaton = Self {
            tests: Vec::new(),
            lengths: Vec::new(),
            follow: Vec::new(),
            first: 0,
            last: 0,
            direction,
            required: ClassSet::default(),
            required_one_of: Vec::new(),
        };
        let part = automaton.build(pattern, vocabulary);
        automaton.first = part.first;
        automaton.last = part.last;
        automaton.note_required(pattern);
        automaton
    }

    fn note_required(&mut self, pattern: &Pattern) {
        let mut required = ClassSet::default();
        pattern.for_each_required(&mut |element| {
            if let Element::Class(class) = element {
                required.insert(*class);
            }
        });
        self.required = required;
        self.required_one_of = alternatives(pattern);
        self.required_one_of.retain(|classes| !classes.has_any(required));
    }

    fn build(&mut self, pattern: &Pattern, vocabulary: &mut Vocabulary) -> Part {
        match pattern {
            Pattern::Unit(element) => self.state(match element {
                Element::Word(word) => Test::Word(vocabulary.intern(word)),
                Element::Class(class) => Test::Class(*class),
                Element::NotClass(class) => Test::NotClass(*class),
                Element::Any => Test::Any,
            }),
            Pattern::Sequence(parts) => self.sequence(parts, vocabulary),
            Pattern::Choice(parts) => {
                let mut whole = Part { first: 0, last: 0, empty: false };
                for part in parts {
                    let part = self.build(part, vocabulary);
                    whole.first |= part.first;
                    whole.last |= part.last;
                    whole.empty |= part.empty;
                }
                whole
            }
            Pattern::Repeat { inner, optional, many } => {
                let mut part = self.build(inner, vocabulary);
                if *many {
                    self.connect(part.last, part.first);
                }
                part.empty |= optional;
                part
            }
        }
    }

    fn sequence(&mut self, parts: &[Pattern], vocabulary: &mut Vocabulary) -> Part {
        let mut built = Vec::with_capacity(parts.len());
        let mut at = 0;
        while at < parts.len() {
            // A run of words that the lexicon lists as one phrase is one unit of the text too.
            let words: Vec<WordId> = parts[at..]
                .iter()
                .map_while(|part| match part {
                    Pattern::Unit(Element::Word(word)) => Some(vocabulary.intern(word)),
                    _ => None,
                })
                .collect();
            if let Some((phrase, length)) = vocabulary.phrase_at(words.iter().copied()) {
                built.push(self.state(Test::Word(phrase)));
                if let Some(written) = self.lengths.last_mut() {
                    *written = length as u8; // the parser lets no pattern over 64 units pass
                }
                at += length;
            } else {
                built.push(self.build(&parts[at], vocabulary));
                at += 1;
            }
        }
        if self.direction == Direction::Backward {
            built.reverse();
        }
        let mut whole = Part { first: 0, last: 0, empty: true };
        for part in built {
            self.connect(whole.last, part.first);
            if whole.empty {
                whole.first |= part.first;
            }
            whole.last = if part.empty { whole.last | part.last } else { part.last };
            whole.empty &= part.empty;
        }
        whole
    }

    fn state(&mut self, test: Test) -> Part {
        let bit = 1 << self.tests.len(); // the parser lets no pattern over 64 elements pass
        self.tests.push(test);
        self.lengths.push(1);
        self.follow.push(0);
        Part { first: bit, last: bit, empty: false }
    }

    fn connect(&mut self, mut from: u64, to: u64) {
        while from != 0 {
            let state = from.trailing_zeros() as usize;
            from &= from - 1;
            self.follow[state] |= to;
        }
    }

    /// Returns the states of `reachable` that accept the unit.
    fn step(&self, mut reachable: u64, unit: &Unit) -> u64 {
        let mut states = 0;
        while reachable != 0 {
            let state = reachable.trailing_zeros();
            reachable &= reachable - 1;
            if self.tests[state as usize].accepts(unit) {
                states |= 1 << state;
            }
        }
        states
    }

    fn after(&self, mut states: u64) -> u64 {
        let mut reachable = 0;
        while states != 0 {
            reachable |= self.follow[states.trailing_zeros() as usize];
            states &= states - 1;
        }
        reachable
    }

    /// Returns whether every match passes one of these states.
    pub(super) fn needs(&self, states: u64) -> bool {
        let mut reached = self.first & !states;
        loop {
            let more = (reached | self.after(reached)) & !states;
            if more == reached {
                return reached & self.last == 0;
            }
            reached = more;
        }
    }

    /// Returns whether the pattern matches all of the units.
    pub fn matches_all(&self, units: &[Unit]) -> bool {
        let mut reachable = self.first;
        let mut states = 0;
        for unit in units {
            states = self.step(reachable, unit);
            if states == 0 {
                return false;
            }
            reachable = self.after(states);
        }
        states & self.last != 0
    }

    /// Returns whether the pattern matches a run of units that begins at the near end: the left one for a
    /// forward pattern, the right one for a backward one.
    pub fn matches_from_edge(&self, units: &[Unit]) -> bool {
        match self.direction {
            Direction::Forward => self.run(units.iter(), false),
            Direction::Backward => self.run(units.iter().rev(), false),
        }
    }

    /// Returns whether the pattern matches a run of units anywhere.
    pub fn matches_within(&self, units: &[Unit]) -> bool {
        self.run(units.iter(), true)
    }

    fn run<'a>(&self, units: impl Iterator<Item = &'a Unit>, anywhere: bool) -> bool {
        let mut reachable = self.first;
        for unit in units {
            let states = self.step(reachable, unit);
            if states & self.last != 0 {
                return true;
            }
            reachable = self.after(states);
            if anywhere {
                reachable |= self.first;
            } else if reachable == 0 {
                return false;
            }
        }
        false
    }
}

/// Returns, for every part that a match must contain, the classes of which some unit of that part has one.
fn alternatives(pattern: &Pattern) -> Vec<ClassSet> {
    match pattern {
        Pattern::Unit(Element::Class(class)) => vec![ClassSet::one(*class)],
        Pattern::Unit(_) => Vec::new(),
        Pattern::Sequence(parts) => parts.iter().flat_map(alternatives).collect(),
        Pattern::Choice(options) => {
            let first_of_each: Option<Vec<ClassSet>> =
                options.iter().map(|option| alternatives(option).into_iter().next()).collect();
            let joined = first_of_each.map(|sets| {
                sets.into_iter().fold(ClassSet::default(), |mut joined, set| {
                    joined.extend(set);
                    joined
                })
            });
            joined.into_iter().collect()
        }
        Pattern::Repeat { optional: true, .. } => Vec::new(),
        Pattern::Repeat { inner, .. } => alternatives(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon};
    use crate::detect::unit::units_of_words;

    fn setup(pattern: &str, direction: Direction) -> (Automaton, Vocabulary) {
        let text = "[model]\nabout='x'\nwords=['model', 'language model']\n[fine]\nabout='x'\nwords=['state of the art']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let mut vocabulary = Vocabulary::new(&lexicon);
        let pattern = Pattern::parse(pattern, |name| lexicon.class(name)).unwrap();
        (Automaton::new(&pattern, direction, &mut vocabulary), vocabulary)
    }

    fn all(pattern: &str, text: &str) -> bool {
        let (automaton, vocabulary) = setup(pattern, Direction::Forward);
        automaton.matches_all(&units_of_words(text, &vocabulary))
    }

    #[test]
    fn a_whole_phrase_matches_or_does_not() {
        assert!(all("an? _* {model}", "a big language model"));
        assert!(!all("an? _* {model}", "a big language model today"));
        assert!(!all("an {model}", "a model"));
        assert!(all("(a | the big+) {model}", "the big big model"));
        assert!(!all("a {!model} {model}", "a model model"));
    }

    #[test]
    fn a_listed_phrase_in_a_pattern_is_one_unit() {
        assert!(all("a state-of-the-art {model}", "a state of the art model"));
        assert!(all("a {fine} {model}", "a state-of-the-art model"));
    }

    #[test]
    fn a_backward_pattern_ends_at_the_right_edge() {
        let (automaton, vocabulary) = setup("we ran ...", Direction::Backward);
        assert!(automaton.matches_from_edge(&units_of_words("here we ran on it", &vocabulary)));
        let (automaton, vocabulary) = setup("we ran", Direction::Backward);
        assert!(automaton.matches_from_edge(&units_of_words("here we ran", &vocabulary)));
        assert!(!automaton.matches_from_edge(&units_of_words("we ran it", &vocabulary)));
    }

    #[test]
    fn a_pattern_is_found_anywhere() {
        let (automaton, vocabulary) = setup("b c", Direction::Forward);
        assert!(automaton.matches_within(&units_of_words("a b b c d", &vocabulary)));
        assert!(!automaton.matches_within(&units_of_words("a b d c", &vocabulary)));
    }

    #[test]
    fn the_worked_examples_of_the_notation_hold() {
        let page = include_str!("../../patterns/README.md");
        let (_, table) = page.split_once("| pattern | matches | does not match |\n").unwrap();
        let catalogue = crate::catalogue::Catalogue::built_in().unwrap();
        let mut rows = 0;
        for row in table.lines().skip(1).take_while(|line| line.starts_with('|')) {
            let row = row.replace("\\|", "\u{0}");
            let cells: Vec<String> =
                row.split('|').map(|cell| cell.trim().trim_matches('`').replace('\u{0}', "|")).collect();
            let mut vocabulary = Vocabulary::new(&catalogue.lexicon);
            let pattern = Pattern::parse(&cells[1], |name| catalogue.lexicon.class(name)).unwrap();
            let automaton = Automaton::new(&pattern, Direction::Forward, &mut vocabulary);
            let matches = |text: &str| automaton.matches_all(&units_of_words(text, &vocabulary));
            assert!(matches(&cells[2]) && !matches(&cells[3]), "{}", cells[1]);
            rows += 1;
        }
        assert!(rows >= 12, "{rows}");
    }
}
