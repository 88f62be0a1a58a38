//! A stretch of prose under construction: the running text, a footnote, a caption.

use super::token::SourceRange;
use crate::document::{ByteSpan, Section, SectionKind};

/// A run of prose and its place in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from: SourceRange,
    /// `true` if the prose has the same bytes as the source.
    pub(super) literal: bool,
}

/// Text that is known only when everything is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Blank {
    /// A citation of works.
    Citation(super::citing::Cite),
    /// The number of a section, a figure or the like.
    Reference { key: String, style: super::references::Style },
}

/// A place of the prose whose text is still to come.
#[derive(Debug, Clone)]
pub(super) struct Hole {
    pub(super) at: usize,
    pub(super) from: SourceRange,
    pub(super) blank: Blank,
}

/// White space between two words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// A blank or a line feed.
    pub(super) text: &'static str,
    pub(super) from: SourceRange,
    /// `true` if the source has `text` itself.
    pub(super) literal: bool,
}

/// The separator between two cells of a table, to be written before the next text.
#[derive(Debug, Clone, Copy)]
struct Border {
    /// `true` if a row has ended.
    row: bool,
    /// Number of cells of the row that have ended since.
    cells: u8,
    from: SourceRange,
}

/// A stretch of prose.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    pub(super) holes: Vec<Hole>,
    pub(super) sections: Vec<Section>,
    /// Pending white space, written if more text follows in this block.
    space: Option<Space>,
    /// `true` if a block has ended since the last text.
    broken: bool,
    /// Stretches to be placed after the current block: footnotes, captions, tables.
    later: Vec<Flow>,
    /// In the cells of a table, the number of open groups at which its rows and cells end.
    pub(super) table: Option<usize>,
    /// Number of cells that the current one spans besides its own.
    pub(super) spanned: u8,
    border: Option<Border>,
}

impl Flow {
    /// Creates the cells of a table, whose rows and cells end where `groups` groups are open.
    pub(super) fn of_table(groups: usize) -> Self {
        Self { table: Some(groups), ..Self::default() }
    }

    /// Ends a cell of a table.
    pub(super) fn end_cell(&mut self, from: SourceRange) {
        self.space = None;
        let ended = 1u8.saturating_add(std::mem::take(&mut self.spanned));
        let border = self.border.get_or_insert(Border { row: false, cells: 0, from });
        border.cells = border.cells.saturating_add(ended);
    }

    /// Ends a row of a table. Empty cells at its end are left out.
    pub(super) fn end_row(&mut self, from: SourceRange) {
        (self.space, self.spanned) = (None, 0);
        self.border = Some(Border { row: true, cells: 0, from });
    }

    /// Returns whether it is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.holes.is_empty()
    }

    /// Returns whether the next text continues the last word.
    pub(super) fn is_in_word(&self) -> bool {
        self.space.is_none()
            && !self.broken
            && self.border.is_none()
            && self.holes.last().is_none_or(|hole| hole.at < self.text.len())
            && !self.text.is_empty()
    }

    /// Returns the offset at which the next text will begin.
    pub(super) fn next_start(&self) -> usize {
        self.text.len() + if self.broken { 2 } else { 0 }
    }

    /// Adds white space; consecutive white space counts once.
    pub(super) fn space(&mut self, space: Space) {
        if self.space.is_none() && !self.broken && !self.is_empty() {
            self.space = Some(space);
        }
    }

    /// Ends a block, which puts a blank line before the next one. In a cell, it only ends a word.
    pub(super) fn end_block(&mut self) {
        if self.table.is_some() {
            if let Some(last) = self.runs.last() {
                let from = SourceRange { start: last.from.end, ..last.from };
                self.space(Space { text: " ", from, literal: false });
            }
            return;
        }
        self.space = None;
        self.broken = !self.is_empty();
    }

    /// Ends a block of the running text, and appends the stretches that wait for its end.
    pub(super) fn end_paragraph(&mut self) {
        self.table = None;
        self.end_block();
        for later in std::mem::take(&mut self.later) {
            self.append(later);
        }
    }

    /// Queues a stretch for the end of the block.
    pub(super) fn add_later(&mut self, mut flow: Flow) {
        let after = std::mem::take(&mut flow.later);
        if !flow.is_empty() {
            self.later.push(flow);
        }
        self.later.extend(after);
    }

    /// Makes the content so far a part of a kind, without the stretches placed after it, such as the notes
    /// of a table.
    pub(super) fn make_part(&mut self, kind: SectionKind) {
        let span = ByteSpan::new(0, self.text.len());
        if !self.is_empty() {
            self.sections.insert(0, Section { kind, heading: None, depth: 0, span });
        }
        self.end_paragraph();
    }

    /// Appends a complete block.
    pub(super) fn append(&mut self, mut other: Flow) {
        other.end_paragraph();
        self.end_block();
        if other.is_empty() {
            return;
        }
        self.begin();
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = |run: Run| Run { start: run.start + shift, end: run.end + shift, ..run };
        self.runs.extend(other.runs.into_iter().map(moved));
        self.holes.extend(other.holes.into_iter().map(|hole| Hole { at: hole.at + shift, ..hole }));
        self.sections.extend(other.sections.into_iter().map(|mut section| {
            section.span.start += shift;
            section.span.end += shift;
            section
        }));
        self.end_block();
    }

    /// Adds text that is the same in the source, at a place that it fills.
    pub(super) fn literal(&mut self, text: &str, from: SourceRange) {
        if text.is_empty() {
            return;
        }
        let (start, end) = self.push(text);
        if let Some(last) = self.runs.last_mut()
            && last.literal
            && (last.end, last.from.end, last.from.file) == (start, from.start, from.file)
        {
            last.end = end;
            last.from.end = from.end;
        } else {
            self.runs.push(Run { start, end, from, literal: true });
        }
    }

    /// Adds text that replaces a place of the source.
    pub(super) fn replaced(&mut self, text: &str, from: SourceRange) {
        if text.is_empty() {
            return;
        }
        let (start, end) = self.push(text);
        let hole = self.holes.last().is_some_and(|hole| hole.at == start);
        if let Some(last) = self.runs.last_mut()
            && !last.literal
            && !hole
            && (last.end, last.from) == (start, from)
        {
            last.end = end;
        } else {
            self.runs.push(Run { start, end, from, literal: false });
        }
    }

    /// Writes text, and returns where it begins and ends.
    fn push(&mut self, text: &str) -> (usize, usize) {
        self.begin();
        let start = self.text.len();
        self.text.push_str(text);
        (start, self.text.len())
    }

    /// Adds a place whose text comes later.
    pub(super) fn hole(&mut self, blank: Blank, from: SourceRange) {
        self.begin();
        self.holes.push(Hole { at: self.text.len(), from, blank });
    }

    /// Writes the pending break or white space.
    fn begin(&mut self) {
        if let Some(border) = self.border.take() {
            (self.space, self.broken) = (None, false);
            let begins_row = border.row || self.is_empty();
            let mut marks = if border.row && !self.is_empty() { "\n" } else { "" }.to_string();
            for cell in 0..border.cells {
                marks.push_str(if cell == 0 && !begins_row { " | " } else { "| " });
            }
            self.replaced(&marks, border.from);
        }
        if std::mem::take(&mut self.broken) {
            self.space = None;
            self.text.push_str("\n\n");
        }
        if let Some(space) = self.space.take() {
            if space.literal {
                self.literal(space.text, space.from);
            } else {
                self.replaced(space.text, space.from);
            }
        }
    }
}
