//! The running text of a Markdown paper, in which marks of citations and attributes stand.

use super::cited_works::CitedWorks;
use super::marks::{Mark, MarkKind, marks};
use super::prose::Prose;
use crate::document::{ByteSpan, Citation, CitedWork};

/// The marks of the paper, and what they cite.
#[derive(Debug)]
pub(super) struct RunningText<'t> {
    text: &'t str,
    marks: Vec<Mark>,
    /// Index of the first mark that does not end before what comes next.
    next: usize,
    works: CitedWorks,
    citations: Vec<Citation>,
}

impl<'t> RunningText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let marks = marks(text);
        Self { text, marks, next: 0, works: CitedWorks::default(), citations: Vec::new() }
    }

    /// Returns whether a piece of the source lies within a mark that began before it.
    pub(super) fn skips(&mut self, span: ByteSpan) -> bool {
        self.pass(span.start);
        self.marks
            .get(self.next)
            .is_some_and(|mark| mark.range.start < span.start && span.end <= mark.range.end)
    }

    fn pass(&mut self, at: usize) {
        while self.marks.get(self.next).is_some_and(|mark| mark.range.end <= at) {
            self.next += 1;
        }
    }

    /// Adds a piece of text, with what its marks stand for in their places.
    pub(super) fn push(&mut self, prose: &mut Prose<'_>, text: &str, span: ByteSpan) {
        self.pass(span.start);
        if span.of(self.text) != text {
            return prose.push(text, span);
        }
        let mut at = span.start;
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.range.start < span.end).cloned() {
            if mark.range.start >= at {
                self.push_source(prose, at, mark.range.start);
                self.push_mark(prose, &mark);
            }
            at = mark.range.end.max(at);
            if mark.range.end > span.end {
                return; // it goes on in the next piece
            }
            self.next += 1;
        }
        self.push_source(prose, at, span.end);
    }

    fn push_source(&self, prose: &mut Prose<'_>, start: usize, end: usize) {
        if start < end {
            prose.push(ByteSpan::new(start, end).of(self.text), ByteSpan::new(start, end));
        }
    }

    fn push_mark(&mut self, prose: &mut Prose<'_>, mark: &Mark) {
        let place = ByteSpan::new(mark.range.start, mark.range.end);
        match &mark.kind {
            MarkKind::Citation(keys) => {
                let (shown, works) = self.works.cite(keys);
                prose.push_replaced(&shown, place);
                let span = ByteSpan::new(prose.text.len() - shown.len(), prose.text.len());
                self.citations.push(Citation { span, works });
            }
            MarkKind::Reference => prose.push_replaced("??", place),
            MarkKind::Note(sign) => prose.push_replaced(sign, place),
            MarkKind::Bare(_) | MarkKind::Setting => {}
        }
    }

    /// Returns the citations, and the works that they cite.
    pub(super) fn finish(self) -> (Vec<Citation>, Vec<CitedWork>) {
        (self.citations, self.works.works)
    }
}
