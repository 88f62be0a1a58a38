//! The parts of a Markdown paper: sections under headings, tables, listings and footnotes.

use pulldown_cmark::{Tag, TagEnd};

use super::prose::Prose;
use crate::document::headings::heading_of;
use crate::document::{ByteSpan, Section, SectionKind, single_spaced};

/// The level of a heading that only its bold type tells.
const LOWEST: u8 = 6;

/// The parts of the paper in the order of the source: sections under headings, tables, listings, footnotes.
#[derive(Debug, Default)]
pub(super) struct Parts {
    sections: Vec<Section>,
    /// Start of the current heading.
    heading: usize,
    /// Start of the current table, listing or footnote.
    part: usize,
    pub(super) in_code: bool,
    /// How many items of lists are open.
    items: usize,
    /// Set within a table that is written in HTML.
    pub(super) in_table: bool,
}

impl Parts {
    pub(super) fn begin(&mut self, tag: &Tag, prose: &mut Prose<'_>) {
        self.in_code |= matches!(tag, Tag::CodeBlock(_));
        self.items += usize::from(matches!(tag, Tag::Item));
        match tag {
            Tag::Heading { .. } | Tag::Paragraph => self.heading = prose.next_start(),
            Tag::Table(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) => self.part = prose.next_start(),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, prose: &mut Prose<'_>) {
        self.in_code &= tag != TagEnd::CodeBlock;
        self.items -= usize::from(tag == TagEnd::Item && self.items > 0);
        let kind = match tag {
            TagEnd::TableCell => return prose.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => return prose.end_row(),
            TagEnd::Heading(level) => {
                let depth = level as u8;
                let heading = single_spaced(prose.text.get(self.heading..).unwrap_or_default());
                let heading = heading_of(&heading, true).map_or(heading, |parsed| parsed.text);
                return self.begin_section(heading, depth);
            }
            TagEnd::Table => SectionKind::Table,
            TagEnd::CodeBlock => SectionKind::Verbatim,
            TagEnd::FootnoteDefinition => SectionKind::Footnote,
            _ => return,
        };
        let span = self.place(prose);
        self.sections.push(Section { kind, heading: None, depth: 0, span });
    }

    /// Ends a paragraph. One that is bold as a whole may be a heading: "**References**", as converters write them.
    pub(super) fn end_paragraph(&mut self, source: &str, prose: &Prose<'_>) {
        let source = source.trim().trim_end_matches(':');
        let bold = ["**", "__"].iter().find_map(|mark| {
            let inside = source.strip_prefix(mark)?.strip_suffix(mark)?;
            (!inside.contains(mark)).then_some(inside)
        });
        if bold.is_some() && self.items == 0 && self.heading < prose.text.len() {
            let written = single_spaced(prose.text.get(self.heading..).unwrap_or_default());
            if let Some(heading) = heading_of(&written, false) {
                self.begin_section(heading.text, LOWEST);
            }
        }
    }

    fn begin_section(&mut self, heading: String, depth: u8) {
        let span = ByteSpan::new(self.heading, usize::MAX);
        self.sections.push(Section { kind: SectionKind::Body, heading: Some(heading), depth, span });
    }

    /// Returns the place in the prose of the current table, listing or footnote, as far as it is read.
    pub(super) fn place(&self, prose: &Prose<'_>) -> ByteSpan {
        ByteSpan::new(self.part, prose.text.len().max(self.part))
    }

    /// Begins a table that is written in HTML. Returns `false` within another one.
    pub(super) fn begin_table(&mut self, prose: &mut Prose<'_>) -> bool {
        if std::mem::replace(&mut self.in_table, true) {
            return false;
        }
        prose.end_block();
        self.part = prose.next_start();
        true
    }

    /// Ends a table that is written in HTML.
    pub(super) fn end_table(&mut self, prose: &mut Prose<'_>) {
        self.in_table = false;
        self.end(TagEnd::Table, prose);
        prose.end_block();
    }

    /// Begins code that is written in HTML.
    pub(super) fn begin_code(&mut self, prose: &Prose<'_>) {
        self.part = prose.next_start();
    }

    /// Ends code that is written in HTML.
    pub(super) fn end_code(&mut self, prose: &mut Prose<'_>) {
        self.end(TagEnd::CodeBlock, prose);
        prose.end_block();
    }

    /// Returns all parts, with the end of each section at the next heading of the same or a higher level.
    pub(super) fn finish(mut self, prose: &str) -> Vec<Section> {
        let mut open: Vec<(u8, usize)> = Vec::new();
        for index in 0..self.sections.len() {
            let (start, depth) = (self.sections[index].span.start, self.sections[index].depth);
            if self.sections[index].heading.is_none() {
                continue;
            }
            while let Some((_, ended)) = open.pop_if(|(above, _)| *above >= depth) {
                self.sections[ended].span.end = start;
            }
            open.push((depth, index));
        }
        for (_, ended) in open {
            self.sections[ended].span.end = prose.len();
        }
        self.sections.retain(|section| !section.span.of(prose).is_empty());
        self.sections.sort_by_key(|section| (section.span.start, usize::MAX - section.span.end));
        self.sections
    }
}
