//! Words in the form that linking compares: lower case, without a plural s.

pub(super) use super::word_cutting::{for_each_entry_word, for_each_word, is_plain_number};
use crate::catalogue::WordMap;

/// A word's index in the vocabulary.
pub(super) type WordId = u32;

/// All words of the catalogue's phrases.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: WordMap,
    words: Vec<Box<str>>,
}

impl Vocabulary {
    /// Makes room for so many words more.
    pub fn reserve(&mut self, words: usize) {
        self.ids.reserve(words);
        self.words.reserve(words);
    }

    /// Returns a word's index, if the catalogue contains it.
    pub fn id(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded)
    }

    /// Returns a word's index, adding the word if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        let next = self.words.len() as WordId;
        let id = self.ids.get_or_insert(folded, next);
        if id == next {
            self.words.push(folded.into());
        }
        id
    }

    /// Adds a word that is known to be new.
    pub fn add(&mut self, folded: &str) {
        self.intern(folded);
    }

    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the word at an index.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, |folded, _| words.push(folded.to_string()));
        words
    }

    #[test]
    fn case_and_plural_do_not_matter() {
        assert_eq!(
            words("Noisy Pairs, a pair; 1,836 tasks at 97.5%"),
            ["noisy", "pair", "a", "pair", "1,836", "task", "at", "97.5"]
        );
    }

    #[test]
    fn short_numbers_and_years_tell_nothing() {
        assert!(["3", "97.5", "2024", "1998"].into_iter().all(is_plain_number));
        assert!(!["3d", "v2", "four", "1,836", "3072"].into_iter().any(is_plain_number));
    }

    proptest! {
        #[test]
        fn any_text_has_words_or_none(text in "\\PC{0,40}") {
            for_each_word(&text, |folded, word| assert!(!folded.is_empty() && text.contains(word)));
        }
    }
}
