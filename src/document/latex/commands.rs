//! The meanings of the commands of LaTeX, its classes and its common packages for a reader of prose.

use super::choices::{Branches, Test};
use super::citing::CiteStyle;
use super::quantities::Numbers;
use super::references::Style;

/// The effect of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Skips its arguments; see `Expander::drop_arguments` for the letters.
    Drop(&'static str),
    /// Stands for some characters.
    Symbol(&'static str),
    /// `\ding{51}`
    Ding,
    /// `\symbol{45}`
    SymbolOfNumber,
    /// `\char45`
    CharacterOfNumber,
    /// Puts an accent, a combining character, on the next letter.
    Accent(char),
    /// White space.
    Space,
    /// White space that has a length: `\hspace{1em}`.
    SpaceOf(&'static str),
    /// White space if no punctuation follows.
    SpaceUnlessPunctuation,
    /// A full stop if none follows.
    OneDot,
    /// Ends a paragraph.
    Paragraph,
    Begin,
    End,
    /// A heading of a depth, 1 for a section.
    Heading(u8),
    Item,
    Footnote,
    /// A note in the margin, with its height behind it: `\marginnote{text}[1cm]`.
    MarginNote,
    /// The caption of a part of a float, as an option or, if `true`, as an argument.
    SubCaption(bool),
    /// A caption; if `true`, the kind of float is given first.
    Caption(bool),
    Label,
    Reference(Style),
    /// `\crefrange{first}{last}`
    ReferenceRange(Style),
    Cite(CiteStyle),
    /// `\cites[see][p. 3]{one}{two}`
    Cites(CiteStyle),
    NoCite,
    Input,
    /// `\InputIfFileExists{name}{before it}{else}`
    InputIfThere,
    Import,
    DocumentClass,
    UsePackage,
    /// `\newcommand` and the like.
    Define,
    /// `\def` and the like.
    Def,
    /// `\global`: the next definition holds beyond the end of the group.
    Global,
    /// `\csdef{name}{text}`
    DefineByName,
    /// `\csuse{name}`
    ByName,
    /// `\csname name\endcsname`
    Spelled,
    Let,
    /// `\NewDocumentCommand` and the like.
    DefineByForm,
    /// `\newcommandx`
    DefineByKeys,
    NewEnvironment,
    /// `\newtcbtheorem[init]{name}{heading}{options}{prefix}`
    NewTheoremBox,
    /// Defines an environment whose content is a box of text: `\newtcolorbox`.
    NewBox,
    /// Defines an environment whose content is not prose: `\lstnewenvironment`.
    NewVerbatim,
    NewIf,
    /// `\newacronym[options]{key}{short}{long}`
    NewAcronym,
    /// `\acrodef{key}[short]{long}`, where the key is the short form if none is given.
    DefineAcronym,
    Acronym,
    Verb,
    /// The same behind the name of a language: `\mintinline{python}{x % y}`.
    VerbInLanguage,
    /// A file that is printed as it is: `\lstinputlisting{name}`.
    Listing(&'static str),
    /// Skips all arguments but the last, which is text.
    Inline(&'static str),
    /// `\multicolumn`: a cell that spans several columns.
    Columns,
    /// `\twocolumn[text over both columns]`
    Wide,
    /// `\textsuperscript`: in a table, the mark of a note.
    Raised,
    /// An entry in the legend of a drawing.
    Legend,
    /// `\url`: its content is text, verbatim.
    Url,
    /// `\href`: the first argument is a verbatim address, the second is text.
    Link,
    /// `\(` and `\)`
    InlineMaths,
    /// `\[`
    DisplayMaths,
    EnsureMaths,
    Bibliography,
    BibItem,
    NewBlock,
    Appendix,
    AtLetter(bool),
    EndInput,
    Title,
    /// States facts about the authors; see `front_matter`.
    Author(AuthorCommand),
    Date,
    /// The abstract as an argument.
    Abstract,
    Acknowledgements,
    /// Reads the first of two alternatives, its arguments.
    First,
    /// Reads one of its arguments, `k` in the form, and skips the others.
    Pick(&'static str),
    /// Struck-out text, even if the paper's own definition prints it.
    Deleted(&'static str),
    /// Prints one of two arguments.
    Choice(Test, Branches),
    /// `\toggletrue` and the like.
    SetToggle,
    /// Hides an environment if `true`, or shows it.
    HideEnvironment(bool),
    /// `\NewDocumentEnvironment`
    NewEnvironmentByForm,
    /// `\NewEnviron`
    NewEnviron,
    /// `\newglossaryentry{key}{name=...}`
    NewEntry,
    /// `\acro{key}[short]{long}`
    ListedAcronym,
    /// `\tikz`
    Drawing,
    /// Converts its argument to upper case.
    Upper,
    Lower,
    /// Followed by a length in TeX's syntax: `\vskip 3pt`.
    Length,
    /// A number in TeX's syntax: `\tolerance=1000`.
    Number,
    /// A character and a number: `` \catcode`\@=11 ``.
    Code,
    /// `\advance\name by 2pt`
    Advance,
    /// `\newcounter`, `\setcounter` and the like.
    SetCounter,
    /// `\newcount\name`, or if `true` `\chardef\name=1`.
    NewCount(bool),
    /// Numbers with a unit if `true`: `\qty{7}{\byte}`.
    Quantity(Numbers, bool),
    /// `\DeclareSIUnit\name{unit}`
    DeclareUnit,
    /// Skips everything up to a command: `\ExplSyntaxOn` up to `\ExplSyntaxOff`.
    SkipTo(&'static str),
}

/// The facts about the authors that a command states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum AuthorCommand {
    /// Names, with affiliations in lines below or in commands inside.
    Names,
    /// Names and nothing else.
    NamesOnly,
    /// An affiliation.
    Affiliation,
    /// An affiliation after the key that authors refer to: `\icmlaffiliation{key}{name}`.
    KeyedAffiliation,
    /// A name before the key of an affiliation: `\icmlauthor{name}{key}`.
    KeyedName,
    /// An e-mail address.
    Email,
}

impl Command {
    /// Returns whether a paper's own definition of such a command is ignored, because the reader does more
    /// with it than print text.
    pub(super) fn is_fixed(self) -> bool {
        !matches!(
            self,
            Self::Drop(_)
                | Self::Symbol(_)
                | Self::Inline(_)
                | Self::Accent(_)
                | Self::Acronym
                | Self::Space
                | Self::Pick(_)
                | Self::Choice(..)
                | Self::ListedAcronym
        )
    }

    /// Returns whether the command takes effect in a style file, of which only the definitions matter.
    pub(super) fn counts_in_styles(self) -> bool {
        matches!(
            self,
            Self::Define
                | Self::Def
                | Self::Global
                | Self::DefineByName
                | Self::Let
                | Self::DefineByForm
                | Self::DefineByKeys
                | Self::NewEnvironment
                | Self::NewTheoremBox
                | Self::SetCounter
                | Self::NewCount(_)
                | Self::DeclareUnit
                | Self::SkipTo(_)
                | Self::NewBox
                | Self::NewVerbatim
                | Self::NewIf
                | Self::SetToggle
                | Self::HideEnvironment(_)
                | Self::NewEnvironmentByForm
                | Self::NewEnviron
                | Self::UsePackage
                | Self::AtLetter(_)
                | Self::EndInput
                | Self::Drop(_)
        )
    }
}
