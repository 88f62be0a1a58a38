//! A table of words of at most 16 ASCII bytes, packed into numbers.
//!
//! Most words of a text are looked up here, and most are not in it: a table with open addressing and a hash of two
//! multiplications takes a third of the time of a general map. The words themselves lie apart from the table, so that
//! a processor's cache holds all of it: what is not in memory close by takes longer than all else.

/// Numbers of words by their packed bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortWords {
    /// For each place, at most half of a power of two, one more than the index of a word in `words`, and in the upper
    /// bits a part of its hash; 0 where there is none.
    places: Vec<u32>,
    words: Vec<(u128, u32)>,
    /// Number of bits of a hash that are no place of a key.
    shift: u32,
}

/// Number of bits of an index; a catalogue has far fewer than 2^24 words.
const INDEX_BITS: u32 = 24;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
const FEWEST_PLACES: usize = 16;

fn hash(word: u128) -> u64 {
    let (low, high) = (word as u64, (word >> 64) as u64);
    low.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F))
}

/// Returns the part of a hash that stands beside an index: other bits than those of the place.
fn tag(hash: u64) -> u32 {
    (hash >> 8) as u32 & !INDEX
}

impl ShortWords {
    /// Makes room for so many words more.
    pub fn reserve(&mut self, words: usize) {
        let places = (2 * (self.words.len() + words)).next_power_of_two().max(FEWEST_PLACES);
        if places > self.places.len() {
            self.shift = u64::BITS - places.trailing_zeros();
            self.places = vec![0; places];
            self.words.reserve(words);
            for index in 0..self.words.len() {
                self.place(index);
            }
        }
    }

    /// Enters a word that is in no place yet.
    fn place(&mut self, index: usize) {
        let hash = hash(self.words[index].0);
        let mut place = (hash >> self.shift) as usize;
        while self.places[place] != 0 {
            place = (place + 1) & (self.places.len() - 1);
        }
        self.places[place] = tag(hash) | (index + 1) as u32;
    }

    /// Returns the number of a word given by its bytes.
    pub fn get(&self, word: u128) -> Option<u32> {
        let hash = hash(word);
        let mut place = (hash >> self.shift) as usize;
        loop {
            let there = self.places.get(place).copied().filter(|there| *there != 0)?;
            if there & !INDEX == tag(hash) {
                let (known, number) = self.words.get((there & INDEX).wrapping_sub(1) as usize)?;
                if *known == word {
                    return Some(*number);
                }
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }

    /// Returns the number of a word given by its bytes, which is `next` if the word is new.
    pub fn get_or_insert(&mut self, word: u128, next: u32) -> u32 {
        if let Some(known) = self.get(word) {
            return known;
        }
        if 2 * (self.words.len() + 1) > self.places.len() {
            self.reserve(self.words.len().max(FEWEST_PLACES));
        }
        self.words.push((word, next));
        self.place(self.words.len() - 1);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_however_many_follow() {
        let mut words = ShortWords::default();
        assert_eq!(words.get(0), None);
        let word = |number: u32| u128::from(number) * 0x0101_0001_0000_0000_0001;
        for number in 0..1000 {
            assert_eq!(words.get_or_insert(word(number), number), number);
            assert_eq!(words.get_or_insert(word(number), 7777), number);
        }
        assert!((0..1000).all(|number| words.get(word(number)) == Some(number)));
        assert!((1000..2000).all(|number| words.get(word(number)).is_none()));
    }
}
