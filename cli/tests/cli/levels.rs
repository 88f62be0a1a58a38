//! Levels of findings, and the options `--level`, `--min-confidence` and `--only`.

use std::fs;

use crate::support::{Folder, scan};

const PAPER: &str = "All 300 essays were graded by a proprietary language model.\n\nSummaries came from a \
                     commercial chatbot (Claude 2).\n";

fn paper() -> Folder {
    Folder::new().with("paper.md", PAPER)
}

/// Returns the exit status, and the level of each reference.
fn levels(folder: &Folder, args: &[&str]) -> (Option<i32>, Vec<String>) {
    let run = folder.byname(&scan(&[&["paper.md"], args].concat()));
    let references = run.documents()[0]["references"].as_array().unwrap().clone();
    (run.status, references.iter().map(|found| found["level"].as_str().unwrap().to_string()).collect())
}

#[test]
fn what_lies_below_the_least_confidence_is_a_hint_and_no_finding() {
    let folder = paper();
    assert_eq!(levels(&folder, &["--min-confidence", "0"]), (Some(1), vec!["warning".into(), "note".into()]));
    let hints = &["--min-confidence", "1", "--fail-on", "note", "--level", "warning"][..];
    assert_eq!(levels(&folder, hints), (Some(0), vec!["hint".into(), "note".into()]));
    let folder = folder.with("byname.toml", "min-confidence = 1.0\n");
    assert_eq!(levels(&folder, &["--level", "hint"]), (Some(0), vec!["hint".into(), "note".into()]));
}

#[test]
fn hints_are_counted_and_shown_to_those_who_ask() {
    let folder = paper();
    let all = ["scan", "paper.md", "--min-confidence", "1"];
    let run = folder.byname(&all);
    assert!(run.stdout.ends_with("1 hint below 1, shown with --level hint\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("proprietary"), "{}", run.stdout);
    // `scan` writes several results in one run, in the forms of their endings or else in that of `--format`.
    let files = ["all.txt", "all.sarif", "all.csv", "all.md", "checkstyle.xml", "github.log"];
    let outputs = files.iter().flat_map(|file| ["--output", *file]);
    let outputs: Vec<&str> = outputs.chain(["--format", "github"]).collect();
    let reports = ["hint", "note", "warning"].map(|level| {
        folder.byname(&[&all[..], &["--level", level], &outputs].concat());
        let concise = folder.byname(&[&all[..], &["--level", level, "--format", "concise"]].concat()).stdout;
        files
            .map(|file| fs::read_to_string(folder.path(file)).unwrap())
            .into_iter()
            .chain([concise])
            .collect()
    });
    for place in 0..=files.len() {
        let holding =
            |phrase: &str| reports.each_ref().map(|texts: &Vec<String>| texts[place].contains(phrase));
        assert_eq!(holding("proprietary language model"), [true, false, false], "{:?}", files.get(place));
        assert_eq!(holding("commercial chatbot"), [true, true, false], "{:?}", files.get(place));
    }
}

#[test]
fn one_state_may_be_asked_for() {
    let folder = paper();
    let only = |state: &str| folder.byname(&["scan", "paper.md", "--format", "concise", "--only", state]);
    let named = only("named");
    assert_eq!((named.status, named.stdout.lines().count()), (Some(0), 1));
    assert!(named.stdout.contains("`a commercial chatbot` is Claude 2"), "{}", named.stdout);
    let nameless = only("linked").stdout + &only("unresolved").stdout;
    assert!(nameless.contains("proprietary") && !nameless.contains("chatbot"), "{nameless}");
}

#[test]
fn what_was_kept_for_other_levels_is_not_shown() {
    let folder = paper();
    let printed = |args: &[&str]| {
        folder
            .byname(&[&["scan", "paper.md", "--cache", "kept", "--format", "concise"], args].concat())
            .stdout
    };
    let all = printed(&["--min-confidence", "0"]);
    for args in
        [&["--min-confidence", "1"][..], &["--min-confidence", "0", "--level", "error"], &["--only", "named"]]
    {
        assert_ne!(printed(args), all, "{args:?}");
    }
    assert_eq!(printed(&["--min-confidence", "0"]), all);
}

#[test]
fn software_stays_in_json_and_is_told_to_those_whose_profile_asks_for_it() {
    let profile = "summary = 's'\n[[rule]]\nid = 'x'\nfinds = 'nameless'\nlevel = 'warning'\ntitle = 't'\n\
                   message = '`{mention}` has no name'\nwhy = 'w'\nadvice = 'a'\n";
    let folder = Folder::new()
        .with("paper.md", "All runs used an in-house training framework. It is fast.\n")
        .with("mine/profiles/all.toml", profile);
    let run = folder.byname(&scan(&["paper.md", "--min-confidence", "0"]));
    let found = &run.documents()[0];
    let software: Vec<_> =
        found["mentions"].as_array().unwrap().iter().filter(|one| one["type"] == "software").collect();
    assert_eq!((run.status, software.len()), (Some(0), 1), "{found}");
    assert_eq!(found["references"][0]["level"], "hint");
    let args = ["scan", "paper.md", "--format", "concise", "--min-confidence", "0"];
    assert_eq!(folder.byname(&args).stdout, "");
    let asked = folder.byname(&[&args[..], &["--catalog", "mine", "--profile", "all"]].concat());
    assert!(asked.stdout.contains("in-house training framework"), "{}", asked.stdout);
}
