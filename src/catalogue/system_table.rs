//! The table of the systems of the built-in catalogue, which the build script writes and which is read in place.

use std::ops::Range;

use super::layer::embedded_file;
use super::parsed::Cursor;
use super::{CatalogueFile, EntityType};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/system_table"));

/// What the table holds.
#[derive(Debug)]
pub(super) struct SystemTable {
    /// The place of each file of systems among those of the catalogue, and the systems that it holds.
    files: Vec<(usize, Range<usize>)>,
    /// Number of papers that name each system: four bytes each.
    uses: &'static [u8],
    types: &'static [u8],
    records: &'static [u8],
}

/// A system in the table.
#[derive(Debug)]
pub(super) struct Record {
    pub id: &'static str,
    /// Its names, each with whether it is also an ordinary word.
    pub names: Vec<(&'static str, bool)>,
}

impl SystemTable {
    /// Returns the table; `None` if it is broken, which that of the program never is.
    pub(super) fn built_in() -> Option<Self> {
        let mut cursor = Cursor::new(TABLE);
        let (systems, length) = (cursor.number()?, cursor.number()?);
        let mut of_files = Cursor::new(cursor.bytes(length)?);
        let (mut files, mut first) = (Vec::new(), 0);
        while let Some(place) = of_files.number() {
            let end = first + of_files.number()?;
            files.push((place, first..end));
            first = end;
        }
        let (uses, types) = (cursor.bytes(systems * 4)?, cursor.bytes(systems)?);
        Some(Self { files, uses, types, records: cursor.rest() })
    }

    /// Returns the number of systems.
    pub(super) fn len(&self) -> usize {
        self.types.len()
    }

    /// Returns the file that holds a system, and the systems that it holds.
    pub(super) fn file_of(&self, system: usize) -> Option<(CatalogueFile, Range<usize>)> {
        let at = self.files.partition_point(|(_, systems)| systems.end <= system);
        let (place, systems) = self.files.get(at)?;
        Some((embedded_file(*place)?, systems.clone()))
    }

    /// Returns the number of papers of a sample that name a system.
    pub(super) fn uses(&self, system: usize) -> u32 {
        let uses = self.uses.get(system * 4..system * 4 + 4).and_then(|bytes| bytes.try_into().ok());
        uses.map_or(0, u32::from_le_bytes)
    }

    /// Returns the type of a system.
    pub(super) fn entity_type(&self, system: usize) -> EntityType {
        match self.types.get(system) {
            Some(1) => EntityType::Dataset,
            Some(2) => EntityType::Software,
            _ => EntityType::Model,
        }
    }

    /// Iterates over the ids and names of all systems, in their order.
    pub(super) fn records(&self) -> impl Iterator<Item = Record> + use<> {
        let mut cursor = Cursor::new(self.records);
        std::iter::from_fn(move || {
            let id = cursor.string()?;
            let names = (0..cursor.number()?).map(|_| {
                let common = cursor.byte()? == 1;
                Some((cursor.string()?, common))
            });
            Some(Record { id, names: names.collect::<Option<_>>()? })
        })
    }
}
