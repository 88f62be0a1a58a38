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
        /// What the paper is about, and why.
        Introduction => "introduction",
        /// What a reader must know first: notions, definitions, notation.
        Background => "background",
        /// What the authors did or made.
        Method => "method",
        /// What they worked with: models, data, settings.
        Setup => "setup",
        /// What they found.
        Results => "results",
        /// What the work cannot show, and what it may do in the world.
        Limitations => "limitations",
        /// What it comes to.
        Conclusion => "conclusion",
        /// What is still to be done.
        FutureWork => "future-work",
        /// A questionnaire of the venue, with the answers of the authors.
        Checklist => "checklist",
        /// What the authors tell of the tools that they wrote the paper with, and of their interests.
        Disclosure => "disclosure",
        /// Samples of what went into a system or came out of it.
        Examples => "examples",
        /// The caption of a figure or a table.
        Caption => "caption",
        /// A footnote or an endnote.
        Footnote => "footnote",
        /// The cells of a table, a row a line, and the legend of a figure.
        Table => "table",
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
    /// Whether descriptions are looked for in it: it has sentences, and they are the authors' own.
    pub fn is_searched(self) -> bool {
        self.gives_names() && !matches!(self, Self::Table | Self::Verbatim)
    }

    /// Whether what stands under headings below its own is of this kind too, whatever they say: "Models" is a
    /// part of the set-up, but not below "Related work".
    pub(super) fn keeps_what_is_below(self) -> bool {
        use SectionKind::{
            Abstract, Acknowledgements, Background, Checklist, Disclosure, Examples, Limitations, References,
            RelatedWork,
        };
        matches!(
            self,
            Abstract
                | Acknowledgements
                | Background
                | Checklist
                | Disclosure
                | Examples
                | Limitations
                | References
                | RelatedWork
        )
    }

    /// Whether what stands in it need not be what the paper itself did or ran.
    pub fn tells_of_others(self) -> bool {
        use SectionKind::{Acknowledgements, Background, Disclosure, Introduction, RelatedWork};
        matches!(self, Introduction | RelatedWork | Background | Acknowledgements | Disclosure)
    }

    /// Whether what stands in it is what the paper itself did or found.
    pub fn tells_of_own_work(self) -> bool {
        use SectionKind::{Abstract, Caption, Conclusion, Method, Results, Setup};
        matches!(self, Abstract | Caption | Conclusion | Method | Results | Setup)
    }

    /// Whether names are looked for in it.
    pub fn gives_names(self) -> bool {
        !matches!(self, Self::References | Self::Checklist)
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
