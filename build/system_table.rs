//! The tables of the systems of the built-in catalogue: what a start needs of each, so that the facts about a system
//! are read when they are first asked for, and the words of their entries. `src/catalogue/system_table.rs` and
//! `src/catalogue/system_words.rs` read them.

use std::collections::HashMap;
use std::io;

use toml::de::{DeTable, DeValue};

use crate::form::{write_number, write_string};
use crate::word_cutting::for_each_entry_word;

/// The number of a type in the table.
const TYPES: [&str; 3] = ["model", "dataset", "software"];

/// The keys of phrases whose words may stand for a system, in the order in which linking reads them.
const PHRASES: [&str; 6] = ["described-as", "keywords", "domains", "architecture", "hardware", "datasets"];

/// Writes the table. `files` are the names and texts of the files of the catalogue, in the order in which the library
/// has them.
pub fn write(files: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut uses = HashMap::new();
    let (mut places, mut counts, mut types, mut of_names) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut ids = Vec::new();
    for (_, text) in files.iter().filter(|(name, _)| name == "uses.toml") {
        for (id, counts) in table(&parse(text)?, "systems").into_iter().flatten() {
            uses.insert(id.get_ref().to_string(), sum(counts.get_ref()));
        }
    }
    for (place, (_, text)) in files.iter().enumerate().filter(|(_, (name, _))| name.starts_with("systems/")) {
        let parsed = parse(text)?;
        let systems = tables(&parsed, "system");
        write_number(&mut places, place);
        write_number(&mut places, systems.len());
        for system in systems {
            let id = texts(system, "id").concat();
            let own = system.get("uses").and_then(|uses| uses.get_ref().as_integer()?.as_str().parse().ok());
            let uses: u32 = uses.get(&id).copied().or(own).unwrap_or_default();
            let entity_type = texts(system, "type").concat();
            let entity_type = TYPES.iter().position(|known| *known == entity_type);
            let entity_type =
                entity_type.ok_or_else(|| io::Error::other(format!("`{id}` has no known type")))?;
            counts.extend(uses.to_le_bytes());
            types.push(entity_type as u8);
            write_string(&mut ids, &id);
            let names = [texts(system, "name"), texts(system, "aliases")].concat();
            let common = texts(system, "common-words");
            let all_common =
                system.get("common-words").is_some_and(|all| all.get_ref().as_bool() == Some(true));
            write_number(&mut of_names, names.len());
            for name in names {
                of_names.push(u8::from(all_common || common.contains(&name)));
                write_string(&mut of_names, name);
            }
        }
    }
    let mut written = Vec::new();
    write_number(&mut written, types.len());
    write_number(&mut written, places.len());
    write_number(&mut written, ids.len());
    Ok([written, places, counts, types, ids, of_names].concat())
}

/// Writes the words of all systems, each with its share of papers, and for each system which of them are its own.
pub fn write_words(files: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let (mut words, mut of_systems) = (Vec::new(), Vec::new());
    let (shares, rest) = word_shares(files)?;
    for (_, text) in files.iter().filter(|(name, _)| name.starts_with("systems/")) {
        let parsed = parse(text)?;
        for system in tables(&parsed, "system") {
            let mut own = Vec::new();
            let phrases = PHRASES.into_iter().flat_map(|key| texts(system, key));
            let names = ["name", "aliases"].into_iter().flat_map(|key| texts(system, key));
            for_each_entry_word(phrases, texts(system, "title").into_iter(), names, |word| {
                let next = places.len();
                let place = *places.entry(word.to_string()).or_insert(next);
                if place == next {
                    write_string(&mut words, word);
                    words.extend(shares.get(word).unwrap_or(&rest).to_le_bytes());
                }
                if !own.contains(&place) {
                    own.push(place);
                }
            });
            write_number(&mut of_systems, own.len());
            own.into_iter().for_each(|place| write_number(&mut of_systems, place));
        }
    }
    let mut written = Vec::new();
    write_number(&mut written, places.len());
    Ok([written, words, of_systems].concat())
}

/// Returns the share of papers that each common word has, as `src/catalogue/word_share.rs` reads it, and that of all
/// other words.
fn word_shares(files: &[(String, String)]) -> io::Result<(HashMap<String, f32>, f32)> {
    let part = |table: &DeTable<'_>, key: &str| {
        let value = table.get(key)?.get_ref();
        let written = value.as_float().map(|number| number.as_str());
        let written = written.or_else(|| value.as_integer().map(|number| number.as_str()));
        written?.parse::<f64>().ok().map(|percent| percent as f32 / 100.0)
    };
    let (mut shares, mut rest) = (HashMap::new(), 0.0);
    for (_, text) in files.iter().filter(|(name, _)| name == "word-shares.toml") {
        let parsed = parse(text)?;
        rest = part(&parsed, "rest").unwrap_or(rest);
        for band in tables(&parsed, "band") {
            let share =
                part(band, "share").ok_or_else(|| io::Error::other("a band of words has no share"))?;
            let words = texts(band, "words").concat();
            shares.extend(words.split_whitespace().map(|word| (word.to_string(), share)));
        }
    }
    Ok((shares, rest))
}

/// Returns the entries under a key of a file.
pub fn tables<'a, 't>(file: &'a DeTable<'t>, key: &str) -> Vec<&'a DeTable<'t>> {
    let entries = file.get(key).and_then(|entries| entries.get_ref().as_array());
    let entries = entries.into_iter().flat_map(|entries| entries.iter());
    entries.filter_map(|entry| entry.get_ref().as_table()).collect()
}

pub fn parse(text: &str) -> io::Result<DeTable<'_>> {
    DeTable::parse(text).map(|table| table.into_inner()).map_err(io::Error::other)
}

fn table<'a, 't>(table: &'a DeTable<'t>, key: &str) -> Option<&'a DeTable<'t>> {
    table.get(key)?.get_ref().as_table()
}

/// Returns a text, or a list of texts.
pub fn texts<'a>(table: &'a DeTable<'_>, key: &str) -> Vec<&'a str> {
    match table.get(key).map(|value| value.get_ref()) {
        Some(DeValue::String(text)) => vec![text],
        Some(DeValue::Array(items)) => items.iter().filter_map(|item| item.get_ref().as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Sums the counts of half-years: "2023a 7 64".
fn sum(counts: &DeValue<'_>) -> u32 {
    let counts = counts.as_str().unwrap_or_default().split_ascii_whitespace().skip(1);
    let sum: u64 = counts.filter_map(|count| count.parse::<u64>().ok()).sum();
    u32::try_from(sum).unwrap_or(u32::MAX)
}
