//! The parts of a paper, as its format marks them.

use serde::Serialize;

use super::ByteSpan;

/// What a part of a paper is, where the format itself says so.
///
/// What only a heading says, such as "Related work", is told by [`Section::heading`]: words are the
/// catalogue's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Running text under a heading, or under none.
    #[default]
    Body,
    /// The paper's title.
    Title,
    /// The abstract.
    Abstract,
    /// The caption of a figure or a table.
    Caption,
    /// A footnote or an endnote.
    Footnote,
    /// What stands after the paper's end: appendices and supplements.
    Appendix,
    /// Thanks, and who paid.
    Acknowledgements,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Its heading as written, without its number.
    pub heading: Option<String>,
    /// How deep its heading stands: 1 for a section, 2 for a subsection; 0 for parts without depth.
    pub depth: u8,
    /// Its bytes of the prose, heading included.
    pub span: ByteSpan,
}
