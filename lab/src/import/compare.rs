//! Comparison of imported systems with those of the catalogue: new, changed or in conflict.

use std::collections::BTreeMap;

use byname::catalogue::{Catalogue, OrganisationId, System, SystemFact, SystemId, parse_size, spelling_key};
use byname::document::PartialDate;

use super::fact::{FactKey, ImportedSystem, written};

/// Most days between the dates that two sources give for the same event: papers come days after products.
const SAME_EVENT: i32 = 31;
/// Largest difference of the natural logarithms of two amounts that count as the same (about 10 percent):
/// sources round.
const SAME_AMOUNT: f64 = 0.1;

/// A fact on which the catalogue and the table disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The key in the system files.
    pub key: FactKey,
    /// The values of the catalogue.
    pub held: Vec<String>,
    /// The values of the table.
    pub imported: Vec<String>,
}

/// The relation of an imported system to the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No system of the catalogue has one of its names.
    New,
    /// It shares a name with an earlier new system of the table.
    Repeated {
        /// The file and line of the earlier one.
        place: String,
    },
    /// The catalogue holds it.
    Known {
        /// The system of the catalogue.
        system: SystemId,
        /// The facts that the catalogue lacks.
        added: BTreeMap<FactKey, Vec<String>>,
        /// The facts on which the two disagree.
        conflicts: Vec<Conflict>,
    },
}

/// An imported system and its relation to the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The imported system.
    pub imported: ImportedSystem,
    /// Its relation to the catalogue.
    pub state: State,
}

/// Compares each imported system with the catalogue.
pub fn compare(catalogue: &Catalogue, imported: Vec<ImportedSystem>) -> Vec<Comparison> {
    let names = Names::new(catalogue);
    let mut new: BTreeMap<(u8, String), String> = BTreeMap::new();
    let mut comparisons = Vec::with_capacity(imported.len());
    for imported in imported {
        let state = match names.of(&imported) {
            Some(id) => beside(catalogue, &names, &imported, id),
            None => {
                let keys: Vec<_> = imported
                    .names()
                    .map(|name| (imported.entity_type as u8, spelling_key(name).into_owned()))
                    .collect();
                match keys.iter().find_map(|key| new.get(key)).cloned() {
                    Some(place) => State::Repeated { place },
                    None => {
                        new.extend(keys.into_iter().map(|key| (key, imported.place.clone())));
                        State::New
                    }
                }
            }
        };
        comparisons.push(Comparison { imported, state });
    }
    comparisons
}

/// The systems of the catalogue by type and spelling.
pub(super) struct Names<'c> {
    catalogue: &'c Catalogue,
    by_key: BTreeMap<(u8, String), SystemId>,
}

impl<'c> Names<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let mut by_key = BTreeMap::new();
        for (id, system) in catalogue.systems.iter() {
            for name in system.names() {
                by_key.entry((system.entity_type as u8, spelling_key(name).into_owned())).or_insert(id);
            }
        }
        Self { catalogue, by_key }
    }

    fn called(&self, entity_type: u8, name: &str) -> Option<SystemId> {
        self.by_key.get(&(entity_type, spelling_key(name).into_owned())).copied()
    }

    /// Returns the system with the name of the imported one, else with one of its other names, else with its
    /// name without brackets at the end.
    fn of(&self, imported: &ImportedSystem) -> Option<SystemId> {
        let of_type = imported.entity_type as u8;
        let bare = imported.name.split_once(" (").map(|(bare, _)| bare);
        self.called(of_type, &imported.name)
            .or_else(|| imported.names().find_map(|name| self.called(of_type, name)))
            .or_else(|| bare.and_then(|bare| self.called(of_type, bare)))
    }

    /// Returns the id of the system with this id, or else of the model with this name.
    pub(super) fn id(&self, name: &str) -> Option<&'c str> {
        let id = self.catalogue.systems.by_id(name).or_else(|| self.called(0, name))?;
        self.catalogue.system(id).map(|system| system.id.as_str())
    }
}

/// Returns a name as an id: in lower case, with hyphens for all characters except letters and digits.
pub(super) fn slug(name: &str) -> String {
    let kept: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let slug = kept.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    if slug.is_empty() { "unnamed".to_string() } else { slug }
}

/// Returns the organisation with this id or this name.
pub(super) fn organisation(catalogue: &Catalogue, name: &str) -> Option<OrganisationId> {
    let called = || catalogue.organisations.iter().find(|(_, maker)| maker.is_called(name)).map(|(id, _)| id);
    let by_id = |id: &str| catalogue.organisations.by_id(id);
    by_id(name).or_else(|| by_id(&slug(name))).or_else(called)
}

fn beside(catalogue: &Catalogue, names: &Names<'_>, imported: &ImportedSystem, id: SystemId) -> State {
    let (mut added, mut conflicts) = (BTreeMap::new(), Vec::new());
    let Some(system) = catalogue.system(id) else { return State::New };
    for (key, values) in &imported.facts {
        let held = held(catalogue, system, *key);
        let values: Vec<String> = match key {
            FactKey::Base => values
                .iter()
                .map(|base| names.id(base).map_or_else(|| base.clone(), str::to_string))
                .collect(),
            FactKey::Organisations => {
                let id = |name: &String| {
                    let maker = organisation(catalogue, name).and_then(|id| catalogue.organisations.get(id));
                    maker.map_or_else(|| name.clone(), |maker| maker.id.clone())
                };
                values.iter().map(id).collect()
            }
            _ => values.clone(),
        };
        let is_held = |value: &String| held.iter().any(|held| same(*key, held, value));
        let is_elsewhere =
            |alias: &&String| names.called(system.entity_type as u8, alias).is_some_and(|of| of != id);
        match key {
            FactKey::Name | FactKey::Type | FactKey::Sources => {}
            _ if values.iter().all(is_held) => {}
            FactKey::Aliases if values.iter().any(|alias| is_elsewhere(&alias)) => {
                let imported = values.iter().filter(is_elsewhere).cloned().collect();
                conflicts.push(Conflict { key: *key, held, imported });
            }
            _ if held.is_empty() || is_open_list(*key) || values.iter().any(is_held) => {
                let new = values.into_iter().filter(|value| !held.iter().any(|held| same(*key, held, value)));
                added.insert(*key, new.collect());
            }
            _ => conflicts.push(Conflict { key: *key, held, imported: values }),
        }
    }
    State::Known { system: id, added, conflicts }
}

/// Returns whether the key holds an open list, of which one source may know values that another lacks.
fn is_open_list(key: FactKey) -> bool {
    matches!(
        key,
        FactKey::Aliases
            | FactKey::Hardware
            | FactKey::Modalities
            | FactKey::Domains
            | FactKey::Architecture
            | FactKey::Datasets
            | FactKey::Arxiv
            | FactKey::Title
    )
}

fn same(key: FactKey, held: &str, imported: &str) -> bool {
    if let Some(unit) = key.unit() {
        return match (parse_size(held, unit), parse_size(imported, unit)) {
            (Some(held), Some(imported)) => (held / imported).ln().abs() <= SAME_AMOUNT,
            _ => false,
        };
    }
    if key.is_date() {
        return match (held.parse::<PartialDate>(), imported.parse::<PartialDate>()) {
            (Ok(held), Ok(imported)) => imported.days_after(held).abs() <= SAME_EVENT,
            _ => false,
        };
    }
    spelling_key(held) == spelling_key(imported)
}

/// Returns the values of the catalogue for a key, in the notation of its files.
fn held(catalogue: &Catalogue, system: &System, key: FactKey) -> Vec<String> {
    if matches!(key, FactKey::Name | FactKey::Aliases) {
        return system.names().map(str::to_string).collect();
    }
    let ids = |entries: Vec<(String, String)>| entries.into_iter().map(|(id, _)| id).collect();
    match key.of_system().map(|key| system.value(key, catalogue)) {
        Some(SystemFact::Text(text)) if !text.is_empty() => vec![text],
        Some(SystemFact::Text(_)) | None => Vec::new(),
        Some(SystemFact::Texts(texts)) => texts,
        Some(SystemFact::Count(count)) => vec![count.to_string()],
        Some(SystemFact::Amounts { amounts, notation, .. }) => {
            amounts.into_iter().map(|amount| written(amount, notation)).collect()
        }
        Some(SystemFact::Entry(entry)) => ids(Vec::from_iter(entry)),
        Some(SystemFact::Entries(entries)) => ids(entries),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_the_catalogue_are_found_for_every_key_that_a_table_can_give() {
        let catalogue = Catalogue::built_in().unwrap();
        for key in FactKey::ALL {
            let mut systems = catalogue.systems.iter();
            assert!(systems.any(|(_, system)| !held(&catalogue, system, *key).is_empty()), "{key}");
        }
    }
}
