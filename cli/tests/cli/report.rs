//! Saved results are turned into a page and a table.

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
    assert!(
        page.stdout.contains("1 of 2 papers refers 1 time to systems that it never names"),
        "{}",
        page.stdout
    );
    assert!(page.stdout.contains("1 paper could not be read"), "{}", page.stdout);
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
    fs::write(folder.path("found.jsonl"), format!("{{\"document\": 1}}\n{found}{{\n")).unwrap();
    let run = folder.byname(&["report", "found.jsonl"]);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.starts_with("error: found.jsonl: line 1 is no line of"), "{}", run.stderr);
    assert!(run.stderr.ends_with("; one more line is none\n"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stdout.contains("2 lines of the results could not be read"), "{}", run.stdout);
    assert!(run.stdout.contains("<mark>a large language model</mark>"), "{}", run.stdout);
}

#[test]
fn what_is_no_result_is_refused() {
    let run = saved().byname(&["report", "a.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.starts_with("error: a.md holds no results: line 1 is no line of"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 2, "one error and what to do: {}", run.stderr);
    let run = saved().byname(&["report", "gone.jsonl"]);
    assert!(run.stderr.contains("gone.jsonl cannot be read"), "{}", run.stderr);
}

#[test]
fn all_that_may_be_one_system_is_listed_and_a_misspelt_one_is_told() {
    let folder = saved();
    let list = folder.byname(&["report", "found.jsonl", "--system", "la-mda"]);
    assert_eq!((list.status, list.stderr.as_str()), (Some(0), ""));
    assert!(
        list.stdout.starts_with("# LaMDA: papers that may use it and do not say so\n"),
        "{}",
        list.stdout
    );
    assert!(list.stdout.contains("We asked **a large language model** with 137B"), "{}", list.stdout);
    let run = folder.byname(&["report", "found.jsonl", "--system", "lamdda"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("there is no system `lamdda`\n help: did you mean LaMDA"), "{}", run.stderr);
}

#[test]
fn further_pages_of_an_older_report_go_and_no_other_file_does() {
    let folder = saved();
    let report = ["report", "found.jsonl", "--output", "found.html"];
    assert_eq!(folder.byname(&report).status, Some(0));
    let page = fs::read_to_string(folder.path("found.html")).unwrap();
    let titled = |number: usize| {
        let title = format!("<title>Systems that papers leave nameless, page {number}</title>");
        page.replacen("<title>byname: systems that papers leave nameless</title>", &title, 1)
    };
    let others = [("found-4.html", "<!DOCTYPE html>\n<p>my own\n".to_string()), ("other-2.html", titled(2))];
    for (name, text) in [("found-2.html", titled(2)), ("found-3.html", titled(3))].iter().chain(&others) {
        fs::write(folder.path(name), text).unwrap();
    }
    let run = folder.byname(&report);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(!folder.path("found-2.html").exists() && !folder.path("found-3.html").exists());
    for (name, text) in &others {
        assert_eq!(&fs::read_to_string(folder.path(name)).unwrap(), text, "{name}");
    }
    fs::write(folder.path("found-2.html"), &page).unwrap();
    folder.byname(&report);
    assert!(folder.path("found-2.html").exists(), "a first page of another report stays");
}
