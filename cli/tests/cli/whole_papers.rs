//! The papers of full length in `examples/papers/whole/`, and the judgements on their phrases.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::support::program;

/// Each paper: its folder, and its main file.
const PAPERS: &[(&str, &str)] = &[
    ("clinical-triage", "clinical-triage.tex"),
    ("code-review", "main.tex"),
    ("essay-grading", "essay-grading.tex"),
    ("law-retrieval", "law-retrieval.tex"),
    ("low-resource-translation", "translation.tex"),
];

fn folder(paper: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("examples/papers/whole").join(paper)
}

/// Returns what the program prints when it is run in the folder of a paper.
fn printed(paper: &str, args: &[&str]) -> String {
    let mut command = Command::new(program());
    command.current_dir(folder(paper)).args(args).env_remove("CLICOLOR_FORCE");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{paper}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Removes the probability from a line, since it changes with every fact that is added to the catalogue.
fn without_probability(line: &str) -> String {
    let cut = line.rfind(" %)").and_then(|end| Some((line[..end].rfind(" (")?, end + " %)".len())));
    cut.map_or_else(|| line.to_string(), |(start, end)| format!("{}{}", &line[..start], &line[end..]))
}

/// Keeps only the letters and digits of a text, so that line breaks and punctuation do not matter.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn judgements() -> Vec<Value> {
    let gold = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("examples/gold/whole-papers.jsonl");
    fs::read_to_string(gold).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn whole_papers_read_well() {
    for (paper, _) in PAPERS {
        let report = printed(paper, &["scan", ".", "--format", "concise", "--fail-on", "never"]);
        let lines: Vec<String> = report.lines().map(without_probability).collect();
        insta::assert_snapshot!(*paper, lines.join("\n"));
    }
}

#[test]
fn whole_papers_are_as_long_as_papers_and_their_judged_phrases_stand_where_they_say() {
    let judgements = judgements();
    for (paper, file) in PAPERS {
        let text = printed(paper, &["text", file]);
        assert!(text.split_whitespace().count() > 2000, "{paper} is short");
        let prose = letters(&text);
        for judgement in judgements.iter().filter(|judgement| judgement["paper"] == *paper) {
            let [phrase, before, after] =
                ["text", "before", "after"].map(|key| letters(judgement[key].as_str().unwrap()));
            // A table or a footnote may have come between a phrase and one side of it.
            let stands = prose.contains(&(before + &phrase)) || prose.contains(&(phrase + &after));
            assert!(stands, "not in the prose: {judgement}");

            let source = fs::read_to_string(folder(paper).join(judgement["file"].as_str().unwrap())).unwrap();
            let line = usize::try_from(judgement["line"].as_u64().unwrap()).unwrap();
            let first_word = judgement["text"].as_str().unwrap().split(' ').next().unwrap();
            assert!(
                source.lines().nth(line - 1).unwrap().contains(first_word),
                "not in its line: {judgement}"
            );
        }
    }
}

#[test]
fn every_whole_paper_is_judged_and_one_hides_nothing() {
    let judgements = judgements();
    let papers = |verdict: Option<&str>| -> BTreeSet<&str> {
        let sure = judgements.iter().filter(|judgement| judgement["sure"] != false);
        let those = sure.filter(|judgement| verdict.is_none_or(|verdict| judgement["verdict"] == verdict));
        those.map(|judgement| judgement["paper"].as_str().unwrap()).collect()
    };
    let all: BTreeSet<&str> = PAPERS.iter().map(|(paper, _)| *paper).collect();
    assert_eq!(papers(None), all);
    assert_eq!(&all - &papers(Some("right")), BTreeSet::from(["law-retrieval"]));
}
