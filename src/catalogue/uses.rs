//! `uses.toml`: number of papers of a sample that name each system, by half-year.
//!
//! Counts of two samples cannot be combined, so the file of a later layer replaces those below it.

use std::fmt;

use jiff::civil::Date;

use super::entry::{EntryReader, Text};
use super::parsed::{Content, Table, Value};
use super::switched_off::SwitchedOff;
use super::{CatalogueFile, HalfYear, Layer, SystemId};

/// The path of the file within a catalogue folder.
pub const FILE: &str = "uses.toml";

const KEYS: &[&str] = &["source", "papers", "systems"];
const HELP: &str = "write the first half-year and a count for it and each one after it, as in \"2023a 7 64\"";

/// Counts of consecutive half-years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HalfYearCounts {
    /// The half-year of the first count.
    pub first: HalfYear,
    /// The counts.
    pub counts: Vec<u32>,
}

impl HalfYearCounts {
    /// Returns the count of a half-year; 0 outside the range.
    pub fn of(&self, half: HalfYear) -> u32 {
        half.since(self.first).and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    /// Returns the sum of all counts.
    pub fn sum(&self) -> u64 {
        self.counts.iter().copied().map(u64::from).sum()
    }

    /// Adds one to the count of a half-year.
    pub fn add(&mut self, half: HalfYear) {
        if self.counts.is_empty() {
            self.first = half;
        }
        match half.since(self.first) {
            Some(place) => self.counts.resize(self.counts.len().max(place + 1), 0),
            None => {
                let before = self.first.since(half).unwrap_or_default();
                self.counts.splice(..0, std::iter::repeat_n(0, before));
                self.first = half;
            }
        }
        if let Some(count) = half.since(self.first).and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }
}

impl fmt::Display for HalfYearCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        self.counts.iter().try_for_each(|count| write!(f, " {count}"))
    }
}

/// Counts of the papers that name each system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// Number of papers of the sample.
    pub papers: HalfYearCounts,
    /// Number of papers that name each system.
    pub of_systems: Vec<(SystemId, HalfYearCounts)>,
}

/// Reads the counts of the highest layer that has any. `place_of` returns the place of a system by its id.
pub(super) fn read(
    layers: &[Layer],
    place_of: &dyn Fn(&str) -> Option<SystemId>,
    off: &SwitchedOff,
    today: Date,
    faults: &mut Vec<super::Fault>,
) -> Uses {
    let mut files = layers.iter().rev().flat_map(|layer| &layer.files);
    let Some(file) = files.find(|file| file.path == FILE) else { return Uses::default() };
    read_file(file, place_of, off, today, faults)
}

/// Reads the counts of a file that has no faults.
pub(super) fn read_sound(file: &CatalogueFile, place_of: impl Fn(&str) -> Option<SystemId>) -> Uses {
    read_file(file, &place_of, &SwitchedOff::default(), Date::MAX, &mut Vec::new())
}

fn read_file(
    file: &CatalogueFile,
    place_of: &dyn Fn(&str) -> Option<SystemId>,
    off: &SwitchedOff,
    today: Date,
    faults: &mut Vec<super::Fault>,
) -> Uses {
    let mut reader = EntryReader { file, faults };
    let (mut papers, mut rows, mut sourced) = (None, Table::default(), false);
    for (key, value) in reader.document().unwrap_or_default() {
        let name = key.name;
        match name {
            "source" => sourced = reader.text(name, value).is_some(),
            "papers" => papers = row(&mut reader, name, value, today),
            "systems" => match value.content {
                Content::Table(table) => rows = table,
                _ => reader.fault(value.start(), "`systems` must be a table of ids and counts"),
            },
            _ => reader.unknown_key(&key, KEYS),
        }
    }
    if !sourced {
        reader.fault_with_help(
            0,
            "counts without a source",
            "write source = \"…\": which papers were counted",
        );
    }
    let Some(papers) = papers else {
        reader.fault_with_help(0, "no half-year says how many papers were counted", HELP);
        return Uses::default();
    };
    let mut of_systems = Vec::with_capacity(rows.len());
    for (key, value) in rows {
        let (id, offset) = (key.name, key.start());
        let Some(counts) = row(&mut reader, id, value, today) else { continue };
        let too_many = counts
            .counts
            .iter()
            .enumerate()
            .find(|(place, count)| **count > papers.of(counts.first.later(*place)));
        if let Some((place, count)) = too_many {
            let half = counts.first.later(place);
            let message = format!("{count} papers of {half} name `{id}`, of {} in all", papers.of(half));
            reader.fault_with_help(offset, message, "`papers` says how many papers were counted");
        }
        match place_of(id) {
            Some(system) => of_systems.push((system, counts)),
            None if off.has(id) => {}
            None => {
                let help = "count again with `byname systems count`, or remove the line";
                reader.fault_with_help(offset, format!("unknown system `{id}`"), help);
            }
        }
    }
    Uses { papers, of_systems }
}

/// Reads the counts of one line.
fn row<'a>(
    reader: &mut EntryReader<'a, '_>,
    key: &str,
    value: Value<'a>,
    today: Date,
) -> Option<HalfYearCounts> {
    let Text { value: written, offset } = reader.text(key, value)?;
    let mut words = written.split_ascii_whitespace();
    let Some(first) = words.next().and_then(|word| word.parse::<HalfYear>().ok()) else {
        reader.fault_with_help(offset, format!("`{key}` begins with no half-year"), HELP);
        return None;
    };
    let counts: Option<Vec<u32>> = words.map(|word| word.parse().ok()).collect();
    let Some(counts) = counts.filter(|counts| !counts.is_empty()) else {
        reader.fault_with_help(offset, format!("`{key}` must hold whole numbers after {first}"), HELP);
        return None;
    };
    let last = first.later(counts.len() - 1);
    let now = u32::from(today.year().unsigned_abs()) * 12 + u32::from(today.month().unsigned_abs()) - 1;
    if last.first_month() > now {
        let message = format!("`{key}` counts papers of the future: {last}");
        reader.fault_with_help(offset, message, format!("today is {today}"));
        return None;
    }
    Some(HalfYearCounts { first, counts })
}

#[cfg(test)]
#[path = "uses_tests.rs"]
mod tests;
