use proptest::prelude::*;

use super::*;
use crate::document::{NoFiles, ReadLimits, read_latex, read_markdown};

fn markdown(text: &str) -> Document {
    read_markdown("p.md", text.as_bytes().to_vec())
}

fn notes(mut comments: Comments, document: &Document, lines: &[usize]) -> Vec<String> {
    for line in lines {
        comments.silence(0, *line..=*line, &["described/size"]);
    }
    let is_rule = |rule: &str| rule.starts_with("described");
    comments.into_notes(is_rule).iter().map(|note| note.in_words(document).message).collect()
}

#[test]
fn each_form_silences_its_lines_and_no_others() {
    let text = "one <!-- byname: ignore -->\n<!-- byname: ignore-next-line why -->\nthree\nfour\n\
                <!-- byname: ignore-start -->\nsix\n<!-- byname: ignore-end -->\neight\n";
    let comments = Comments::read(&markdown(text));
    let silenced: Vec<usize> =
        (1..=9).filter(|line| comments.clone().silence(0, *line..=*line, &["a/b"]).is_some()).collect();
    assert_eq!(silenced, [1, 3, 5, 6, 7]);
    assert_eq!(comments.clone().silence(0, 3..=3, &["a/b"]), Some("why"));
    assert_eq!(comments.clone().silence(1, 3..=3, &["a/b"]), None);
    let whole = Comments::read(&markdown("x\n\n<!-- byname: ignore-file[a] -->\n"));
    assert!(whole.clone().silence(0, 99..=99, &["a/b"]).is_some());
    assert!(whole.clone().silence(0, 99..=99, &["b/b"]).is_none());
}

#[test]
fn latex_comments_end_with_their_line_and_an_escaped_sign_is_text() {
    let found = |text| Syntax::Percent.comments(text);
    assert_eq!(found("a 5\\% byname: ignore\r\n"), []);
    assert_eq!(found("a \\\\% byname: ignore x\r\nb"), [(4, 22, " byname: ignore x\r\n")]);
    assert_eq!(found("%%% byname: ignore"), [(0, 18, " byname: ignore")]);
    assert_eq!(found("% something else"), []);
}

#[test]
fn what_is_shown_to_readers_is_no_comment() {
    for text in [
        "x\n\n```\n<!-- byname: ignore-file -->\n```\n",
        "Write `<!-- byname: ignore-file -->` there.\n",
        "x\n\n    <!-- byname: ignore-file -->\n",
    ] {
        assert!(Comments::read(&markdown(text)).is_empty(), "{text}");
    }
    let latex = |text: &str| {
        read_latex("p.tex", "p.tex", text.into(), &NoFiles, ReadLimits::default()).unwrap().document
    };
    for (text, count) in [
        ("x \\verb|% byname: ignore-file| y\n", 0),
        ("x\n\\begin{verbatim}\n% byname: ignore-file\n\\end{verbatim}\n", 0),
        ("\\begin{lstlisting}\na % byname: ignore-file\n\\end{lstlisting}\n", 0),
        ("x % byname: ignore-file\n", 1),
    ] {
        assert_eq!(Comments::read(&latex(text)).comments.len(), count, "{text}");
    }
}

#[test]
fn plain_text_has_no_comments() {
    let mut document = Document::from_prose("p.txt", "% byname: ignore-file\n<!-- byname: ignore-file -->");
    assert!(Comments::read(&document).comments.is_empty());
    document.id = "p.tex".to_string();
    assert_eq!(Comments::read(&document).comments.len(), 1);
}

#[test]
fn a_comment_that_does_nothing_or_is_misspelt_is_told_with_its_line() {
    let text = "<!-- byname: ignore -->\n<!-- byname: ingore -->\n<!-- byname: ignore[own/x] -->\n\
                <!-- byname: ignore-end -->\n<!-- byname: ignore-start[described] -->\n";
    let document = markdown(text);
    let lines = notes(Comments::read(&document), &document, &[5]);
    assert_eq!(
        lines,
        [
            "line 2: `ingore` is no directive of byname; expected one of: ignore, ignore-next-line, ignore-start, \
             ignore-end, ignore-file",
            "line 4: `ignore-end` ends nothing; put `ignore-start` before it",
            "line 5: `ignore-start` is never ended; it holds to the end of the file",
            "line 1: `ignore` suppresses nothing here; remove it",
            "line 3: there is no rule `own/x`; `byname rules list` shows all rules",
        ]
    );
}

proptest! {
    #[test]
    fn no_text_of_comments_panics(
        text in "(byname: ?(ignore(-start|-end|-file|-next-line)?)?|%|\\\\|<!--|-->|\\[|\\]|,|é|\r?\n|\\PC){0,60}",
    ) {
        for name in ["p.md", "p.tex", "p.txt"] {
            let document = Document::from_prose(name, text.clone());
            let mut comments = Comments::read(&document);
            comments.silence(0, 1..=3, &["described/size"]);
            for note in comments.into_notes(|_| false) {
                note.in_words(&document);
            }
        }
        for syntax in [Syntax::Percent, Syntax::Markup] {
            for (start, end, content) in syntax.comments(&text) {
                prop_assert!(text[start..end].contains(content.trim_end()));
            }
        }
    }
}

#[test]
fn the_readers_keep_the_text_that_comments_stand_in() {
    let text =
        "\\documentclass{article}\\begin{document}\nWe use a model. % byname: ignore\n\\end{document}\n";
    let paper =
        read_latex("p.tex", "p.tex", text.as_bytes().to_vec(), &NoFiles, ReadLimits::default()).unwrap();
    let mut comments = Comments::read(&paper.document);
    assert!(comments.silence(0, 2..=2, &["a/b"]).is_some());
}
