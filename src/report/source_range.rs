//! A position in a paper in the form other programs need: its start and its end.

use std::borrow::Cow;

use super::visible;
use crate::document::{ByteSpan, Document, Places};

/// A range in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceRange {
    /// The path of the file, as seen from the working directory.
    pub(super) path: String,
    /// Its first line, counted from 1.
    pub(super) line: usize,
    /// The column of its first character, counted from 1.
    pub(super) column: usize,
    /// Its last line.
    pub(super) end_line: usize,
    /// The column after its last character.
    pub(super) end_column: usize,
    /// Of a finding in a record, whose file is that of many papers: the record and the place in its text.
    within: Option<String>,
}

impl SourceRange {
    /// Returns the range of a span of the prose.
    pub(super) fn new(places: &Places<'_>, span: ByteSpan) -> Self {
        let lines = places.lines(span);
        let within = places.in_text(span);
        let (first, last) = (lines.position(within.start), lines.position(within.end));
        if let Some(record) = &places.document().record {
            // The text of a record is a value in its line, where editors cannot find a line of the text.
            let name = &places.document().id;
            let called = if *name == record.to_string() { String::new() } else { format!("{name}, ") };
            return Self {
                path: record.file.clone(),
                line: record.line,
                column: 1,
                end_line: record.line,
                end_column: 1,
                within: Some(format!("{called}{}:{} of its text", first.line, first.column)),
            };
        }
        Self {
            path: places.path(span).into_owned(),
            line: first.line,
            column: first.column,
            end_line: last.line,
            end_column: last.column,
            within: None,
        }
    }

    /// Returns what to add to a message: of a finding in a record, where in the record it stands.
    pub(super) fn within(&self) -> String {
        self.within.as_ref().map(|within| format!(" (in {})", visible(within))).unwrap_or_default()
    }
}

/// Returns the file, and of a record the line, of a paper that cannot be read.
pub(super) fn unread_place(document: &Document) -> (Cow<'_, str>, Option<usize>) {
    match &document.record {
        Some(record) => (Cow::Borrowed(&record.file), Some(record.line)),
        None => (Cow::Borrowed(&document.id), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RecordPlace;
    use crate::report::samples;

    #[test]
    fn a_place_may_reach_over_lines() {
        let (document, findings) = samples::paper();
        let places = Places::new(&document);
        let range = SourceRange::new(&places, findings.mentions[1].span);
        assert_eq!(range.path, "papers/sample.md");
        assert_eq!((range.line, range.column, range.end_line, range.end_column), (7, 36, 8, 15));
        assert_eq!(range.within(), "");
    }

    #[test]
    fn a_finding_in_a_record_is_at_its_line() {
        let (mut document, findings) = samples::paper();
        document.record = RecordPlace::read("many.jsonl:12");
        let places = Places::new(&document);
        let range = SourceRange::new(&places, findings.mentions[1].span);
        assert_eq!((range.path.as_str(), range.line, range.end_line), ("many.jsonl", 12, 12));
        assert_eq!(range.within(), " (in papers/sample.md, 7:36 of its text)");
        assert_eq!(unread_place(&document), ("many.jsonl".into(), Some(12)));
    }
}
