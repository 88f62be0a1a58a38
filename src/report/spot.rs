//! A place of a paper as other programs want it: where it begins and where it ends.

use crate::document::{ByteSpan, Places};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The file, from where the user is.
    pub(super) path: String,
    /// Its first line, from 1.
    pub(super) line: usize,
    /// Its first character of that line, from 1.
    pub(super) column: usize,
    /// Its last line.
    pub(super) end_line: usize,
    /// The character after its last one.
    pub(super) end_column: usize,
}

impl Spot {
    /// Where a span of the prose stands.
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
        let spot = Spot::new(&places, findings.mentions[1].span);
        assert_eq!(spot.path, "papers/sample.md");
        assert_eq!((spot.line, spot.column, spot.end_line, spot.end_column), (7, 36, 8, 15));
    }
}
