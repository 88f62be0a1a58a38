//! Saved findings are compared with the papers as they are now.

use std::fs;

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n\n\
                     A proprietary chatbot that is reached through an API wrote the summaries.\n";

fn saved() -> Folder {
    let folder = Folder::new().with("papers/a.md", PAPER).with("papers/b.md", PAPER);
    folder.byname(&scan(&["papers", "--output", "found.jsonl", "--date", "2022"]));
    folder
}

#[test]
fn untouched_papers_stand_in_full() {
    let run = saved().byname(&["verify", "found.jsonl", "papers"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), "note: 4 stands\n"));
    assert_eq!(run.stdout.lines().count(), 4);
    assert!(run.stdout.lines().all(|line| line.contains(": stands: ")), "{}", run.stdout);
}

#[test]
fn a_paper_is_known_again_however_its_path_is_written() {
    let folder = saved();
    let run = folder.byname(&["verify", "found.jsonl", "./papers"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), "note: 4 stands\n"));
    folder.byname(&scan(&["./papers", "--output", "found.jsonl", "--date", "2022"]));
    let run = folder.byname(&["verify", "found.jsonl", "papers"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), "note: 4 stands\n"));
}

#[test]
fn each_finding_is_told_with_what_became_of_it() {
    let folder = saved();
    let text = PAPER.replace("A proprietary chatbot that is reached through an API", "GPT-4");
    fs::write(folder.path("papers/a.md"), format!("A line more.\n\n{text}")).unwrap();
    fs::remove_file(folder.path("papers/b.md")).unwrap();
    let run = folder.byname(&["verify", "found.jsonl", "papers"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), "note: 1 moved, 1 gone, 2 missing\n"));
    let verdicts: Vec<&str> = run.stdout.lines().map(|line| line.split(": \"").next().unwrap()).collect();
    assert_eq!(
        verdicts,
        [
            "papers/a.md:1:10: moved to 3:10",
            "papers/a.md:3:1: gone",
            "papers/b.md:1:10: missing",
            "papers/b.md:3:1: missing"
        ]
    );
    assert!(run.stdout.lines().next().unwrap().ends_with("(other text)"), "{}", run.stdout);
    let json = folder.byname(&["verify", "found.jsonl", "papers", "--format", "json"]);
    let first = &json.documents()[0];
    assert_eq!((&first["verdict"], &first["because"]), (&"moved".into(), &serde_json::json!(["text"])));
}

#[test]
fn another_catalogue_is_told_as_the_cause() {
    let folder = saved().with("mine/evidence.toml", "[answer]\nfloor = 0.999\n");
    let run = folder.byname(&["verify", "found.jsonl", "papers", "--catalog", "mine"]);
    assert!(run.stdout.lines().all(|line| line.contains("stands") || line.contains("(other catalogue)")));
    assert!(run.stdout.contains("changed") && run.stdout.contains("now unresolved"), "{}", run.stdout);
}

#[test]
fn what_is_no_result_is_refused_with_its_line() {
    let folder = saved().with("no.jsonl", "\n{\"id\": 3}\n");
    let run = folder.byname(&["verify", "no.jsonl", "papers"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("no.jsonl: line 2 is no line of `scan --format jsonl`"), "{}", run.stderr);
}
