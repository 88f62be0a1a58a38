//! `byname rules coverage` and `byname rules measure` report what is untested, and how often rules are right.

use std::fs;

use serde_json::Value;

use crate::support::Folder;

const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} (gherkin | pickle) {model}'\nweight=9.0\n[[example]]\ntext='We ran [a gherkin model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";
const TEST: &str = "[[test]]\ntext='We ran a model.'\nstate='must-not-find'\nkind='own'\n";
const GOLD: &str = r#"{"id": "g", "text": "The letters were graded by a proprietary language model.", "mentions": [{"start": 27, "end": 55, "kind": "described", "type": "model"}]}
{"id": "h", "text": "The letters were graded by a proprietary language model.", "mentions": [{"start": 27, "end": 55, "kind": "own", "type": "model"}]}
"#;

fn folder() -> Folder {
    Folder::new()
        .with("own/rules/own/gherkin.toml", RULE)
        .with("own/tests/t.toml", TEST)
        .with("gold.jsonl", GOLD)
}

#[test]
fn what_no_example_needs_is_listed() {
    let folder = folder();
    let run = folder.byname(&["rules", "coverage", "--catalog", "own"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.lines().any(|line| line == "  own/gherkin phrase: pickle"), "{}", run.stdout);
    for section in ["words stand in no example", "rules can be taken out", "votes alike", "for another kind"]
    {
        assert!(run.stdout.contains(section), "{section}\n{}", run.stdout);
    }
    let run = folder.byname(&["rules", "coverage", "--catalog", "own", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).unwrap();
    let unnoticed = value["unnoticed"].as_array().unwrap();
    assert!(!unnoticed.contains(&"own/gherkin".into()), "{unnoticed:?}");
}

#[test]
fn measurements_are_written_beside_the_rules_and_shown_with_findings() {
    let folder = folder().with("paper.md", "The letters were graded by a proprietary language model.\n");
    let run = folder.byname(&["rules", "measure", "gold.jsonl", "--write", "own"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let access = run.stdout.lines().find(|line| line.contains("described/access ")).unwrap();
    assert_eq!(
        access.split_whitespace().collect::<Vec<_>>(),
        ["described/access", "2", "1", "50.0", "9.5", "90.5"]
    );
    let file = fs::read_to_string(folder.path("own/measurements.toml")).unwrap();
    assert!(
        file.contains("\"described/access\" = { hits = 2, right = 1 } # 50.0 percent (9.5 to 90.5)"),
        "{file}"
    );
    assert!(file.contains("gold = [\"gold.jsonl\"]"), "{file}");

    let run = folder.byname(&["explain", "paper.md", "--catalog", "own"]);
    assert!(run.stdout.contains("(1 of 2 right)"), "{}", run.stdout);
    let run = folder.byname(&["rules", "show", "described/access", "--catalog", "own"]);
    assert!(run.stdout.contains("1 of 2 votes right (9.5 to 90.5 percent)"), "{}", run.stdout);
}

#[test]
fn a_floor_fails_the_rules_under_it() {
    let folder = folder();
    let measure = |more: &[&str]| {
        let args: Vec<&str> = ["rules", "measure", "gold.jsonl"].iter().chain(more).copied().collect();
        folder.byname(&args)
    };
    assert_eq!(measure(&["--min-precision", "0", "--min-votes", "1"]).status, Some(0));
    let run = measure(&["--min-precision", "0.6", "--min-votes", "2"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("described/access is right too seldom"), "{}", run.stdout);
    // Two votes are too few to ask for anything.
    assert_eq!(measure(&["--min-precision", "0.6"]).status, Some(0));
    assert_eq!(measure(&["--min-precision", "60"]).status, Some(2));
}

#[test]
fn a_check_can_ask_for_a_measured_precision() {
    let measured = "date = '2026-11-23'\ngold = []\n[rules]\n'own/gherkin' = { hits = 20, right = 9 }\n";
    let folder = folder().with("own/measurements.toml", measured);
    let check = |floor: &str| folder.byname(&["rules", "check", "own", "--min-precision", floor]);
    assert_eq!(check("0.4").status, Some(0));
    let run = check("0.5");
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.contains("9 of 20 votes were right"), "{}", run.stdout);
    assert!(run.stdout.contains("gherkin.toml:4"), "{}", run.stdout);
}
