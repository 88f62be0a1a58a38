//! JSON lines written by `scan`, with the fields that are used when they are read back.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead};

use byname::diagnose::paper_name;
use byname::document::PartialDate;
use serde::Deserialize;

use crate::verify::answer;

/// One document of saved results.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct SavedDocument {
    /// Its path, or the id of its record.
    pub document: String,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
    /// Its date, as stated in the paper or given by the user.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// Organisations of its authors, as stated in the paper or given by the user.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// Provenance of the findings; `None` in older results.
    #[serde(default)]
    pub provenance: Option<SavedProvenance>,
    pub(crate) mentions: Vec<SavedMention>,
    pub(crate) references: Vec<SavedReference>,
    #[serde(default)]
    pub(crate) errors: Vec<SavedFailure>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedFailure {
    pub(crate) message: String,
}

/// Hashes of the text and the catalogue, and the build of the program, that produced the findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SavedProvenance {
    pub(crate) text: String,
    pub(crate) catalogue: String,
    pub(crate) program: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedMention {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) kind: String,
    #[serde(default, rename = "type")]
    pub(crate) entity_type: String,
    #[serde(default)]
    pub(crate) file: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
    #[serde(default)]
    pub(crate) page: Option<usize>,
    #[serde(default)]
    pub(crate) section: Option<String>,
    #[serde(default)]
    pub(crate) attributes: SavedAttributes,
}

/// Attributes of a system that a mention states, as far as reports count them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct SavedAttributes {
    pub(crate) access: Vec<String>,
    pub(crate) organisation: Vec<String>,
    pub(crate) standing: Vec<String>,
    pub(crate) parameters: Option<SavedAmount>,
}

/// A stated amount; if there are several, the largest.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct SavedAmount {
    pub(crate) at: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedReference {
    pub(crate) state: String,
    pub(crate) mentions: Vec<usize>,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) candidates: Vec<SavedCandidate>,
    /// The answer at the deepest level that can be determined: system, family or maker.
    #[serde(default, rename = "answer")]
    pub(crate) best: Option<SavedAnswer>,
    #[serde(default)]
    pub(crate) level: String,
    /// Probability that it is particular and never named; `None` in older results.
    #[serde(default)]
    pub(crate) confidence: Option<f64>,
    /// The sentence around the mention at which it is reported; `None` in older results.
    #[serde(default)]
    pub(crate) context: Option<SavedContext>,
    #[serde(default)]
    pub(crate) unknown: f64,
    #[serde(default)]
    pub(crate) suppressed: Option<SavedSuppression>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct SavedContext {
    pub(crate) before: String,
    pub(crate) after: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedSuppression {
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) reason: String,
}

/// A system, a family or a maker, the answer to a reference.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedAnswer {
    pub(crate) level: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) probability: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedCandidate {
    /// Its id in the catalogue; `None` for a name that the catalogue does not have.
    #[serde(default)]
    pub(crate) system: Option<String>,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) probability: f64,
    #[serde(default)]
    pub(crate) evidence: Vec<SavedEvidence>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct SavedEvidence {
    pub(crate) clue: String,
    pub(crate) detail: String,
    pub(crate) weight: f64,
}

impl SavedDocument {
    /// Returns the mention at which a reference is reported: the first that is not a name, else the first of
    /// all.
    pub(crate) fn shown_mention(&self, reference: &SavedReference) -> Option<&SavedMention> {
        let mut mentions = reference.mentions.iter().filter_map(|index| self.mentions.get(*index));
        let first = mentions.clone().next();
        mentions.find(|mention| mention.kind != "named").or(first)
    }
}

impl SavedReference {
    /// Returns whether it is an open finding: never named in the paper, not suppressed, and more than a note
    /// or hint.
    pub(crate) fn is_nameless(&self) -> bool {
        self.state != "named" && self.suppressed.is_none() && !matches!(self.level.as_str(), "note" | "hint")
    }

    /// Describes how it was resolved: the state, and the name if there is one.
    pub(crate) fn answer(&self) -> String {
        let candidate = self.candidates.first().map(|candidate| candidate.name.as_str());
        answer(&self.state, candidate, self.names.first().map(String::as_str))
    }
}

/// Reads documents from JSON lines, one by one. An invalid line yields an error, and reading goes on with the
/// next.
pub fn saved_documents(lines: impl BufRead) -> impl Iterator<Item = Result<SavedDocument, SavedError>> {
    let mut is_over = false;
    let lines = lines.lines().take_while(move |line| {
        // What cannot be read once cannot be read again, but for a line that is no text.
        let goes_on = !is_over;
        is_over = line.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::InvalidData);
        goes_on
    });
    let mut is_list = false;
    (1..).zip(lines).filter_map(move |(number, line)| match line {
        Ok(line) if line.trim().is_empty() => None,
        // `--format json` has the same objects, one a line, between these two lines.
        Ok(line) if number == 1 && line.starts_with(LIST_BEGINNING) && line.ends_with(LIST_OPENED) => {
            is_list = true;
            None
        }
        Ok(line) if is_list && line == LIST_END => None,
        Ok(line) => {
            let object = if is_list { line.strip_suffix(',').unwrap_or(&line) } else { &line };
            Some(serde_json::from_str(object).map_err(|error| SavedError::Line { line: number, error }))
        }
        Err(error) => Some(Err(SavedError::Read(error))),
    })
}

/// How the first line of `--format json` begins and ends, and its last line.
const LIST_BEGINNING: &str = "{\"byname\":";
const LIST_OPENED: &str = "[";
const LIST_END: &str = "]}";

/// Saved results, searchable by the name of the document.
#[derive(Debug, Default)]
pub struct SavedResults {
    documents: Vec<SavedDocument>,
    places: HashMap<String, Vec<usize>>,
}

/// The reason why results cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SavedError {
    /// The file cannot be read.
    Read(io::Error),
    /// A line is not in the format of `scan --format jsonl`.
    Line {
        /// The line number, from 1.
        line: usize,
        /// The reason.
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
    /// When they cannot be read, or a line is not in the format of `scan --format jsonl`.
    pub fn read(lines: impl BufRead) -> Result<Self, SavedError> {
        let mut results = Self::default();
        for document in saved_documents(lines) {
            let document = document?;
            let name = paper_name(&document.document).to_string();
            results.places.entry(name).or_default().push(results.documents.len());
            results.documents.push(document);
        }
        Ok(results)
    }

    /// Returns the documents, in the order of the lines.
    pub fn documents(&self) -> &[SavedDocument] {
        &self.documents
    }

    /// Returns the index of the document with a name; of several, the one with that text hash, else the
    /// first.
    pub fn find(&self, name: &str, text_hash: &str) -> Option<usize> {
        let places = self.places.get(paper_name(name))?;
        let has_text = |place: &&usize| {
            let provenance = self.documents.get(**place).and_then(|document| document.provenance.as_ref());
            provenance.is_some_and(|provenance| provenance.text == text_hash)
        };
        places.iter().find(has_text).or(places.first()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader like that of a folder: each read fails.
    struct Unreadable;

    impl io::Read for Unreadable {
        fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::IsADirectory.into())
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_once_and_a_line_that_is_no_text_is_passed() {
        let unreadable: Vec<_> = saved_documents(io::BufReader::new(Unreadable)).collect();
        assert!(matches!(unreadable[..], [Err(SavedError::Read(_))]));
        let line = b"\xff\n{\"document\":\"a\",\"mentions\":[],\"references\":[]}\n";
        let read: Vec<bool> = saved_documents(line.as_slice()).map(|document| document.is_ok()).collect();
        assert_eq!(read, [false, true]);
    }
}
