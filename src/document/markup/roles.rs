//! What elements mean for the prose: each format has its own table.

use super::{NodeId, Tree};
use crate::document::SectionKind;

/// What becomes of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Role {
    /// Its text goes on in the line.
    Inline,
    /// Its text is raised: a power, the mark of a citation or of a note.
    Raised,
    /// It is a paragraph, or holds some.
    Block,
    /// It begins a line, as `br` does.
    Break,
    /// It is no prose, nor is what it holds.
    Apart,
    /// The cells of a table: a part of its own. Rows and cells are elements of the next two roles.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row, with the number of columns that it takes up.
    Cell(u8),
    /// A part of the paper that is told by its element.
    Part(SectionKind),
    /// A footnote, or a float inside of a paragraph: read once the paragraph is done.
    Later(SectionKind),
    /// A section with its heading inside.
    Section(SectionKind),
    /// The heading of a section, with its depth where the element tells it; else it is as deep as
    /// the sections around it.
    Heading(Option<u8>),
    /// A formula in the line, as it is written between dollars.
    Formula(String),
    /// A citation of works by their keys.
    Citation(Vec<String>),
    /// A citation that stands empty in the source and is written by whoever shows the page.
    EmptyCitation(Vec<String>),
}

/// A format: what its elements mean.
pub(in crate::document) trait Format {
    /// The role of an element.
    fn role(&self, tree: &Tree<'_>, node: NodeId) -> Role;
}
