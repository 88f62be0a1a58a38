//! Saved results as CSV for spreadsheets, one line per reference.

use std::io::{self, Write};

use byname::report::csv_record;

use super::SavedDocument;

/// Titles of the columns.
const TITLES: [&str; 15] = [
    "document",
    "title",
    "date",
    "file",
    "line",
    "column",
    "kind",
    "type",
    "mention",
    "state",
    "level",
    "suppressed",
    "candidate",
    "probability",
    "unknown",
];

/// A writer of a line of titles, a line for each reference, and for each error of a paper a line that states
/// it.
#[derive(Debug, Clone, Copy)]
pub struct SavedCsv;

impl SavedCsv {
    /// Writes the titles.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn titles(&self, out: &mut dyn Write) -> io::Result<()> {
        csv_record(&TITLES.map(str::to_string), out)
    }

    /// Writes the lines of a document.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn document(&self, document: &SavedDocument, out: &mut dyn Write) -> io::Result<()> {
        let mut of_document = TITLES.map(|_| String::new());
        of_document[0].clone_from(&document.document);
        of_document[1] = document.title.clone().unwrap_or_default();
        of_document[2] = document.date.map(|date| date.to_string()).unwrap_or_default();
        for failure in &document.errors {
            let mut fields = of_document.clone();
            fields[8].clone_from(&failure.message);
            fields[9] = "unread".to_string();
            csv_record(&fields, out)?;
        }
        for reference in &document.references {
            let mut fields = of_document.clone();
            if let Some(mention) = document.shown_mention(reference) {
                fields[3] = mention.file.clone().unwrap_or_default();
                fields[4] = mention.line.to_string();
                fields[5] = mention.column.to_string();
                fields[6].clone_from(&mention.kind);
                fields[7].clone_from(&mention.entity_type);
                fields[8].clone_from(&mention.text);
            }
            fields[9].clone_from(&reference.state);
            fields[10].clone_from(&reference.level);
            fields[11] =
                reference.suppressed.as_ref().map(|suppression| suppression.by.clone()).unwrap_or_default();
            if let Some(best) = reference.candidates.first() {
                fields[12].clone_from(&best.name);
                fields[13] = format!("{:.4}", best.probability);
            }
            fields[14] = format!("{:.4}", reference.unknown + 0.0);
            csv_record(&fields, out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
