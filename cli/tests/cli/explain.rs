//! `byname explain` shows votes and clues for every kind of input that `scan` reads.

use serde_json::Value;

use crate::support::{Folder, Run, scan};

const PAPER: &str = "---\ndate: 2022-03-01\norganisations: [DeepMind]\n---\n\n# A title\n\n\
    We evaluated a 280B transformer language model on 300 essays.\n\nThen we went home.\n";

fn explained(run: &Run) -> Value {
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn a_line_is_explained_for_a_person() {
    let folder = Folder::new().with("p.md", PAPER);
    let run = folder.byname(&["explain", "p.md:8"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    for expected in [
        "`a 280B transformer language model` is a mention of kind described and type model",
        "--> p.md:8:14",
        "= votes: described +",
        "described/sized +",
        "= says: parameters 280B",
        "Gopher; facts from arxiv:2112.11446",
        "parameters         8:16     280B is 280B",
        "reference 0: linked",
        " %  Gopher",
        "none in the catalogue",
    ] {
        assert!(run.stdout.contains(expected), "{expected}: {}", run.stdout);
    }
    let sum = run.stdout.lines().find(|line| line.trim_start().starts_with("sum ")).unwrap();
    assert!(sum.contains('+'), "{}", run.stdout);
    assert_eq!(folder.byname(&["explain", "p.md:10"]).stdout, "p.md: no mention on line 10\n");
}

#[test]
fn where_several_fit_it_is_told_why_the_second_lost_and_what_would_settle_it() {
    let paper = "---\ndate: 2023-09-01\n---\n\nWe ran a 70B proprietary language model on 300 essays.\n";
    let run = Folder::new().with("p.md", paper).byname(&["explain", "p.md"]);
    assert!(run.stdout.contains(" falls behind "), "{}", run.stdout);
    assert!(run.stdout.contains("would decide it: "), "{}", run.stdout);
}

#[test]
fn the_data_agrees_with_itself_and_with_scan() {
    let folder = Folder::new().with("p.md", PAPER);
    let whole = explained(&folder.byname(&["explain", "p.md", "--format", "json"]));
    let scanned = &folder.byname(&scan(&["p.md", "--mentions", "all", "--fail-on", "never"])).documents()[0];
    let mentions = whole["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), scanned["mentions"].as_array().unwrap().len());
    for (mention, of_scan) in mentions.iter().zip(scanned["mentions"].as_array().unwrap()) {
        for key in ["text", "start", "end", "kind", "confidence", "reference"] {
            assert_eq!(mention[key], of_scan[key], "{key}");
        }
        for votes in mention["votes"].as_array().unwrap() {
            let rules = votes["rules"].as_array().unwrap();
            let sum: f64 = rules.iter().map(|vote| vote["weight"].as_f64().unwrap()).sum();
            assert!((sum - votes["sum"].as_f64().unwrap()).abs() < 1e-3);
        }
    }
    for candidate in whole["references"][0]["candidates"].as_array().unwrap() {
        let clues = candidate["evidence"].as_array().unwrap();
        let sum: f64 = clues.iter().map(|clue| clue["weight"].as_f64().unwrap()).sum();
        assert!((sum - candidate["sum"].as_f64().unwrap()).abs() < 1e-2);
    }
    assert_eq!(
        whole["references"][0]["candidates"][0]["probability"],
        scanned["references"][0]["candidates"][0]["probability"]
    );
}

#[test]
fn the_record_on_a_line_is_explained() {
    let records = "{\"id\": \"one\", \"text\": \"Nothing.\"}\n\n\
        {\"id\": \"two\", \"text\": \"We ran a proprietary large language model on 500 essays.\"}\n";
    let folder = Folder::new().with("r.jsonl", records);
    let two = explained(&folder.byname(&["explain", "r.jsonl:3", "--format", "json"]));
    assert_eq!(two["document"], "two");
    assert_eq!(two["mentions"][0]["text"], "a proprietary large language model");
    for (target, message) in [
        ("r.jsonl", "r.jsonl: each line of this file is a paper; name one"),
        ("r.jsonl:2", "there is no record on line 2"),
        ("r.jsonl:7", "there is no record on line 7"),
    ] {
        let run = folder.byname(&["explain", target]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{target}");
        assert!(run.stderr.contains(message), "{target}: {}", run.stderr);
    }
}

#[test]
fn what_cannot_be_explained_says_why() {
    let folder = Folder::new()
        .with("p.md", PAPER)
        .with("folder/a.txt", "")
        .with("folder/b.txt", "")
        .with("a.pdf", "%PDF-1.7");
    for (target, status, message) in [
        ("p.md:99", 2, "p.md has no line 99"),
        ("lost.md:3", 3, "lost.md: no such file or folder; check the path"),
        ("folder", 2, "folder holds 2 papers"),
        ("a.pdf", 3, "a.pdf: this PDF cannot be opened"),
    ] {
        let run = folder.byname(&["explain", target]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(status), ""), "{target}");
        assert!(run.stderr.contains(message), "{target}: {}", run.stderr);
    }
}

#[test]
fn a_place_of_an_included_file_is_explained_as_scan_shows_it() {
    let folder = Folder::new()
        .with("main.tex", "\\documentclass{article}\n\\begin{document}\n\\input{setup}\n\\end{document}\n")
        .with(
            "setup.tex",
            "% one\n% two\n% three\n% four\nWe ran a proprietary LLM and a closed 7B model on 40 tasks.\n",
        );
    let shown = |target: &str| {
        let run = folder.byname(&["explain", target]);
        assert_eq!(run.status, Some(0), "{target}: {}", run.stderr);
        (run.stdout.contains("`a proprietary LLM` is"), run.stdout.contains("`a closed 7B model` is"))
    };
    assert_eq!(shown("setup.tex:5"), (true, true));
    assert_eq!(shown("setup.tex:5:8"), (true, false));
    assert_eq!(shown("setup.tex:5:30"), (false, true));
    assert_eq!(shown("setup.tex"), (true, true));
    let run = folder.byname(&["explain", "setup.tex:6"]);
    assert!(run.stderr.contains("setup.tex has no line 6"), "{}", run.stderr);
}

#[test]
fn standard_input_is_explained_too() {
    let run = Folder::new().byname_with(&["explain", "-"], b"We ran a proprietary LLM on 500 essays.");
    assert_eq!(run.status, Some(0));
    assert!(run.stdout.contains("`a proprietary LLM`"), "{}", run.stdout);
}
