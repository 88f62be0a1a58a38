//! Units of patterns that no text can match.

use super::automaton::{Automaton, Direction, Test};
use super::rule_index::needed;
use super::token::tokenise;
use super::vocabulary::{Vocabulary, WordId};
use crate::catalogue::{BUILT_IN_CLASSES, ClassId, ClassSet, Element, Lexicon, Pattern};
use crate::document::ByteSpan;

/// The reason why no text can match a unit of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// Text is never cut so that the word is one unit.
    NoUnit,
    /// No word belongs to the class.
    EmptyClass,
    /// No path through the pattern leads over it.
    NoPath,
}

/// The vocabulary and classes that decide which patterns a text can match.
#[derive(Debug)]
pub struct PatternAnalysis {
    vocabulary: Vocabulary,
    /// Classes that a unit of text can have.
    possible: ClassSet,
    /// Classes of which some word can be the head of a noun phrase.
    heads: ClassSet,
}

impl PatternAnalysis {
    /// Prepares the analysis of patterns over a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let vocabulary = Vocabulary::new(lexicon);
        let mut head = ClassSet::default();
        let mut possible = ClassSet::default();
        for (name, _) in BUILT_IN_CLASSES {
            possible.extend(lexicon.class(name).map(ClassSet::one).unwrap_or_default());
        }
        let mut heads = possible;
        for (index, class) in lexicon.classes.iter().enumerate() {
            if class.head.is_some() {
                head.insert(ClassId(index as u8)); // a lexicon holds up to 256 classes
            }
        }
        for classes in vocabulary.all_classes() {
            possible.extend(classes);
            if classes.has_any(head) {
                heads.extend(classes);
            }
        }
        Self { vocabulary, possible, heads }
    }

    /// Returns the classes of a word in lower case.
    pub fn classes_of(&self, word: &str) -> ClassSet {
        self.vocabulary.classes(self.vocabulary.look_up(word))
    }

    /// Returns the units of a pattern that no text can match, by index in the order of
    /// [`Pattern::for_each_element`]. `is_phrase` means that a match ends in a head word.
    pub fn dead_units(
        &mut self,
        pattern: &Pattern,
        direction: Direction,
        is_phrase: bool,
    ) -> Vec<(usize, Unreachable)> {
        let mut reasons: Vec<Option<Unreachable>> = Vec::new();
        pattern.for_each_element(&mut |element| reasons.push(self.impossible(element)));
        let automaton = Automaton::new(pattern, direction, &mut self.vocabulary);
        let mut possible = 0_u64;
        let mut first = 0;
        for (state, length) in automaton.lengths.iter().enumerate() {
            let of_state = reasons.get(first..first + usize::from(*length)).unwrap_or_default();
            // A phrase that the lexicon lists is one unit, of however many words it is written.
            if *length > 1 || of_state.iter().all(Option::is_none) {
                possible |= 1 << state;
            }
            first += usize::from(*length);
        }
        let live = self.live(&automaton, possible, is_phrase);
        let mut dead = Vec::new();
        let mut first = 0;
        for (state, length) in automaton.lengths.iter().enumerate() {
            let last = first + usize::from(*length);
            if live >> state & 1 == 0 {
                dead.extend((first..last).map(|unit| (unit, reasons[unit].unwrap_or(Unreachable::NoPath))));
            }
            first = last;
        }
        dead
    }

    /// Returns whether a pattern can match without any particular word or class, so that no sentence can be
    /// skipped because it lacks one.
    pub fn needs_nothing(&mut self, pattern: &Pattern) -> bool {
        let automaton = Automaton::new(pattern, Direction::Forward, &mut self.vocabulary);
        needed(&automaton).next().is_none()
    }

    fn impossible(&self, element: &Element) -> Option<Unreachable> {
        match element {
            Element::Word(word) => {
                let mut tokens = Vec::new();
                // A possessive is only one after a word.
                let text = if word == "'s" { "x's" } else { word };
                tokenise(text, ByteSpan::new(0, text.len()), &self.vocabulary, &mut tokens);
                let wanted = if word == "'s" { 2 } else { 1 };
                (tokens.len() != wanted).then_some(Unreachable::NoUnit)
            }
            Element::Class(class) => (!self.possible.has(*class)).then_some(Unreachable::EmptyClass),
            Element::NotClass(_) | Element::Any => None,
        }
    }

    /// Returns the states that lie on a path from the start to the end of a match.
    fn live(&self, automaton: &Automaton, possible: u64, is_phrase: bool) -> u64 {
        let states = 0..automaton.tests.len();
        let bits = |set: u64| states.clone().filter(move |state| set >> state & 1 == 1);
        let joins = |one: usize, next: u64| -> u64 {
            bits(next & possible)
                .filter(|other| !self.is_one_unit(automaton, one, *other))
                .map(|other| 1 << other)
                .sum()
        };
        let mut reached = automaton.first & possible;
        loop {
            let more = bits(reached).fold(reached, |more, one| more | joins(one, automaton.follow[one]));
            if more == reached {
                break;
            }
            reached = more;
        }
        let mut leading = automaton.last & reached;
        if is_phrase {
            leading = bits(leading)
                .filter(|state| self.can_be_head(automaton.tests[*state]))
                .map(|state| 1 << state)
                .sum();
        }
        loop {
            let leads = |one: &usize| joins(*one, automaton.follow[*one]) & leading != 0;
            let more: u64 =
                leading | bits(reached).filter(leads).map(|state| 1_u64 << state).fold(0, |a, b| a | b);
            if more == leading {
                break;
            }
            leading = more;
        }
        leading
    }

    /// Returns whether two successive words are a phrase that the lexicon lists, so that no text has them as
    /// two units.
    fn is_one_unit(&self, automaton: &Automaton, one: usize, next: usize) -> bool {
        let (Test::Word(one), Test::Word(next)) = (automaton.tests[one], automaton.tests[next]) else {
            return false;
        };
        let words: [WordId; 2] = match automaton.direction {
            Direction::Forward => [one, next],
            Direction::Backward => [next, one],
        };
        self.vocabulary.phrase_at(words.into_iter()).is_some_and(|(_, length)| length == 2)
    }

    fn can_be_head(&self, test: Test) -> bool {
        match test {
            Test::Word(word) => self.vocabulary.classes(word).has_any(self.heads),
            Test::Class(class) => self.heads.has(class),
            Test::NotClass(_) | Test::Any => true,
        }
    }
}
