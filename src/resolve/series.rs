//! Systems whose names begin with the same word, such as "GPT-3" and "GPT-4o".

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::catalogue::{NameMap, Organisations, SystemId};

/// The systems by the first word of their names.
#[derive(Debug, Default)]
pub(super) struct Series {
    systems: NameMap<Vec<SystemId>>,
    /// Words that make no series: "LLM" begins names, but texts use it for any language model.
    ordinary: HashSet<Box<str>, FixedState>,
}

impl Series {
    /// Creates an empty index. Ordinary words, given in lower case, and the names of makers make no series,
    /// since their presence in a text does not point to one system.
    pub fn new<'a>(ordinary: impl Iterator<Item = &'a str>, organisations: &Organisations) -> Self {
        let makers = organisations.iter().flat_map(|(_, organisation)| organisation.names());
        let beginnings = makers.filter_map(|name| name.split(|c: char| !c.is_alphanumeric()).next());
        let words = beginnings.map(str::to_lowercase).chain(ordinary.map(str::to_string));
        Self { systems: NameMap::default(), ordinary: words.map(String::into_boxed_str).collect() }
    }

    /// Adds a name of a system; they must be added in the order of the systems.
    pub fn add(&mut self, id: SystemId, name: &str) {
        let Some(beginning) = beginning(name).map(str::to_lowercase) else { return };
        match self.systems.get_mut(beginning.as_str()) {
            Some(list) if list.last() == Some(&id) => {}
            Some(list) => list.push(id),
            None if self.ordinary.contains(beginning.as_str()) => {}
            None => {
                self.systems.insert(beginning.into(), vec![id]);
            }
        }
    }

    /// Returns the systems with a name that begins with a lower-case word; empty if there is only one.
    pub fn of(&self, word: &str) -> &[SystemId] {
        let list = self.systems.get(word).map_or(&[][..], Vec::as_slice);
        if list.len() > 1 { list } else { &[] }
    }

    /// Returns whether a name of a system begins with a lower-case word that also begins names of other
    /// systems.
    pub fn holds(&self, word: &str, id: SystemId) -> bool {
        self.of(word).binary_search(&id).is_ok()
    }
}

/// Returns the word that a name begins with, without its number: "GPT" of "GPT-4o". `None` if the word is
/// shorter than three letters or is the whole name.
fn beginning(name: &str) -> Option<&str> {
    let end = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
    Some(&name[..end]).filter(|word| word.len() >= 3 && word.len() < name.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    #[test]
    fn only_names_that_several_systems_begin_with_make_a_series() {
        assert_eq!(
            (beginning("GPT-4o"), beginning("T5-XXL"), beginning("Gopher")),
            (Some("GPT"), None, None)
        );
        let systems = samples::systems();
        let mut series = Series::new(["small"].into_iter(), &Organisations::default());
        systems.names().for_each(|known| series.add(known.system, known.name));
        let (two, anvil) = (systems.by_id("bolt-2").unwrap(), systems.by_id("anvil").unwrap());
        assert!(series.holds("bolt", two) && !series.holds("bolt", anvil));
        assert!(series.of("anvil").is_empty());
        assert!(series.of("small").is_empty(), "an ordinary word");
        let mut series = Series::new(std::iter::empty(), &samples::organisations());
        systems.names().for_each(|known| series.add(known.system, known.name));
        assert!(series.of("bolt").is_empty(), "Bolt is a maker");
        assert!(!series.of("small").is_empty());
    }
}
