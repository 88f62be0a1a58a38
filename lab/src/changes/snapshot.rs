//! The stored findings of one paper: a file for people to read and for later runs to be compared with.

use byname::catalogue::{CatalogueFile, EntityType, Fault, Kind};
use byname::named_enum;
use serde::{Deserialize, Serialize};

use super::{Change, Difference, Finding, MarkedText, differences};

/// The format version of snapshot files that this program reads and writes.
pub const SNAPSHOT_FORMAT: u32 = 1;

named_enum! {
    /// A known error of a stored finding.
    pub enum Todo {
        /// Found, although it should not be.
        Wrong => "wrong",
        /// Not found, although it should be.
        Missing => "missing",
    }
}

/// One stored finding.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotEntry {
    /// The finding.
    pub finding: Finding,
    /// Set if the finding is known to be wrong or missing.
    pub todo: Option<Todo>,
}

/// All stored findings of one paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    /// The entries, in the order of the text.
    pub entries: Vec<SnapshotEntry>,
}

/// A difference between a snapshot and a run.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotChange {
    /// The difference.
    pub difference: Difference,
    /// `true` if it corrects a known error that the snapshot marks.
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

/// The `format` key alone, which is read first because a file of another format may have any shape.
#[derive(Deserialize)]
struct FormatOnly {
    format: Option<toml::Spanned<u32>>,
}

impl Snapshot {
    /// Returns a snapshot of the findings, with none marked as a known error.
    pub fn of(findings: &[Finding]) -> Self {
        let entry = |finding: &Finding| SnapshotEntry { finding: finding.clone(), todo: None };
        Self { entries: findings.iter().map(entry).collect() }
    }

    /// Reads a snapshot file.
    ///
    /// # Errors
    /// A fault with its place if the file is not TOML, has another format, or holds a finding that cannot be
    /// read.
    pub fn read(shown: &str, text: &str) -> Result<Self, Fault> {
        let file = CatalogueFile { shown: shown.to_string(), path: String::new(), text: text.into() };
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
            let finding = Finding { line, kind, entity_type, text, first, level: None, votes: Vec::new() };
            snapshot.entries.push(SnapshotEntry { finding, todo });
        }
        Ok(snapshot)
    }

    /// Returns the snapshot as the text of its file.
    ///
    /// # Errors
    /// Fails if a text cannot be written as TOML.
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

    /// Returns the differences between the snapshot and the findings of a run. Entries marked as missing are
    /// not expected in the run; finding one of them counts as mending it.
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

    /// Returns whether both snapshots hold the same findings, on whatever lines, and neither marks a known
    /// error.
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

    /// Updates the snapshot to match the new findings of one change. Known errors that the change mends are
    /// no longer marked.
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

    /// Records one change as a known error: the old finding is marked as missing, and the new one as wrong.
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

    /// Removes a finding and returns its former index.
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
    /// Returns its name in a list of changes.
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
