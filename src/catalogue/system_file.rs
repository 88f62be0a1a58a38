//! The files under `systems/`: their format and the checks of an entry.

use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use super::date_order::{refuse_early_release, refuse_wrong_order};
use super::entry::{At, EntryReader, Text};
use super::impossible::{self, Placed};
use super::names::{NameMap, spelling_key};
use super::organisation::owned;
use super::parsed::{Content, Table};
use super::switched_off::SwitchedOff;
use super::{
    CatalogueFile, EntityType, Fault, Layer, OrganisationId, Organisations, System, SystemId, SystemKey,
    Uses, uses,
};

/// An entry whose references to other entries are not yet resolved.
struct Draft<'a> {
    file: &'a CatalogueFile,
    layer: usize,
    id: Text<'a>,
    family: Option<Text<'a>>,
    base: Vec<Text<'a>>,
    organisations: Vec<Text<'a>>,
    /// The offset of its name and each alias, in the order of [`System::names`].
    name_places: Vec<usize>,
    /// Boxed, since it is large and drafts are moved.
    system: Box<System>,
}

/// Systems in the order of the catalogue, each boxed, since they are large and are moved.
pub(super) type SystemList = Box<[Box<System>]>;

/// Reads every system of every layer, and the counts of papers that name each.
pub(super) fn read(
    layers: &[Layer],
    organisations: &Organisations,
    today: Date,
) -> Result<(SystemList, Uses), Vec<Fault>> {
    let files: Vec<(usize, &CatalogueFile)> = layers
        .iter()
        .enumerate()
        .flat_map(|(layer, of)| of.files.iter().map(move |file| (layer, file)))
        .filter(|(_, file)| file.path.starts_with("systems/"))
        .collect();
    let read: Vec<(Vec<Draft<'_>>, Vec<Fault>)> =
        files.par_iter().map(|(layer, file)| read_file(file, *layer, today)).collect();

    let mut faults = Vec::new();
    let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(read.iter().map(|(drafts, _)| drafts.len()).sum());
    let mut places: NameMap<usize> = NameMap::default();
    let mut off = SwitchedOff::default();
    for ((layer, _), (of_file, faults_of_file)) in files.iter().zip(read) {
        off.reach(*layer, layers, &places, &mut faults);
        faults.extend(faults_of_file);
        for draft in of_file {
            off.bring_back(draft.id.value);
            match places.get(draft.id.value).copied() {
                Some(place) if drafts[place].layer == draft.layer => {
                    let message = format!("system id `{}` is used twice", draft.id.value);
                    faults.push(
                        Fault::at(draft.file, draft.id.offset, message).help("give one of them another id"),
                    );
                }
                Some(place) => drafts[place] = draft,
                None => {
                    places.insert(draft.id.value.into(), drafts.len());
                    drafts.push(draft);
                }
            }
        }
    }
    off.reach(layers.len(), layers, &places, &mut faults);
    if !off.is_empty() {
        drafts.retain(|draft| !off.has(draft.id.value));
        places = drafts.iter().enumerate().map(|(place, draft)| (draft.id.value.into(), place)).collect();
    }
    refuse_shared_names(&drafts, &mut faults);
    let place_of = |id: &str| places.get(id).map(|place| SystemId(*place as u32));
    let at: Vec<Placed<'_>> =
        drafts.iter().map(|draft| Placed { file: draft.file, offset: draft.id.offset }).collect();
    let mut systems: Vec<Box<System>> =
        drafts.into_iter().map(|draft| resolve(draft, place_of, &off, organisations, &mut faults)).collect();
    impossible::refuse(&systems, &at, &mut faults);
    let uses = uses::read(layers, &place_of, &off, today, &mut faults);
    for (id, counts) in &uses.of_systems {
        if let Some(system) = systems.get_mut(id.0 as usize) {
            system.uses = u32::try_from(counts.sum()).unwrap_or(u32::MAX);
        }
    }
    if faults.is_empty() { Ok((systems.into(), uses)) } else { Err(faults) }
}

/// Reads some of the systems of a file that has no faults. `place_of` returns the place of a system by its id.
pub(super) fn read_sound(
    file: &CatalogueFile,
    wanted: Range<usize>,
    organisations: &Organisations,
    place_of: impl Fn(&str) -> Option<SystemId>,
) -> SystemList {
    let (off, mut faults) = (SwitchedOff::default(), Vec::new());
    let (maker, entries) = read_entries(&mut EntryReader { file, faults: &mut faults }, wanted);
    let read = entries.into_iter().filter_map(|entry| {
        let mut draft = read_entry(&mut EntryReader { file, faults: &mut faults }, entry, 0, Date::MAX)?;
        draft.add_maker(maker.as_ref());
        Some(resolve(draft, &place_of, &off, organisations, &mut faults))
    });
    read.collect()
}

/// Resolves the references of an entry to other entries.
fn resolve(
    draft: Draft<'_>,
    place_of: impl Fn(&str) -> Option<SystemId>,
    off: &SwitchedOff,
    organisations: &Organisations,
    faults: &mut Vec<Fault>,
) -> Box<System> {
    let Draft { file, family, base, organisations: makers, id, mut system, .. } = draft;
    let mut find = |what: &str, wanted: &Text<'_>| {
        let found = place_of(wanted.value);
        if found.is_none() && !off.has(wanted.value) {
            let message = format!("unknown {what} `{}`", wanted.value);
            faults.push(
                Fault::at(file, wanted.offset, message).help(format!("a {what} is the id of a system")),
            );
        }
        found
    };
    system.base = base.iter().filter_map(|base| find("base", base)).collect();
    system.family =
        family.filter(|family| family.value != id.value).and_then(|family| find("family", &family));
    system.organisations = makers
        .iter()
        .filter_map(|maker| {
            let found: Option<OrganisationId> = organisations.by_id(maker.value);
            if found.is_none() {
                let message = format!("unknown organisation `{}`", maker.value);
                faults.push(
                    Fault::at(file, maker.offset, message)
                        .help("add it to organisations.toml, or mend the id"),
                );
            }
            found
        })
        .collect();
    system
}

/// Reports names that belong to two systems of one type, since a link by name would be a guess, and names
/// listed twice for one system.
fn refuse_shared_names(drafts: &[Draft<'_>], faults: &mut Vec<Fault>) {
    let keys_of = |draft: &Draft<'_>| -> Vec<Box<str>> {
        draft.system.names().map(|name| spelling_key(name).into()).collect()
    };
    let keys: Vec<Vec<Box<str>>> = drafts.par_iter().map(keys_of).collect();
    let mut owners: NameMap<[Option<usize>; 3]> = NameMap::default();
    owners.reserve(drafts.len() * 3);
    for (index, (draft, keys)) in drafts.iter().zip(keys).enumerate() {
        let slot = match draft.system.entity_type {
            EntityType::Model => 0,
            EntityType::Dataset => 1,
            EntityType::Software => 2,
        };
        for ((name, offset), key) in draft.system.names().zip(&draft.name_places).zip(keys) {
            let id = &draft.id.value;
            let (message, help) = match owners.entry(key).or_default()[slot].replace(index) {
                None => continue,
                Some(same) if same == index => (
                    format!("system `{id}` is called `{name}` twice"),
                    "one spelling is enough: case, spaces and hyphens do not count".to_string(),
                ),
                Some(other) => (
                    format!("`{name}` is a name of `{id}` and of `{}`", drafts[other].id.value),
                    format!("two systems of type {} must not share a name", draft.system.entity_type),
                ),
            };
            faults.push(Fault::at(draft.file, *offset, message).help(help));
        }
    }
}

fn read_file<'a>(file: &'a CatalogueFile, layer: usize, today: Date) -> (Vec<Draft<'a>>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut reader = EntryReader { file, faults: &mut faults };
    let (maker, entries) = read_entries(&mut reader, 0..usize::MAX);
    let mut drafts = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(mut draft) = read_entry(&mut reader, entry, layer, today) {
            draft.add_maker(maker.as_ref());
            drafts.push(draft);
        }
    }
    (drafts, faults)
}

/// Reads the maker of a file and the tables of some of its systems.
fn read_entries<'a>(
    reader: &mut EntryReader<'a, '_>,
    wanted: Range<usize>,
) -> (Option<Text<'a>>, Vec<At<Table<'a>>>) {
    let (mut maker, mut entries) = (None, Vec::new());
    for (key, value) in reader.document().unwrap_or_default() {
        match key.name {
            "organisation" => maker = reader.text("organisation", value),
            "system" => entries = reader.some_entries("system", value, wanted.clone()),
            _ => reader.unknown_key(&key, &["organisation", "system"]),
        }
    }
    (maker, entries)
}

impl<'a> Draft<'a> {
    /// Adds the maker of the file, which stands first; what an entry names stands beside it.
    fn add_maker(&mut self, maker: Option<&Text<'a>>) {
        let known = |maker: &&Text<'a>| self.organisations.iter().any(|other| other.value == maker.value);
        let maker = maker.filter(|maker| !known(maker)).cloned();
        self.organisations.splice(..0, maker);
    }
}

#[allow(clippy::too_many_lines)] // one line a key
fn read_entry<'a>(
    reader: &mut EntryReader<'a, '_>,
    entry: At<Table<'a>>,
    layer: usize,
    today: Date,
) -> Option<Draft<'a>> {
    let mut system = Box::new(System::default());
    let (mut id, mut name, mut family, mut has_type) = (None, None, None, false);
    let (mut base, mut organisations, mut aliases) = (vec![], vec![], vec![]);
    let (mut announced, mut internal_since, mut released, mut retired) = (None, None, None, None);
    let mut all_common = false;
    for (key, value) in entry.value {
        let name_of_key = key.name;
        match name_of_key {
            "id" => id = reader.text(name_of_key, value),
            "name" => name = reader.text(name_of_key, value),
            "family" => family = reader.text(name_of_key, value),
            "base" => base = reader.texts(name_of_key, value),
            "organisations" => organisations = reader.texts(name_of_key, value),
            "aliases" => aliases = reader.texts(name_of_key, value),
            "common-words" => match value.content {
                Content::Boolean(_) => all_common = reader.flag(name_of_key, value),
                _ => system.common_words = reader.strings(name_of_key, value),
            },
            "announced" => announced = reader.date(name_of_key, value, today),
            "internal-since" => internal_since = reader.date(name_of_key, value, today),
            "released" => released = reader.date(name_of_key, value, today),
            "retired" => retired = reader.date(name_of_key, value, today),
            "type" | "access" | "access-before" => {
                if let Some(written) = reader.text(name_of_key, value) {
                    let read = match name_of_key {
                        "type" => {
                            has_type = true;
                            written.value.parse().map(|read| system.entity_type = read)
                        }
                        "access" => written.value.parse().map(|read| system.access = Some(read)),
                        _ => written.value.parse().map(|read| system.access_before = Some(read)),
                    };
                    if let Err(error) = read {
                        reader.fault(written.offset, error);
                    }
                }
            }
            "hardware" => system.hardware = reader.strings(name_of_key, value),
            "modalities" => system.modalities = reader.strings(name_of_key, value),
            "domains" => system.domains = reader.strings(name_of_key, value),
            "architecture" => system.architecture = reader.strings(name_of_key, value),
            "datasets" => system.datasets = reader.strings(name_of_key, value),
            "described-as" => system.described_as = reader.strings(name_of_key, value),
            "keywords" => system.keywords = reader.strings(name_of_key, value),
            "title" => system.titles = reader.strings(name_of_key, value),
            "arxiv" => system.arxiv = reader.strings(name_of_key, value),
            "uses" => system.uses = reader.count(name_of_key, value),
            "sources" => system.sources = reader.strings(name_of_key, value),
            "doubtful" => system.doubtful = reader.strings(name_of_key, value),
            _ => match SystemKey::by_name(name_of_key).and_then(SystemKey::amounts) {
                Some((measure, unit)) => {
                    system.amounts[measure as usize] = reader.sizes(name_of_key, value, unit);
                }
                None => reader.unknown_key(&key, &SystemKey::names().collect::<Vec<_>>()),
            },
        }
    }
    let Some(id) = id else {
        reader.fault_with_help(entry.offset, "a system without id", "write id = \"…\" in lower case");
        return None;
    };
    let Some(name) = name else {
        reader.fault(id.offset, format!("system `{}` has no name", id.value));
        return None;
    };
    if !has_type {
        reader.fault_with_help(
            id.offset,
            format!("system `{}` has no type", id.value),
            "write type = \"model\"",
        );
    }
    if system.sources.is_empty() {
        let message = format!("system `{}` has no sources", id.value);
        reader.fault_with_help(id.offset, message, "write sources = [\"…\"]: where the facts are from");
    }
    refuse_wrong_order(reader, announced.as_ref(), internal_since.as_ref(), retired.as_ref());
    refuse_early_release(reader, announced.as_ref(), released.as_ref());

    let name_places = std::iter::once(&name).chain(&aliases).map(|name| name.offset).collect();
    system.id = id.value.to_string();
    system.layer = layer;
    system.name = name.value.to_string();
    system.aliases = owned(aliases);
    system.announced = announced.map(|date| date.value);
    system.internal_since = internal_since.map(|date| date.value);
    system.released = released.map(|date| date.value);
    system.retired = retired.map(|date| date.value);
    if all_common {
        system.common_words = system.names().map(str::to_string).collect();
    }
    Some(Draft { file: reader.file, layer, id, family, base, organisations, name_places, system })
}

#[cfg(test)]
#[path = "system_file_tests.rs"]
mod tests;
