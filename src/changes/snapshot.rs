//! The stored findings of one paper: a file that people read and that a run is compared with.

use serde::{Deserialize, Serialize};

use super::{Change, Difference, Finding, MarkedText, differences};
use crate::catalogue::{CatalogueFile, EntityType, Fault, Kind, named_enum};

/// The format of snapshot files that this program reads and writes.
pub const SNAPSHOT_FORMAT: u32 = 1;

named_enum! {
    /// What is known to be wrong with a stored finding.
    pub enum Todo {
        /// It is found, and should not be.
        Wrong => "wrong",
        /// It is not found, and should be.
        Missing => "missing",
    }
}

/// One stored finding.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotEntry {
    /// The finding.
    pub finding: Finding,
    /// Set where the finding is known to be wrong.
    pub todo: Option<Todo>,
}

/// All stored findings of one paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    /// In the order of the text.
    pub entries: Vec<SnapshotEntry>,
}

/// A difference between a snapshot and a run.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotChange {
    /// What differs.
    pub difference: Difference,
    /// Whether it mends what the snapshot marks as known to be wrong.
    pub mends: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SnapshotFile {
    format: u32,
    #[serde(default, rename = "finding")]
    findings: Vec<FindingTable>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingTable {
    line: usize,
    kind: Kind,
    #[serde(rename = "type")]
    entity_type: EntityType,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    todo: Option<Todo>,
}

/// Read by itself first: a file of another format may have any shape.
#[derive(Deserialize)]
struct FormatOnly {
    format: Option<toml::Spanned<u32>>,
}

impl Snapshot {
    /// A snapshot of findings, none of which is known to be wrong.
    pub fn of(findings: &[Finding]) -> Self {
        let entry = |finding: &Finding| SnapshotEntry { finding: finding.clone(), todo: None };
        Self { entries: findings.iter().map(entry).collect() }
    }

    /// Reads a snapshot file.
    ///
    /// # Errors
    /// A fault with its place: no TOML, another format, or a finding that cannot be read.
    pub fn read(shown: &str, text: &str) -> Result<Self, Fault> {
        let file = CatalogueFile { shown: shown.to_string(), path: String::new(), text: text.to_string() };
        let renew = "look at the paper anew and store it with `byname rules review --accept PAPER`";
        match file.parse::<FormatOnly>()?.format {
            Some(format) if *format.get_ref() == SNAPSHOT_FORMAT => {}
            Some(format) => {
                let message = format!(
                    "this snapshot has format {}; this version of byname reads format {SNAPSHOT_FORMAT}",
                    format.get_ref()
                );
                return Err(Fault::at(&file, format.span().start, message).help(renew));
            }
            None => return Err(Fault::at(&file, 0, "the snapshot does not tell its `format`").help(renew)),
        }
        let stored: SnapshotFile = file.parse()?;
        let mut snapshot = Self::default();
        for table in stored.findings {
            let text = match MarkedText::read(&table.text) {
                Ok(text) if text.spans.len() == 1 => text,
                read => {
                    let cause = read.err().unwrap_or_else(|| "one mention must be marked".to_string());
                    let at = file.text.find(table.text.as_str()).unwrap_or_default();
                    return Err(Fault::at(&file, at, format!("`text` cannot be read: {cause}")).help(renew));
                }
            };
            let FindingTable { line, kind, entity_type, first, todo, .. } = table;
            let finding = Finding { line, kind, entity_type, text, first, votes: Vec::new() };
            snapshot.entries.push(SnapshotEntry { finding, todo });
        }
        Ok(snapshot)
    }

    /// The file that holds it.
    ///
    /// # Errors
    /// When a text cannot be written as TOML.
    pub fn written(&self) -> Result<String, toml::ser::Error> {
        let table = |entry: &SnapshotEntry| FindingTable {
            line: entry.finding.line,
            kind: entry.finding.kind,
            entity_type: entry.finding.entity_type,
            text: entry.finding.text.written(),
            first: entry.finding.first.clone(),
            todo: entry.todo,
        };
        let file =
            SnapshotFile { format: SNAPSHOT_FORMAT, findings: self.entries.iter().map(table).collect() };
        Ok(format!(
            "# What byname finds in this paper. Written by `byname rules review`: see patterns/README.md.\n{}",
            toml::to_string(&file)?
        ))
    }

    /// What a run gives that the snapshot does not have, and the other way round.
    pub fn compare(&self, findings: &[Finding]) -> Vec<SnapshotChange> {
        let stored: Vec<Finding> = self.with(|todo| todo != Some(Todo::Missing));
        let mut missing = self.with(|todo| todo == Some(Todo::Missing));
        let mut changes = Vec::new();
        for difference in differences(&stored, findings) {
            // What should be found and now is, by itself or in place of what was found wrongly.
            let mended = difference.new.as_ref().and_then(|new| {
                missing.iter().position(|old| {
                    differences(std::slice::from_ref(old), std::slice::from_ref(new)).is_empty()
                })
            });
            if let Some(place) = mended {
                missing.remove(place);
            }
            let was_wrong = difference.old.as_ref().is_some_and(|old| self.is_wrong(old));
            changes.push(SnapshotChange { mends: mended.is_some() || was_wrong, difference });
        }
        changes
    }

    /// Whether another one stores the same findings, on whatever lines, and neither marks any as wrong.
    pub fn same_findings(&self, other: &Self) -> bool {
        let marked = |snapshot: &Self| snapshot.entries.iter().any(|entry| entry.todo.is_some());
        !marked(self) && !marked(other) && differences(&self.with(|_| true), &other.with(|_| true)).is_empty()
    }

    fn with(&self, wanted: impl Fn(Option<Todo>) -> bool) -> Vec<Finding> {
        let entries = self.entries.iter().filter(|entry| wanted(entry.todo));
        entries.map(|entry| entry.finding.clone()).collect()
    }

    fn is_wrong(&self, finding: &Finding) -> bool {
        self.entries.iter().any(|entry| entry.todo == Some(Todo::Wrong) && entry.finding == *finding)
    }

    /// Takes one change over. What it mends is no longer marked as wrong.
    pub fn accept(&mut self, change: &SnapshotChange) {
        let Difference { old, new, .. } = &change.difference;
        let place = self.remove(old.as_ref());
        if let Some(new) = new {
            self.entries.retain(|entry| {
                entry.todo != Some(Todo::Missing)
                    || !differences(std::slice::from_ref(&entry.finding), std::slice::from_ref(new))
                        .is_empty()
            });
            self.insert(place, SnapshotEntry { finding: new.clone(), todo: None });
        }
    }

    /// Notes one change as known to be wrong: what was found before should be found again, and what is
    /// found now should not be.
    pub fn put_off(&mut self, change: &SnapshotChange) {
        let Difference { old, new, .. } = &change.difference;
        let place = self.remove(old.as_ref());
        if let Some(new) = new {
            self.insert(place, SnapshotEntry { finding: new.clone(), todo: Some(Todo::Wrong) });
        }
        if let Some(old) = old {
            self.insert(place, SnapshotEntry { finding: old.clone(), todo: Some(Todo::Missing) });
        }
    }

    /// Takes a finding out, and tells where it stood.
    fn remove(&mut self, finding: Option<&Finding>) -> Option<usize> {
        let place = self.entries.iter().position(|entry| {
            entry.todo != Some(Todo::Missing) && finding.is_some_and(|finding| entry.finding == *finding)
        })?;
        self.entries.remove(place);
        Some(place)
    }

    fn insert(&mut self, place: Option<usize>, entry: SnapshotEntry) {
        let by_line = || self.entries.partition_point(|other| other.finding.line <= entry.finding.line);
        let place = place.unwrap_or_else(by_line).min(self.entries.len());
        self.entries.insert(place, entry);
    }
}

impl SnapshotChange {
    /// What a list of changes calls it.
    pub fn name(&self) -> &'static str {
        match (self.mends, self.difference.change) {
            (true, _) => "mended",
            (false, change) => Change::name(change),
        }
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
