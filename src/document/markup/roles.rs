//! The roles of elements in the prose, which each format defines in its own table.

use super::{NodeId, Tree};
use crate::document::SectionKind;

/// The treatment of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Role {
    /// Inline text.
    Inline,
    /// A superscript: a power, or the mark of a citation or of a note.
    Raised,
    /// A paragraph, or a container of paragraphs.
    Block,
    /// A line break, such as `br`.
    Break,
    /// Excluded from the prose, with all its contents.
    Apart,
    /// A table, which is a part of its own. Its rows and cells are elements of the next two roles.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row, with the number of columns that it spans.
    Cell(u8),
    /// A part of the paper whose kind follows from its element.
    Part(SectionKind),
    /// A footnote, or a float or listing inside a paragraph: read once the paragraph is done.
    Later(SectionKind),
    /// The mark of a footnote, with the id of the element that holds its text. Nothing is written for it.
    Mark(String),
    /// A section that contains its heading.
    Section(SectionKind),
    /// The heading of a section, with its depth if the element gives it; otherwise the depth is that of the
    /// enclosing section elements.
    Heading(Option<u8>),
    /// An inline formula, as written between dollars.
    Formula(String),
    /// A citation of works by their keys.
    Citation(Vec<String>),
    /// A citation that is empty in the source and filled in by the page's scripts.
    EmptyCitation(Vec<String>),
}

/// A markup format: the roles of its elements.
pub(in crate::document) trait Format {
    /// Returns the role of an element.
    fn role(&self, tree: &Tree<'_>, node: NodeId) -> Role;
}
