//! Which systems each paper of a collection names, added up.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::catalogue::{EntityType, HalfYear, HalfYearCounts, Kind, SystemId, Systems};
use crate::collection::Task;
use crate::document::{Document, PartialDate, ReadError};
use crate::engine::Engine;
use crate::report::Tally;

/// Spellings of a name that no system has; a paper may give longer ones by mistake.
const LONGEST_NAME: usize = 60;

/// The task of a run: notes for each paper the systems that it names.
#[derive(Debug)]
pub struct CountNames<'e> {
    /// What knows their names.
    pub engine: &'e Engine,
}

/// One line of what [`CountNames`] writes.
#[derive(Serialize, Deserialize)]
struct Line {
    date: Option<PartialDate>,
    systems: Vec<u32>,
    unknown: Vec<(String, EntityType)>,
}

/// A name that no system of the catalogue has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownName {
    /// The name as the first paper writes it.
    pub name: String,
    /// What papers say it is.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// How many papers give it.
    pub papers: u32,
}

/// How many papers of a collection give each name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameCounts {
    /// The papers by date.
    pub papers: HalfYearCounts,
    /// Papers without a date that tells the half-year, or with one of the future: they are not counted.
    pub undated: usize,
    /// Papers that name a system.
    pub of_systems: BTreeMap<SystemId, HalfYearCounts>,
    /// Names that no system has, those of most papers first.
    pub unknown: Vec<UnknownName>,
}

impl Task for CountNames<'_> {
    fn engine(&self) -> Option<&Engine> {
        Some(self.engine)
    }

    fn paper(
        &self,
        document: Document,
        error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        tally.add_plain(error.map(std::slice::from_ref).unwrap_or_default());
        let detected = self.engine.detect(&document);
        let (mut systems, mut unknown) = (Vec::new(), Vec::new());
        for mention in detected.mentions.iter().filter(|mention| mention.kind == Kind::Named) {
            match mention.systems.first() {
                Some(system) => systems.push(system.0),
                None => {
                    let name = mention.span.of(&document.prose);
                    if name.len() <= LONGEST_NAME {
                        unknown.push((name.to_string(), mention.entity_type));
                    }
                }
            }
        }
        systems.sort_unstable();
        systems.dedup();
        unknown.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        unknown.dedup_by(|a, b| a.0 == b.0);
        serde_json::to_writer(&mut *out, &Line { date: document.date, systems, unknown })?;
        out.push(b'\n');
        Ok(())
    }
}

impl NameCounts {
    /// Adds up what a run of [`CountNames`] wrote; papers dated after `today` have a wrong date.
    ///
    /// # Errors
    /// When a line is not what the task writes.
    pub fn gather(written: &[u8], today: jiff::civil::Date) -> Result<Self, serde_json::Error> {
        let mut counts = Self::default();
        let mut unknown: BTreeMap<String, UnknownName> = BTreeMap::new();
        for line in written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let Line { date, systems, unknown: names } = serde_json::from_slice(line)?;
            for (name, entity_type) in names {
                let first = || UnknownName { name: name.clone(), entity_type, papers: 0 };
                unknown.entry(name.to_lowercase()).or_insert_with(first).papers += 1;
            }
            let half = date.filter(|date| date.earliest() <= today).and_then(HalfYear::of);
            let Some(half) = half else {
                counts.undated += 1;
                continue;
            };
            counts.papers.add(half);
            for system in systems {
                counts.of_systems.entry(SystemId(system)).or_default().add(half);
            }
        }
        counts.unknown = unknown.into_values().collect();
        counts.unknown.sort_by(|a, b| b.papers.cmp(&a.papers).then_with(|| a.name.cmp(&b.name)));
        Ok(counts)
    }

    /// The counts as the file `uses.toml` of a catalogue; `source` says which papers were counted.
    pub fn file(&self, systems: &Systems, source: &str) -> String {
        let mut rows: Vec<(&str, &HalfYearCounts)> = self
            .of_systems
            .iter()
            .filter_map(|(id, counts)| Some((systems.get(*id)?.id.as_str(), counts)))
            .collect();
        rows.sort_unstable_by_key(|(id, _)| *id);
        let text = |text: &str| toml::Value::String(text.to_string()).to_string();
        let mut file = format!(
            "# How many papers name each system, half-year by half-year: 2024a is January to June of 2024. A row\n\
             # gives the first half-year and a count for it and for each one after it. Made by `byname systems count`.\n\
             source = {}\npapers = \"{}\"\n\n[systems]\n",
            text(source),
            self.papers
        );
        for (id, counts) in rows {
            let bare = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            let key = if bare { id.to_string() } else { text(id) };
            file.push_str(&format!("{key} = \"{counts}\"\n"));
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn papers_are_counted_by_half_year_and_each_name_once_a_paper() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let mut written = Vec::new();
        for (text, date) in [
            ("We compare GPT-4 with LaMDA, and GPT-4 is better.", Some("2023-05-02")),
            ("The letters were sorted by GPT-4.", Some("2024-01")),
            ("The letters were sorted by GPT-4.", Some("2024")),
            ("The letters were sorted by GPT-4.", Some("2026-02")),
            ("The letters were sorted by GPT-4.", None),
        ] {
            let mut document = Document::from_prose("p", text);
            document.date = date.and_then(|date| date.parse().ok());
            CountNames { engine: &engine }
                .paper(document, None, &mut Tally::default(), &mut written)
                .unwrap();
        }
        let counts = NameCounts::gather(&written, "2025-01-01".parse().unwrap()).unwrap();
        assert_eq!((counts.papers.to_string().as_str(), counts.undated), ("2023a 1 0 1", 3));
        let systems = &engine.catalogue().systems;
        let file = counts.file(systems, "five \"letters\"");
        let rows: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            rows,
            [
                "source = 'five \"letters\"'",
                "papers = \"2023a 1 0 1\"",
                "",
                "[systems]",
                "gpt-4 = \"2023a 1 0 1\"",
                "lamda = \"2023a 1\"",
            ]
        );
    }

    #[test]
    fn a_line_of_another_hand_is_refused() {
        assert!(NameCounts::gather(b"{}\n", "2025-01-01".parse().unwrap()).is_err());
    }
}
