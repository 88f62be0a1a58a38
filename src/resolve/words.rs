//! Words in the form that linking compares: lower case, without a plural s.

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

    /// Returns the word at an index.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", AsRef::as_ref)
    }
}

/// Tests whether a word is an amount with its scale, such as "137B".
fn is_size(word: &str) -> bool {
    match word.as_bytes() {
        [first, .., before, last] => {
            first.is_ascii_digit() && last.is_ascii_alphabetic() && !before.is_ascii_alphabetic()
        }
        [first, last] => first.is_ascii_digit() && last.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Tests whether a word is a number that says nothing apart from what it counts: the number of a table, a
/// share, the year of a citation. A number of four digits or more, such as "1,836" and "3072", is rarely
/// shared by chance.
pub(super) fn is_plain_number(word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = digits == 4 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    digits < 4 || year
}

/// Calls `use_word` with every word of a text, both folded and as written.
pub(super) fn for_each_word(text: &str, mut use_word: impl FnMut(&str, &str)) {
    let mut folded = String::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_word_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (is_word_byte(bytes[at]) || joins_digits(bytes, at)) {
            at += 1;
        }
        let Some(word) = text.get(start..at) else { continue };
        if is_size(word) {
            continue; // it is weighed as a quantity, not as a word too
        }
        folded.clear();
        if word.is_ascii() {
            folded.push_str(word);
            folded.make_ascii_lowercase();
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
        if folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("ss") {
            folded.pop();
        }
        use_word(&folded, word);
    }
}

/// Tests for letters, digits, and the bytes of characters beyond ASCII.
fn is_word_byte(byte: u8) -> bool {
    IS_WORD_BYTE[usize::from(byte)]
}

const IS_WORD_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0x80;
        byte += 1;
    }
    table
};

/// Tests for a point or comma between digits, which belongs to the number.
fn joins_digits(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',')
        && at > 0
        && bytes[at - 1].is_ascii_digit()
        && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
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
