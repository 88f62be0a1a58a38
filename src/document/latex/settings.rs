//! Commands that print nothing of their arguments: settings, declarations, and text that was struck out.

use super::command_table::Group;
use super::commands::Command;

/// Names, separated by blanks, and the form of their arguments.
pub(super) const DROPPED: &[Group] = &[
    (
        "pagestyle thispagestyle bibliographystyle graphicspath pagenumbering hypersetup geometry sisetup \
         usetikzlibrary tikzset pgfplotsset lstset tcbset newlength newsavebox theoremstyle hyphenation phantom \
         hphantom vphantom index titlerunning authorrunning icmltitlerunning shorttitle shortauthors runningtitle \
         runningauthor AtBeginDocument AtEndDocument AtEndOfPackage usebox citestyle \
         setcitestyle tocauthor toctitle setstretch linespread alph arabic roman Roman Alph fnsymbol value urlstyle tcbuselibrary \
         usepgfplotslibrary acmDOI acmISBN acmPrice acmJournal acmVolume acmNumber acmArticle acmMonth \
         copyrightyear setcopyright orcid orcidID ORCID IEEEpubid special bstctlcite sethlcolor icmlsetsymbol \
         printAffiliationsAndNotice icmlkeywords keywords Keywords message typeout journalname journal subjclass \
         acmSubmissionID startPage fontencoding fontseries fontshape fontfamily cline markright vadjust cortext noalign hhline Xhline tnote",
        Command::Drop("m"),
    ),
    ("@gobble", Command::Drop("m")),
    (
        "selectlanguage AtEndPreamble settopmatter microtypesetup acmArticleType setulcolor setstcolor DeclareCaptionType \
         glsunset glsreset glslocalunset glslocalreset acreset acuse emoji needspace",
        Command::Drop("*m"),
    ),
    (
        "faIcon twemoji worldflag glsadd received SetCell SetRow declaretheorem externaldocument",
        Command::Drop("*om"),
    ),
    ("setmainfont setsansfont setmonofont fontspec", Command::Drop("omo")),
    ("newfontfamily newfontface", Command::Drop("momo")),
    ("usefont", Command::Drop("mmmm")),
    (
        "setul preto appto addtocontents pgfmathsetmacro AtBeginEnvironment AtEndEnvironment BeforeBeginEnvironment \
         AfterEndEnvironment",
        Command::Drop("mm"),
    ),
    ("AddToHook", Command::Drop("mom")),
    ("apptocmd pretocmd", Command::Drop("mmmm")),
    ("patchcmd xpatchcmd", Command::Drop("ommmmm")),
    ("DTLloaddb", Command::Drop("omm")),
    ("startcontents glsaddall glsresetall glsunsetall", Command::Drop("o")),
    ("nolinebreak nopagebreak", Command::Drop("o")),
    ("pdfliteral", Command::Drop("bm")),
    ("newmdtheoremenv", Command::Drop("omomo")),
    ("vspace addvspace", Command::Drop("*m")),
    // Text that was struck out.
    ("deleted remove", Command::Drop("om")),
    ("sout st xout cancel", Command::Drop("m")),
    ("invisible", Command::Drop("am")),
    ("color pagecolor rowcolor cellcolor columncolor arrayrulecolor", Command::Drop("om")),
    ("rowcolors", Command::Drop("*ommm")),
    ("diagbox backslashbox slashbox", Command::Drop("omm")),
    ("cdashline", Command::Drop("mo")),
    (
        "todo note comment fxnote fxwarning fxerror fxfatal pdfcomment pdfmargincomment missingfigure marginpar setlist captionsetup ccsdesc authorsaddresses thanks titlenote subtitlenote \
         authornote tnotetext fntext tnotemark tnoteref fnref corref fnmark inst definechangesauthor",
        Command::Drop("om"),
    ),
    (
        "setlength addtolength numberwithin settowidth colorlet PassOptionsToPackage \
         PassOptionsToClass markboth newunicodechar DeclareUnicodeCharacter SetKwInOut SetKwInput crefformat \
         Crefformat creflabelformat lstdefinestyle lstdefinelanguage counterwithin counterwithout fontsize \
         pdfbookmark",
        Command::Drop("*mm"),
    ),
    ("crefname Crefname definecolor addcontentsline providecolor specialrule", Command::Drop("mmm")),
    ("acmConference", Command::Drop("ommm")),
    ("DeclareMathOperator", Command::Drop("*mm")),
    ("newtheorem", Command::Drop("*momo")),
    ("newcolumntype", Command::Drop("mom")),
    ("titleformat", Command::Drop("*mommmmo")),
    ("titlespacing", Command::Drop("*mmmm")),
    ("includegraphics includesvg includepdf includestandalone", Command::Drop("*oom")),
    ("rule", Command::Drop("omm")),
    ("censor blackout", Command::Drop("*m")),
    ("footnotemark listoftodos", Command::Drop("o")),
    ("ProvidesPackage ProvidesClass ProvidesFile NeedsTeXFormat LoadClass", Command::Drop("omo")),
    ("cmidrule", Command::Drop("opm")),
];
