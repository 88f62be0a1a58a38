//! A folder is a collection of papers: files that are not papers are skipped, and reported as such.

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";
const MAIN: &str = "\\documentclass{article}\\title{Grading the Essays of Ten Schools}\\begin{document}\n\
                    We asked a large language model with 137B parameters.\\end{document}";

/// Returns a PDF of one page that shows some text, or none.
fn pdf(shown: &str) -> String {
    let content = if shown.is_empty() {
        "0 0 m 9 9 l S".to_string()
    } else {
        let lines: String = shown.lines().map(|line| format!("({line}) Tj 0 -14 Td ")).collect();
        format!("BT /F1 12 Tf 72 720 Td {lines}ET")
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_string(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_string(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_string(),
    ];
    let mut file = "%PDF-1.4\n".to_string();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let start = file.len();
    file + &format!(
        "xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
}

#[test]
fn what_is_no_paper_is_counted_by_reason_and_listed_on_request() {
    let folder = Folder::new()
        .with("README.md", PAPER)
        .with("a.md", PAPER)
        .with("prompts/judge.md", PAPER)
        .with("results.jsonl", "{\"score\": 1}\n");
    let run = folder.byname(&scan(&["."]));
    assert_eq!((run.status, run.fates()), (Some(1), vec!["a.md".to_string()]));
    let summary = "note: passed over: 1 note on a project, 1 prompt, 1 file of records without a text\n";
    assert_eq!(run.stderr, summary);
    let run = folder.byname(&scan(&[".", "--verbose"]));
    let list = "note: README.md: passed over, note on a project\n\
                note: prompts/judge.md: passed over, prompt\n\
                note: results.jsonl: passed over, file of records without a text\n";
    assert_eq!(run.stderr, format!("{list}{summary}"));
    assert_eq!(folder.byname(&scan(&[".", "--quiet"])).stderr, "");
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is() {
    let folder = Folder::new().with("README.md", PAPER).with("prompts/a.md", PAPER);
    let run = folder.byname(&scan(&["README.md", "prompts/a.md"]));
    assert_eq!((run.fates().len(), run.stderr.as_str()), (2, ""));
    let run = folder.byname(&scan(&["."]));
    assert_eq!((run.status, run.fates()), (Some(3), vec![". no-papers".to_string()]));
    assert!(run.stderr.contains("2 files were passed over"), "{}", run.stderr);
    let folder = folder.with("byname.toml", "include = [\"README.md\"]\nexclude = [\"prompts/\"]\n");
    let run = folder.byname(&scan(&["."]));
    assert_eq!((run.status, run.fates()), (Some(1), vec!["README.md".to_string()]));
}

#[test]
fn words_that_mark_such_files_can_be_added_by_a_package() {
    let folder = Folder::new()
        .with("own/no-papers.toml", "notes = [\"minutes *\"]\n")
        .with("papers/minutes-of-may.md", PAPER)
        .with("papers/a.md", PAPER);
    let run = folder.byname(&scan(&["papers", "--catalog", "own"]));
    assert_eq!(run.fates(), ["papers/a.md"]);
    let wrong = folder.with("bad/no-papers.toml", "\nletters = [\"x\"]\n");
    let run = wrong.byname(&scan(&["papers", "--catalog", "bad"]));
    assert!(run.status == Some(2) && run.stderr.contains("no-papers.toml:2:1"), "{}", run.stderr);
}

#[test]
fn the_forms_of_one_paper_are_one_paper_wherever_they_lie() {
    let page =
        "<html><title>x</title><h1>Grading the essays of ten schools</h1><p>We asked a model.</p></html>";
    let folder = Folder::new()
        .with("html/grading.html", page)
        .with("html/other.html", page.replace("ten", "two"))
        .with("latex/grading/main.tex", MAIN)
        .with(
            "pdf/grading.pdf",
            pdf("GRADING THE ESSAYS\nOF TEN SCHOOLS\nWe asked a model of a company to grade."),
        );
    let run = folder.byname(&scan(&[".", "--verbose"]));
    assert_eq!(run.fates(), ["html/other.html", "latex/grading/main.tex"]);
    assert_eq!(
        run.stderr,
        "note: html/grading.html: passed over, same paper as latex/grading/main.tex\n\
         note: pdf/grading.pdf: passed over, same paper as latex/grading/main.tex\n\
         note: passed over: 2 other forms of papers\n"
    );
    let run = folder.byname(&scan(&["pdf", "latex/grading/main.tex"]));
    assert_eq!(run.fates(), ["latex/grading/main.tex"]);
    assert_eq!(folder.byname(&scan(&["pdf/grading.pdf", "latex"])).fates().len(), 2);
}

#[test]
fn what_is_kept_of_a_paper_does_not_outlive_a_better_form_of_it() {
    let page = "<html><h1>Grading the Essays of Ten Schools</h1><p>We asked a model.</p></html>";
    let folder = Folder::new().with("p/grading.html", page);
    let args = scan(&["p", "--cache", "kept"]);
    assert_eq!(folder.byname(&args).fates(), ["p/grading.html"]);
    let folder = folder.with("p/main.tex", MAIN);
    for _ in 0..2 {
        assert_eq!(folder.byname(&args).fates(), ["p/main.tex"]);
    }
    std::fs::remove_file(folder.path("p/main.tex")).unwrap();
    assert_eq!(folder.byname(&args).fates(), ["p/grading.html"]);
}

#[test]
fn a_picture_is_passed_over_in_a_folder_and_an_error_by_name() {
    let folder = Folder::new()
        .with("a.md", PAPER)
        .with("drawing.pdf", pdf(""))
        .with("chart.pdf", pdf("Loss\n0.1\n0.2"))
        .with("short.pdf", pdf("We asked a large language model to grade all of the essays."));
    let run = folder.byname(&scan(&["."]));
    assert_eq!((run.status, run.fates()), (Some(1), vec!["a.md".to_string(), "short.pdf".to_string()]));
    assert_eq!(run.stderr, "note: passed over: 2 pictures\n");
    let run = folder.byname(&scan(&["drawing.pdf"]));
    assert_eq!((run.status, run.fates()), (Some(3), vec!["drawing.pdf no-text".to_string()]));
    assert_eq!(folder.byname(&scan(&["chart.pdf"])).status, Some(0));
}

#[test]
fn xml_of_another_kind_is_passed_over_in_a_folder() {
    let folder = Folder::new().with("a.md", PAPER).with("settings.xml", "<settings><a/></settings>");
    let run = folder.byname(&scan(&["."]));
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(1), "note: passed over: 1 XML file of another kind\n")
    );
    assert_eq!(folder.byname(&scan(&["settings.xml"])).status, Some(3));
}

#[test]
fn a_file_that_is_given_twice_is_read_once() {
    let folder = Folder::new().with("p/a.md", PAPER).with("p/b.md", PAPER);
    let run = folder.byname(&scan(&["p/a.md", "./p/a.md", "p", "p/../p"]));
    assert_eq!(run.fates(), ["p/a.md", "p/b.md"]);
    assert_eq!(run.stderr, "note: passed over: 4 files again\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_linked_is_read_once_under_its_own_name() {
    let folder = Folder::new().with("z.md", PAPER);
    std::os::unix::fs::symlink("z.md", folder.path("a.md")).unwrap();
    let run = folder.byname(&scan(&[".", "--verbose"]));
    assert_eq!(run.fates(), ["z.md"]);
    assert!(run.stderr.starts_with("note: a.md: passed over, same file as z.md\n"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_is_a_failure() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new().with("a.md", PAPER);
    std::fs::write(folder.root().join(std::ffi::OsStr::from_bytes(b"p\xff.tex")), MAIN).unwrap();
    let run = folder.byname(&scan(&["."]));
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["a.md", "./p\\xff.tex unreadable"]);
    assert_eq!(
        run.stderr,
        "error: ./p\\xff.tex: its name is not UTF-8 and cannot be written to reports; rename it\n"
    );
}

#[test]
fn a_scan_without_a_path_says_what_it_reads_and_an_empty_path_is_refused() {
    let folder = Folder::new().with("a.md", "A text.").with("b.md", "A text.");
    assert_eq!(folder.byname(&scan(&[])).stderr, "note: scanning . (2 files)\n");
    assert_eq!(folder.byname(&scan(&["--quiet"])).stderr, "");
    assert_eq!(folder.byname(&scan(&["."])).stderr, "");
    for args in [&["scan", ""][..], &["scan", "a.md", ""], &["text", ""], &["explain", ""]] {
        let run = folder.byname(args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.stderr.starts_with("error: an empty path: is a variable unset?\n"), "{}", run.stderr);
    }
}
