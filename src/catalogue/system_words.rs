//! The words of the entries of the built-in catalogue, which the build script cuts.

use super::parsed::Cursor;

static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/system_words"));

/// The words by which texts may mean the systems of the built-in catalogue.
#[derive(Debug)]
pub struct SystemWords {
    /// All words, in the order in which they come in the entries, each with its share of papers as
    /// [`WordShares`](super::WordShares) has it.
    pub words: Vec<(&'static str, f32)>,
    of_systems: Cursor<'static>,
}

impl SystemWords {
    /// Returns the words; `None` if their file is broken, which that of the program never is.
    pub(super) fn built_in() -> Option<Self> {
        let mut cursor = Cursor::new(WORDS);
        let count = cursor.number()?;
        let mut words = Vec::with_capacity(count);
        for _ in 0..count {
            words.push((cursor.string()?, f32::from_le_bytes(cursor.bytes(4)?.try_into().ok()?)));
        }
        Some(Self { words, of_systems: cursor })
    }

    /// Iterates over the words of the next system, each once, as indices into all words.
    pub fn of_next_system(&mut self) -> impl Iterator<Item = u32> + use<'_> {
        let count = self.of_systems.number().unwrap_or_default();
        (0..count).map_while(|_| u32::try_from(self.of_systems.number()?).ok())
    }
}
