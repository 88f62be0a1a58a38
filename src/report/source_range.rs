//! A position in a paper in the form other programs need: its start and its end.

use crate::document::{ByteSpan, Places};

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
}

impl SourceRange {
    /// Returns the range of a span of the prose.
    pub(super) fn new(places: &Places<'_>, span: ByteSpan) -> Self {
        let lines = places.lines(span);
        let within = places.in_text(span);
        let (first, last) = (lines.position(within.start), lines.position(within.end));
        Self {
            path: places.path(span).into_owned(),
            line: first.line,
            column: first.column,
            end_line: last.line,
            end_column: last.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn a_place_may_reach_over_lines() {
        let (document, findings) = samples::paper();
        let places = Places::new(&document);
        let range = SourceRange::new(&places, findings.mentions[1].span);
        assert_eq!(range.path, "papers/sample.md");
        assert_eq!((range.line, range.column, range.end_line, range.end_column), (7, 36, 8, 15));
    }
}
