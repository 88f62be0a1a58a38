//! All facts of the catalogue about a system, as one table that the text and JSON formats are made from.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::catalogue::{Catalogue, System, SystemId, show_amount};
use crate::document::PartialDate;

/// Maximum number of characters in a line of text.
const WIDTH: usize = 100;
/// Number of characters in the left column.
const KEY: usize = 18;

/// A fact of the catalogue, under its key in the system files.
struct Fact {
    key: &'static str,
    value: Value,
}

enum Value {
    /// Empty if the value is unknown.
    Text(String),
    Texts(Vec<String>),
    Count(u32),
    Amounts {
        amounts: Vec<f64>,
        unit: Unit,
    },
    /// A catalogue entry: id and name.
    Entry(Option<(String, String)>),
    Entries(Vec<(String, String)>),
}

#[derive(Clone, Copy)]
enum Unit {
    None,
    /// For numbers small enough to be shown exactly: 1024 chips, not 1.02K.
    Piece,
    Bytes,
    Flop,
    Days,
}

/// The facts of one system. Serialises under the keys of the system files, without unknown values.
pub struct SystemFacts<'c> {
    system: &'c System,
    facts: Vec<Fact>,
}

impl<'c> SystemFacts<'c> {
    /// Collects the facts.
    pub fn new(catalogue: &'c Catalogue, id: SystemId, system: &'c System) -> Self {
        let entry = |id: &SystemId| {
            catalogue.system(*id).map(|system| (system.id.clone(), system.name.clone())).unwrap_or_default()
        };
        let head = system.family.unwrap_or(id);
        let of_family =
            |other: &(SystemId, &System)| other.0 != id && (other.0 == head || other.1.family == Some(head));
        let members = catalogue.systems.iter().filter(of_family).map(|(id, _)| entry(&id)).collect();
        let makers = system
            .organisations
            .iter()
            .filter_map(|maker| catalogue.organisations.get(*maker))
            .map(|maker| (maker.id.clone(), maker.name.clone()));
        let text = |value: &dyn ToString| Value::Text(value.to_string());
        let texts = |values: &[String]| Value::Texts(values.to_vec());
        let date =
            |date: Option<PartialDate>| Value::Text(date.map(|date| date.to_string()).unwrap_or_default());
        let amounts = |amounts: &[f64], unit: Unit| Value::Amounts { amounts: amounts.to_vec(), unit };
        let table = [
            ("id", text(&system.id)),
            ("name", text(&system.name)),
            ("type", text(&system.entity_type)),
            ("aliases", texts(&system.aliases)),
            ("common-words", texts(&system.common_words)),
            ("organisations", Value::Entries(makers.collect())),
            ("family", Value::Entry(system.family.as_ref().map(entry))),
            ("family-members", Value::Entries(members)),
            ("base", Value::Entries(system.base.iter().map(entry).collect())),
            ("announced", date(system.announced)),
            ("internal-since", date(system.internal_since)),
            ("released", date(system.released)),
            ("retired", date(system.retired)),
            ("access", Value::Text(system.access.map(|access| access.to_string()).unwrap_or_default())),
            (
                "access-before",
                Value::Text(system.access_before.map(|access| access.to_string()).unwrap_or_default()),
            ),
            ("parameters", amounts(&system.parameters, Unit::None)),
            ("active-parameters", amounts(&system.active_parameters, Unit::None)),
            ("tokens", amounts(&system.tokens, Unit::None)),
            ("examples", amounts(&system.examples, Unit::None)),
            ("bytes", amounts(&system.bytes, Unit::Bytes)),
            ("compute", amounts(&system.compute, Unit::Flop)),
            ("hardware", texts(&system.hardware)),
            ("chips", amounts(&system.chips, Unit::Piece)),
            ("days", amounts(&system.days, Unit::Days)),
            ("context", amounts(&system.context, Unit::Piece)),
            ("vocabulary", amounts(&system.vocabulary, Unit::Piece)),
            ("layers", amounts(&system.layers, Unit::Piece)),
            ("width", amounts(&system.width, Unit::Piece)),
            ("modalities", texts(&system.modalities)),
            ("domains", texts(&system.domains)),
            ("architecture", texts(&system.architecture)),
            ("datasets", texts(&system.datasets)),
            ("described-as", texts(&system.described_as)),
            ("keywords", texts(&system.keywords)),
            ("title", texts(&system.titles)),
            ("uses", Value::Count(system.uses)),
            ("arxiv", texts(&system.arxiv)),
            ("sources", texts(&system.sources)),
            ("doubtful", texts(&system.doubtful)),
            (
                "origin",
                Value::Text(catalogue.origins.get(system.layer).map(ToString::to_string).unwrap_or_default()),
            ),
        ];
        let facts = table
            .into_iter()
            .map(|(key, value)| Fact { key, value })
            .filter(|fact| !fact.value.shown().is_empty())
            .collect();
        Self { system, facts }
    }

    /// Returns the facts as two columns under the name.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n\n", self.system.name);
        for fact in self.facts.iter().filter(|fact| fact.key != "name") {
            let mut parts = fact.value.shown();
            if let Some(last) = parts.last_mut().filter(|_| self.system.is_doubtful(fact.key)) {
                last.push_str(" (doubtful)");
            }
            let _ = write!(out, "  {:KEY$}", fact.key);
            write_parts(&mut out, &parts);
        }
        out
    }
}

/// Writes parts separated by commas, in as many lines as they need. A part that is longer than a line is
/// broken between its words.
fn write_parts(out: &mut String, parts: &[String]) {
    let begin_line = |out: &mut String| {
        let _ = write!(out, "\n  {:KEY$}", "");
        2 + KEY
    };
    let mut column = 2 + KEY;
    for (index, part) in parts.iter().enumerate() {
        let width = part.chars().count();
        if index > 0 {
            out.push(',');
            if column + width + 3 > WIDTH {
                column = begin_line(out);
            } else {
                out.push(' ');
                column += 2;
            }
        }
        for (word_index, word) in part.split(' ').enumerate() {
            let width = word.chars().count();
            if word_index > 0 && column + width + 2 > WIDTH {
                column = begin_line(out);
            } else if word_index > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
    }
    out.push('\n');
}

impl Value {
    /// Returns the value for users, in its parts; empty if it is unknown.
    fn shown(&self) -> Vec<String> {
        match self {
            Self::Text(text) if text.is_empty() => Vec::new(),
            Self::Text(text) => vec![text.clone()],
            Self::Texts(texts) => texts.clone(),
            Self::Count(0) => Vec::new(),
            Self::Count(1) => vec!["1 paper of the sample names it".to_string()],
            Self::Count(count) => vec![format!("{count} papers of the sample name it")],
            Self::Amounts { amounts, unit } => amounts.iter().map(|amount| unit.shown(*amount)).collect(),
            Self::Entry(entry) => entry.iter().map(called).collect(),
            Self::Entries(entries) => entries.iter().map(called).collect(),
        }
    }
}

/// Returns an entry as shown to users.
fn called((id, name): &(String, String)) -> String {
    format!("{name} [{id}]")
}

impl Unit {
    fn shown(self, amount: f64) -> String {
        match self {
            Self::None => show_amount(amount),
            Self::Piece => amount.to_string(),
            Self::Flop => format!("{} FLOP", show_amount(amount)),
            Self::Days => format!("{} days", show_amount(amount)),
            Self::Bytes => {
                // "825B" of bytes would read as 825 bytes.
                let scaled = [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB")];
                let unit = scaled.into_iter().find(|(factor, _)| amount >= *factor);
                unit.map_or_else(
                    || format!("{amount} bytes"),
                    |(factor, unit)| format!("{} {unit}", show_amount(amount / factor)),
                )
            }
        }
    }
}

impl Serialize for SystemFacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.facts.len()))?;
        for Fact { key, value } in &self.facts {
            match value {
                Value::Text(text) => map.serialize_entry(key, text)?,
                Value::Texts(texts) => map.serialize_entry(key, texts)?,
                Value::Count(count) => map.serialize_entry(key, count)?,
                Value::Amounts { amounts, .. } => map.serialize_entry(key, amounts)?,
                Value::Entry(entry) => map.serialize_entry(key, &entry.as_ref().map(|(id, _)| id))?,
                Value::Entries(entries) => {
                    map.serialize_entry(key, &entries.iter().map(|(id, _)| id).collect::<Vec<_>>())?;
                }
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(catalogue: &Catalogue, id: &str) -> String {
        let (id, system) = catalogue.systems.iter().find(|(_, system)| system.id == id).unwrap();
        SystemFacts::new(catalogue, id, system).text()
    }

    #[test]
    fn what_is_known_is_shown_in_two_columns() {
        let catalogue = Catalogue::built_in().unwrap();
        let text = facts(&catalogue, "lamda");
        for line in ["  parameters        422M, 2B, 8B, 68B, 137B", "  chips             1024"] {
            assert!(text.lines().any(|shown| shown == line), "{text}");
        }
        assert!(!text.contains("retired"), "{text}");
        assert!(facts(&catalogue, "the-pile").contains("825 GB"));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn what_is_not_sure_is_marked() {
        let catalogue = Catalogue::built_in().unwrap();
        let (_, system) =
            catalogue.systems.iter().find(|(_, system)| system.is_doubtful("parameters")).unwrap();
        let text = facts(&catalogue, &system.id);
        let line = text.lines().find(|line| line.starts_with("  parameters")).unwrap();
        assert!(line.ends_with("(doubtful)"), "{text}");
    }
}
