//! Byte ranges of a text.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, of some text.
///
/// The field that holds the span determines the text: the prose in which mentions are found, or the source
/// as the user has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ByteSpan {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl ByteSpan {
    /// Creates the span from `start` up to, but not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns its length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns whether `other` lies entirely inside it.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the part of `text` at this span; empty if the span is not a valid range of it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!ByteSpan::new(0, 3).overlaps(ByteSpan::new(3, 5)));
        assert!(ByteSpan::new(0, 4).overlaps(ByteSpan::new(3, 5)));
    }

    #[test]
    fn a_span_outside_the_text_reads_as_empty() {
        assert_eq!(ByteSpan::new(2, 9).of("abc"), "");
        assert_eq!(ByteSpan::new(1, 2).of("é"), "");
    }
}
