//! Tests that the short papers of `examples/papers/` give the results that the README shows.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The expected result of a paper: its file or the id of its record, the words of a mention, the state of its
/// reference, and the names of which one must be the first candidate.
type Expected = (&'static str, &'static str, &'static str, &'static [&'static str]);

const EXPECTED: &[Expected] = &[
    ("align.md", "an in-house image and text model", "linked", &["ALIGN"]),
    ("align.md", "1.8 billion noisy image-text pairs", "linked", &["ALIGN data", "ALIGN"]),
    ("gopher.md", "a 280B transformer language model", "linked", &["Gopher"]),
    ("jft-300m.md", "an internal dataset", "linked", &["JFT-300M"]),
    ("lamda-order-of-magnitude.md", "a large language model", "linked", &["LaMDA"]),
    ("lamda-sizes.md", "in-house decoder-only language models", "linked", &["LaMDA"]),
    ("megatron-turing.md", "a 530B model", "linked", &["Megatron-Turing NLG"]),
    ("megatron-turing.md", "an open training library", "linked", &["DeepSpeed"]),
    ("megatron-turing.md", "a public corpus", "linked", &["The Pile"]),
    ("named-later.md", "a proprietary language model", "named", &["GPT-4"]),
    ("own.md", "Our generative language model", "linked", &["Turing-NLG"]),
    ("pathways.md", "the new orchestration layer", "linked", &["Pathways"]),
    ("unresolved.md", "an in-house language model", "unresolved", &[]),
    ("jft-3b", "an internal data set", "linked", &["JFT-3B"]),
    ("mum", "a multitask model", "linked", &["MUM"]),
];

/// Papers in which nothing must be found.
const CLEAN: &[&str] = &["clean.txt"];

/// Lists the short papers; those of full length, in a folder of their own, have their own tests.
fn papers() -> Vec<String> {
    let folder = "examples/papers";
    let entries = fs::read_dir(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(folder))
        .unwrap()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let mut papers: Vec<String> =
        files.map(|file| format!("{folder}/{}", file.file_name().to_str().unwrap())).collect();
    papers.sort();
    papers
}

fn scan(format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_byname"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .arg("scan")
        .args(papers())
        .args(["--format", format])
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the documents by their file names, or by the ids of their records.
fn documents() -> BTreeMap<String, Value> {
    let jsonl = scan("jsonl");
    let documents = jsonl.lines().map(|line| -> Value { serde_json::from_str(line).unwrap() });
    documents
        .map(|document| {
            let id = document["document"].as_str().unwrap();
            (id.rsplit('/').next().unwrap().to_string(), document)
        })
        .collect()
}

fn words(text: &Value) -> String {
    text.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_reference_has_its_system_first() {
    let documents = documents();
    let mut wrong = Vec::new();
    for (paper, mention, state, names) in EXPECTED {
        let document = &documents[*paper];
        let mentions = document["mentions"].as_array().unwrap();
        let Some(found) = mentions.iter().find(|found| words(&found["text"]) == *mention) else {
            wrong.push(format!("{paper}: `{mention}` is not found"));
            continue;
        };
        let reference = &document["references"][found["reference"].as_u64().unwrap() as usize];
        let first = reference["candidates"][0]["name"].as_str().unwrap_or("nothing");
        let right = names.is_empty() || names.contains(&first);
        if reference["state"] != *state || !right {
            wrong.push(format!("{paper}: `{mention}` is {}, {first} first", reference["state"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_found_where_nothing_is_hidden() {
    let documents = documents();
    for paper in CLEAN {
        assert_eq!(documents[*paper]["references"], serde_json::json!([]), "{paper}");
    }
}

#[test]
fn every_paper_is_expected_to_come_to_something() {
    for (paper, document) in documents() {
        assert_eq!(document["errors"], serde_json::json!([]), "{paper}");
        let is_listed =
            EXPECTED.iter().any(|expected| expected.0 == paper) || CLEAN.contains(&paper.as_str());
        assert!(is_listed, "{paper} stands in no table of this test");
    }
}

/// Checks the text report: titles, places and marks, but not weights and probabilities, which change with
/// every fact that is added to the catalogue.
#[test]
fn the_report_reads_well() {
    let report = scan("text");
    let lines = report.lines().filter(|line| !line.contains(" % ")).map(str::trim_end);
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}
