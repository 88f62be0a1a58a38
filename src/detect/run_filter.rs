//! Quick rejection of words by the run of letters or digits that they begin with, read eight bytes at once.

use super::first_runs::CLASS;

/// A run of letters or of digits, told by its length and its first eight bytes in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunKey {
    /// Its length in bytes.
    pub length: usize,
    first: u64,
}

/// A number all of whose bytes are 1.
const EACH: u64 = 0x0101_0101_0101_0101;
const UPPER: u64 = 0x80 * EACH;

/// Sets the upper bit of each byte that lies between two of ASCII: sums set the upper bits of bytes beyond a bound.
const fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let lower = bytes & !UPPER;
    let from_first = lower + (0x80 - first as u64) * EACH;
    let beyond_last = lower + (0x7F - last as u64) * EACH;
    from_first & !beyond_last & !bytes & UPPER
}

/// Returns the lowest bytes of a number.
const fn lowest(bytes: u64, count: usize) -> u64 {
    if count < 8 { bytes & ((1 << (8 * count)) - 1) } else { bytes }
}

impl RunKey {
    /// Reads the run that begins a text.
    pub fn of(text: &[u8]) -> Self {
        let class = text.first().map_or(0, |byte| CLASS[usize::from(*byte)]);
        let rest = |from: usize| {
            text[from..].iter().take_while(|byte| class != 0 && CLASS[usize::from(**byte)] == class).count()
        };
        let Some(eight) = text.first_chunk() else {
            let length = rest(0);
            let mut eight = [0; 8];
            eight[..length].copy_from_slice(&text[..length]);
            let first = u64::from_le_bytes(eight) | (0x20 * EACH);
            return Self { length, first: lowest(first, length) };
        };
        let eight = u64::from_le_bytes(*eight);
        let first = eight | (0x20 * EACH);
        let of_class = if class == 1 { between(first, b'a', b'z') } else { between(eight, b'0', b'9') };
        let length = ((of_class ^ UPPER).trailing_zeros() / 8) as usize;
        let length = if length < 8 { length } else { 8 + rest(8) };
        Self { length, first: lowest(first, length) }
    }

    /// Returns the run with the s of a plural behind it.
    pub fn plural(self) -> Self {
        let end = if self.length < 8 { u64::from(b's') << (8 * self.length) } else { 0 };
        Self { length: self.length + 1, first: self.first | end }
    }
}

/// A bit table of runs that texts begin with.
#[derive(Debug)]
pub(super) struct RunFilter(Box<[u64]>);

/// Size of the table in bits, as a power of two: small enough to stay in a processor's cache, and much larger than the
/// number of names in a catalogue.
const TABLE_BITS: u32 = 17;

impl Default for RunFilter {
    fn default() -> Self {
        Self(vec![0; 1 << (TABLE_BITS - 6)].into_boxed_slice())
    }
}

impl RunFilter {
    /// Adds a run.
    pub fn insert(&mut self, run: RunKey) {
        let (part, bit) = place(run);
        self.0[part] |= 1 << bit;
    }

    /// Returns whether a run may be in the table.
    pub fn may_hold(&self, run: RunKey) -> bool {
        let (part, bit) = place(run);
        self.0[part] >> bit & 1 == 1
    }
}

fn place(run: RunKey) -> (usize, u32) {
    let hash = run.first.wrapping_add(run.length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let place = (hash >> (u64::BITS - TABLE_BITS)) as u32;
    ((place >> 6) as usize, place & 63)
}

#[cfg(test)]
mod tests {
    use super::super::first_runs::first_run;
    use super::*;

    #[test]
    fn runs_have_the_same_length_however_they_are_read() {
        let texts =
            ["", "a", "Model", "GPT-4", "7B", "transformers", "TRANSFORMERS and", "1234567890 x", "-x", "né"];
        for text in texts {
            for padded in [text.to_string(), format!("{text} and more of it")] {
                assert_eq!(RunKey::of(padded.as_bytes()).length, first_run(padded.as_bytes()).0, "{padded}");
            }
        }
        assert_eq!(RunKey::of(b"Model"), RunKey::of(b"mODEL, a large one"));
        assert_ne!(RunKey::of(b"transformer"), RunKey::of(b"transforms"));
    }

    #[test]
    fn a_plural_is_read_as_it_is_made() {
        for (one, many) in [("model", "models"), ("software", "softwares"), ("network", "networks")] {
            assert_eq!(RunKey::of(one.as_bytes()).plural(), RunKey::of(many.as_bytes()));
        }
        let mut filter = RunFilter::default();
        filter.insert(RunKey::of(b"llama"));
        assert!(filter.may_hold(RunKey::of(b"Llama-3 is one")) && !filter.may_hold(RunKey::of(b"lame")));
    }
}
