//! Tests of reading LaTeX.

use std::fmt::Write as _;

use super::samples::{prose, read, read_files, source_of};
use super::*;
use crate::document::SectionKind;

#[test]
fn markup_goes_and_text_stays() {
    assert_eq!(
        prose("We \\textbf{ran \\emph{a {\\small large}} model}.\\\\[2pt] Then % a remark\n  more."),
        "We ran a large model. Then more."
    );
    assert_eq!(prose("one\ntwo\n\n\nthree\\par four"), "one\ntwo\n\nthree\n\nfour");
    assert_eq!(prose("a~b\\ c\\,d\\quad e\\hspace{2pt}f"), "a b c d e f");
    assert_eq!(prose("\\unknown[x]{kept} \\includegraphics[width=1cm]{gone.png} end"), "kept end");
    assert_eq!(
        prose("\\href{http://a.b/c%20d#e}{here} and \\url{http://a.b/c_d%20e}"),
        "here and http://a.b/c_d%20e"
    );
    assert_eq!(prose("use \\verb|a_b%| and \\lstinline{c}"), "use a_b% and c");
    assert_eq!(prose("\\mintinline{py}{x % y} and \\mintinline[a=b]{c}|d%e| on"), "x % y and d%e on");
    assert_eq!(prose("a \\censor{gone}bot \\blackout*{gone too}ran"), "a bot ran");
}

#[test]
fn characters_are_what_they_are_printed_as() {
    assert_eq!(prose("``A'' -- `b' --- c-d"), "“A” – ‘b' — c-d");
    assert_eq!(
        prose("G\\\"odel, Erd\\H{o}s, \\'{E}l\\`eve, na\\\"{\\i}ve, \\c{c}, stra\\ss e, \\o re, \\v{S}"),
        "Gödel, Erdős, Élève, naïve, ç, straße, øre, Š"
    );
    assert_eq!(prose("5\\% of \\$3 \\& \\#1\\_a \\{b\\} \\ldots{} \\LaTeX"), "5% of $3 & #1_a {b} … LaTeX");
    assert_eq!(prose("hy\\-phen\\-ate"), "hyphenate");
}

#[test]
fn formulas_in_sentences_keep_their_notation() {
    assert_eq!(
        prose("It has $\\sim 10^{11}$ and \\(137\\)B weights."),
        "It has $\\sim 10^{11}$ and 137B weights."
    );
    assert_eq!(prose("\\newcommand{\\size}{137} up to $\\size$B, \\ensuremath{x}"), "up to 137B, $x$");
    assert_eq!(
        prose("Pythia-$160$M saw $27{,}000$ of $n=3$ at $0.5$."),
        "Pythia-160M saw 27,000 of $n=3$ at 0.5."
    );
    assert_eq!(
        prose("Let \\[ x = y \\] be $$z$$ so \\begin{align*} a &= b \\end{align*} we end."),
        "Let be so we end."
    );
    assert_eq!(
        prose(
            "Orvex$-$4, $\\mathrm{Orvex}$-4, $\\texttt{orvex-2}$, $\\mathrm{x}$, $\\mathrm{a+b}$, $-$ ($-$5)"
        ),
        "Orvex-4, Orvex-4, orvex-2, $\\mathrm{x}$, $\\mathrm{a+b}$, $-$ ($-$5)"
    );
    assert_eq!(prose("A $broken\n\nformula ends."), "A $broken$\n\nformula ends.");
    assert_eq!(prose("\\begin{tabular}{l} a$$ \\\\ \\end{tabular} after"), "after\n\na");
}

#[test]
fn macros_of_the_paper_are_put_in() {
    assert_eq!(
        prose("\\newcommand{\\ours}{BigModel\\xspace}\\ours is, \\ours. \\ours{} too"),
        "BigModel is, BigModel. BigModel too"
    );
    assert_eq!(prose("\\newcommand{\\say}[2][Hello]{#1, #2!} \\say{A} \\say[Bye]{B}"), "Hello, A! Bye, B!");
    assert_eq!(prose("\\def\\two#1#2{#2#1}\\two ab \\two{c d}{e}"), "ba ec d");
    assert_eq!(
        prose("\\let\\old\\textbf \\newcommand{\\x}{y}\\let\\z\\x \\old{a} \\z \\renewcommand{\\x}{w}\\z\\x"),
        "a yyw"
    );
    assert_eq!(prose("\\NewDocumentCommand{\\q}{m O{two} s}{#1 #2} \\q{one} \\q{a}[b]*"), "one two a b");
    assert_eq!(
        prose("\\newenvironment{note}[1]{Note #1: }{ (end)}\\begin{note}{7}text\\end{note}"),
        "Note 7: text (end)"
    );
    assert_eq!(prose("\\newcommand{\\todo}[1]{} a \\todo{b} c"), "a c");
    assert_eq!(prose("\\providecommand{\\a}{1}\\providecommand{\\a}{2}\\a"), "1");
}

#[test]
fn conditions_are_followed_where_they_can_be() {
    assert_eq!(prose("a \\iffalse b \\ifx\\c\\d e\\fi f\\else g\\fi{} h"), "a g h");
    assert_eq!(prose("\\newif\\ifdraft a\\ifdraft b\\else c\\fi \\drafttrue\\ifdraft d\\else e\\fi"), "acd");
    assert_eq!(prose("a \\iff b, a \\iffalse b"), "a b, a b");
}

#[test]
fn blocks_apart_are_left_out_and_captions_read() {
    let document = read(
        "Before the figure,\n\\begin{figure}[t]\\centering in it\\caption[s]{A \\textbf{caption}.}\\label{f}\\end{figure}\nthe text\\footnote{A note.} goes on.\n\n\
         \\begin{table}\\caption{Cells.}\\begin{tabular}{ll}a&b\\end{tabular}\\end{table}\
         \\begin{verbatim} \\x{ $ \\end{verbatim}\
         \\begin{lstlisting}[language=C] int $; \\end{lstlisting}\\begin{comment}gone\\end{comment}\
         \\begin{tikzpicture}\\node{gone};\\end{tikzpicture}After Figure~\\ref{f}.",
    );
    assert_eq!(
        document.prose,
        "Before the figure,\nthe text goes on.\n\nA caption.\n\nA note.\n\nCells.\n\na | b\n\n\\x{ $\n\nint $;\n\n\
         After Figure 1."
    );
    let kinds: Vec<_> =
        document.sections.iter().map(|section| (section.kind, section.span.of(&document.prose))).collect();
    assert_eq!(
        kinds,
        [
            (SectionKind::Caption, "A caption."),
            (SectionKind::Footnote, "A note."),
            (SectionKind::Caption, "Cells."),
            (SectionKind::Table, "a | b"),
            (SectionKind::Verbatim, "\\x{ $"),
            (SectionKind::Verbatim, "int $;"),
        ]
    );
}

#[test]
fn sections_have_headings_and_kinds() {
    let document = read(
        "\\documentclass{article}\\title{The \\emph{Title}\\thanks{Money}}\\begin{document}\\maketitle\
         \\begin{abstract}Short.\\end{abstract}\\section{One}\\label{a}Text of \\cref{b}.\\subsection*{Inner $x$}More.\
         \\section[short]{Two}\\label{b}\\paragraph{Run in.} Text.\\begin{ack}Thanks.\\end{ack}\\appendix\\section{Proofs}\\label{c}End, \\autoref{c}.\\end{document} no",
    );
    let mut shown = String::new();
    for section in &document.sections {
        let heading = section.heading.as_deref().unwrap_or("-");
        writeln!(
            shown,
            "{:?} {} {heading}: {:?}",
            section.kind,
            section.depth,
            section.span.of(&document.prose)
        )
        .unwrap();
    }
    insta::assert_snapshot!(shown, @r#"
    Title 0 -: "The Title"
    Abstract 0 -: "Short."
    Body 1 One: "One\n\nText of section 2.\n\nInner $x$\n\nMore."
    Body 2 Inner $x$: "Inner $x$\n\nMore."
    Body 1 Two: "Two\n\nRun in.\n\nText.\n\nThanks."
    Body 4 Run in.: "Run in.\n\nText.\n\nThanks."
    Acknowledgements 0 -: "Thanks."
    Appendix 1 Proofs: "Proofs\n\nEnd, Appendix A."
    "#);
    assert_eq!(document.title.as_deref(), Some("The Title"));
}

#[test]
fn citations_lead_to_their_works() {
    let bib = "@article{b, title={Of {Size}}, author={Brown, Tom and Mann, B. and Ryder, N.}, year=2020}\n\
               @misc{o, title={A {\\'e}tude}, author={{OpenAI}}, year={2023}}";
    let text = "\\citet[p.~3]{b} and others \\citep[see][]{b,o}, \\cite{x}.\\bibliography{refs}";
    let paper = read_files(&[("a.tex", text), ("refs.bib", bib)]);
    let document = paper.document;
    assert_eq!(
        document.prose,
        "Brown et al. (2020, p. 3) and others (see Brown et al., 2020; OpenAI, 2023), [3]."
    );
    assert_eq!(document.bibliography[1].title.as_deref(), Some("A étude"));
    let spans: Vec<_> =
        document.citations.iter().map(|cite| (cite.span.of(&document.prose), &cite.works[..])).collect();
    assert_eq!(
        spans,
        [
            ("Brown et al. (2020, p. 3)", &[0][..]),
            ("(see Brown et al., 2020; OpenAI, 2023)", &[0, 1]),
            ("[3]", &[2])
        ]
    );
    assert_eq!(source_of(&document, "(see Brown et al., 2020; OpenAI, 2023)"), "\\citep[see][]{b,o}");
}

#[test]
fn a_citation_may_have_several_groups_of_keys() {
    let bib =
        "@article{b, title={Size}, author={Brown, Tom}, year=2020} @misc{o, author={{OpenAI}}, year={2023}}";
    for (text, prose) in [
        ("A \\parencites{b}{o} B", "A (Brown, 2020; OpenAI, 2023) B"),
        ("A \\cites(see)()[p. 3]{b}[p. 4]{o}: B", "A (see Brown, 2020; OpenAI, 2023, p. 4): B"),
        ("A \\textcites[as][]{b}{o,b} {B}", "A Brown (as 2020); OpenAI (as 2023); Brown (as 2020) B"),
        ("A \\parencites{b} [B]", "A (Brown, 2020) [B]"),
    ] {
        let paper = read_files(&[("a.tex", &format!("{text}\\bibliography{{refs}}")), ("refs.bib", bib)]);
        assert_eq!(paper.document.prose, prose);
    }
}

#[test]
fn a_printed_bibliography_is_read_and_is_no_prose() {
    let list = "\\begin{thebibliography}{9}\\bibitem[Brown et~al.(2020)Brown]{b} Tom Brown.\\newblock Of size.\\newblock 2020.\\end{thebibliography}";
    for files in [
        vec![("a.tex", format!("As \\citet{{b}} say.\n\n{list} End."))],
        vec![
            ("a.tex", "As \\citet{b} say.\n\n\\bibliography{none} End.".to_string()),
            ("a.bbl", list.to_string()),
        ],
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let document = read_files(&files).document;
        assert_eq!(document.prose, "As Brown et al. (2020) say.\n\nEnd.");
        assert_eq!(document.bibliography[0].title.as_deref(), Some("Of size"));
    }
}

#[test]
fn every_piece_of_prose_leads_back_to_what_was_read() {
    let document = read(
        "\\newcommand{\\ours}[1]{our #1 system}\n\u{FEFF}We use \\ours{\\textbf{very} large} of G\\\"odel and \\textit{a large} one\\footnote{no} here.",
    );
    assert_eq!(document.prose, "We use our very large system of Gödel and a large one here.\n\nno");
    assert_eq!(source_of(&document, "very large"), "very} large");
    assert_eq!(source_of(&document, "our very large system"), "\\ours{\\textbf{very} large}");
    assert_eq!(source_of(&document, "Gödel"), "G\\\"odel");
    assert_eq!(source_of(&document, "a large one here"), "a large} one\\footnote{no} here");
    assert_eq!(source_of(&document, "no"), "no");
}

#[test]
fn bombs_are_defused() {
    let limits = ReadLimits { size: 100_000, depth: 50, ..ReadLimits::default() };
    let read = |text: &str| read_latex("a.tex", "a.tex", text.as_bytes().to_vec(), &NoFiles, limits).unwrap();
    let lol: String = (0..30).fold("\\def\\a{ha}".to_string(), |text, n| {
        let name = |n: u8| format!("\\x{}", "i".repeat(usize::from(n)));
        let before = if n == 0 { "\\a".to_string() } else { name(n - 1) };
        format!("{text}\\def{}{{{before} {before} {before}}}", name(n))
    });
    let cases = [
        (format!("{lol} before \\x{} after", "i".repeat(29)), "too-large"),
        ("\\def\\a{\\a}before \\a after".to_string(), "too-large"),
        ("\\def\\a{{\\a}}before \\a after".to_string(), "too-deep"),
    ];
    for (text, kind) in cases {
        let paper = read(&text);
        assert_eq!(paper.error.map(|error| error.kind), Some(kind), "{text}");
        assert!(paper.document.prose.starts_with("before"), "{}", paper.document.prose);
        assert!(paper.document.prose.ends_with("after"));
        assert!(paper.document.prose.len() < 1_000_000);
    }
    for nested in [
        "{".repeat(30_000),
        "\\a{".repeat(20_000),
        "\\footnote{".repeat(9_000),
        "\\begin{x}".repeat(9_000),
        "\\title{".repeat(9_000),
    ] {
        read(&format!("before {nested} after"));
    }
    read(&format!("before {} after", "\\begin{verbatim} x\n".repeat(4_000)));
    let headings = read(&format!("before {} after", "\\section{one ".repeat(5_000))).document;
    let bytes: usize =
        headings.sections.iter().filter_map(|section| section.heading.as_ref()).map(String::len).sum();
    assert!(headings.sections.len() < 100 && bytes < 20_000, "{bytes} bytes");
    let big = read_latex("a.tex", "a.tex", vec![b'a'; 100_001], &NoFiles, limits).unwrap_err();
    assert!(big.message.contains("--max-document-size"), "{big}");
}

#[test]
fn acronyms_are_written_out_once() {
    let text =
        "\\newacronym{llm}{LLM}{large language model}\\gls{llm} and \\glspl{llm}, \\acrlong{llm}, \\ac{XY}";
    assert_eq!(prose(text), "large language model (LLM) and LLMs, large language model, XY");
    for definition in ["\\acrodef{LLM}{large language model}", "\\newacro{LLM}[LLM]{large language model}"] {
        let text =
            format!("{definition}\\begin{{document}}Our \\ac{{LLM}} and \\acp{{LLM}}\\end{{document}}");
        assert_eq!(prose(&text), "Our large language model (LLM) and LLMs", "{definition}");
    }
}

#[test]
fn a_command_that_lacks_an_argument_does_not_swallow_the_environment_behind_it() {
    for command in ["\\newacronym{a}{b}", "\\newcommand\\x[2]{#1#2}\\x{a}", "\\href{a}"] {
        let text = format!("{command}\n\\begin{{document}}All of it\\end{{document}}");
        assert!(prose(&text).ends_with("All of it"), "{command}: {}", prose(&text));
    }
}

#[test]
fn names_and_affiliations_are_told_apart_in_the_usual_classes() {
    let creators = |text: &str| {
        let document =
            read(&format!("\\documentclass{{article}}{text}\\begin{{document}}x\\end{{document}}"));
        format!("{} | {}", document.authors.join("; "), document.organisations.join("; "))
    };
    let cases = [
        (
            "article, NeurIPS, ACL",
            "\\author{Ann A. Bee \\\\ Google \\\\ \\texttt{a@google.com} \\And Cy D\\'e \\\\ Dept. \\\\ MIT}",
        ),
        (
            "marks",
            "\\author{Ann Bee$^{1}$, Cy D\\textsuperscript{2,$\\dagger$} and Ed F$^1$ \\\\ $^1$Google \\quad $^2$MIT \\\\ $^\\dagger$Equal work}",
        ),
        ("names alone", "\\author{Ann Bee\\thanks{ann@acme.example} \\and Cy D}"),
        ("authblk", "\\author[1]{Ann Bee}\\author[2]{Cy D}\\affil[1]{Google, USA}\\affil[2]{MIT}"),
        (
            "ICML",
            "\\begin{icmlauthorlist}\\icmlauthor{Ann Bee}{g}\\end{icmlauthorlist}\\icmlaffiliation{g}{Google, USA}",
        ),
        (
            "IEEE",
            "\\author{\\IEEEauthorblockN{Ann Bee}\\IEEEauthorblockA{\\textit{Research} \\\\ Google \\\\ a@b.com}}",
        ),
        ("ACM", "\\author{Ann Bee}\\affiliation{\\institution{Google}\\city{X}}\\email{a@google.com}"),
        (
            "Springer",
            "\\author*[1]{\\fnm{Ann} \\sur{Bee}}\\affil[1]{\\orgdiv{Research}, \\orgname{Google}, \\orgaddress{\\city{X}}}",
        ),
        (
            "LNCS",
            "\\author{Ann Bee\\inst{1} \\and Cy D\\inst{2}}\\institute{Google \\and MIT \\email{c@mit.edu}}",
        ),
        ("columns", "\\author{\\begin{tabular}{cc}Ann Bee & Cy D \\\\ Google & MIT\\end{tabular}}"),
        ("an at sign", "\\author{Ann Bee \\\\ Lab @ MIT}"),
    ];
    let shown: String = cases.iter().map(|(class, text)| format!("{class}: {}\n", creators(text))).collect();
    insta::assert_snapshot!(shown, @r"
    article, NeurIPS, ACL: Ann A. Bee; Cy Dé | Google; Dept, MIT
    marks: Ann Bee; Cy D; Ed F | Google; MIT
    names alone: Ann Bee; Cy D | acme.example
    authblk: Ann Bee; Cy D | Google, USA; MIT
    ICML: Ann Bee | Google, USA
    IEEE: Ann Bee | Research, Google
    ACM: Ann Bee | Google
    Springer: Ann Bee | Google
    LNCS: Ann Bee; Cy D | Google; MIT
    columns: Ann Bee; Cy D | Google; MIT
    an at sign: Ann Bee | Lab @ MIT
    ");
}

#[test]
fn dates_and_arxiv_numbers_are_read() {
    assert_eq!(read("\\date{12 May 2023} x").date.unwrap().to_string(), "2023-05");
    let paper =
        read_latex("p/2108.00001v2.tex", "2108.00001v2.tex", b"x".to_vec(), &NoFiles, ReadLimits::default())
            .unwrap();
    assert_eq!(paper.document.arxiv.as_deref(), Some("2108.00001"));
    assert_eq!(paper.document.date.unwrap().to_string(), "2021-08");
}

#[test]
fn an_archive_gives_its_paper() {
    let members = Members(
        [
            ("src/main.tex", "\\documentclass{a}\\begin{document}One \\input{b}\\end{document}"),
            ("src/b.tex", "two"),
        ]
        .map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()))
        .into(),
    );
    let document = read_latex_archive("2108.00001.tar.gz", &members, ReadLimits::default()).unwrap().document;
    assert_eq!((document.prose.as_str(), document.arxiv.as_deref()), ("One two", Some("2108.00001")));
    assert_eq!((document.file_name(0), document.file_name(1)), (Some("main.tex"), Some("b.tex")));
    assert_eq!(
        read_latex_archive("x", &Members::default(), ReadLimits::default()).unwrap_err().kind,
        "no-papers"
    );
}
