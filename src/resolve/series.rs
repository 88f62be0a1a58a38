//! Systems whose names begin with one word, as those of "GPT-3" and "GPT-4o" do.

use crate::catalogue::{NameMap, System, SystemId};

/// The systems by the word that their names begin with.
#[derive(Debug, Default)]
pub(super) struct Series {
    systems: NameMap<Vec<SystemId>>,
}

impl Series {
    /// Adds a system; systems come in the order of their ids.
    pub fn add(&mut self, id: SystemId, system: &System) {
        for beginning in system.names().filter_map(beginning) {
            let list = self.systems.entry(beginning.to_lowercase().into()).or_default();
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
    }

    /// The systems with a name that begins with a word in lower case; none where it is only one.
    pub fn of(&self, word: &str) -> &[SystemId] {
        let list = self.systems.get(word).map_or(&[][..], Vec::as_slice);
        if list.len() > 1 { list } else { &[] }
    }

    /// Whether a name of a system begins with a word in lower case, and that of others does too.
    pub fn holds(&self, word: &str, id: SystemId) -> bool {
        self.of(word).binary_search(&id).is_ok()
    }
}

/// The word that a name begins with, without its number: "GPT" of "GPT-4o". None of one or two letters,
/// and none where it is the whole name.
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
        let mut series = Series::default();
        systems.iter().for_each(|(id, system)| series.add(id, system));
        let (two, anvil) = (systems.by_id("bolt-2").unwrap(), systems.by_id("anvil").unwrap());
        assert!(series.holds("bolt", two) && !series.holds("bolt", anvil));
        assert!(series.of("anvil").is_empty());
    }
}
