//! Conversion of a tree to prose, sections and citations.

use std::collections::HashMap;

use super::flow::Flow;
use super::{Format, Node, NodeId, Role, Tree};
use crate::document::footnote::Footnotes;
use crate::document::raised::{Raised, raised_before, written};
use crate::document::{ByteSpan, Citation, Document, Footnote, Section, SectionKind, SourceMap, SourceText};

/// The result of reading a tree.
#[derive(Debug, Default)]
pub(in crate::document) struct Reading {
    pub(in crate::document) prose: String,
    pub(in crate::document) map: SourceMap,
    pub(in crate::document) sections: Vec<Section>,
    pub(in crate::document) citations: Vec<Citation>,
    pub(in crate::document) footnotes: Vec<Footnote>,
}

impl Reading {
    /// Moves everything into a document.
    pub(in crate::document) fn move_into(self, document: &mut Document) {
        (document.prose, document.source_map) = (self.prose, self.map);
        (document.sections, document.citations) = (self.sections, self.citations);
        document.footnotes = self.footnotes;
    }
}

/// Reads the contents of nodes in order. `works` maps keys to indexes of cited works.
pub(in crate::document) fn read(
    tree: &Tree<'_>,
    bytes: &SourceText,
    nodes: &[NodeId],
    format: &dyn Format,
    works: &HashMap<String, usize>,
) -> Reading {
    let mut reader = Reader {
        tree,
        format,
        works,
        flow: Flow::new(tree.source(), bytes),
        sections: Vec::new(),
        open: Vec::new(),
        depth: 0,
        heading_kind: SectionKind::Body,
        citations: Vec::new(),
        in_citation: false,
        in_cell: false,
        later: Vec::new(),
        footnotes: Footnotes::default(),
    };
    for node in nodes {
        reader.node(*node);
    }
    reader.end_block();
    reader.close_sections(0);
    let mut sections = reader.sections;
    sections.retain(|section| !section.span.is_empty());
    sections.sort_by_key(|section| (section.span.start, usize::MAX - section.span.end));
    Reading {
        prose: reader.flow.text,
        map: reader.flow.map,
        sections,
        citations: reader.citations,
        footnotes: reader.footnotes.finish(),
    }
}

/// Returns whether an element is the caption of a table.
fn is_caption(tree: &Tree<'_>, format: &dyn Format, node: NodeId) -> bool {
    matches!(tree.node(node), Node::Element(_))
        && matches!(format.role(tree, node), Role::Part(SectionKind::Caption))
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    format: &'t dyn Format,
    works: &'t HashMap<String, usize>,
    flow: Flow<'t>,
    sections: Vec<Section>,
    /// The open sections under headings, as indexes into `sections`.
    open: Vec<usize>,
    /// Number of enclosing section elements that have a heading.
    depth: u8,
    /// The kind that the innermost section element gives to its section.
    heading_kind: SectionKind,
    citations: Vec<Citation>,
    in_citation: bool,
    /// Set while a cell of a table is read.
    in_cell: bool,
    /// The parts to be read after the current paragraph, with the places in the prose that they interrupt.
    later: Vec<(NodeId, SectionKind, usize)>,
    footnotes: Footnotes,
}

impl Reader<'_, '_> {
    fn children(&mut self, node: NodeId) {
        let tree = self.tree;
        for child in tree.children(node) {
            self.node(child);
        }
    }

    fn node(&mut self, node: NodeId) {
        let span = self.tree.span(node);
        let role = match self.tree.node(node) {
            Node::Text => return self.flow.source_text(span, true),
            Node::Verbatim => return self.flow.source_text(span, false),
            Node::Element(_) => self.format.role(self.tree, node),
        };
        match role {
            Role::Apart => {}
            Role::Inline => self.children(node),
            Role::Mark(key) => self.footnotes.mark(self.flow.text.len(), key),
            Role::Raised if self.in_citation => self.children(node),
            Role::Raised => self.raised(node, span),
            Role::Break => self.flow.white_space(ByteSpan::new(span.start, span.end)),
            Role::Block => self.block(node),
            Role::Table if self.flow.is_table => self.block(node),
            Role::Table => {
                let (tree, format) = (self.tree, self.format);
                for caption in tree.children(node).filter(|child| is_caption(tree, format, *child)) {
                    self.node(caption);
                }
                self.later_part(node, SectionKind::Table);
            }
            Role::Row if self.flow.is_table && !self.in_cell => {
                self.children(node);
                self.flow.end_row(span);
            }
            Role::Cell(columns) if self.flow.is_table && !self.in_cell => {
                self.in_cell = true;
                self.children(node);
                self.in_cell = false;
                self.flow.end_cell(columns, span);
            }
            Role::Row | Role::Cell(_) => self.block(node),
            // In a cell, a heading or a listing is text like any other.
            Role::Part(SectionKind::Caption) if self.flow.is_table => {}
            Role::Part(_) | Role::Section(_) | Role::Heading(_) if self.flow.is_table => self.block(node),
            Role::Part(kind) => {
                self.part(node, kind);
            }
            Role::Later(kind) => self.later_part(node, kind),
            Role::Section(kind) => self.section(node, kind),
            Role::Heading(depth) => self.heading(node, depth),
            Role::Formula(text) => self.flow.replaced(&format!("${text}$"), span),
            Role::Citation(_) if self.in_citation => self.children(node),
            Role::Citation(keys) => {
                let start = self.flow.next_start();
                self.citation_text(node, span);
                self.cite(start, &keys);
            }
            Role::EmptyCitation(keys) => {
                let start = self.flow.next_start();
                let numbers: Vec<String> =
                    keys.iter().filter_map(|key| Some((self.works.get(key)? + 1).to_string())).collect();
                if !numbers.is_empty() {
                    self.flow.replaced(&format!("[{}]", numbers.join(", ")), span);
                    self.cite(start, &keys);
                }
            }
        }
    }

    /// Reads a part that is moved behind the paragraph which it interrupts.
    fn later_part(&mut self, node: NodeId, kind: SectionKind) {
        if self.flow.is_table || self.is_in_paragraph() {
            self.later.push((node, kind, self.flow.text.len()));
        } else {
            self.part(node, kind);
        }
    }

    /// Returns whether the current block already has text.
    fn is_in_paragraph(&self) -> bool {
        self.flow.next_start() <= self.flow.text.len() + 1 && !self.flow.text.is_empty()
    }

    /// Writes a superscript so that it is not part of the word before it.
    fn raised(&mut self, node: NodeId, span: ByteSpan) {
        let (tree, format) = (self.tree, self.format);
        let cites = |inner: NodeId| {
            matches!(tree.node(inner), Node::Element(_))
                && matches!(
                    format.role(tree, inner),
                    Role::Citation(_) | Role::EmptyCitation(_) | Role::Formula(_)
                )
        };
        let is_glued = self.flow.next_start() == self.flow.text.len();
        if !is_glued || tree.inside(node).any(cites) {
            return self.children(node);
        }
        let line = tree.line(node, &[]);
        let after = tree.source().get(span.end..).and_then(|rest| rest.chars().next());
        match raised_before(&self.flow.text, &line, after) {
            Raised::Text => self.children(node),
            Raised::Citation if self.flow.is_table => {}
            kind => self.flow.replaced(&written(kind, &line), span),
        }
    }

    fn block(&mut self, node: NodeId) {
        self.end_block();
        let start = self.flow.next_start();
        self.children(node);
        self.end_block();
        self.add_footnote(node, start);
    }

    /// Adds the text of a block or part, which ends here, if marks may lead to it.
    fn add_footnote(&mut self, node: NodeId, start: usize) {
        if self.footnotes.has_marks()
            && let Some(id) = self.tree.attribute(node, "id")
        {
            self.footnotes.text(id, ByteSpan::new(start, self.flow.text.len().max(start)));
        }
    }

    fn end_block(&mut self) {
        self.flow.end_block();
        for (node, kind, mark) in std::mem::take(&mut self.later) {
            let text = self.part(node, kind);
            if kind == SectionKind::Footnote {
                self.footnotes.marked_text(mark, text);
            }
        }
    }

    /// Reads a part of the paper. Returns its place in the prose.
    fn part(&mut self, node: NodeId, kind: SectionKind) -> ByteSpan {
        let later = std::mem::take(&mut self.later);
        self.flow.end_block();
        let start = self.flow.next_start();
        let index = self.sections.len();
        self.sections.push(Section { kind, heading: None, depth: 0, span: ByteSpan::new(start, start) });
        if kind == SectionKind::Table {
            self.flow.is_table = true;
            self.children(node);
            self.flow.end_table();
        } else {
            self.block(node);
        }
        let span = ByteSpan::new(start, self.flow.text.len().max(start));
        self.sections[index].span = span;
        // The notes of a table, which would break its rows.
        self.end_block();
        self.later = later;
        span
    }

    fn section(&mut self, node: NodeId, kind: SectionKind) {
        let (before, outer, depth) = (self.open.len(), self.heading_kind, self.depth);
        let (tree, format) = (self.tree, self.format);
        let is_heading = |child| {
            matches!(tree.node(child), Node::Element(_))
                && matches!(format.role(tree, child), Role::Heading(_))
        };
        // One without a heading of its own only holds others.
        self.depth += u8::from(tree.children(node).any(is_heading) && depth < u8::MAX);
        self.heading_kind = if kind == SectionKind::Body { outer } else { kind };
        self.end_block();
        let (start, index) = (self.flow.next_start(), self.sections.len());
        self.block(node);
        self.close_sections(before);
        let has_heading = self.sections.get(index).is_some_and(|first| first.span.start == start);
        if kind != SectionKind::Body && !has_heading {
            let span = ByteSpan::new(start, self.flow.text.len().max(start));
            self.sections.insert(index, Section { kind, heading: None, depth: 0, span });
            for open in self.open.iter_mut().filter(|open| **open >= index) {
                *open += 1;
            }
        }
        self.heading_kind = outer;
        self.depth = depth;
    }

    fn heading(&mut self, node: NodeId, depth: Option<u8>) {
        let depth = depth.unwrap_or(self.depth.max(1));
        self.end_block();
        while self.open.last().is_some_and(|last| self.sections[*last].depth >= depth) {
            let last = self.open.len() - 1;
            self.close_sections(last);
        }
        let start = self.flow.next_start();
        self.block(node);
        let heading = self.flow.text.get(start..).map(str::trim).filter(|text| !text.is_empty());
        let Some(heading) = heading.map(str::to_string) else { return };
        self.open.push(self.sections.len());
        self.sections.push(Section {
            kind: self.heading_kind,
            heading: Some(heading),
            depth,
            span: ByteSpan::new(start, start),
        });
    }

    /// Ends the sections under headings until only `until` are open.
    fn close_sections(&mut self, until: usize) {
        let end = self.flow.text.len();
        for index in self.open.drain(until.min(self.open.len())..) {
            self.sections[index].span.end = end;
        }
    }

    /// Reads the text of a citation. A bare number right behind a word, a superscript in print, gets
    /// brackets, as it is not part of the word.
    fn citation_text(&mut self, node: NodeId, span: ByteSpan) {
        let is_glued = self.flow.next_start() == self.flow.text.len()
            && self.flow.text.ends_with(|letter: char| letter.is_alphanumeric() || ".,;:)".contains(letter));
        let line = self.tree.line(node, &[]);
        if is_glued && line.starts_with(|letter: char| letter.is_ascii_digit()) {
            self.flow.replaced(&format!("[{line}]"), span);
        } else {
            self.in_citation = true;
            self.children(node);
            self.in_citation = false;
        }
    }

    fn cite(&mut self, start: usize, keys: &[String]) {
        let span = ByteSpan::new(start, self.flow.text.len());
        let works: Vec<usize> = keys.iter().filter_map(|key| self.works.get(key).copied()).collect();
        if !span.is_empty() && !works.is_empty() {
            self.citations.push(Citation { span, works });
        }
    }
}
