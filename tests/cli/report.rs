//! Saved results, turned into a page and a table.

use std::fs;

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";

fn saved() -> Folder {
    let folder = Folder::new().with("a.md", PAPER);
    folder.byname(&scan(&["a.md", "lost.md", "--output", "found.jsonl"]));
    folder
}

#[test]
fn results_become_a_page_or_a_table_as_the_ending_of_the_output_says() {
    let folder = saved();
    let page = folder.byname(&["report", "found.jsonl"]);
    assert_eq!((page.status, page.stderr.as_str()), (Some(0), ""));
    assert!(page.stdout.starts_with("<!DOCTYPE html>") && page.stdout.ends_with("</html>\n"));
    assert!(page.stdout.contains("<p>2 papers, 1 of them not read"), "{}", page.stdout);
    let sentence = "We asked <mark>a large language model</mark> with 137B parameters to grade the essays.";
    assert!(page.stdout.contains(sentence), "{}", page.stdout);
    assert_eq!(folder.byname(&["report", "found.jsonl", "--output", "found.csv"]).status, Some(0));
    let table = fs::read_to_string(folder.path("found.csv")).unwrap();
    assert_eq!(table, folder.byname(&["report", "found.jsonl", "--format", "csv"]).stdout);
    assert_eq!(table.lines().count(), 3, "{table}");
}

#[test]
fn a_broken_line_is_told_and_the_rest_is_shown() {
    let folder = saved();
    let found = fs::read_to_string(folder.path("found.jsonl")).unwrap();
    fs::write(folder.path("found.jsonl"), format!("{{\"document\": 1}}\n{found}")).unwrap();
    let run = folder.byname(&["report", "found.jsonl"]);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.starts_with("error: found.jsonl: line 1 is no line of"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stdout.contains("<mark>a large language model</mark>"), "{}", run.stdout);
}

#[test]
fn what_is_no_result_is_refused() {
    let run = saved().byname(&["report", "a.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("a.md holds no results"), "{}", run.stderr);
    let run = saved().byname(&["report", "gone.jsonl"]);
    assert!(run.stderr.contains("gone.jsonl cannot be read"), "{}", run.stderr);
}
