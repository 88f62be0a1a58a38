//! The words of the catalogue, each with its classes.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::{ClassId, ClassSet, Lexicon, WordMap};

/// The index of a word or listed phrase in the vocabulary; 0 is every word that is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct WordId(pub u32);

#[derive(Debug)]
struct ListedPhrase {
    rest: Box<[WordId]>,
    id: WordId,
}

/// Number of bits for pairs of words, as a power of two: some eight times that of listed phrases.
const PAIR_BITS: u32 = 15;

/// Returns the part of the bits and the bit in it that stand for a pair of words.
fn place_of_pair(first: WordId, second: WordId) -> (usize, u32) {
    let hash = first.0.wrapping_mul(0x9E37_79B1) ^ second.0.wrapping_mul(0x85EB_CA6B);
    let place = hash >> (u32::BITS - PAIR_BITS);
    ((place >> 6) as usize, place & 63)
}

/// Words and listed phrases ("state of the art") with their classes.
#[derive(Debug)]
pub struct Vocabulary {
    words: WordMap,
    classes: Vec<ClassSet>,
    /// The length of each word or listed phrase, in bytes.
    lengths: Vec<u8>,
    /// For each word, set when a listed phrase begins with it: most words need no further look-up.
    begins_phrase: Vec<bool>,
    /// A bit for each hash of the first two words of listed phrases, of which texts seldom hold both.
    pairs: Box<[u64]>,
    /// The listed phrases by their first word, longest first.
    phrases: HashMap<WordId, Vec<ListedPhrase>, FixedState>,
}

impl Vocabulary {
    /// Collects the words of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut vocabulary = Self {
            words: WordMap::default(),
            classes: vec![ClassSet::default()],
            lengths: vec![0],
            begins_phrase: Vec::new(),
            pairs: Box::default(),
            phrases: HashMap::default(),
        };
        // Most are one word, and other parts of the catalogue know about as many more.
        vocabulary.words.reserve(lexicon.classes.iter().map(|class| class.words.len()).sum());
        for class in lexicon.classes.iter() {
            for word in &class.words {
                let id = vocabulary.add_phrase(word);
                if id != WordId(0) {
                    vocabulary.classes[id.0 as usize].extend(class.lineage);
                }
            }
        }
        vocabulary.order_phrases();
        vocabulary
    }

    /// Adds names, which need not be in lower case, as words and listed phrases of a class.
    pub fn add_names<'n>(&mut self, names: impl Iterator<Item = &'n str>, class: ClassId) {
        for name in names {
            let id = self.add_phrase(&name.to_lowercase());
            if id != WordId(0) {
                self.classes[id.0 as usize].insert(class);
            }
        }
        self.order_phrases();
    }

    /// Brings the listed phrases into the order in which they are looked up.
    fn order_phrases(&mut self) {
        self.begins_phrase = vec![false; self.classes.len()];
        self.pairs = vec![0; 1 << (PAIR_BITS - 6)].into_boxed_slice();
        for (first, phrases) in &mut self.phrases {
            self.begins_phrase[first.0 as usize] = true;
            for second in phrases.iter().filter_map(|phrase| phrase.rest.first()) {
                let (part, bit) = place_of_pair(*first, *second);
                self.pairs[part] |= 1 << bit;
            }
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// Returns the id of a word in lower case, adding it if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let next = WordId(self.classes.len() as u32); // a catalogue has far fewer than 2^32 words
        let id = WordId(self.words.get_or_insert(word, next.0));
        if id == next {
            self.push(word.len());
        }
        id
    }

    /// Returns the id of a list entry: a word, added if it is new, or a phrase that is already listed.
    pub fn intern_entry(&mut self, entry: &str) -> Option<WordId> {
        let mut words = split_words(entry).map(|word| self.intern(word));
        let first = words.next()?;
        let rest: Vec<WordId> = words.collect();
        if rest.is_empty() {
            return Some(first);
        }
        let (id, length) = self.phrase_at(std::iter::once(first).chain(rest.iter().copied()))?;
        (length == rest.len() + 1).then_some(id)
    }

    fn push(&mut self, length: usize) {
        self.classes.push(ClassSet::default());
        self.lengths.push(u8::try_from(length).unwrap_or(u8::MAX));
    }

    fn add_phrase(&mut self, phrase: &str) -> WordId {
        let mut words = split_words(phrase).map(|word| self.intern(word));
        let Some(first) = words.next() else { return WordId(0) };
        let rest: Box<[WordId]> = words.collect();
        if rest.is_empty() {
            return first;
        }
        let listed = self.phrases.entry(first).or_default();
        if let Some(known) = listed.iter().find(|known| known.rest == rest) {
            return known.id;
        }
        let id = WordId(self.classes.len() as u32);
        listed.push(ListedPhrase { rest, id });
        self.push(phrase.len());
        id
    }

    /// Returns the number of words and listed phrases, with that of no word.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Returns the length of a word or listed phrase, in bytes.
    pub fn length(&self, word: WordId) -> u8 {
        self.lengths.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Looks up a word of the text, regardless of case.
    pub fn look_up(&self, word: &str) -> WordId {
        self.words.get_in_any_case(word).map(WordId).unwrap_or_default()
    }

    /// Looks up a word of at most 8 small ASCII letters, the first of them in the lowest byte.
    pub fn look_up_small(&self, letters: u64) -> WordId {
        self.words.get_small(letters).map(WordId).unwrap_or_default()
    }

    /// Returns whether a listed phrase begins with a word.
    pub fn begins_phrase(&self, word: WordId) -> bool {
        self.begins_phrase.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Returns the classes of a word or listed phrase.
    pub fn classes(&self, word: WordId) -> ClassSet {
        self.classes.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Returns whether a word of the text, regardless of case, is in any of these classes.
    pub fn is_in(&self, word: &str, classes: ClassSet) -> bool {
        self.classes(self.look_up(word)).has_any(classes)
    }

    /// Iterates over the classes of every word and listed phrase.
    pub fn all_classes(&self) -> impl Iterator<Item = ClassSet> {
        self.classes.iter().copied()
    }

    /// Returns the longest listed phrase that `words` begins with: its id and its number of words.
    pub fn phrase_at(&self, mut words: impl Iterator<Item = WordId> + Clone) -> Option<(WordId, usize)> {
        let first = words.next()?;
        if !self.begins_phrase(first) {
            return None;
        }
        let (part, bit) = place_of_pair(first, words.clone().next()?);
        if self.pairs.get(part)? >> bit & 1 == 0 {
            return None;
        }
        let listed = self.phrases.get(&first)?;
        listed
            .iter()
            .find(|phrase| phrase.rest.iter().copied().eq(words.clone().take(phrase.rest.len())))
            .map(|phrase| (phrase.id, phrase.rest.len() + 1))
    }
}

/// Cuts a lexicon entry as text is cut: at spaces and hyphens, with signs as words of their own.
fn split_words(phrase: &str) -> impl Iterator<Item = &str> {
    let only_hyphens = phrase.bytes().all(|byte| byte == b'-');
    let gaps: &[char] = if only_hyphens { &[] } else { &[' ', '-'] };
    phrase.split(gaps).filter(|word| !word.is_empty()).flat_map(|word| {
        let is_part = |c: char| c.is_alphanumeric();
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let length = if is_part(first) {
                rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())
            } else if rest.starts_with("'s") {
                2
            } else {
                first.len_utf8()
            };
            let (piece, behind) = rest.split_at(length);
            rest = behind;
            Some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;

    #[test]
    fn the_longest_listed_phrase_wins_and_hyphens_are_spaces() {
        let text = "[a]\nabout='x'\nwords=['state', 'state of', 'state-of-the-art']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let vocabulary = Vocabulary::new(&Lexicon::read(&[&file]).unwrap());
        let words: Vec<WordId> =
            ["State", "OF", "the", "art", "x"].iter().map(|word| vocabulary.look_up(word)).collect();
        assert_eq!(words[4], WordId(0));
        assert_eq!(vocabulary.phrase_at(words.iter().copied()).unwrap().1, 4);
        assert_eq!(vocabulary.phrase_at(words[..3].iter().copied()).unwrap().1, 2);
        assert_eq!(vocabulary.phrase_at(words[1..].iter().copied()), None);
    }

    #[test]
    fn entries_are_cut_as_text_is() {
        assert_eq!(split_words("--").collect::<Vec<_>>(), ["-", "-"]);
        assert_eq!(split_words("e.g.").collect::<Vec<_>>(), ["e", ".", "g", "."]);
        assert_eq!(split_words("world's best-known").collect::<Vec<_>>(), ["world", "'s", "best", "known"]);
    }
}
