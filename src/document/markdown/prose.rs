//! The prose of a Markdown paper while it is written, and its separators between blocks, rows and cells.

use crate::document::source_text::Decoded;
use crate::document::{ByteSpan, SourceMap};

/// The prose under construction, with its map.
pub(super) struct Prose<'a> {
    decoded: &'a Decoded,
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) due: Due,
    /// White space of the source to write before the next text of the block.
    blank: Option<ByteSpan>,
}

/// A separator to write before the next text. It has no source, so the map has a gap there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    None,
    /// A blank line between two blocks.
    Block,
    /// In a table, the end of `count` cells, after that of a row if `row` is set.
    Cells {
        row: bool,
        count: usize,
    },
}

impl<'a> Prose<'a> {
    pub(super) fn new(decoded: &'a Decoded) -> Self {
        Self { decoded, text: String::new(), map: SourceMap::default(), due: Due::None, blank: None }
    }

    pub(super) fn end_block(&mut self) {
        self.blank = None;
        self.due = if self.text.is_empty() { Due::None } else { Due::Block };
    }

    /// Ends a cell of a table.
    pub(super) fn end_cell(&mut self) {
        self.blank = None;
        self.due = match self.due {
            Due::Cells { row, count } => Due::Cells { row, count: count + 1 },
            _ => Due::Cells { row: false, count: 1 },
        };
    }

    /// Ends a row of a table. Empty cells at its end are left out.
    pub(super) fn end_row(&mut self) {
        self.blank = None;
        self.due = Due::Cells { row: true, count: 0 };
    }

    /// Returns the offset at which the next block will begin.
    pub(super) fn next_start(&self) -> usize {
        self.text.len() + if self.due == Due::Block { 2 } else { 0 }
    }

    /// Writes the pending separator.
    fn begin(&mut self) -> usize {
        match std::mem::replace(&mut self.due, Due::None) {
            Due::None => self.write_blank(),
            Due::Block => self.text.push_str("\n\n"),
            Due::Cells { row, count } => {
                self.text.push_str(if row { "\n" } else { "" });
                for cell in 0..count {
                    self.text.push_str(if cell == 0 && !row { " | " } else { "| " });
                }
            }
        }
        self.text.len()
    }

    /// Adds the text of a span of the source, either unchanged or replaced by `text`.
    pub(super) fn push(&mut self, text: &str, span: ByteSpan) {
        if text.is_empty() {
        } else if span.of(&self.decoded.text) == text {
            self.push_source(span);
        } else {
            self.push_replaced(text, span);
        }
    }

    /// Adds text that occurs inside a span, as the text of a code span does.
    pub(super) fn push_inside(&mut self, text: &str, span: ByteSpan) {
        match span.of(&self.decoded.text).find(text) {
            Some(at) if !text.is_empty() => {
                self.push_source(ByteSpan::new(span.start + at, span.start + at + text.len()));
            }
            _ => self.push_replaced(text, span),
        }
    }

    pub(super) fn push_source(&mut self, span: ByteSpan) {
        let at = self.begin();
        self.text.push_str(span.of(&self.decoded.text));
        self.decoded.source.push_run(&mut self.map, at, span);
    }

    /// Adds text in place of a span of the source.
    pub(super) fn push_replaced(&mut self, text: &str, span: ByteSpan) {
        let at = self.begin();
        self.text.push_str(text);
        let source = &self.decoded.source;
        self.map.push_replaced(
            ByteSpan::new(at, self.text.len()),
            ByteSpan::new(source.to_source(span.start), source.to_source(span.end)),
        );
    }

    /// Adds white space of the source within a block, if text follows: a line feed if one stands in it, else a blank.
    pub(super) fn push_blank(&mut self, span: ByteSpan) {
        if self.due == Due::None && !self.text.ends_with(char::is_whitespace) && !self.text.is_empty() {
            self.blank.get_or_insert(span);
        }
    }

    /// Returns whether the next text stands right behind the last.
    pub(super) fn is_glued(&self) -> bool {
        self.due == Due::None && self.blank.is_none() && !self.text.ends_with(char::is_whitespace)
    }

    /// Writes the white space that waits for text.
    fn write_blank(&mut self) {
        let Some(span) = self.blank.take() else { return };
        match span.of(&self.decoded.text).find('\n') {
            Some(at) => self.push_source(ByteSpan::new(span.start + at, span.start + at + 1)),
            None => self.push_replaced(" ", span),
        }
    }
}
