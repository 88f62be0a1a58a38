//! Writes new systems as files of a catalogue, one file per organisation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use byname::catalogue::{Catalogue, CatalogueFile, EntityType, Layer};

use super::compare::{Comparison, Names, State, organisation, slug};
use super::fact::{FactKey, ImportedSystem};

/// Name of the file for systems without a known maker.
const MAKERLESS: &str = "unknown-makers";

/// Returns the new systems, with the organisations that the catalogue lacks, as a layer to put on top of it;
/// the layer has no files if nothing is new. Also returns a message for each base that was left out because
/// neither the catalogue nor the table knows it.
pub fn layer_of(catalogue: &Catalogue, comparisons: &[Comparison]) -> (Layer, Vec<String>) {
    let new: Vec<&ImportedSystem> = comparisons
        .iter()
        .filter(|comparison| comparison.state == State::New)
        .map(|comparison| &comparison.imported)
        .collect();
    let names = Names::new(catalogue);
    let ids = ids(catalogue, &new);
    let by_name: BTreeMap<&str, &str> =
        new.iter().zip(&ids).map(|(system, id)| (system.name.as_str(), id.as_str())).collect();

    let mut left_out = Vec::new();
    let mut makers: BTreeMap<String, &str> = BTreeMap::new();
    let mut systems: BTreeMap<String, String> = BTreeMap::new();
    for (system, id) in new.iter().zip(&ids) {
        let mut of = Vec::new();
        for name in system.values(FactKey::Organisations) {
            let known = organisation(catalogue, name).and_then(|id| catalogue.organisations.get(id));
            of.push(known.map_or_else(
                || {
                    let id = slug(name);
                    makers.entry(id.clone()).or_insert(name);
                    id
                },
                |maker| maker.id.clone(),
            ));
        }
        let mut bases = Vec::new();
        for base in system.values(FactKey::Base) {
            match by_name.get(base.as_str()).copied().or_else(|| names.id(base)).filter(|base| base != id) {
                Some(base) => bases.push(base.to_string()),
                None => {
                    left_out.push(format!("{}: the base `{base}` is not known and left out", system.place))
                }
            }
        }
        let file = of.first().cloned().unwrap_or_else(|| MAKERLESS.to_string());
        let text = systems.entry(file).or_default();
        if let Some(maker) = of.first().filter(|_| text.is_empty()) {
            let _ = writeln!(text, "organisation = {}", quoted(maker));
        }
        let _ = write!(text, "{}", entry(system, id, &of, &bases));
    }

    let mut files: Vec<CatalogueFile> = systems
        .into_iter()
        .map(|(name, text)| CatalogueFile::new(format!("systems/{name}.toml"), text.trim_start().to_string()))
        .collect();
    if !makers.is_empty() {
        let entries: Vec<String> = makers
            .iter()
            .map(|(id, name)| format!("[[organisation]]\nid = {}\nname = {}\n", quoted(id), quoted(name)))
            .collect();
        files.insert(0, CatalogueFile::new("organisations.toml".to_string(), entries.join("\n")));
    }
    (Layer { name: "imported".to_string(), files }, left_out)
}

/// Returns an unused id for each new system.
fn ids(catalogue: &Catalogue, new: &[&ImportedSystem]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut id = |system: &&ImportedSystem| {
        let plain = slug(&system.name);
        let typed = format!("{plain}-{}", system.entity_type);
        let counted = (2..).map(|count: usize| format!("{typed}-{count}"));
        let free = |id: &String| catalogue.systems.by_id(id).is_none() && !taken.contains(id);
        let id = [plain.clone(), typed.clone()].into_iter().chain(counted).find(free).unwrap_or_default();
        taken.insert(id.clone());
        id
    };
    new.iter().map(&mut id).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn entry(system: &ImportedSystem, id: &str, makers: &[String], base: &[String]) -> String {
    let mut out = format!("\n[[system]]\nid = {}\nname = {}\n", quoted(id), quoted(&system.name));
    let _ = writeln!(out, "type = {}", quoted(EntityType::name(system.entity_type)));
    for (key, values) in &system.facts {
        let values: &[String] = match key {
            FactKey::Organisations if makers.len() < 2 => &[],
            FactKey::Organisations => makers,
            FactKey::Base => base,
            _ => values,
        };
        let all: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let _ = match all.as_slice() {
            [] => Ok(()),
            [one] if key.is_single() || *key == FactKey::Title => writeln!(out, "{key} = {one}"),
            all => writeln!(out, "{key} = [{}]", all.join(", ")),
        };
    }
    out
}
