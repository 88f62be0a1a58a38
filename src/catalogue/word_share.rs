//! The frequency of words in papers.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::Deserialize;
use toml::Spanned;

use super::single_file::read_single_file;
use super::{CatalogueFile, Fault, Layer};

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "word-shares.toml";

/// The fraction of abstracts that contain each word, 0 to 1; words are in lower case.
#[derive(Debug, Clone)]
pub struct WordShares {
    shares: HashMap<Box<str>, f32, FixedState>,
    rest: f32,
}

impl Default for WordShares {
    /// Returns the same share, 0.001, for every word.
    fn default() -> Self {
        Self { shares: HashMap::default(), rest: 0.001 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    rest: Option<Spanned<f32>>,
    #[serde(default)]
    band: Vec<Band>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    share: Spanned<f32>,
    words: String,
}

impl WordShares {
    /// Reads the files of all layers; a later layer may override the shares of words.
    ///
    /// # Errors
    /// Returns faults for a file that is not TOML of this shape, and for a share that is not above 0 and up
    /// to 100 percent.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        read_single_file(layers, FILE, Self::add)
    }

    fn add(&mut self, file: &CatalogueFile, entry: FileEntry, faults: &mut Vec<Fault>) {
        let mut part = |written: &Spanned<f32>| {
            let percent = *written.get_ref();
            if !(percent > 0.0 && percent <= 100.0) {
                let fault = Fault::at(file, written.span().start, "a share lies above 0 and up to 100");
                faults.push(fault.help("it says how many of 100 abstracts hold the word"));
            }
            percent / 100.0
        };
        if let Some(rest) = &entry.rest {
            self.rest = part(rest);
        }
        for band in &entry.band {
            let share = part(&band.share);
            self.shares.extend(band.words.split_whitespace().map(|word| (word.into(), share)));
        }
    }

    /// Returns the share of abstracts that contain a word, given in lower case and without a plural s.
    pub fn share(&self, word: &str) -> f32 {
        self.shares.get(word).copied().unwrap_or(self.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<WordShares, Vec<Fault>> {
        WordShares::read(&[Layer::of_texts("x", [(FILE, text)])])
    }

    #[test]
    fn a_word_has_the_share_of_its_band_and_others_the_rest() {
        let shares = read("rest = 1.0\n[[band]]\nshare = 50.0\nwords = 'model task'").unwrap();
        assert!((shares.share("task") - 0.5).abs() < 1e-6);
        assert!((shares.share("otter") - 0.01).abs() < 1e-6);
    }

    #[test]
    fn a_share_beyond_all_abstracts_is_a_fault_with_its_place() {
        let faults = read("[[band]]\nshare = 150.0\nwords = 'a'").unwrap_err();
        assert_eq!((faults[0].line, faults.len()), (2, 1));
    }
}
