//! Comma-separated values: one line per finding, for spreadsheets.

use std::io;

use super::source_range::{SourceRange, unread_place};
use super::{Report, ReportedPaper, visible};
use crate::document::Places;

/// The column headers.
const TITLES: [&str; 11] = [
    "document",
    "file",
    "line",
    "column",
    "level",
    "rule",
    "mention",
    "sentence",
    "candidate",
    "probability",
    "message",
];

/// A renderer that writes a header line and a line for each finding.
#[derive(Debug, Clone, Copy)]
pub struct Csv;

impl Report for Csv {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        record(&TITLES.map(str::to_string), out)
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let (document, prose) = (entry.document, &entry.document.prose);
        for error in entry.errors {
            let mut fields = TITLES.map(|_| String::new());
            let (file, line) = unread_place(document);
            fields[0].clone_from(&document.id);
            fields[1] = file.into_owned();
            fields[2] = line.map(|line| line.to_string()).unwrap_or_default();
            (fields[4], fields[5]) = ("error".to_string(), "unread".to_string());
            fields[10].clone_from(&error.message);
            record(&fields, out)?;
        }
        let places = Places::new(document);
        for diagnostic in entry.reported() {
            let range = SourceRange::new(&places, diagnostic.span);
            let likely = diagnostic.likely();
            let (candidate, probability) = likely
                .map_or_else(Default::default, |(answer, probability)| (answer, format!("{probability:.4}")));
            let fields = [
                document.id.clone(),
                range.path.clone(),
                range.line.to_string(),
                range.column.to_string(),
                diagnostic.level.to_string(),
                diagnostic.rule.id.clone(),
                diagnostic.span.of(prose).to_string(),
                diagnostic.sentence.of(prose).to_string(),
                candidate,
                probability,
                format!("{}{}", diagnostic.message, range.within()),
            ];
            record(&fields, out)?;
        }
        Ok(())
    }
}

/// Writes fields as one line, none of which a spreadsheet takes for a formula.
pub fn record(fields: &[String], out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(fields.iter().map(|field| harmless(field)))?;
    writer.flush()
}

/// Returns a field on one line, with a quote before anything that a spreadsheet would take for a formula, or the
/// runner of a build for a command.
fn harmless(field: &str) -> String {
    let shown = visible(field);
    let begins = shown.trim_start().chars().next();
    match begins {
        Some('=' | '+' | '-' | '@') => format!("'{shown}"),
        // At the beginning of a line it would be a command to the runner of GitHub Actions.
        _ if shown.trim_start().starts_with("::") => format!("'{shown}"),
        _ => shown.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_one_line_each() {
        insta::assert_snapshot!(samples::render(&Csv));
    }

    #[test]
    fn no_text_of_a_paper_becomes_a_formula_or_a_line() {
        for text in &samples::hostile_texts() {
            let written = samples::render_hostile(&Csv, text);
            let mut reader = csv::Reader::from_reader(written.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), 1, "{written}");
            let begins = |field: &str| field.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!records[0].iter().any(begins), "{written}");
            let is_command = |line: &str| line.trim_start_matches(['"', ' ']).starts_with("::");
            assert!(!written.lines().any(is_command), "{written}");
        }
    }
}
