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
    ids: Cursor<'static>,
    names: Cursor<'static>,
}

impl SystemTable {
    /// Returns the table; `None` if it is broken, which that of the program never is.
    pub(super) fn built_in() -> Option<Self> {
        let mut cursor = Cursor::new(TABLE);
        let (systems, of_files, ids) = (cursor.number()?, cursor.number()?, cursor.number()?);
        let mut of_files = Cursor::new(cursor.bytes(of_files)?);
        let (mut files, mut first) = (Vec::new(), 0);
        while let Some(place) = of_files.number() {
            let end = first + of_files.number()?;
            files.push((place, first..end));
            first = end;
        }
        let (uses, types) = (cursor.bytes(systems * 4)?, cursor.bytes(systems)?);
        let ids = Cursor::new(cursor.bytes(ids)?);
        Some(Self { files, uses, types, ids, names: cursor })
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

    /// Iterates over the systems of each file.
    pub(super) fn files(&self) -> impl Iterator<Item = Range<usize>> {
        self.files.iter().map(|(_, systems)| systems.clone())
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

    /// Iterates over the ids of all systems, in their order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'static str> + use<> {
        let mut cursor = self.ids.clone();
        std::iter::from_fn(move || cursor.string())
    }

    /// Iterates over the first name of each system.
    pub(super) fn first_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let mut last = None;
        let first = self.names().filter(move |(place, ..)| last.replace(*place) != Some(*place));
        first.map(|(_, name, _)| name)
    }

    /// Iterates over the names of all systems, each with the place of its system and whether it is also an ordinary
    /// word.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, &'static str, bool)> + use<> {
        let mut cursor = self.names.clone();
        let (mut next, mut left) = (0, 0);
        std::iter::from_fn(move || {
            while left == 0 {
                left = cursor.number()?;
                next += 1;
            }
            left -= 1;
            let is_common = cursor.byte()? == 1;
            Some((next - 1, cursor.string()?, is_common))
        })
    }
}
