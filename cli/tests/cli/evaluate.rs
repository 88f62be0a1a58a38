//! Gold annotations are compared with the findings, and faults in them are reported.

use std::fs;
use std::path::Path;

use crate::support::Folder;

const GOLD: &str = "{\"id\": \"a\", \"text\": \"We asked a commercial chatbot.\", \"mentions\": [{\"kind\": \"described\", \
                    \"type\": \"model\", \"start\": 9, \"end\": 29, \"text\": \"a commercial chatbot\"}]}\n";

fn example(name: &str) -> String {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .join("examples/gold")
        .join(name)
        .display()
        .to_string()
}

#[test]
fn the_example_gold_is_read_without_a_fault() {
    let folder = Folder::new();
    let args = ["evaluate", &example("mentions.jsonl"), &example("letters.toml"), "--errors", "5"];
    let run = folder.byname(&args);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    for expected in [
        "3 papers, 4 gold mentions",
        "described-model",
        "ModelPhrase",
        "rightly left open",
        "gold mentions were taken for",
    ] {
        assert!(run.stdout.contains(expected), "{expected}: {}", run.stdout);
    }
    let again = folder.byname(&args);
    assert_eq!(run.stdout, again.stdout, "the draws are the same each time");
}

#[test]
fn measures_come_as_json_too() {
    let folder = Folder::new().with("g.jsonl", GOLD);
    let run = folder.byname(&["evaluate", "g.jsonl", "--format", "json"]);
    let sets: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let row = &sets[0]["scores"][0];
    assert_eq!((row["name"].as_str(), row["counts"]["exact"].as_u64()), (Some("described-model"), Some(1)));
}

#[test]
fn a_fault_in_gold_is_told_with_its_line_and_the_rest_is_measured() {
    let folder = Folder::new().with("g.jsonl", format!("{{\"id\": 1}}\n{GOLD}"));
    let run = folder.byname(&["evaluate", "g.jsonl", "lost.jsonl"]);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.contains("error: g.jsonl:1: the record has no text"), "{}", run.stderr);
    assert!(run.stderr.contains("error: lost.jsonl: "), "{}", run.stderr);
    assert!(run.stdout.contains("g.jsonl: 1 paper, 1 gold mentions"), "{}", run.stdout);
}

#[test]
fn of_very_many_faults_in_gold_the_first_are_shown_and_the_others_counted() {
    let line = r#"{"id": "a", "text": "An LLM.", "mentions": [[0, 6, "animal"]]}"#;
    let folder = Folder::new().with("gold.jsonl", format!("{line}\n").repeat(60));
    let run = folder.byname(&["evaluate", "gold.jsonl"]);
    assert_eq!(run.stderr.matches("label `animal`").count(), 50, "{}", run.stderr);
    assert!(run.stderr.contains("error: 10 more faults of the gold are not shown"), "{}", run.stderr);
}

#[test]
fn a_faulty_description_is_refused_with_its_place() {
    let folder = Folder::new().with("g.toml", "files = []\n\n[[label]]\nnames = 'x'\n").with("g.jsonl", GOLD);
    for args in [&["evaluate", "g.toml"][..], &["evaluate", "g.jsonl", "--labels", "g.toml"]] {
        let run = folder.byname(args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
        assert!(run.stderr.contains("g.toml:4:1: unknown field `names`"), "{}", run.stderr);
    }
}

#[test]
fn fitted_weights_can_be_laid_over_the_catalogue() {
    let folder = Folder::new().with("g.jsonl", GOLD);
    fs::create_dir(folder.path("mine")).unwrap();
    let run = folder.byname(&[
        "rules",
        "tune",
        "g.jsonl",
        "--folds",
        "2",
        "--fit",
        "rules",
        "--strength",
        "0.01",
        "--write",
        "mine/weights.toml",
    ]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("cross-validated"), "{}", run.stdout);
    let weights = fs::read_to_string(folder.path("mine/weights.toml")).unwrap();
    assert!(weights.starts_with("# Fitted by `byname rules tune`"), "{weights}");
    let run = folder.byname(&["rules", "check", "--catalog", "mine"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn fitted_contexts_can_be_laid_over_the_catalogue_and_come_out_the_same_again() {
    let folder = Folder::new().with("g.jsonl", GOLD);
    fs::create_dir(folder.path("mine")).unwrap();
    let fit = || {
        let run =
            folder.byname(&["rules", "tune", "g.jsonl", "--folds", "2", "--write", "mine/contexts.toml"]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
        assert!(run.stdout.contains("cross-validated"), "{}", run.stdout);
        fs::read_to_string(folder.path("mine/contexts.toml")).unwrap()
    };
    let first = fit();
    assert!(first.contains("version = 1") && first.contains("[[template]]"), "{first}");
    assert_eq!(fit(), first);
    let run = folder.byname(&["rules", "check", "--catalog", "mine"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let broken = first.replace("version = 1", "version = 2");
    fs::write(folder.path("mine/contexts.toml"), broken).unwrap();
    let run = folder.byname(&["rules", "check", "--catalog", "mine"]);
    assert!(run.stdout.contains("of version 2") || run.stderr.contains("of version 2"), "{}", run.stderr);
}

#[test]
fn rules_are_measured_by_mentions_and_by_nothing_else() {
    let folder = Folder::new().with("g.jsonl", "{\"text\": \"a 7B model\", \"answer\": [\"Foo\"]}\n");
    for command in ["tune", "ablate"] {
        let run = folder.byname(&["rules", command, "g.jsonl"]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
        assert!(run.stderr.contains("no paper of the gold has marked mentions"), "{}", run.stderr);
    }
}

#[test]
fn removal_lists_the_rules_that_are_not_earned() {
    let folder = Folder::new().with("g.jsonl", GOLD);
    let run = folder.byname(&["rules", "ablate", "g.jsonl"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("Not earned: nothing in the gold changes"), "{}", run.stdout);
}

#[test]
fn whole_papers_are_measured_by_peoples_verdicts() {
    let folder = Folder::new();
    let gold = example("judged.jsonl");
    let run = folder.byname(&["evaluate", &gold, "--errors", "5"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{}", run.stdout);
    for expected in
        ["1 paper, 5 judgements, 1 of them unsure", "Warnings: ", "Owed: 1 of 1 found", "not judged"]
    {
        assert!(run.stdout.contains(expected), "{expected}: {}", run.stdout);
    }
    let json = folder.byname(&["evaluate", &gold, "--format", "json", "--min-confidence", "1"]);
    let sets: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&sets[0]["warnings"]["owed"], &sets[0]["warnings"]["found"]), (&1.into(), &0.into()));
}

#[test]
fn faults_of_verdicts_are_told_with_their_lines() {
    let row = |text: &str| format!("{{\"paper\":\"p.md\",\"text\":\"{text}\",\"verdict\":\"right\"}}\n");
    let gold = format!("{}{}{{\"paper\": \"p.md\"}}\n", row("a commercial chatbot"), row("a parrot"));
    let folder = Folder::new().with("j.jsonl", gold).with("papers/p.md", "We asked a commercial chatbot.");
    let run = folder.byname(&["evaluate", "j.jsonl", "--papers", "papers"]);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.contains("error: j.jsonl:2: \"a parrot\" does not stand in"), "{}", run.stderr);
    assert!(run.stderr.contains("error: j.jsonl:3: this is no judgement: "), "{}", run.stderr);
    assert!(run.stdout.contains("of 2 found") && run.stdout.contains("1 stand in no text"), "{}", run.stdout);
}

/// Bounds that are lowered with a reason only: a change of rules, words or weights that loses more than a few cases
/// of the two casebooks is no gain.
#[test]
fn the_casebooks_are_linked_as_well_as_they_were() {
    for (file, known, found, first, left_open) in
        [("casebook.jsonl", 441, 359, 299, 66), ("casebook-unseen.jsonl", 121, 95, 79, 16)]
    {
        let run = Folder::new().byname(&["evaluate", &example(file), "--format", "json"]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
        let sets: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let count = |key: &str| sets[0]["links"][key].as_u64().unwrap();
        assert_eq!(count("owed"), known, "{file}");
        for (key, least) in [("seen", found), ("first", first), ("left_open", left_open)] {
            assert!(count(key) >= least, "{file}: {key} {} of at least {least}", count(key));
        }
    }
}
