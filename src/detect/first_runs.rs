//! Quick rejection of texts by the letters or digits that they begin with.

/// 1 for ASCII letters, 2 for ASCII digits, 0 for other bytes.
pub const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let (letter, digit) = ((byte as u8).is_ascii_alphabetic(), (byte as u8).is_ascii_digit());
        table[byte] = letter as u8 + 2 * digit as u8;
        byte += 1;
    }
    table
};

/// A bit table of the runs of letters or digits that texts begin with, regardless of case. A text that begins
/// with another sign has the run of no letters.
#[derive(Debug)]
pub struct FirstRuns(Box<[u64]>);

/// Size of the table in bits, as a power of two: small enough to stay in a processor's cache, and much larger
/// than the number of names in a catalogue.
const TABLE_BITS: u32 = 17;

impl Default for FirstRuns {
    fn default() -> Self {
        Self(vec![0; 1 << (TABLE_BITS - 6)].into_boxed_slice())
    }
}

impl FirstRuns {
    /// Collects the runs that texts begin with.
    pub fn new<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut table = Self::default();
        texts.for_each(|text| table.insert(first_run(text).1));
        table
    }

    /// Adds a run by its hash.
    pub fn insert(&mut self, hash: u32) {
        let (word, bit) = place(hash);
        self.0[word] |= 1 << bit;
    }

    /// Returns whether a run with this hash may be in the table.
    pub fn may_hold(&self, hash: u32) -> bool {
        let (word, bit) = place(hash);
        self.0[word] >> bit & 1 == 1
    }
}

/// The hash of no bytes: FNV-1a's.
const FIRST_HASH: u32 = 0x811c_9dc5;

/// Returns the hash of a run with one byte more, regardless of case.
pub fn with_byte(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193)
}

/// Returns the length of the first run of letters, or of digits, and its case-insensitive FNV-1a hash.
pub fn first_run(bytes: &[u8]) -> (usize, u32) {
    let class = bytes.first().map_or(0, |byte| CLASS[usize::from(*byte)]);
    let (mut length, mut hash) = (0, FIRST_HASH);
    for byte in bytes.iter().take_while(|byte| class != 0 && CLASS[usize::from(**byte)] == class) {
        hash = with_byte(hash, *byte);
        length += 1;
    }
    (length, hash)
}

/// Returns the hash of a text's first run, given with its length and hash, and of the two bytes behind it; `None`
/// if the text ends before them.
pub fn hash_beyond(bytes: &[u8], (length, hash): (usize, u32)) -> Option<u32> {
    let beyond = bytes.get(length..length + 2)?;
    Some(beyond.iter().fold(hash, |hash, byte| with_byte(hash, *byte)))
}

/// Returns the hashes of a run's first byte, of its first two, and so on to all of it.
pub fn hashes_of_beginnings(run: &[u8]) -> Vec<u32> {
    let mut hash = FIRST_HASH;
    let grown = run.iter().map(|byte| {
        hash = with_byte(hash, *byte);
        hash
    });
    grown.collect()
}

/// Returns the word and the bit of the table for a hash.
fn place(hash: u32) -> (usize, u32) {
    let bit = (hash ^ hash >> TABLE_BITS) & ((1 << TABLE_BITS) - 1);
    ((bit >> 6) as usize, bit & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_known_in_any_case_and_others_are_seldom_taken_for_it() {
        let runs = FirstRuns::new([&b"Acme Research"[..], b"01.AI"].into_iter());
        let may = |text: &[u8]| runs.may_hold(first_run(text).1);
        assert!(may(b"ACME") && may(b"acme-2") && may(b"01"));
        let others = (0..1000).filter(|number| may(format!("x{number:a>4}y").as_bytes())).count();
        assert!(others < 5, "{others}");
    }

    #[test]
    fn the_beginnings_of_a_run_have_the_hashes_of_shorter_runs() {
        let hashes: Vec<u32> = ["l", "Ll", "llm"].map(|run| first_run(run.as_bytes()).1).into();
        assert_eq!(hashes_of_beginnings(b"LLM"), hashes);
    }

    #[test]
    fn what_stands_behind_a_run_tells_texts_apart_in_any_case() {
        let beyond = |text: &[u8]| hash_beyond(text, first_run(text));
        assert_eq!(beyond(b"The Pile"), beyond(b"the pine"));
        assert_ne!(beyond(b"the pile"), beyond(b"the Stack"));
        assert_eq!((beyond(b"the "), beyond(b"the")), (None, None));
    }

    #[test]
    fn a_run_ends_where_letters_meet_digits() {
        assert_eq!((first_run(b"GPT4").0, first_run(b"4o").0, first_run(b"-").0), (3, 1, 0));
        assert_eq!(first_run(b"Gpt-4").1, first_run(b"gPT 5").1);
    }
}
