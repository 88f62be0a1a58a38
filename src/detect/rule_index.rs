//! Index of rules by the words and classes that a sentence must hold for them to match.
//!
//! Every match of a pattern begins with one of its first units, ends with one of its last, and passes every
//! unit that no path avoids. Each of these is a set of words and classes of which the sentence must hold one.
//! A rule is indexed by the rarest such set of its patterns, so that a sentence costs only the rules that it
//! may concern.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::automaton::{Automaton, Test};
use super::unit::Unit;
use super::vocabulary::{Vocabulary, WordId};
use crate::catalogue::{ClassId, ClassSet, MAX_CLASSES};

/// A word or a class by which rules are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// This word.
    Word(WordId),
    /// Any word of this class.
    Class(ClassId),
}

/// Rough frequencies of words and classes in texts; only which of two is rarer matters.
#[derive(Debug)]
pub struct Commonness {
    classes: Vec<f64>,
}

/// Frequency of a class without listed words, which the program assigns itself: many units have it.
const MARK: f64 = 2.0;

impl Commonness {
    /// Estimates frequencies from the length of words: the most common ones are short.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut classes = vec![0.0; MAX_CLASSES];
        for (word, of_word) in vocabulary.all_classes().enumerate() {
            let share = of_length(vocabulary.length(WordId(word as u32))); // far fewer than 2^32 words
            of_word.iter().for_each(|class| classes[usize::from(class.0)] += share);
        }
        classes.iter_mut().filter(|share| **share == 0.0).for_each(|share| *share = MARK);
        Self { classes }
    }

    fn of(&self, key: Key, vocabulary: &Vocabulary) -> f64 {
        match key {
            Key::Word(word) => of_length(vocabulary.length(word)),
            Key::Class(class) => self.classes[usize::from(class.0)],
        }
    }

    /// Returns the rarest set of words and classes of which every match of all the patterns holds one, with
    /// its frequency; `None` if some match needs no particular word.
    pub fn rarest<'a>(
        &self,
        patterns: impl Iterator<Item = &'a Automaton>,
        vocabulary: &Vocabulary,
    ) -> Option<(Vec<Key>, f64)> {
        let share = |keys: &[Key]| -> f64 { keys.iter().map(|key| self.of(*key, vocabulary)).sum() };
        let sets = patterns.flat_map(needed).map(|keys| {
            let share = share(&keys);
            (keys, share)
        });
        sets.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Returns the estimated share of sentences that hold a word of this length.
fn of_length(letters: u8) -> f64 {
    match letters {
        0..=2 => 0.3,
        3 => 0.15,
        4 => 0.05,
        5 | 6 => 0.02,
        _ => 0.01,
    }
}

/// Iterates over the sets of words and classes of which every match of a pattern holds one.
pub(super) fn needed(automaton: &Automaton) -> impl Iterator<Item = Vec<Key>> {
    let passed = beside_each_other(automaton).into_iter().filter(|states| automaton.needs(*states));
    let sets: Vec<u64> = [automaton.first, automaton.last].into_iter().chain(passed).collect();
    sets.into_iter().filter_map(|set| keys(automaton, set))
}

/// Returns each state with those that take its place in other alternatives: they have the same successors or
/// the same predecessors.
fn beside_each_other(automaton: &Automaton) -> Vec<u64> {
    let states = 0..automaton.tests.len();
    let ends = |state: usize| (automaton.follow[state], automaton.last >> state & 1);
    let leads_to = |state: usize| {
        let before = states.clone().filter(|other| automaton.follow[*other] >> state & 1 == 1);
        (before.fold(0_u64, |set, other| set | 1 << other), automaton.first >> state & 1)
    };
    let mut groups: HashMap<_, u64, FixedState> = HashMap::default();
    let is_key = |state: &usize| matches!(automaton.tests[*state], Test::Word(_) | Test::Class(_));
    for state in states.clone().filter(is_key) {
        *groups.entry((true, ends(state))).or_default() |= 1 << state;
        *groups.entry((false, leads_to(state))).or_default() |= 1 << state;
    }
    let mut sets: Vec<u64> = states.map(|state| 1 << state).chain(groups.into_values()).collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// Returns the words and classes of some states; `None` if one of them accepts anything else.
fn keys(automaton: &Automaton, states: u64) -> Option<Vec<Key>> {
    let tests = automaton.tests.iter().enumerate().filter(|(state, _)| states >> state & 1 == 1);
    tests
        .map(|(_, test)| match test {
            Test::Word(word) => Some(Key::Word(*word)),
            Test::Class(class) => Some(Key::Class(*class)),
            Test::NotClass(_) | Test::Any => None,
        })
        .collect()
}

/// Rules indexed by the words and classes of which they need one.
#[derive(Debug, Default)]
pub struct RuleIndex {
    /// For each word, the index of its list in `rules`, counted from 1; 0 if it has none.
    words: Vec<u32>,
    /// The same for each class that has rules.
    classes: Vec<(ClassId, u32)>,
    rules: Vec<Vec<u32>>,
    /// Rules that need no particular word.
    always: Vec<u32>,
}

impl RuleIndex {
    /// Adds a rule under its keys; a rule without any is visited every time.
    pub fn add(&mut self, rule: u32, keys: Option<Vec<Key>>) {
        let Some(keys) = keys else { return self.always.push(rule) };
        for key in keys {
            let place = self.place(key);
            let rules = &mut self.rules[place as usize - 1];
            if rules.last() != Some(&rule) {
                rules.push(rule);
            }
        }
    }

    fn place(&mut self, key: Key) -> u32 {
        let next = self.rules.len() as u32 + 1; // as many keys at most as words and classes
        let place = match key {
            Key::Word(WordId(word)) => {
                let word = word as usize;
                if self.words.len() <= word {
                    self.words.resize(word + 1, 0);
                }
                if self.words[word] == 0 {
                    self.words[word] = next;
                }
                self.words[word]
            }
            Key::Class(class) => match self.classes.iter().find(|(other, _)| *other == class) {
                Some((_, place)) => *place,
                None => {
                    self.classes.push((class, next));
                    next
                }
            },
        };
        if place == next {
            self.rules.push(Vec::new());
        }
        place
    }

    /// Calls `visit` on every rule that may match a sentence of these units and classes, possibly more than
    /// once.
    pub fn each(&self, units: &[Unit], classes: ClassSet, mut visit: impl FnMut(u32)) {
        let of_words = units.iter().filter_map(|unit| self.words.get(unit.word.0 as usize));
        let of_classes = self.classes.iter().filter(|(class, _)| classes.has(*class)).map(|(_, place)| place);
        let found = of_words.chain(of_classes).filter(|place| **place > 0);
        found.filter_map(|place| self.rules.get(*place as usize - 1)).flatten().for_each(|rule| visit(*rule));
        self.always.iter().for_each(|rule| visit(*rule));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon, Pattern};
    use crate::detect::automaton::Direction;

    /// Returns the words and classes that a pattern is indexed by, as they are written.
    fn kept(pattern: &str) -> Option<Vec<String>> {
        let text = "[model]\nabout='x'\nwords=['model']\n[many]\nabout='x'\nwords=['a', 'an', 'the', 'of']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let mut vocabulary = Vocabulary::new(&lexicon);
        let commonness = Commonness::new(&vocabulary);
        let pattern = Pattern::parse(pattern, |name| lexicon.class(name)).unwrap();
        let automaton = Automaton::new(&pattern, Direction::Forward, &mut vocabulary);
        let name = |key: &Key| match key {
            Key::Class(class) => lexicon.classes[usize::from(class.0)].name.clone(),
            Key::Word(word) => ["a", "given", "granted", "access", "to", "that"]
                .into_iter()
                .find(|text| vocabulary.look_up(text) == *word)
                .unwrap_or_default()
                .to_string(),
        };
        let (keys, _) = commonness.rarest([&automaton].into_iter(), &vocabulary)?;
        Some(keys.iter().map(name).collect())
    }

    #[test]
    fn a_rule_is_kept_under_the_rarest_that_every_match_needs() {
        assert_eq!(kept("that? (given | granted) access to").unwrap(), ["access"]);
        assert_eq!(kept("{many} _* {model}").unwrap(), ["model"]);
        assert_eq!(kept("(given | granted) _* a").unwrap(), ["given", "granted"]);
        assert_eq!(kept("_* (given | granted access) {many}").unwrap(), ["given", "granted"]);
        assert_eq!(kept("_* (given | granted)? {many}").unwrap(), ["many"]);
        assert_eq!(kept("(given | _) _?"), None);
        assert_eq!(kept("that? {capitalised}").unwrap(), ["capitalised"]);
    }

    #[test]
    fn an_index_gives_the_rules_of_a_key_and_those_without_any() {
        let mut index = RuleIndex::default();
        index.add(0, Some(vec![Key::Word(WordId(7)), Key::Class(ClassId(3))]));
        index.add(1, None);
        index.add(2, Some(vec![Key::Word(WordId(9))]));
        let rules = |classes: ClassSet| {
            let mut found = Vec::new();
            index.each(&[], classes, |rule| found.push(rule));
            found
        };
        assert_eq!(rules(ClassSet::default()), [1]);
        assert_eq!(rules(ClassSet::one(ClassId(3))), [0, 1]);
    }
}
