//! The systems that each paper of a collection names, and their totals.

use std::collections::{BTreeMap, HashSet};

use byname::Engine;
use byname::catalogue::{EntityType, HalfYear, HalfYearCounts, Kind, SystemId, Systems};
use byname::collection::Task;
use byname::document::{Document, PartialDate, ReadError};
use serde::Serialize;

/// Most bytes of a name that no system has; a longer one is taken for a mistake of the paper and dropped.
const LONGEST_NAME: usize = 60;

/// The task of a run that collects the systems and unknown names in each paper.
#[derive(Debug)]
pub struct CountNames<'e> {
    /// The engine that detects the names.
    pub engine: &'e Engine,
}

/// The systems and unknown names of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesOfPaper {
    /// The date of the paper.
    pub date: Option<PartialDate>,
    /// The systems named, each once.
    pub systems: Vec<SystemId>,
    /// Names that no system has, each once in its first spelling, with the type of entity that it names.
    pub unknown: Vec<(String, EntityType)>,
}

/// A name that no system of the catalogue has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownName {
    /// The name as the first paper writes it.
    pub name: String,
    /// The type of entity that it names, as the first paper has it.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// Number of papers that give it.
    pub papers: u32,
}

/// Numbers of papers of a collection that give each name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameCounts {
    /// Dated papers by half-year.
    pub papers: HalfYearCounts,
    /// Papers whose date is missing, does not determine the half-year, or lies in the future. They count only
    /// towards `unknown`.
    pub undated: usize,
    /// Papers that name each system, by half-year.
    pub of_systems: BTreeMap<SystemId, HalfYearCounts>,
    /// Names that no system has, those of most papers first.
    pub unknown: Vec<UnknownName>,
}

impl Task for CountNames<'_> {
    /// `None` for a paper that cannot be read.
    type Output = Option<NamesOfPaper>;

    fn engine(&self) -> Option<&Engine> {
        Some(self.engine)
    }

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> Self::Output {
        let detected = self.engine.detect(&document);
        let (mut systems, mut unknown) = (Vec::new(), Vec::new());
        for mention in detected.mentions.iter().filter(|mention| mention.kind == Kind::Named) {
            match mention.systems.first() {
                Some(system) => systems.push(*system),
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
        let mut seen = HashSet::new();
        unknown.retain(|(name, _)| seen.insert(name.to_lowercase()));
        Some(NamesOfPaper { date: document.date, systems, unknown })
    }

    fn lost(&self, _shown: &str, _error: &ReadError) -> Self::Output {
        None
    }
}

impl NameCounts {
    /// Adds up the output of a run of [`CountNames`]. A paper dated after `today` has a wrong date and counts
    /// as undated.
    pub fn gather(papers: impl IntoIterator<Item = NamesOfPaper>, today: jiff::civil::Date) -> Self {
        let mut counts = Self::default();
        let mut unknown: BTreeMap<String, UnknownName> = BTreeMap::new();
        for NamesOfPaper { date, systems, unknown: names } in papers {
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
                counts.of_systems.entry(system).or_default().add(half);
            }
        }
        counts.unknown = unknown.into_values().collect();
        counts.unknown.sort_by(|a, b| b.papers.cmp(&a.papers).then_with(|| a.name.cmp(&b.name)));
        counts
    }

    /// Returns the counts as the text of a catalogue's `uses.toml`; `source` states which papers were
    /// counted.
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
    use byname::catalogue::Catalogue;

    use super::*;

    #[test]
    fn a_name_without_a_system_counts_once_a_paper_however_it_is_written() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let text = "Zorgon-7B is a language model. It beats LaMDA. ZORGON-7B is a language model too.";
        let paper = CountNames { engine: &engine }.paper(Document::from_prose("p", text), None);
        let counts = NameCounts::gather(paper, "2025-01-01".parse().unwrap());
        let unknown: Vec<(&str, u32)> =
            counts.unknown.iter().map(|name| (name.name.as_str(), name.papers)).collect();
        assert_eq!(unknown, [("Zorgon-7B", 1)]);
    }

    #[test]
    fn papers_are_counted_by_half_year_and_each_name_once_a_paper() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let papers = [
            ("We compare GPT-4 with LaMDA, and GPT-4 is better.", Some("2023-05-02")),
            ("The letters were sorted by GPT-4.", Some("2024-01")),
            ("The letters were sorted by GPT-4.", Some("2024")),
            ("The letters were sorted by GPT-4.", Some("2026-02")),
            ("The letters were sorted by GPT-4.", None),
        ];
        let papers = papers.into_iter().filter_map(|(text, date)| {
            let mut document = Document::from_prose("p", text);
            document.date = date.and_then(|date| date.parse().ok());
            CountNames { engine: &engine }.paper(document, None)
        });
        let counts = NameCounts::gather(papers, "2025-01-01".parse().unwrap());
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
}
