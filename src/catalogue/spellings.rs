//! The spellings of names and compounds in the built-in catalogue, which decide whether the hyphen at the end
//! of a line belongs to a word.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::layer::embedded_texts;
use super::{CatalogueFile, Lexicon};

/// The spellings of the built-in catalogue, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    names: HashSet<String>,
    compounds: HashSet<String>,
    /// Last parts of compounds, from which new compounds are formed.
    tails: HashSet<String>,
    conjunctions: HashSet<String>,
    /// Small words inside of compounds: those of "state-of-the-art".
    links: HashSet<String>,
}

/// The classes of the lexicon whose words stand inside of compounds.
const LINKS: [&str; 3] = ["preposition", "the", "one"];

/// The minimum length, in bytes, of the parts of a compound that count for forming others.
const SHORTEST_PART: usize = 4;

impl Spellings {
    /// Returns the spellings of the built-in catalogue, collected once.
    pub(crate) fn built_in() -> &'static Self {
        static SPELLINGS: LazyLock<Spellings> = LazyLock::new(Spellings::gather);
        &SPELLINGS
    }

    fn gather() -> Self {
        let mut spellings = Self::default();
        let mut files = Vec::new();
        for (path, text) in embedded_texts() {
            if path.starts_with("systems/") {
                spellings.add_names(text);
            } else if path.starts_with("lexicon/") {
                files.push(CatalogueFile::new(path, text));
            }
        }
        let lexicon = Lexicon::read(&files.iter().collect::<Vec<_>>()).unwrap_or_default();
        for class in lexicon.classes.iter() {
            for word in &class.words {
                if class.name == "conjunction" {
                    spellings.conjunctions.insert(word.to_string());
                }
                if LINKS.contains(&&*class.name) {
                    spellings.links.insert(word.to_string());
                }
                for compound in word.split(' ').filter(|part| part.contains('-')) {
                    spellings.add_compound(compound);
                }
            }
        }
        spellings
    }

    fn add_compound(&mut self, compound: &str) {
        if let Some((first, tail)) = compound.rsplit_once('-')
            && first.len() >= SHORTEST_PART
            && tail.len() >= SHORTEST_PART
        {
            self.tails.insert(tail.to_lowercase());
        }
        self.compounds.insert(compound.to_lowercase());
    }

    /// Adds the names of a file of systems: the quoted strings on its lines of names and aliases.
    fn add_names(&mut self, text: &str) {
        let lines = text.lines().filter(|line| line.starts_with("name = ") || line.starts_with("aliases = "));
        for name in lines.flat_map(|line| line.split('"').skip(1).step_by(2)) {
            self.names.insert(name.to_lowercase());
        }
    }

    /// Returns whether a text is a name, in any case.
    pub(crate) fn is_name(&self, text: &str) -> bool {
        self.names.contains(&text.to_lowercase())
    }

    /// Returns whether two parts form a compound with a hyphen: a listed one, or one formed like listed ones.
    pub(crate) fn is_compound(&self, first: &str, second: &str) -> bool {
        let whole = format!("{first}-{second}").to_lowercase();
        self.compounds.contains(&whole)
            || self.names.contains(&whole)
            || first.len() >= SHORTEST_PART && self.tails.contains(&second.to_lowercase())
    }

    /// Returns whether a compound of any number of parts is listed, in any case.
    pub(crate) fn is_listed_compound(&self, whole: &str) -> bool {
        self.compounds.contains(&whole.to_lowercase())
    }

    /// Returns whether a word stands inside of compounds, as "of" and "the" do in "state-of-the-art".
    pub(crate) fn is_link(&self, word: &str) -> bool {
        self.links.contains(&word.to_lowercase())
    }

    /// Returns whether a word is a conjunction, so that a hyphen before it stands for what the joined words
    /// share.
    pub(crate) fn is_conjunction(&self, word: &str) -> bool {
        self.conjunctions.contains(&word.to_lowercase())
    }
}
