//! Tests of finding the files that a paper includes, and of the substitutes for missing ones.

use crate::document::latex::Members;
use crate::document::latex::samples::read_files;
use crate::document::{ByteSpan, Places, ReadLimits, SectionKind, read_latex};

fn prose(files: &[(&str, &str)]) -> String {
    let document = read_files(files).document;
    assert!(document.notes.is_empty(), "{:?}", document.notes);
    document.prose
}

#[test]
fn names_are_seen_from_any_folder_above_the_paper_or_the_part() {
    for (main, included, file) in [
        ("paper/main.tex", "sections/one", "sections/one.tex"),
        ("paper/v2/main.tex", "sections/one", "sections/one.tex"),
        ("paper/v2/main.tex", "sections/one", "paper/sections/one.tex"),
        ("paper/main.tex", "paper/one", "paper/one.tex"),
        ("paper/main.tex", "../one", "one.tex"),
        ("main.tex", "./one.tex", "one.tex"),
    ] {
        let text = format!("One \\input{{{included}}} three.");
        assert_eq!(prose(&[(main, &text), (file, "two")]), "One two three.", "{main} {included}");
    }
    let nested = [
        ("main.tex", "\\input{parts/a/one}"),
        ("parts/a/one.tex", "A \\input{b/two}."),
        ("parts/b/two.tex", "b"),
    ];
    assert_eq!(prose(&nested), "A b.");
    // The folder that LaTeX looks in first is still the first.
    let two = [("p/main.tex", "\\input{a}."), ("a.tex", "far"), ("p/a.tex", "near")];
    assert_eq!(prose(&two), "near.");
    let notes = read_files(&[("p/main.tex", "\\input{../../a}."), ("a.tex", "out")]).document.notes;
    assert_eq!(notes[0].kind, "outside-project");
}

#[test]
fn names_are_read_as_latex_reads_them() {
    let file = |path: &str, text: &str| prose(&[("main.tex", text), (path, "two")]);
    for (path, text) in [
        ("two.tex", "One \\input{\"two\"} three."),
        ("my two.tex", "One \\input{\"my two\"} three."),
        ("parts/two.tex", "\\newcommand{\\parts}{parts}One \\input{\\parts/two} three."),
        (
            "parts/two.tex",
            "\\makeatletter\\def\\input@path{{a/}{parts/}}\\makeatother One \\input{two} three.",
        ),
        ("parts/two.tex", "One \\subimport*{parts/}{two} three."),
        ("parts/two.tex", "One \\import*{parts}{two.tex} three."),
    ] {
        assert_eq!(file(path, text), "One two three.", "{text}");
    }
}

#[test]
fn a_listing_is_the_file_as_it_stands_there() {
    let code = "ask Orvex % now\n\\end{document}\n";
    for text in [
        "A.\\lstinputlisting[language=x]{p/a.txt} B.",
        "A.\\VerbatimInput{p/a.txt} B.",
        "A.\\verbatiminput{p/a.txt} B.",
        "A.\\inputminted[x]{py}{p/a.txt} B.",
    ] {
        let document = read_files(&[("main.tex", text), ("p/a.txt", code)]).document;
        assert_eq!(document.prose, "A.\n\nask Orvex % now\n\\end{document}\n\nB.", "{text}");
        assert_eq!(document.sections[0].kind, SectionKind::Verbatim);
    }
    let missing = read_files(&[("main.tex", "A.\\lstinputlisting{p/a.txt} B.")]);
    assert_eq!((missing.document.prose.as_str(), missing.document.notes.len()), ("A. B.", 1));
    let bytes = b"A.\\lstinputlisting{a.bin} B.".to_vec();
    let project = Members([("a.bin".to_string(), vec![0; 9])].into());
    let paper = read_latex("main.tex", "main.tex", bytes, &project, ReadLimits::default()).unwrap();
    assert_eq!((paper.document.prose.as_str(), paper.error), ("A. B.", None));
}

#[test]
fn a_paper_may_be_in_utf_16() {
    let text = "Ein M\u{e4}rchen \\emph{here}.";
    let bytes = [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let project = Members(std::iter::empty::<(String, Vec<u8>)>().collect());
    let paper = read_latex("main.tex", "main.tex", bytes, &project, ReadLimits::default()).unwrap();
    assert_eq!((paper.document.prose.as_str(), paper.error), ("Ein M\u{e4}rchen here.", None));
}

#[test]
fn names_in_another_case_are_found_where_one_file_is_meant() {
    assert_eq!(prose(&[("main.tex", "\\input{Parts/One}."), ("parts/one.tex", "found")]), "found.");
    assert_eq!(prose(&[("main.tex", "\\input{a.TEX}."), ("a.tex", "found")]), "found.");
    let two = read_files(&[("main.tex", "\\input{ONE}."), ("one.tex", "a"), ("One.tex", "b")]).document;
    assert_eq!((two.prose.as_str(), two.notes[0].kind), (".", "missing-file"));
}

#[test]
fn what_hangs_on_a_file_being_there_is_read_as_latex_would() {
    let read = |text: &str| prose(&[("main.tex", text), ("there.tex", "the file")]);
    for (text, expected) in [
        ("A \\InputIfFileExists{there}{before: }{none} z", "A before: the file z"),
        ("A \\InputIfFileExists{there.tex}{}{none} z", "A the file z"),
        ("A \\InputIfFileExists{gone}{before: }{none} z", "A none z"),
        ("A \\IfFileExists{there}{yes}{no} z", "A yes z"),
        ("A \\IfFileExists{there.tex}{\\input{there}}{no} z", "A the file z"),
        ("A \\IfFileExists{gone.tex}{\\input{gone}}{no} z", "A no z"),
        (
            "\\newcommand{\\maybe}[1]{\\InputIfFileExists{#1}{}{\\typeout{none}}}A \\maybe{there}\\maybe{gone} z",
            "A the file z",
        ),
        (
            "\\newcommand{\\other}[2]{\\IfFileExists{#1.tex}{\\input{#1}}{#2}}A \\other{there}{x} \\other{gone}{y} z",
            "A the file y z",
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn text_over_both_columns_is_text() {
    let read = |text: &str| prose(&[("main.tex", text)]);
    for (text, expected) in [
        ("\\twocolumn[We use a model.]\nMore.", "We use a model.\n\nMore."),
        (
            "\\twocolumn[\\textbf{Title}\\\\[2mm] [one] two\n\n{three]} four]More.",
            "Title [one] two\n\nthree] four\n\nMore.",
        ),
        ("\\twocolumn[{%\nA \\cite[p. 3]{b} teaser\n}]\nMore.", "A [1, p. 3] teaser\n\nMore."),
        ("\\twocolumn\nMore.", "More."),
        ("\\twocolumn[never closed\n\nMore.", "[never closed\n\nMore."),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    let title = "\\documentclass{article}\\begin{document}\\twocolumn[\\icmltitle{On models}\n\n\\begin{icmlauthorlist}\n\\icmlauthor{Ada \
                 Byron}{x}\n\\end{icmlauthorlist}\n\\vskip 0.3in]\nText.";
    let document = crate::document::latex::read_latex(
        "a",
        "a",
        title.into(),
        &Members::default(),
        ReadLimits::default(),
    );
    let document = document.unwrap().document;
    assert_eq!((document.title.as_deref(), document.authors.len()), (Some("On models"), 1));
    assert!(
        document.prose.ends_with("\n\nText.") && !document.prose.contains(['[', ']']),
        "{}",
        document.prose
    );
}

#[test]
fn files_that_are_included_are_read_in_their_place() {
    let paper = read_files(&[
        (
            "main.tex",
            "\\documentclass{article}\\usepackage{names}\\begin{document}One \\input{parts/two} four.\\include{parts/five}\\import{parts/}{six}\\subfile{parts/sub}\\end{document}",
        ),
        ("parts/two.tex", "two\\input parts/three end"),
        ("parts/three.tex", "\u{FEFF}% a\nthree"),
        ("parts/five.tex", "\n\nfive \\ours"),
        ("parts/six.tex", "six \\input{seven}"),
        ("parts/seven.tex", "seven"),
        ("parts/sub.tex", "\\documentclass[../main]{subfiles}\\begin{document}eight\\end{document} gone"),
        ("names.sty", "\\newcommand{\\ours}{BigModel} no text"),
    ]);
    let document = paper.document;
    assert_eq!((paper.error, &document.notes[..]), (None, &[][..]));
    assert_eq!(document.prose, "One twothree end four.\n\nfive BigModelsix seveneight");
    let places = Places::new(&document);
    let place = |piece: &str| {
        let start = document.prose.find(piece).unwrap();
        let place = places.of(ByteSpan::new(start, start + piece.len()));
        (place.file, place.source, place.position.line)
    };
    assert_eq!(place("three"), (Some("parts/three.tex"), ByteSpan::new(7, 12), 2));
    assert_eq!(place("BigModel"), (Some("parts/five.tex"), ByteSpan::new(7, 12), 3));
    assert_eq!(place("One").0, None);
}

#[test]
fn what_cannot_be_included_is_told() {
    let paper = read_files(&[
        ("p/a.tex", "A \\input{b}\\input{missing}\\input{../../etc/passwd}\\input{/etc/passwd} end."),
        ("p/b.tex", "b \\input{a}\\input{b}"),
    ]);
    assert_eq!(paper.document.prose, "A b end.");
    let error = paper.error.unwrap();
    assert_eq!(
        (error.kind, error.message.as_str()),
        ("include-loop", "b.tex includes a.tex, in which it lies itself; the second time was left out")
    );
    let notes: Vec<&str> = paper.document.notes.iter().map(|note| note.kind).collect();
    assert_eq!(notes, ["missing-file", "outside-project", "outside-project"]);
}

#[test]
fn files_that_include_files_twice_come_to_an_end_early() {
    let names: Vec<String> = (0..=30).map(|number| format!("f{number}.tex")).collect();
    let texts: Vec<String> = (1..=30).map(|next| format!("\\input{{f{next}}}\\input{{f{next}}}")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    files.push(("f30.tex", "word "));
    let paper = read_files(&files);
    let error = paper.error.unwrap();
    assert_eq!(error.kind, "too-large");
    assert!(error.message.contains("included again"), "{error}");
    assert!(paper.document.prose.len() < 100_000);
    // Arguments that do not end are not called macros.
    let unended = read_files(&[("a.tex", &"\\footnote[".repeat(30_000))]);
    assert!(unended.error.unwrap().message.contains("arguments that do not end"));
}

#[test]
fn a_picture_under_the_name_of_a_text_is_an_error_and_the_rest_is_read() {
    let members = Members([("b.tex".to_string(), b"%PDF-1.5 \xff".to_vec())].into());
    let paper = read_latex("a.tex", "a.tex", b"One \\input{b} two".to_vec(), &members, ReadLimits::default())
        .unwrap();
    assert_eq!(paper.document.prose, "One two");
    assert_eq!(paper.error.unwrap().message, "b.tex: this is not LaTeX but a binary file");
}
