//! The table of commands by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::citing::CiteStyle;
use super::commands::{AuthorCommand, Command};
use super::quantities::Numbers;
use super::references::Style;

/// Returns the effect of a command; `None` if it is unknown, or only changes the appearance.
pub(super) fn lookup(name: &str) -> Option<Command> {
    static BY_NAME: LazyLock<HashMap<&str, Command, foldhash::fast::FixedState>> =
        LazyLock::new(|| table().collect());
    BY_NAME.get(name).copied()
}

fn table() -> impl Iterator<Item = (&'static str, Command)> {
    let groups = [STRUCTURE, PROSE, super::settings::DROPPED].into_iter().flatten();
    let grouped = groups.flat_map(|(names, command)| names.split(' ').map(|name| (name, *command)));
    let symbols = super::symbols::SYMBOLS.iter().map(|(name, text)| (*name, Command::Symbol(text)));
    let accents = super::symbols::ACCENTS.iter().map(|(name, mark)| (*name, Command::Accent(*mark)));
    // The names of these are blanks, by which the lists are parted.
    let spaces = [" ", "\t", "\r", "\n", ""].map(|name| (name, Command::Space));
    let choices = super::choices::CHOICES.iter().flat_map(|(names, test, branches)| {
        names.split(' ').map(|name| (name, Command::Choice(*test, *branches)))
    });
    grouped.chain(choices).chain(symbols).chain(accents).chain(spaces)
}

/// Names, separated by blanks, and their effect.
pub(super) type Group = (&'static str, Command);

const STRUCTURE: &[Group] = &[
    ("begin", Command::Begin),
    ("end", Command::End),
    ("part", Command::Heading(0)),
    ("chapter section", Command::Heading(1)),
    ("subsection", Command::Heading(2)),
    ("subsubsection", Command::Heading(3)),
    ("paragraph", Command::Heading(4)),
    ("subparagraph", Command::Heading(5)),
    ("item", Command::Item),
    (
        "footnote footnotetext tablefootnote endnote endnotetext pagenote sidenote sidenotetext",
        Command::Footnote,
    ),
    ("marginnote", Command::MarginNote),
    ("subfloat subfigure subtable", Command::SubCaption(false)),
    ("subcaptionbox", Command::SubCaption(true)),
    ("caption subcaption floatfoot captionabove captionbelow bicaption", Command::Caption(false)),
    ("captionof", Command::Caption(true)),
    ("label", Command::Label),
    (
        "ref pageref vref subref labelcref labelcpageref cpageref Cpageref vpageref footref thref",
        Command::Reference(Style::Number),
    ),
    ("eqref", Command::Reference(Style::Bracketed)),
    ("autoref Cref Vref prettyref fref Fref", Command::Reference(Style::Capital)),
    ("cref zcref", Command::Reference(Style::Small)),
    ("crefrange", Command::ReferenceRange(Style::Small)),
    ("Crefrange", Command::ReferenceRange(Style::Capital)),
    ("cpagerefrange vrefrange vpagerefrange", Command::ReferenceRange(Style::Number)),
    ("namecref namecrefs lcnamecref", Command::Reference(Style::Word(false))),
    ("nameCref nameCrefs", Command::Reference(Style::Word(true))),
    ("nameref", Command::Reference(Style::Name)),
    ("nocite", Command::NoCite),
    ("input include subfile subfileinclude", Command::Input),
    ("lstinputlisting VerbatimInput BVerbatimInput LVerbatimInput", Command::Listing("o")),
    ("verbatiminput", Command::Listing("*")),
    ("inputminted", Command::Listing("om")),
    ("tcbinputlisting", Command::Drop("m")),
    ("InputIfFileExists", Command::InputIfThere),
    ("twocolumn", Command::Wide),
    ("import subimport includefrom inputfrom", Command::Import),
    ("documentclass documentstyle", Command::DocumentClass),
    ("usepackage RequirePackage", Command::UsePackage),
    (
        "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd",
        Command::Define,
    ),
    ("def gdef edef xdef", Command::Def),
    ("global", Command::Global),
    ("csdef csgdef csedef csxdef @namedef", Command::DefineByName),
    ("csuse @nameuse", Command::ByName),
    ("csname", Command::Spelled),
    ("let", Command::Let),
    (
        "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand \
         NewExpandableDocumentCommand RenewExpandableDocumentCommand ProvideExpandableDocumentCommand \
         DeclareExpandableDocumentCommand",
        Command::DefineByForm,
    ),
    ("newcommandx renewcommandx providecommandx", Command::DefineByKeys),
    ("newenvironment renewenvironment", Command::NewEnvironment),
    ("newtcbtheorem renewtcbtheorem NewTcbTheorem", Command::NewTheoremBox),
    ("newtcolorbox renewtcolorbox DeclareTColorBox NewTColorBox", Command::NewBox),
    (
        "lstnewenvironment DefineVerbatimEnvironment newtcblisting newminted NewTCBListing",
        Command::NewVerbatim,
    ),
    ("newif", Command::NewIf),
    ("newacronym newabbreviation", Command::NewAcronym),
    ("newacro acrodef", Command::DefineAcronym),
    ("newglossaryentry longnewglossaryentry DeclareAcronym", Command::NewEntry),
    ("acro", Command::ListedAcronym),
    (
        "NewDocumentEnvironment RenewDocumentEnvironment DeclareDocumentEnvironment",
        Command::NewEnvironmentByForm,
    ),
    ("NewEnviron RenewEnviron", Command::NewEnviron),
    ("excludecomment excludeversion", Command::HideEnvironment(true)),
    ("includecomment includeversion", Command::HideEnvironment(false)),
    (
        "newtoggle providetoggle toggletrue togglefalse settoggle newbool providebool booltrue boolfalse setbool \
         newboolean provideboolean setboolean",
        Command::SetToggle,
    ),
    ("bibliography addbibresource printbibliography", Command::Bibliography),
    ("bibitem", Command::BibItem),
    ("newblock", Command::NewBlock),
    ("appendix appendices", Command::Appendix),
    ("makeatletter", Command::AtLetter(true)),
    ("makeatother", Command::AtLetter(false)),
    ("endinput", Command::EndInput),
    ("title icmltitle Title", Command::Title),
    ("author IEEEauthorblockN", Command::Author(AuthorCommand::Names)),
    ("name authorname", Command::Author(AuthorCommand::NamesOnly)),
    (
        "affiliation affil affiliations address institute institution institutions IEEEauthorblockA addr orgname",
        Command::Author(AuthorCommand::Affiliation),
    ),
    ("icmlaffiliation", Command::Author(AuthorCommand::KeyedAffiliation)),
    ("icmlauthor", Command::Author(AuthorCommand::KeyedName)),
    ("email emails ead icmlcorrespondingauthor", Command::Author(AuthorCommand::Email)),
    ("date acmYear", Command::Date),
    ("abstract", Command::Abstract),
    ("acknowledgments acknowledgements acknowledgment acknowledgement ack acks", Command::Acknowledgements),
    ("( )", Command::InlineMaths),
    ("[", Command::DisplayMaths),
    ("ensuremath", Command::EnsureMaths),
    (
        "cite citep Citep parencite Parencite autocite Autocite footcite supercite smartcite fullcite \
         footfullcite onlinecite upcite citenum citetitle citeurl bibentry",
        Command::Cite(CiteStyle::Bracketed),
    ),
    (
        "cites Cites parencites Parencites autocites Autocites footcites footcitetexts smartcites Smartcites \
         supercites",
        Command::Cites(CiteStyle::Bracketed),
    ),
    (
        "citet Citet newcite textcite Textcite shortcite shortciteA citeA citeasnoun citeposs posscite citepos",
        Command::Cite(CiteStyle::Textual),
    ),
    ("textcites Textcites", Command::Cites(CiteStyle::Textual)),
    ("citealp citealt Citealt Citealp", Command::Cite(CiteStyle::Bare)),
    ("citeauthor Citeauthor shortciteauthor citefullauthor", Command::Cite(CiteStyle::Authors)),
    ("citeyear citeyearpar citedate shortciteyear", Command::Cite(CiteStyle::Year)),
];

const PROSE: &[Group] = &[
    (
        "\\ newline linebreak quad qquad , ; : > enspace enskip thinspace medspace thickspace space nobreakspace \
         hfill hfil hss break tabularnewline cr and And AND",
        Command::Space,
    ),
    ("hspace", Command::SpaceOf("*m")),
    ("xspace", Command::SpaceUnlessPunctuation),
    ("onedot", Command::OneDot),
    (
        "par endgraf newpage clearpage cleardoublepage pagebreak bigskip medskip smallskip bigbreak medbreak \
         maketitle hrule hline",
        Command::Paragraph,
    ),
    ("ding", Command::Ding),
    ("symbol", Command::SymbolOfNumber),
    ("char", Command::CharacterOfNumber),
    ("SI qty", Command::Quantity(Numbers::One, true)),
    ("SIrange qtyrange", Command::Quantity(Numbers::Range, true)),
    ("SIlist qtylist", Command::Quantity(Numbers::List, true)),
    ("numrange", Command::Quantity(Numbers::Range, false)),
    ("numlist", Command::Quantity(Numbers::List, false)),
    ("si unit", Command::Quantity(Numbers::None, true)),
    ("DeclareSIUnit", Command::DeclareUnit),
    ("verb lstinline Verb", Command::Verb),
    ("mintinline", Command::VerbInLanguage),
    ("url path nolinkurl", Command::Url),
    ("texorpdfstring", Command::First),
    ("replaced", Command::Pick("okm")),
    ("replace", Command::Pick("omk")),
    ("change", Command::Pick("omk")),
    ("annote", Command::Pick("okm")),
    ("alt", Command::Pick("akm")),
    ("temporal", Command::Pick("amkm")),
    ("DIFdel DIFdelFL DIFdeltext", Command::Deleted("m")),
    ("tikz", Command::Drawing),
    ("MakeUppercase uppercase MakeTextUppercase", Command::Upper),
    ("MakeLowercase lowercase MakeTextLowercase", Command::Lower),
    ("vskip hskip kern mskip mkern vglue hglue raise lower", Command::Length),
    ("emergencystretch parskip parindent", Command::Length),
    ("advance multiply divide", Command::Advance),
    ("catcode lccode uccode sfcode mathcode", Command::Code),
    ("newcount", Command::NewCount(false)),
    ("chardef mathchardef", Command::NewCount(true)),
    ("newcounter setcounter addtocounter stepcounter refstepcounter", Command::SetCounter),
    ("ExplSyntaxOn", Command::SkipTo("ExplSyntaxOff")),
    ("CodeBefore", Command::SkipTo("Body")),
    (
        "penalty hyphenpenalty exhyphenpenalty tolerance pretolerance clubpenalty widowpenalty interlinepenalty \
         looseness",
        Command::Number,
    ),
    ("discretionary", Command::Pick("mmk")),
    ("@firstofone", Command::Pick("k")),
    ("@firstoftwo", Command::Pick("km")),
    ("@secondoftwo", Command::Pick("mk")),
    (
        "gls glspl Gls Glspl GLS GLSpl glsentrylong glsentryshort glsentrytext glsentryname glsxtrfull glsfirst glstext \
         acrshort acrlong acrfull ac acs acl acf acp acsp aclp acfp Ac Acp Acf Acl acrshortpl \
         acrlongpl acrfullpl glsxtrshort glsxtrlong glsxtrfullpl Glsentrylong Glsentryshort Glsentrytext glsentryplural \
         acfi aclu iac Iac",
        Command::Acronym,
    ),
    // What stands in their last argument is read on as it comes.
    ("textcolor colorbox rotatebox", Command::Inline("om")),
    ("fcolorbox", Command::Inline("omm")),
    ("href", Command::Link),
    ("hyperlink hypertarget foreignlanguage adjustbox foreignquote", Command::Inline("m")),
    ("glslink Glslink glsdisp Glsdisp", Command::Inline("*om")),
    ("trimbox clipbox", Command::Inline("*m")),
    // Quotations with the key of what they are from, as of csquotes.
    ("textquote blockquote", Command::Inline("*oo")),
    ("textcquote blockcquote", Command::Inline("*oomo")),
    ("foreigntextquote foreignblockquote hyphentextquote", Command::Inline("*moo")),
    ("foreigntextcquote foreignblockcquote hyphentextcquote", Command::Inline("*moomo")),
    ("Block", Command::Inline("om")),
    ("resizebox", Command::Inline("*mm")),
    ("multicolumn", Command::Columns),
    ("textsuperscript textsu up", Command::Raised),
    ("addlegendentry legend addlegendentryexpanded", Command::Legend),
    ("multirow", Command::Inline("omom")),
    ("scalebox", Command::Inline("mo")),
    ("hyperref", Command::Inline("o")),
    ("makebox framebox", Command::Inline("poo")),
    ("raisebox", Command::Inline("moo")),
    ("parbox", Command::Inline("ooom")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_means_two_things() {
        let mut names: Vec<&str> = table().map(|(name, _)| name).collect();
        names.sort_unstable();
        let twice: Vec<&&str> =
            names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert_eq!(twice, Vec::<&&str>::new());
    }
}
