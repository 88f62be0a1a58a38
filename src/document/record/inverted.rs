//! Abstracts that are kept as an index from words to their positions, as OpenAlex keeps them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Most bytes of a text that an index stands for. A word may stand in it at any number of positions.
const LONGEST: usize = 8 << 20;

/// The text that an index stands for: its words in the order of their positions, with blanks between them.
pub(super) struct InvertedText(pub(super) String);

impl<'de> Deserialize<'de> for InvertedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let index = BTreeMap::<String, Vec<u64>>::deserialize(deserializer)?;
        let length: usize =
            index.iter().map(|(word, places)| (word.len() + 1).saturating_mul(places.len())).sum();
        if length > LONGEST {
            return Err(D::Error::custom(format!(
                "the text would have {length} bytes; at most {LONGEST} are read"
            )));
        }
        let mut words: Vec<(u64, &str)> = index
            .iter()
            .flat_map(|(word, places)| places.iter().map(|place| (*place, word.as_str())))
            .collect();
        words.sort_unstable();
        let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
        Ok(Self(words.join(" ")))
    }
}
