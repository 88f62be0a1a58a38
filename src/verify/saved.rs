//! JSON lines of an earlier run, as far as they matter here.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead};

use serde::Deserialize;

use crate::document::PartialDate;

/// One document of saved results.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct SavedDocument {
    /// What it is called.
    pub document: String,
    /// The date that it gives, or that the user gave it.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// The same of the organisations of its authors.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// What the findings were made from, and with what; older results do not tell.
    #[serde(default)]
    pub provenance: Option<SavedProvenance>,
    pub(super) mentions: Vec<SavedMention>,
    pub(super) references: Vec<SavedReference>,
}

/// What findings were made from, and with what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SavedProvenance {
    pub(super) text: String,
    pub(super) catalogue: String,
    pub(super) program: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct SavedMention {
    pub(super) text: String,
    #[serde(default)]
    pub(super) file: Option<String>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct SavedReference {
    pub(super) state: String,
    pub(super) mentions: Vec<usize>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) candidates: Vec<SavedCandidate>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct SavedCandidate {
    pub(super) name: String,
}

impl SavedReference {
    /// What it was taken for, in a few words.
    pub(super) fn answer(&self) -> String {
        let first = self.candidates.first().map(|candidate| candidate.name.as_str());
        match (self.state.as_str(), first, self.names.first()) {
            ("unresolved", ..) | (_, None, None) => self.state.clone(),
            (_, Some(name), _) => format!("{} {name}", self.state),
            (_, None, Some(name)) => format!("{} {name}", self.state),
        }
    }
}

/// Saved results, to be looked up by document.
#[derive(Debug, Default)]
pub struct SavedResults {
    documents: Vec<SavedDocument>,
    places: HashMap<String, Vec<usize>>,
}

/// Why results cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SavedError {
    /// The file cannot be read.
    Read(io::Error),
    /// A line is not what `scan --format jsonl` writes.
    Line {
        /// Its number, from 1.
        line: usize,
        /// Why.
        error: serde_json::Error,
    },
}

impl fmt::Display for SavedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "cannot be read: {error}"),
            Self::Line { line, error } => {
                write!(f, "line {line} is no line of `scan --format jsonl`: {error}")
            }
        }
    }
}

impl std::error::Error for SavedError {}

impl SavedResults {
    /// Reads JSON lines.
    ///
    /// # Errors
    /// When they cannot be read, or a line is not what `scan --format jsonl` writes.
    pub fn read(lines: impl BufRead) -> Result<Self, SavedError> {
        let mut results = Self::default();
        for (number, line) in (1..).zip(lines.lines()) {
            let line = line.map_err(SavedError::Read)?;
            if line.trim().is_empty() {
                continue;
            }
            let document: SavedDocument =
                serde_json::from_str(&line).map_err(|error| SavedError::Line { line: number, error })?;
            results.places.entry(document.document.clone()).or_default().push(results.documents.len());
            results.documents.push(document);
        }
        Ok(results)
    }

    /// The documents, in their order.
    pub fn documents(&self) -> &[SavedDocument] {
        &self.documents
    }

    /// The place of a document of that name; of several, of the one with that text, else of the first.
    pub fn find(&self, name: &str, text_hash: &str) -> Option<usize> {
        let places = self.places.get(name)?;
        let has_text = |place: &&usize| {
            let provenance = self.documents.get(**place).and_then(|document| document.provenance.as_ref());
            provenance.is_some_and(|provenance| provenance.text == text_hash)
        };
        places.iter().find(has_text).or(places.first()).copied()
    }
}
