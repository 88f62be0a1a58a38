//! The parts of a paper as marked by its format.

use super::ByteSpan;
use crate::named_enum;

named_enum! {
    /// The kind of a part of a paper. Where the format does not give it, the heading may; the catalogue
    /// lists the headings of each kind.
    #[derive(Default)]
    pub enum SectionKind {
        /// Running text under a heading, or under none.
        #[default]
        Body => "body",
        /// The paper's title.
        Title => "title",
        /// The abstract.
        Abstract => "abstract",
        /// The topic of the paper and its motivation.
        Introduction => "introduction",
        /// Prior knowledge that a reader needs: notions, definitions, notation.
        Background => "background",
        /// The authors' procedure or construction.
        Method => "method",
        /// The means of the work: models, data, settings.
        Setup => "setup",
        /// The findings.
        Results => "results",
        /// Limits of the work, and its possible effects on society.
        Limitations => "limitations",
        /// The concluding remarks.
        Conclusion => "conclusion",
        /// Work still to be done.
        FutureWork => "future-work",
        /// A questionnaire of the venue, with the authors' answers.
        Checklist => "checklist",
        /// Statements on the tools used to write the paper, and on the authors' interests.
        Disclosure => "disclosure",
        /// Samples of inputs or outputs of a system.
        Examples => "examples",
        /// The caption of a figure or a table.
        Caption => "caption",
        /// A footnote or an endnote.
        Footnote => "footnote",
        /// The cells of a table, one row per line, and the legend of a figure.
        Table => "table",
        /// Earlier work by others.
        RelatedWork => "related-work",
        /// Appendices and supplements after the end of the paper.
        Appendix => "appendix",
        /// Thanks and funding.
        Acknowledgements => "acknowledgements",
        /// A listing that the format marks and sets as text, such as a prompt.
        Verbatim => "verbatim",
        /// The bibliography, if the format leaves it in the text.
        References => "references",
    }
}

impl SectionKind {
    /// Returns whether it is searched for descriptions: it has sentences, and they are the authors' own.
    pub fn is_searched(self) -> bool {
        self.gives_names() && !matches!(self, Self::Table | Self::Verbatim)
    }

    /// Returns whether parts under lower-level headings inherit this kind, whatever their headings say:
    /// "Models" is a part of the set-up, but not below "Related work".
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

    /// Returns whether its statements may concern something other than what the paper itself did or ran.
    pub fn tells_of_others(self) -> bool {
        use SectionKind::{Acknowledgements, Background, Disclosure, Introduction, RelatedWork};
        matches!(self, Introduction | RelatedWork | Background | Acknowledgements | Disclosure)
    }

    /// Returns whether its statements concern what the paper itself did or found.
    pub fn tells_of_own_work(self) -> bool {
        use SectionKind::{Abstract, Caption, Conclusion, Method, Results, Setup};
        matches!(self, Abstract | Caption | Conclusion | Method | Results | Setup)
    }

    /// Returns whether it is searched for names.
    pub fn gives_names(self) -> bool {
        !matches!(self, Self::References | Self::Checklist)
    }
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its kind.
    pub kind: SectionKind,
    /// Its heading as written, without its number.
    pub heading: Option<String>,
    /// Level of its heading: 1 for a section, 2 for a subsection; 0 for parts without a level.
    pub depth: u8,
    /// Its range in the prose, heading included.
    pub span: ByteSpan,
}
