use std::fs;
use std::sync::Arc;

use super::super::walk::{Root, walk_roots};
use super::super::{Input, PassedOver};
use super::*;
use crate::catalogue::Layer;

const PAPER: &str =
    "\\documentclass{article}\\title{Judges of Letters in Three Lands}\\begin{document}x\\end{document}";

/// Returns the files of a folder that are read and those that are passed over.
fn walked(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let no_papers = NoPapers::read(&[Layer::built_in()]).unwrap();
    let rules = FolderRules { judges: true, no_papers, ..FolderRules::default() };
    let passed_over = Arc::new(PassedOver::listing());
    let found = walk_roots(&[Root::from(root.path().to_path_buf())], &rules, &passed_over);
    let prefix = format!("{}/", root.path().display());
    let bare = |text: String| text.replace(&prefix, "").replace(": passed over, ", " = ");
    let read = found.into_iter().map(|input: Result<Input, Failure>| match input {
        Ok(input) => bare(input.shown),
        Err(failure) => failure.error.kind.to_string(),
    });
    (read.collect(), passed_over.listed().into_iter().map(bare).collect())
}

#[test]
fn files_on_a_project_are_no_papers() {
    let (read, passed) = walked(&[
        ("README.md", "# A study\n\nWe asked a model."),
        ("a.md", "# A Study\n\n## Introduction\n\n## Installation\n"),
        ("docs/guide.md", "# Tool\n\n## 🚀 Getting Started\n"),
        ("LICENSE.txt", "Permission is given."),
        ("requirements-dev.txt", "numpy"),
        ("requirements engineering.txt", "We asked an engineer."),
        ("reading.md", "# Reading"),
    ]);
    assert_eq!(read, ["a.md", "reading.md", "requirements engineering.txt"]);
    let expected = [
        "LICENSE.txt = note on a project",
        "README.md = note on a project",
        "docs/guide.md = note on a project",
        "requirements-dev.txt = note on a project",
    ];
    assert_eq!(passed, expected);
}

#[test]
fn prompts_are_no_papers_by_name_folder_and_beginning() {
    let (read, passed) = walked(&[
        ("prompts/judge.txt", "Grade it."),
        ("judge_prompt2.md", "Grade it."),
        ("b.txt", "You are a careful judge. Grade it."),
        ("c.txt", "You are what you read: a study of judges."),
        ("prompt tuning.md", "We tune prompts."),
    ]);
    assert_eq!(read, ["c.txt", "prompt tuning.md"]);
    assert_eq!(passed, ["b.txt = prompt", "judge_prompt2.md = prompt", "prompts/judge.txt = prompt"]);
}

#[test]
fn records_without_a_text_are_no_papers() {
    let (read, passed) = walked(&[
        ("results.jsonl", "{\"score\": 1}\n{\"score\": 2}\n"),
        ("some.jsonl", "{\"score\": 1}\n{\"text\": \"We asked a model.\"}\n"),
        ("broken.jsonl", "{\"score\": 1\n"),
        ("empty.jsonl", ""),
    ]);
    assert_eq!(read, ["broken.jsonl", "empty.jsonl", "some.jsonl"]);
    assert_eq!(passed, ["results.jsonl = file of records without a text"]);
}

#[test]
fn of_a_latex_project_the_paper_is_read_and_what_lies_beside_it_is_not() {
    let main = "\\documentclass{article}\\graphicspath{{art/}}\\input{sections/one}\\includegraphics{loss}";
    let (read, passed) = walked(&[
        ("p/main.tex", main),
        ("p/sections/one.tex", "One."),
        ("p/unused.tex", "Two."),
        ("p/art/loss.pdf", "%PDF"),
        ("p/figures/other.pdf", "%PDF"),
        ("p/main.pdf", "%PDF"),
        ("p/build/main.pdf", "%PDF"),
        ("p/sections/one.pdf", "%PDF"),
        ("p/todo-next.txt", "Ask a model."),
        ("p/thoughts.md", "# Thoughts"),
        ("p/slides.tex", "\\documentclass{beamer}"),
        ("p/acl_template.tex", "\\documentclass{article}"),
        ("p/main_old.tex", "\\documentclass{article}"),
        ("p/backup/main.tex", "\\documentclass{article}"),
        ("p/style.sty", ""),
        ("other.pdf", "%PDF"),
    ]);
    assert_eq!(read, ["other.pdf", "p/main.tex"]);
    let expected = [
        "p/acl_template.tex = template",
        "p/art/loss.pdf = picture",
        "p/backup/main.tex = old version",
        "p/build/main.pdf = same paper as p/main.tex",
        "p/figures/other.pdf = picture",
        "p/main.pdf = same paper as p/main.tex",
        "p/main_old.tex = old version",
        "p/slides.tex = LaTeX document of another kind",
        "p/style.sty = no paper by its ending",
        "p/thoughts.md = note on a project",
        "p/todo-next.txt = note on a project",
        "p/unused.tex = unused part of a LaTeX paper",
    ];
    assert_eq!(passed, expected);
}

#[test]
fn a_template_is_known_by_its_title_and_a_paper_in_its_file_is_a_paper() {
    let template = "\\documentclass{article}\\title{Instructions for *ACL Proceedings}\\begin{document}";
    let (read, passed) = walked(&[
        ("a/acl_latex.tex", PAPER),
        ("b/acl_latex.tex", template),
        ("c/sample.tex", PAPER),
        ("d/template.tex", PAPER),
        ("d/main.tex", PAPER),
    ]);
    assert_eq!(read, ["a/acl_latex.tex", "c/sample.tex", "d/main.tex"]);
    assert_eq!(passed, ["b/acl_latex.tex = template", "d/template.tex = template"]);
}

#[test]
fn of_several_forms_of_a_paper_the_best_is_read() {
    let (read, passed) = walked(&[
        ("a.pdf", "%PDF"),
        ("a.html", "<p>x"),
        ("a.tei.xml", "<TEI/>"),
        ("b.pdf", "%PDF"),
        ("b.txt", "As text."),
        ("c.tex", PAPER),
        ("c.html", "<p>x"),
        ("sub/a.pdf", "%PDF"),
    ]);
    assert_eq!(read, ["a.tei.xml", "b.pdf", "c.tex", "sub/a.pdf"]);
    let same = ["a.html = same paper as a.tei.xml", "a.pdf = same paper as a.tei.xml"];
    assert_eq!(passed[..2], same);
    assert_eq!(passed[2..], ["b.txt = same paper as b.pdf", "c.html = same paper as c.tex"]);
}
