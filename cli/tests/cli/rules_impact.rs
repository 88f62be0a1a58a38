//! `byname rules impact` reports the effect of a changed catalogue on papers.

use serde_json::Value;

use crate::support::{Folder, Run};

const RULE: &str = "summary='s'\nwhy='w'\nkind='own'\nphrase='{one} proprietary language model'\nweight=20.0\n[[example]]\ntext='We ran [a proprietary language model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";
const GRADED: &str = "The letters were graded by a proprietary language model.";
const GOLD: &str = r#"{"id": "g", "text": "The letters were graded by a proprietary language model.", "mentions": [{"start": 27, "end": 55, "kind": "own", "type": "model"}]}"#;

fn folder() -> Folder {
    let record = |id: usize| format!("{{\"id\": \"p{id}\", \"text\": \"{GRADED}\"}}\n");
    let records: String = (0..40).map(record).collect();
    Folder::new()
        .with("own/rules/own/proprietary.toml", RULE)
        .with("papers.jsonl", records + "{\"id\": \"plain\", \"text\": \"Nothing.\"}\n")
        .with("gold.jsonl", GOLD)
}

fn impact(folder: &Folder, more: &[&str]) -> Run {
    let args: Vec<&str> = ["rules", "impact", "--catalog", "own", "papers.jsonl", "--no-progress"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    folder.byname(&args)
}

#[test]
fn what_changes_is_told_by_rule_by_paper_and_with_samples() {
    let folder = folder();
    let run = impact(&folder, &["--against", "built-in", "--sample", "2", "--gold", "gold.jsonl"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    assert_eq!(
        run.stdout,
        impact(&folder, &["--against", "built-in", "--sample", "2", "--gold", "gold.jsonl", "--jobs", "1"])
            .stdout
    );
}

#[test]
fn json_has_every_rule_and_paper() {
    let run = impact(&folder(), &["--against", "built-in", "--sample", "0", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&value["papers"], &value["total"]["other_kind"]), (&41.into(), &40.into()));
    assert_eq!(value["by_paper"].as_array().unwrap().len(), 40);
    assert_eq!(value["rules"][0]["name"], "own/proprietary");
}

#[test]
fn the_same_catalogue_changes_nothing() {
    let run = impact(&folder(), &["--against", "own"]);
    assert!(run.stdout.starts_with("41 papers, 0 of them differ"), "{}", run.stdout);
    let run = impact(&folder(), &["--against", "nowhere"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}

#[test]
fn a_paper_that_cannot_be_read_is_told_and_the_rest_goes_on() {
    let folder = folder().with("broken.jsonl", "{\"id\": 1\n");
    let run = impact(&folder, &["broken.jsonl", "--against", "built-in"]);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.contains("broken.jsonl:1"), "{}", run.stderr);
    assert!(run.stdout.starts_with("42 papers, 40 of them differ"), "{}", run.stdout);
}
