//! Puts the document together when all is read.

use super::flow::{Blank, Flow, Hole};
use super::reader::Reader;
use crate::document::{Citation, Document, SourceFile, SourceMap};

/// What was put in for the holes before a place.
#[derive(Debug, Default)]
struct Shifts {
    /// Where each hole was, and how much text was put in up to it, itself included.
    holes: Vec<(usize, usize)>,
}

impl Shifts {
    /// Where a place is now; `after` tells whether it stands after the holes at that very place.
    fn moved(&self, at: usize, after: bool) -> usize {
        let before = self.holes.partition_point(|hole| hole.0 < at || (after && hole.0 == at));
        at + before.checked_sub(1).map_or(0, |index| self.holes[index].1)
    }
}

impl Reader<'_> {
    /// Ends the running text.
    pub(super) fn end_text(&mut self) {
        self.close_groups(0);
        while self.flows.len() > 1 {
            let Some(flow) = self.flows.pop() else { break };
            self.flow().add_later(flow);
        }
        self.flow().end_paragraph();
        self.close_headings(0);
        // What comes after is read part by part: the authors, the bibliography.
        (self.ended, self.muted, self.silent) = (false, false, false);
    }

    /// Writes prose, map, sections, citations and bibliography into a document.
    pub(super) fn assemble(mut self, document: &mut Document) {
        let flow = self.flows.pop().unwrap_or_default();
        let shifts = self.fill(&flow, document);
        document.source_map = self.map(&flow, &shifts, document);
        document.sections = flow.sections;
        for section in &mut document.sections {
            section.span.start = shifts.moved(section.span.start, false);
            section.span.end = shifts.moved(section.span.end, true);
        }
        document.sections.sort_by_key(|section| (section.span.start, usize::MAX - section.span.end));
        document.bibliography = self.works.into_bibliography();
    }

    /// Fills the holes of the text.
    fn fill(&self, flow: &Flow, document: &mut Document) -> Shifts {
        let mut shifts = Shifts::default();
        let (mut from, mut added) = (0, 0);
        for hole in &flow.holes {
            document.prose.push_str(&flow.text[from..hole.at]);
            from = hole.at;
            let start = document.prose.len();
            match &hole.blank {
                Blank::Citation(cite) => {
                    let (text, works) = self.works.text(cite);
                    document.prose.push_str(&text);
                    let span = crate::document::ByteSpan::new(start, document.prose.len());
                    document.citations.push(Citation { span, works });
                }
                Blank::Reference { key, style } => {
                    document.prose.push_str(&self.references.text(key, *style));
                }
            }
            added += document.prose.len() - start;
            shifts.holes.push((hole.at, added));
        }
        document.prose.push_str(&flow.text[from..]);
        shifts
    }

    /// The map back to the files; those that no prose came from are left out of the document.
    fn map(&self, flow: &Flow, shifts: &Shifts, document: &mut Document) -> SourceMap {
        let mut map = SourceMap::default();
        let mut numbers: Vec<Option<u32>> = vec![None; self.expander.files.open.len()];
        let mut enter = |file: u32, map: &mut SourceMap, document: &mut Document| {
            let number = match numbers.get_mut(file as usize) {
                None => return false,
                Some(number) => *number.get_or_insert_with(|| {
                    if file == 0 {
                        return 0;
                    }
                    let open = &self.expander.files.open[file as usize];
                    let path = self.expander.files.shown(&open.path);
                    let text = open.source.clone().with_text(open.text.to_string());
                    document.included.push(SourceFile { path, text });
                    u32::try_from(document.included.len()).unwrap_or(u32::MAX)
                }),
            };
            map.enter_file(number);
            true
        };
        let mut holes = flow.holes.iter().enumerate().peekable();
        let mut fill =
            |until: usize,
             map: &mut SourceMap,
             document: &mut Document,
             enter: &mut dyn FnMut(u32, &mut SourceMap, &mut Document) -> bool| {
                while let Some((index, hole)) = holes.next_if(|(_, hole)| hole.at <= until) {
                    self.map_hole(index, hole, shifts, map, document, enter);
                }
            };
        for run in &flow.runs {
            fill(run.start, &mut map, document, &mut enter);
            if !enter(run.from.file, &mut map, document) {
                continue;
            }
            let start = shifts.moved(run.start, true);
            let source = &self.expander.files.open[run.from.file as usize].source;
            let place = crate::document::ByteSpan::new(run.from.start as usize, run.from.end as usize);
            if run.literal {
                source.push_run(&mut map, start, place);
            } else {
                let span = crate::document::ByteSpan::new(start, start + (run.end - run.start));
                map.push_replaced(
                    span,
                    crate::document::ByteSpan::new(
                        source.to_source(place.start),
                        source.to_source(place.end),
                    ),
                );
            }
        }
        fill(usize::MAX, &mut map, document, &mut enter);
        map
    }

    fn map_hole(
        &self,
        index: usize,
        hole: &Hole,
        shifts: &Shifts,
        map: &mut SourceMap,
        document: &mut Document,
        enter: &mut dyn FnMut(u32, &mut SourceMap, &mut Document) -> bool,
    ) {
        if !enter(hole.from.file, map, document) {
            return;
        }
        let before = index.checked_sub(1).map_or(0, |index| shifts.holes[index].1);
        let span = crate::document::ByteSpan::new(hole.at + before, hole.at + shifts.holes[index].1);
        let source = &self.expander.files.open[hole.from.file as usize].source;
        let place = crate::document::ByteSpan::new(
            source.to_source(hole.from.start as usize),
            source.to_source(hole.from.end as usize),
        );
        map.push_replaced(span, place);
    }
}
