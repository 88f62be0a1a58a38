//! Tests of finding the files that a paper includes, and of the substitutes for missing ones.

use crate::document::latex::{LatexPaper, Members};
use crate::document::{ReadLimits, read_latex};

fn read(files: &[(&str, &str)]) -> LatexPaper {
    let members =
        Members(files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect());
    let (main, text) = files[0];
    read_latex(main, main, text.as_bytes().to_vec(), &members, ReadLimits::default()).unwrap()
}

fn prose(files: &[(&str, &str)]) -> String {
    let document = read(files).document;
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
    let notes = read(&[("p/main.tex", "\\input{../../a}."), ("a.tex", "out")]).document.notes;
    assert_eq!(notes[0].kind, "outside-project");
}

#[test]
fn names_in_another_case_are_found_where_one_file_is_meant() {
    assert_eq!(prose(&[("main.tex", "\\input{Parts/One}."), ("parts/one.tex", "found")]), "found.");
    assert_eq!(prose(&[("main.tex", "\\input{a.TEX}."), ("a.tex", "found")]), "found.");
    let two = read(&[("main.tex", "\\input{ONE}."), ("one.tex", "a"), ("One.tex", "b")]).document;
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
        ("\\twocolumn[{%\nA \\cite[p. 3]{b} teaser\n}]\nMore.", "A [1] teaser\n\nMore."),
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
