//! `byname text` prints the text of a paper, or its metadata.

use serde_json::Value;

use crate::support::Folder;

const PAPER: &str = "\\documentclass{article}\\title{Of size}\\author{Ann Bee \\\\ Acme}\\begin{document}\n\
                     We cite \\citet{k}.\n\\bibliography{refs}\\end{document}";

fn folder() -> Folder {
    Folder::new()
        .with("p/a.tex", PAPER)
        .with("p/refs.bib", "@misc{k, title={T}, author={Cy D}, year=2020}")
        .with("r.jsonl", "{\"id\": \"x\", \"text\": \"One.\"}\n{\"id\": \"y\", \"text\": \"Two.\"}\n")
}

#[test]
fn the_text_of_a_paper_is_printed() {
    let folder = folder();
    for path in ["p/a.tex", "p"] {
        let run = folder.byname(&["text", path]);
        assert_eq!(
            (run.status, run.stdout.as_str(), run.stderr.as_str()),
            (Some(0), "Of size\n\nWe cite D (2020).\n", "")
        );
    }
    assert_eq!(folder.byname(&["text", "r.jsonl:2"]).stdout, "Two.\n");
    assert_eq!(folder.byname_with(&["text", "-"], b"From a pipe.").stdout, "From a pipe.\n");
}

#[test]
fn the_facts_of_a_paper_are_printed_as_json() {
    let run = folder().byname(&["text", "p", "--metadata"]);
    let facts: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&facts["title"], &facts["authors"][0], &facts["organisations"][0]),
        (&"Of size".into(), &"Ann Bee".into(), &"Acme".into())
    );
    assert_eq!(
        (&facts["citations"][0]["text"], &facts["bibliography"][0]["title"]),
        (&"D (2020)".into(), &"T".into())
    );
}

#[test]
fn what_has_no_one_text_says_why() {
    let folder = folder().with("two/a.txt", "").with("two/b.txt", "");
    let refusal = |target: &str, status: i32| {
        let run = folder.byname(&["text", target]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(status), ""), "{target}");
        run.stderr
    };
    assert!(refusal("two", 2).contains("give one of them: two/a.txt, two/b.txt"));
    assert!(refusal("r.jsonl", 2).contains("each line of this file is a paper"));
    assert!(refusal("nothing.tex", 3).contains("no such file"));
}
