//! All facts of the catalogue about a system, as one table that the text and JSON formats are made from.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::catalogue::{
    Catalogue, Measure, SYSTEM_KEYS, SizeUnit, System, SystemFact, SystemId, SystemKey, show_amount,
};

/// Maximum number of characters in a line of text.
const WIDTH: usize = 100;
/// Number of characters in the left column.
const KEY: usize = 18;

/// A fact of the catalogue, under its key in the system files.
struct Fact {
    key: &'static str,
    value: SystemFact,
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
        let head = system.family.unwrap_or(id);
        let of_family =
            |other: &(SystemId, &System)| other.0 != id && (other.0 == head || other.1.family == Some(head));
        let members = catalogue.systems.iter().filter(of_family).map(|(_, member)| member.entry()).collect();
        let origin = catalogue.origins.get(system.layer).map(ToString::to_string).unwrap_or_default();
        let fact = |key: &SystemKey| Fact { key: key.name, value: system.value(key, catalogue) };
        let mut facts: Vec<Fact> = SYSTEM_KEYS.iter().map(fact).collect();
        let after_family = facts.iter().position(|fact| fact.key == "family").map_or(0, |at| at + 1);
        facts.insert(after_family, Fact { key: "family-members", value: SystemFact::Entries(members) });
        facts.push(Fact { key: "origin", value: SystemFact::Text(origin) });
        facts.retain(|fact| !shown(&fact.value).is_empty());
        Self { system, facts }
    }

    /// Returns the facts as two columns under the name.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n\n", self.system.name);
        for fact in self.facts.iter().filter(|fact| fact.key != "name") {
            let mut parts = shown(&fact.value);
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

/// Returns a fact for users, in its parts; empty if it is unknown.
fn shown(fact: &SystemFact) -> Vec<String> {
    match fact {
        SystemFact::Text(text) if text.is_empty() => Vec::new(),
        SystemFact::Text(text) => vec![text.clone()],
        SystemFact::Texts(texts) => texts.clone(),
        SystemFact::Count(0) => Vec::new(),
        SystemFact::Count(1) => vec!["1 paper of the sample names it".to_string()],
        SystemFact::Count(count) => vec![format!("{count} papers of the sample name it")],
        SystemFact::Amounts { amounts, measure, notation } => {
            let unit = Unit::of(*measure, *notation);
            amounts.iter().map(|amount| unit.shown(*amount)).collect()
        }
        SystemFact::Entry(entry) => entry.iter().map(called).collect(),
        SystemFact::Entries(entries) => entries.iter().map(called).collect(),
    }
}

/// Returns an entry as shown to users.
fn called((id, name): &(String, String)) -> String {
    format!("{name} [{id}]")
}

impl Unit {
    fn of(measure: Measure, notation: SizeUnit) -> Self {
        match measure {
            Measure::Compute => Self::Flop,
            Measure::Days => Self::Days,
            Measure::ContextLength | Measure::Vocabulary => Self::Piece,
            _ => match notation {
                SizeUnit::Count => Self::None,
                SizeUnit::Bytes => Self::Bytes,
                SizeUnit::Plain => Self::Piece,
            },
        }
    }

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
                SystemFact::Text(text) => map.serialize_entry(key, text)?,
                SystemFact::Texts(texts) => map.serialize_entry(key, texts)?,
                SystemFact::Count(count) => map.serialize_entry(key, count)?,
                SystemFact::Amounts { amounts, .. } => map.serialize_entry(key, amounts)?,
                SystemFact::Entry(entry) => map.serialize_entry(key, &entry.as_ref().map(|(id, _)| id))?,
                SystemFact::Entries(entries) => {
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
    use crate::catalogue::{Layer, SystemValue};

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
    fn every_key_of_an_entry_is_shown() {
        let entry = SYSTEM_KEYS.iter().fold(String::from("[[system]]\n"), |entry, key| {
            let value = match (key.name, key.holds) {
                ("family" | "base", _) => "'lamda'",
                ("organisations", _) => "'google'",
                ("doubtful", _) => "'days'",
                ("arxiv", _) => "'2101.00001'",
                ("announced", _) => "'2021-03'",
                ("released", _) => "'2021-05'",
                ("retired", _) => "'2022'",
                ("internal-since", _) => "'2021-01'",
                ("common-words", _) => "true",
                ("active-parameters", _) => "'1B'",
                (_, SystemValue::Amounts(_, SizeUnit::Bytes)) => "'7GB'",
                (_, SystemValue::Amounts(_, SizeUnit::Count)) => "'7B'",
                (_, SystemValue::Amounts(..) | SystemValue::Count) => "7",
                (_, SystemValue::Type) => "'model'",
                (_, SystemValue::Access) => "'api'",
                _ => "'anvil'",
            };
            // An alias must not be the name.
            let value = if key.name == "aliases" { "'anvil two'" } else { value };
            format!("{entry}{} = {value}\n", key.name)
        });
        let layer = Layer::of_texts("x", [("systems/x.toml", entry)]);
        let catalogue = Catalogue::load(&[Layer::built_in(), layer]).unwrap();
        let text = facts(&catalogue, "anvil");
        let shown: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
        for key in SYSTEM_KEYS.iter().filter(|key| key.name != "name") {
            assert!(shown.contains(&key.name), "{}:\n{text}", key.name);
        }
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
