//! `byname systems tune` fits the weights of clues.

use std::fs;

use crate::support::Folder;

const GOLD: &str = concat!(
    r#"{"id":"a","text":"We prompt a 175B-parameter language model of OpenAI.","mention":"a 175B-parameter language model","answer":["GPT-3"]}"#,
    "\n",
    r#"{"id":"b","text":"We present a language model with 540 billion parameters.","answer":["PaLM"],"date":"2022-04-05"}"#,
    "\n",
);

#[test]
fn fitted_numbers_can_be_laid_over_the_catalogue() {
    let folder = Folder::new().with("g.jsonl", GOLD);
    fs::create_dir(folder.path("mine")).unwrap();
    let run = folder.byname(&[
        "systems",
        "tune",
        "g.jsonl",
        "--known",
        "text",
        "--known",
        "all",
        "--folds",
        "2",
        "--rounds",
        "1",
        "--write",
        "mine/evidence.toml",
    ]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("g.jsonl, told: text") && run.stdout.contains("g.jsonl, told: all"));
    let numbers = fs::read_to_string(folder.path("mine/evidence.toml")).unwrap();
    assert!(numbers.starts_with("# Fitted by `byname systems tune`"), "{numbers}");
    let run = folder.byname(&["systems", "check", "--catalog", "mine"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn clues_are_measured_by_links_and_by_nothing_else() {
    let folder = Folder::new().with("g.jsonl", "{\"text\": \"a 7B model\", \"mentions\": []}\n");
    let run = folder.byname(&["systems", "tune", "g.jsonl"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("no paper of the gold says what a description stands for"), "{}", run.stderr);
}
