//! The outlines of systems: the facts by which linking looks them up, so that their entries are read only once they
//! are candidates. Those of the built-in catalogue are read out of a table that the build script writes.

use super::parsed::Cursor;
use super::{
    EntityType, Measure, OrganisationId, SizeUnit, System, SystemId, SystemKey, Systems, parse_size,
};
use crate::document::PartialDate;

static OUTLINES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/system_outlines"));

/// What linking asks of every system.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SystemOutline<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its type.
    pub entity_type: EntityType,
    /// Number of papers of a sample that name it.
    pub uses: u32,
    /// What else its entry states.
    pub facts: OutlineFacts,
}

/// The facts of an outline; [`System`] explains them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct OutlineFacts {
    pub announced: Option<PartialDate>,
    pub internal_since: Option<PartialDate>,
    pub released: Option<PartialDate>,
    pub retired: Option<PartialDate>,
    pub organisations: Vec<OrganisationId>,
    pub family: Option<SystemId>,
    pub base: Vec<SystemId>,
    /// Those of its data sets that are systems of the catalogue.
    pub datasets: Vec<SystemId>,
    /// The amounts of each measure, in the order of the entry.
    pub amounts: Vec<(Measure, f64)>,
}

impl<'a> SystemOutline<'a> {
    /// Returns the outline of a system that was read.
    pub(super) fn of(system: &'a System, systems: &Systems) -> Self {
        let amounts = Measure::ALL
            .iter()
            .flat_map(|measure| system.amounts[*measure as usize].iter().map(|amount| (*measure, *amount)));
        Self {
            name: &system.name,
            entity_type: system.entity_type,
            uses: system.uses,
            facts: OutlineFacts {
                announced: system.announced,
                internal_since: system.internal_since,
                released: system.released,
                retired: system.retired,
                organisations: system.organisations.clone(),
                family: system.family,
                base: system.base.clone(),
                datasets: system.datasets.iter().filter_map(|name| systems.by_id(name)).collect(),
                amounts: amounts.collect(),
            },
        }
    }
}

/// The facts of the outlines of the built-in catalogue, one after the other.
#[derive(Debug)]
pub(super) struct BuiltInFacts {
    keys: Vec<(Measure, SizeUnit)>,
    cursor: Cursor<'static>,
}

/// Every step is `None` where the table is broken, which that of the program never is.
impl BuiltInFacts {
    pub(super) fn new() -> Option<Self> {
        let mut cursor = Cursor::new(OUTLINES);
        let keys = (0..cursor.number()?).map(|_| SystemKey::by_name(cursor.string()?)?.amounts());
        let keys = keys.collect::<Option<_>>()?;
        Some(Self { keys, cursor })
    }

    fn read(&mut self) -> Option<OutlineFacts> {
        let (announced, internal_since) = (self.date()?, self.date()?);
        let (released, retired) = (self.date()?, self.date()?);
        let organisations = self.list(|facts| facts.place().map(OrganisationId))?;
        let family = self.list(|facts| facts.place().map(SystemId))?.first().copied();
        let base = self.list(|facts| facts.place().map(SystemId))?;
        let datasets = self.list(|facts| facts.place().map(SystemId))?;
        let amounts = self.list(|facts| {
            let (measure, unit) = *facts.keys.get(facts.cursor.number()?)?;
            Some((measure, parse_size(facts.cursor.string()?, unit)?))
        })?;
        Some(OutlineFacts {
            announced,
            internal_since,
            released,
            retired,
            organisations,
            family,
            base,
            datasets,
            amounts,
        })
    }

    fn date(&mut self) -> Option<Option<PartialDate>> {
        let (year, month, day) = (self.cursor.number()?, self.cursor.number()?, self.cursor.number()?);
        Some(PartialDate::of_parts(year, month, day))
    }

    fn place(&mut self) -> Option<u32> {
        u32::try_from(self.cursor.number()?).ok()
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.cursor.number()?;
        let mut all = Vec::with_capacity(length);
        for _ in 0..length {
            all.push(read(self)?);
        }
        Some(all)
    }
}

impl Iterator for BuiltInFacts {
    type Item = OutlineFacts;

    fn next(&mut self) -> Option<OutlineFacts> {
        self.read()
    }
}
