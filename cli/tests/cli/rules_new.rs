//! `byname rules new` writes a rule that passes, and never overwrites a file.

use std::fs;

use crate::support::{Folder, Run};

const EXAMPLE: &str = "We label them with [a gherkin model].";

fn new(folder: &Folder, more: &[&str]) -> Run {
    let args: Vec<&str> = ["rules", "new", "gherkin", "--kind", "described", "--example", EXAMPLE]
        .iter()
        .chain(more)
        .copied()
        .collect();
    folder.byname(&args)
}

#[test]
fn the_new_rule_passes_its_own_examples_and_finds_the_phrase() {
    let folder = Folder::new();
    let run = new(&folder, &[]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let text = fs::read_to_string(folder.path("patterns/rules/described/gherkin.toml")).unwrap();
    insta::assert_snapshot!("the_file_of_a_new_rule", text);
    insta::assert_snapshot!("what_is_told_of_a_new_rule", run.stdout.replace('\\', "/"));
    let run = folder.byname(&["rules", "test", "described/gherkin", "--catalog", "patterns"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), "2 passed, 0 failed\n"));
    let run = folder.byname(&["rules", "check", "--catalog", "patterns"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let run = folder.byname(&["rules", "show", "described/gherkin", "--catalog", "patterns"]);
    for section in ["What it finds", "Why", "Matches", "Does not match"] {
        assert!(run.stdout.contains(section), "{}", run.stdout);
    }
}

#[test]
fn the_folder_given_last_gets_the_rule() {
    let folder = Folder::new();
    new(&folder, &["--catalog", "first"]);
    let run =
        new(&folder, &["--catalog", "first", "--catalog", "own", "--near-miss", "We label them by hand."]);
    // The first folder has a rule of this id already.
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("there is a rule `described/gherkin` already, in first"), "{}", run.stderr);
    let run = folder.byname(&[
        "rules",
        "new",
        "own/gherkin",
        "--kind",
        "own",
        "--example",
        EXAMPLE,
        "--catalog",
        "first",
        "--catalog",
        "own",
    ]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(folder.path("own/rules/own/gherkin.toml").exists());
    assert!(run.stdout.contains("warning: an example of described/gherkin fails now"), "{}", run.stdout);
}

#[test]
fn a_rule_that_is_there_is_never_written_over() {
    let folder = Folder::new();
    new(&folder, &[]);
    let path = folder.path("patterns/rules/described/gherkin.toml");
    let before = fs::read_to_string(&path).unwrap();
    let run = new(&folder, &["--summary", "Another"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("there is a rule `described/gherkin` already"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(path).unwrap(), before);
}

#[test]
fn what_cannot_become_a_rule_says_what_to_do() {
    let folder = Folder::new();
    for (example, cause) in [
        ("We label them with a gherkin model.", "marks 0 mentions"),
        ("We label them [quickly].", "mark a whole noun phrase"),
        ("We label them [quickly.", "a bracket is never closed"),
    ] {
        let run = folder.byname(&["rules", "new", "x", "--kind", "described", "--example", example]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{example}");
        assert!(run.stderr.contains(cause), "{example}: {}", run.stderr);
    }
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn rules_are_listed_by_kind_class_and_status() {
    let off = "summary='s'\nwhy='w'\nphrase='{one} gherkin {model}'\nweight=1.0\nstatus='off'\n[[example]]\ntext='We ran [a gherkin model].'\n[[example]]\ntext='Hm.'\nexpect='none'\n";
    let folder = Folder::new().with("own/rules/described/gherkin.toml", off);
    let list = |more: &[&str]| {
        let args: Vec<&str> = ["rules", "list", "--catalog", "own"].iter().chain(more).copied().collect();
        folder.byname(&args)
    };
    assert_eq!(list(&["--status", "off"]).stdout, "described/gherkin   1.0  s (off)\n");
    let access = list(&["--class", "access", "--kind", "described"]).stdout;
    assert!(access.contains("described/access ") && !access.contains("gherkin"), "{access}");
    assert_eq!(list(&["--class", "model", "--status", "off"]).stdout.lines().count(), 1);
    let run = list(&["--class", "modle"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("there is no class `modle`"), "{}", run.stderr);
}
