//! The systems of a catalogue, each read when it is first asked for, if that can wait.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::load::is_built_in;
use super::names::NameMap;
use super::system_outline::{BuiltInFacts, SystemOutline};
use super::system_table::SystemTable;
use super::{
    EntityType, Fault, Layer, Organisations, System, SystemId, SystemWords, Uses, layer, system_file, uses,
};

/// A name to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownName<'a> {
    /// The system.
    pub system: SystemId,
    /// The name as the catalogue writes it.
    pub name: &'a str,
    /// Set when the name is also an ordinary word, so that only its exact spelling counts.
    pub common_word: bool,
    /// Number of papers of a sample that name the system: among systems with one name, the most used comes first.
    pub uses: u32,
}

/// The systems of a catalogue. Clones share them, since there are thousands.
#[derive(Debug, Clone, Default)]
pub struct Systems(Arc<Store>);

#[derive(Debug, Default)]
struct Store {
    systems: Box<[OnceLock<Box<System>>]>,
    by_id: OnceLock<NameMap<SystemId>>,
    uses: OnceLock<Uses>,
    /// Where systems are read from that were not yet asked for.
    unread: Option<Unread>,
}

/// The built-in catalogue, whose systems are known to be without faults.
#[derive(Debug)]
struct Unread {
    table: SystemTable,
    organisations: Organisations,
}

impl Systems {
    /// Reads the systems of every layer; a later layer adds systems or replaces those of the same id. No date
    /// of a system may be after `today`.
    ///
    /// # Errors
    ///
    /// Returns every fault, in the order of the files.
    pub fn read(
        layers: &[Layer],
        organisations: &Organisations,
        today: jiff::civil::Date,
    ) -> Result<Self, Vec<Fault>> {
        match SystemTable::built_in() {
            Some(table) if is_built_in(layers) => Ok(Self::unread(table, organisations)),
            _ => Self::read_all(layers, organisations, today),
        }
    }

    /// Reads all systems at once, with all checks.
    pub(crate) fn read_all(
        layers: &[Layer],
        organisations: &Organisations,
        today: jiff::civil::Date,
    ) -> Result<Self, Vec<Fault>> {
        let (systems, uses) = system_file::read(layers, organisations, today)?;
        Ok(Self(Arc::new(Store {
            systems: systems.into_iter().map(OnceLock::from).collect(),
            by_id: OnceLock::new(),
            uses: OnceLock::from(uses),
            unread: None,
        })))
    }

    fn unread(table: SystemTable, organisations: &Organisations) -> Self {
        let systems = std::iter::repeat_with(OnceLock::new).take(table.len()).collect();
        let unread = Some(Unread { table, organisations: organisations.clone() });
        Self(Arc::new(Store { systems, unread, ..Store::default() }))
    }

    /// Returns the system with an id.
    pub fn by_id(&self, id: &str) -> Option<SystemId> {
        self.places().get(id).copied()
    }

    fn places(&self) -> &NameMap<SystemId> {
        self.0.by_id.get_or_init(|| {
            let mut places: NameMap<SystemId> = HashMap::default();
            places.reserve(self.len());
            match &self.0.unread {
                Some(unread) => {
                    places.extend(unread.table.ids().map(Box::from).zip((0..).map(SystemId)));
                }
                None => places.extend(self.iter().map(|(id, system)| (system.id.as_str().into(), id))),
            }
            places
        })
    }

    /// Returns a system.
    pub fn get(&self, id: SystemId) -> Option<&System> {
        let place = id.0 as usize;
        let system = self.0.systems.get(place)?;
        if system.get().is_none() {
            self.read_some(place..place + 1);
        }
        system.get().map(AsRef::as_ref)
    }

    /// Reads some systems of the built-in catalogue, all in one file.
    fn read_some(&self, wanted: Range<usize>) {
        let Some(Unread { table, organisations }) = &self.0.unread else { return };
        let Some((file, places)) = table.file_of(wanted.start) else { return };
        let in_file = wanted.start - places.start..wanted.end - places.start;
        let read = system_file::read_sound(&file, in_file, organisations, |id| self.by_id(id));
        for (place, mut system) in wanted.zip(read) {
            system.uses = table.uses(place);
            if let Some(slot) = self.0.systems.get(place) {
                // Another thread may have read the same.
                let _ = slot.set(system);
            }
        }
    }

    /// Returns the number of papers of a sample that name each system, by half-year.
    pub fn uses(&self) -> &Uses {
        self.0.uses.get_or_init(|| {
            let file = layer::embedded_files().find(|file| file.path == uses::FILE);
            file.map(|file| uses::read_sound(&file, |id| self.by_id(id))).unwrap_or_default()
        })
    }

    /// Iterates over all systems with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SystemId, &System)> {
        // File by file, since each begins with what is to be read for any of its systems.
        for file in self.0.unread.iter().flat_map(|unread| unread.table.files()) {
            if self
                .0
                .systems
                .get(file.clone())
                .is_some_and(|of_file| of_file.iter().any(|one| one.get().is_none()))
            {
                self.read_some(file);
            }
        }
        (0..self.len() as u32).map(SystemId).filter_map(|id| Some((id, self.get(id)?)))
    }

    /// Iterates over the types of all systems, without reading more of them.
    pub fn types(&self) -> impl Iterator<Item = EntityType> {
        let unread = self.0.unread.as_ref().map(|unread| &unread.table);
        (0..self.len()).map(move |place| match unread {
            Some(table) => table.entity_type(place),
            None => self.get(SystemId(place as u32)).map(|system| system.entity_type).unwrap_or_default(),
        })
    }

    /// Iterates over the names of all systems, without reading more of them.
    pub fn names(&self) -> impl Iterator<Item = KnownName<'_>> {
        let unread = self.0.unread.as_ref().map(|Unread { table, .. }| {
            table.names().map(|(place, name, common_word)| KnownName {
                system: SystemId(place as u32),
                name,
                common_word,
                uses: table.uses(place),
            })
        });
        let read = self.0.unread.is_none().then(|| {
            self.iter().flat_map(|(id, system)| {
                system.names().map(move |name| KnownName {
                    system: id,
                    name,
                    common_word: system.is_common_word(name),
                    uses: system.uses,
                })
            })
        });
        unread.into_iter().flatten().chain(read.into_iter().flatten())
    }

    /// Returns the outlines of all systems, without reading more of them.
    pub(crate) fn outlines(&self) -> Vec<SystemOutline<'_>> {
        let unread = self.0.unread.as_ref().and_then(|unread| Some((&unread.table, BuiltInFacts::new()?)));
        let Some((table, facts)) = unread else {
            return self.iter().map(|(_, system)| SystemOutline::of(system, self)).collect();
        };
        let outline = |((place, name), facts)| SystemOutline {
            name,
            entity_type: table.entity_type(place),
            uses: table.uses(place),
            facts,
        };
        table.first_names().enumerate().zip(facts).map(outline).collect()
    }

    /// Returns the words by which texts may mean each system, if they are known without reading the systems.
    pub fn words(&self) -> Option<SystemWords> {
        self.0.unread.as_ref().and_then(|_| SystemWords::built_in())
    }

    /// Returns the number of systems.
    pub fn len(&self) -> usize {
        self.0.systems.len()
    }

    /// Returns whether there are no systems.
    pub fn is_empty(&self) -> bool {
        self.0.systems.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn systems_read_when_asked_for_are_those_read_at_once() {
        let layers = [Layer::built_in()];
        let organisations = Organisations::read(&layers).unwrap();
        let lazy = Systems::read(&layers, &organisations, Catalogue::today()).unwrap();
        let all = Systems::read_all(&layers, &organisations, Catalogue::today()).unwrap();
        assert!(lazy.0.unread.is_some() && lazy.len() > 1000);
        assert!(lazy.types().eq(all.types()));
        assert!(lazy.names().eq(all.names()));
        assert_eq!(lazy.outlines(), all.outlines());
        assert!(lazy.0.systems.iter().all(|system| system.get().is_none()), "so far, none is read");
        assert_eq!(lazy.get(SystemId(7)), all.get(SystemId(7)));
        assert!(lazy.iter().eq(all.iter()));
        assert_eq!((lazy.uses(), lazy.by_id("gpt-4")), (all.uses(), all.by_id("gpt-4")));
    }
}
