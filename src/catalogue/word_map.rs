//! A map of words that are looked up for each word of a text.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::short_words::ShortWords;

/// Longest word, in bytes, that is looked up in any case: no lexicon has a longer one.
const LONGEST_WORD: usize = 48;

/// Numbers of words.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordMap {
    /// ASCII words of at most 16 bytes, which most are, keyed by those bytes in lower case.
    short: ShortWords,
    long: HashMap<Box<str>, u32, FixedState>,
}

impl WordMap {
    /// Makes room for so many words more.
    pub fn reserve(&mut self, words: usize) {
        self.short.reserve(words);
    }

    /// Returns the number of a word in lower case.
    pub fn get(&self, word: &str) -> Option<u32> {
        match short_key(word) {
            Some(key) => self.short.get(key),
            None => self.long.get(word).copied(),
        }
    }

    /// Returns the number of a word of small ASCII letters, at most 8, given as a number whose lowest byte is the
    /// first letter.
    pub fn get_small(&self, letters: u64) -> Option<u32> {
        self.short.get(letters.into())
    }

    /// Returns the number of a word in any case.
    pub fn get_in_any_case(&self, word: &str) -> Option<u32> {
        match short_key(word) {
            Some(key) => self.short.get(key),
            None if word.len() > LONGEST_WORD => None,
            None => self.long.get(word.to_lowercase().as_str()).copied(),
        }
    }

    /// Returns the number of a word in lower case, which is `next` if the word is new.
    pub fn get_or_insert(&mut self, word: &str, next: u32) -> u32 {
        match short_key(word) {
            Some(key) => self.short.get_or_insert(key, next),
            None => match self.long.get(word) {
                Some(known) => *known,
                None => *self.long.entry(word.into()).or_insert(next),
            },
        }
    }
}

/// Packs a short ASCII word into a number, regardless of case. Different words have different keys, since no
/// word contains a zero byte.
fn short_key(word: &str) -> Option<u128> {
    let bytes = packed(word.as_bytes())?;
    (bytes & repeated(0x80) == 0).then(|| lower_case(bytes))
}

/// Returns a number all of whose bytes are alike.
const fn repeated(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; 16])
}

/// Converts 16 bytes of ASCII to lower case at once: sums set the upper bit of each byte that lies beyond a bound.
const fn lower_case(bytes: u128) -> u128 {
    let from_a = bytes + repeated(0x80 - b'A');
    let beyond_z = bytes + repeated(0x7F - b'Z');
    bytes | ((from_a ^ beyond_z) & repeated(0x80)) >> 2
}

/// Packs up to 16 bytes into a number. The two ends are read as whole numbers, which may overlap: copying bytes of
/// any number costs more than all else that is done for a word.
fn packed(bytes: &[u8]) -> Option<u128> {
    let length = bytes.len();
    if length > 16 {
        return None;
    }
    let ends = |first: u64, last: u64, size: usize| {
        u128::from(first) | u128::from(last) << (8 * (length - size)) // the size is that of both, so no longer
    };
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return Some(ends(u64::from_le_bytes(*first), u64::from_le_bytes(*last), 8));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return Some(ends(u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into(), 4));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return Some(ends(u16::from_le_bytes(*first).into(), u16::from_le_bytes(*last).into(), 2));
    }
    Some(bytes.first().copied().unwrap_or_default().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_number_are_packed_in_order() {
        let text = b"abcdefghijklmnopq";
        for length in 0..=16 {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(&text[..length]);
            assert_eq!(packed(&text[..length]), Some(u128::from_le_bytes(bytes)), "{length}");
        }
        assert_eq!(packed(text), None);
    }

    #[test]
    fn letters_and_no_signs_have_a_lower_case() {
        let all: Vec<u8> = (0..=0x7F).collect();
        for bytes in all.chunks(16) {
            let chunk: [u8; 16] = bytes.try_into().unwrap();
            assert_eq!(
                lower_case(u128::from_le_bytes(chunk)).to_le_bytes(),
                chunk.map(|byte| byte.to_ascii_lowercase())
            );
        }
        assert_eq!((short_key("é"), short_key("a\u{7f}B")), (None, short_key("A\u{7f}b")));
    }

    #[test]
    fn words_are_known_by_their_numbers_in_any_case() {
        let mut map = WordMap::default();
        for (number, word) in ["model", "a-word-of-more-than-16-bytes", "naïve"].into_iter().enumerate() {
            assert_eq!(map.get_or_insert(word, number as u32), number as u32);
            assert_eq!((map.get_or_insert(word, 9), map.get(word)), (number as u32, Some(number as u32)));
        }
        assert_eq!((map.get_in_any_case("MODEL"), map.get_in_any_case("Naïve")), (Some(0), Some(2)));
        assert_eq!((map.get("models"), map.get("")), (None, None));
        assert_eq!(map.get_small(u64::from_le_bytes(*b"model\0\0\0")), Some(0));
    }
}
