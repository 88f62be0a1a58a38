//! A table of words of at most 16 ASCII bytes, packed into numbers.
//!
//! Most words of a text are looked up here, and most are not in it: a table with open addressing and a hash of two
//! multiplications takes a third of the time of a general map.

/// Numbers of words by their packed bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortWords {
    /// The keys, at most half of a power of two; 0 where there is none.
    keys: Vec<u128>,
    numbers: Vec<u32>,
    count: usize,
    /// Number of bits of a hash that are no place of a key.
    shift: u32,
}

/// A bit that no byte of ASCII has, so that no key is 0.
const ANY: u128 = 1 << 127;
const FEWEST_PLACES: usize = 16;

impl ShortWords {
    /// Makes room for so many words more.
    pub fn reserve(&mut self, words: usize) {
        let places = (2 * (self.count + words)).next_power_of_two().max(FEWEST_PLACES);
        if places > self.keys.len() {
            let old = std::mem::take(self);
            self.shift = u64::BITS - places.trailing_zeros();
            self.keys = vec![0; places];
            self.numbers = vec![0; places];
            for (key, number) in old.keys.into_iter().zip(old.numbers).filter(|(key, _)| *key != 0) {
                self.get_or_insert_key(key, number);
            }
        }
    }

    /// Returns the place of a key, or the free one where it would be.
    fn place(&self, key: u128) -> usize {
        let (low, high) = (key as u64, (key >> 64) as u64);
        let hash =
            low.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F));
        let mut place = (hash >> self.shift) as usize;
        while let Some(there) = self.keys.get(place)
            && *there != key
            && *there != 0
        {
            place = (place + 1) & (self.keys.len() - 1);
        }
        place
    }

    /// Returns the number of a word given by its bytes.
    pub fn get(&self, word: u128) -> Option<u32> {
        if self.keys.is_empty() {
            return None;
        }
        let (key, place) = (word | ANY, self.place(word | ANY));
        if *self.keys.get(place)? == key { self.numbers.get(place).copied() } else { None }
    }

    /// Returns the number of a word given by its bytes, which is `next` if the word is new.
    pub fn get_or_insert(&mut self, word: u128, next: u32) -> u32 {
        if 2 * (self.count + 1) > self.keys.len() {
            self.reserve(self.count.max(FEWEST_PLACES));
        }
        self.get_or_insert_key(word | ANY, next)
    }

    fn get_or_insert_key(&mut self, key: u128, next: u32) -> u32 {
        let place = self.place(key);
        if self.keys[place] != key {
            self.keys[place] = key;
            self.numbers[place] = next;
            self.count += 1;
        }
        self.numbers[place]
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
