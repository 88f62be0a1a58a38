//! `byname systems count` counts which systems are named when, and linking uses the counts.

use crate::support::Folder;

const PAPERS: &str = r#"{"id": "a", "date": "2024-02-01", "text": "We compare GPT-4 with LaMDA and fine-tune Pelikan-9B, an open-weight language model."}
{"id": "b", "date": "2024-09-01", "text": "We fine-tune Pelikan-9B, an open-weight language model, and GPT-4, on letters."}
{"id": "c", "text": "The letters were sorted by GPT-4."}
"#;

fn folder() -> Folder {
    Folder::new().with("papers.jsonl", PAPERS)
}

#[test]
fn counts_are_told_and_written_as_a_layer() {
    let folder = folder();
    let run = folder.byname(&["systems", "count", "papers.jsonl", "--write", "own", "--source", "letters"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("2  gpt-4  2024a 1 1"), "{}", run.stdout);
    let last = "2 systems are named in 2 papers; 1 papers without a date of use were left out";
    assert!(run.stdout.trim_end().ends_with(last), "{}", run.stdout);
    let check = folder.byname(&["systems", "check", "--catalog", "own"]);
    assert_eq!(check.status, Some(0), "{}", check.stderr);
    let shown = folder.byname(&["systems", "show", "gpt-4", "--catalog", "own"]);
    assert!(
        shown.stdout.lines().any(|line| line.trim_start().starts_with("uses ") && line.contains(" 2 papers")),
        "{}",
        shown.stdout
    );
}

#[test]
fn counts_of_the_future_are_refused_with_file_and_line() {
    let uses = "source = \"letters\"\npapers = \"2024a 9\"\n[systems]\ngpt-4 = \"2999a 1\"\n";
    let folder = Folder::new().with("own/uses.toml", uses);
    let run = folder.byname(&["systems", "check", "--catalog", "own"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("uses.toml:4:") && run.stderr.contains("of the future"), "{}", run.stderr);
}

#[test]
fn what_papers_name_and_the_catalogue_lacks_is_told() {
    let run = folder().byname(&["systems", "check", "--coverage", "papers.jsonl", "--min-papers", "2"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let is_reported =
        run.stdout.lines().any(|line| line.starts_with("unknown") && line.contains("Pelikan-9B"));
    assert!(is_reported, "{}", run.stdout);
}

#[test]
fn cases_without_their_names_are_written_for_evaluation() {
    let papers = r#"{"id": "a", "date": "2023-06-02", "text": "We sorted 400 letters with a commercial large language model (GPT-4) at temperature 0."}
{"id": "b", "date": "2023-06-02", "text": "We sorted 400 letters by hand."}
"#;
    let folder = Folder::new().with("papers.jsonl", papers);
    let run = folder.byname(&["systems", "cases", "papers.jsonl", "-o", "silver.jsonl"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let cases = std::fs::read_to_string(folder.path("silver.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        cases.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{cases}");
    assert_eq!(
        lines[0]["text"],
        "We sorted 400 letters with a commercial large language model at temperature 0."
    );
    assert_eq!(lines[0]["answer"][0], "GPT-4");
    let evaluated = folder.byname(&["evaluate", "silver.jsonl"]);
    assert_eq!(evaluated.status, Some(0), "{}", evaluated.stderr);
}
