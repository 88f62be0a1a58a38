//! The parts of a paper, as its format marks them.

use super::ByteSpan;
use crate::catalogue::named_enum;

named_enum! {
    /// What a part of a paper is. Where the format does not say it, its heading may: which headings
    /// tell what stands in the catalogue.
    #[derive(Default)]
    pub enum SectionKind {
        /// Running text under a heading, or under none.
        #[default]
        Body => "body",
        /// The paper's title.
        Title => "title",
        /// The abstract.
        Abstract => "abstract",
        /// The caption of a figure or a table.
        Caption => "caption",
        /// A footnote or an endnote.
        Footnote => "footnote",
        /// What others did before.
        RelatedWork => "related-work",
        /// What stands after the paper's end: appendices and supplements.
        Appendix => "appendix",
        /// Thanks, and who paid.
        Acknowledgements => "acknowledgements",
        /// A listing that the format marks and sets as text, such as a prompt.
        Verbatim => "verbatim",
        /// The bibliography, where the format leaves it in the text.
        References => "references",
    }
}

impl SectionKind {
    /// Whether mentions are looked for in it.
    pub fn is_searched(self) -> bool {
        !matches!(self, Self::Verbatim | Self::References)
    }
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
