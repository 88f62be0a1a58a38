//! The place of a record: its file and its line.

use std::fmt;

/// The file and the line, or row, of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordPlace {
    /// Path of the file as seen by the user; `-` for standard input.
    pub file: String,
    /// Line or row, from 1.
    pub line: usize,
}

impl RecordPlace {
    /// Reads `FILE:LINE`; `None` for any other text.
    pub fn read(place: &str) -> Option<Self> {
        let (file, line) = place.rsplit_once(':').filter(|(file, _)| !file.is_empty())?;
        let line = line.parse().ok().filter(|line| *line > 0)?;
        Some(Self { file: file.to_string(), line })
    }
}

impl fmt::Display for RecordPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
