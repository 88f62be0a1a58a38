//! The outlines of the systems of the built-in catalogue: the facts by which linking looks systems up.
//! `src/catalogue/system_outline.rs` reads them.

use std::collections::HashMap;
use std::io;

use toml::de::{DeTable, DeValue};

use crate::form::{write_number, write_string};
use crate::system_table::{parse, tables, texts};

const DATES: [&str; 4] = ["announced", "internal-since", "released", "retired"];

const AMOUNTS: [&str; 12] = [
    "parameters",
    "active-parameters",
    "tokens",
    "examples",
    "bytes",
    "compute",
    "chips",
    "days",
    "context",
    "vocabulary",
    "layers",
    "width",
];

/// Writes the keys of amounts, and then of each system its dates, its makers, its family, its bases, those of its data sets that
/// are systems too, and its amounts. `files` are the names and texts of the files of the catalogue, in the order in
/// which the library has them.
pub fn write(files: &[(String, String)]) -> io::Result<Vec<u8>> {
    let of_makers = files.iter().filter(|(name, _)| name == "organisations.toml");
    let makers = places(of_makers, "organisation")?;
    let of_systems = || files.iter().filter(|(name, _)| name.starts_with("systems/"));
    let systems = places(of_systems(), "system")?;
    let mut written = Vec::new();
    write_number(&mut written, AMOUNTS.len());
    AMOUNTS.iter().for_each(|key| write_string(&mut written, key));
    for (_, text) in of_systems() {
        let parsed = parse(text)?;
        for system in tables(&parsed, "system") {
            DATES.iter().for_each(|key| write_date(&mut written, &amounts(system, key).concat()));
            let own = texts(system, "organisations");
            // The maker of the file stands first.
            let of_file = texts(&parsed, "organisation").into_iter().filter(|maker| !own.contains(maker));
            write_places(&mut written, &makers, &of_file.chain(own.clone()).collect::<Vec<_>>());
            let mut family = texts(system, "family");
            family.retain(|head| *head != texts(system, "id").concat());
            write_places(&mut written, &systems, &family);
            write_places(&mut written, &systems, &texts(system, "base"));
            write_places(&mut written, &systems, &texts(system, "datasets"));
            let stated = AMOUNTS.iter().enumerate();
            let stated =
                stated.flat_map(|(key, name)| amounts(system, name).into_iter().map(move |of| (key, of)));
            let stated: Vec<_> = stated.collect();
            write_number(&mut written, stated.len());
            for (key, amount) in stated {
                write_number(&mut written, key);
                write_string(&mut written, &amount);
            }
        }
    }
    Ok(written)
}

/// Returns the place of each entry under a key of some files, by its id.
fn places<'f>(
    files: impl Iterator<Item = &'f (String, String)>,
    key: &str,
) -> io::Result<HashMap<String, usize>> {
    let mut places = HashMap::new();
    for (_, text) in files {
        for entry in tables(&parse(text)?, key) {
            let next = places.len();
            places.insert(texts(entry, "id").concat(), next);
        }
    }
    Ok(places)
}

fn write_places(written: &mut Vec<u8>, places: &HashMap<String, usize>, ids: &[&str]) {
    let places: Vec<usize> = ids.iter().filter_map(|id| places.get(*id).copied()).collect();
    write_number(written, places.len());
    places.into_iter().for_each(|place| write_number(written, place));
}

/// Writes year, month and day, 0 for what the date leaves open.
fn write_date(written: &mut Vec<u8>, date: &str) {
    let mut parts = date.split('-').map(|part| part.parse().unwrap_or_default());
    (0..3).for_each(|_| write_number(written, parts.next().unwrap_or_default()));
}

/// Returns a number, or a list of them, as written.
fn amounts(table: &DeTable<'_>, key: &str) -> Vec<String> {
    let written = |value: &DeValue<'_>| match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_string(),
        DeValue::Float(number) => number.as_str().to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    match table.get(key).map(|value| value.get_ref()) {
        Some(DeValue::Array(items)) => items.iter().map(|item| written(item.get_ref())).collect(),
        value => value.into_iter().map(written).collect(),
    }
}
