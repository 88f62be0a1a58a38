//! What first-time users stumble over: each file that is not read, and each answer, is told for what it is.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large proprietary language model to grade all essays.\n";

#[test]
fn a_configuration_below_the_folder_is_told_as_not_used() {
    let folder =
        Folder::new().with("p/track/byname.toml", "profile = \"versions\"\n").with("p/track/a.md", PAPER);
    let run = folder.byname(&["scan", "p", "-f", "concise"]);
    assert!(
        run.stderr.contains("p/track/byname.toml is not used: it lies below the folder"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("[disclosure/nameless]"), "{}", run.stdout);
    let run = folder.byname(&["scan", "p/track", "-f", "concise"]);
    assert!(
        run.stdout.contains("[versions/nameless]") && run.stderr.is_empty(),
        "{} {}",
        run.stdout,
        run.stderr
    );
    let run = folder.byname(&["scan", "p", "--no-config", "-f", "concise"]);
    assert!(!run.stderr.contains("is not used"), "{}", run.stderr);
}

#[test]
fn included_files_are_read_once_whatever_the_folder_is_called() {
    let folder = Folder::new()
        .with(
            "lx/paper/main.tex",
            "\\documentclass{article}\\begin{document}\\input{../shared/intro}\\end{document}",
        )
        .with("lx/shared/intro.tex", PAPER);
    for name in ["lx", "./lx", "lx/../lx", "."] {
        let run = folder.byname(&["scan", name, "-f", "github"]);
        assert_eq!(run.stdout.lines().count(), 1, "{name}: {}", run.stdout);
        assert!(run.stdout.contains("lx/shared/intro.tex,line=1"), "{name}: {}", run.stdout);
        assert!(!run.stdout.contains("paper/.."), "{name}: {}", run.stdout);
        assert!(!run.stderr.contains("unused part"), "{name}: {}", run.stderr);
    }
}

#[test]
fn no_line_names_what_is_less_likely_than_the_answer() {
    let folder =
        Folder::new().with("a.md", "We asked a large proprietary language model to grade all essays.\n");
    let found = &folder.byname(&scan(&["a.md"])).documents()[0]["references"][0];
    let first = found["candidates"][0]["name"].as_str().unwrap();
    for format in ["text", "concise", "github", "markdown", "csv"] {
        let run = folder.byname(&["scan", "a.md", "-f", format]);
        let told =
            run.stdout.lines().find(|line| line.contains("large proprietary") && !line.contains(" | We"));
        let told = told.unwrap_or_default();
        match found["answer"]["name"].as_str() {
            Some(answer) => assert!(told.contains(answer), "{format}: {told}"),
            None => assert!(!told.contains(first), "{format}: {told}"),
        }
        if found["answer"]["level"] != "system" {
            assert!(!told.contains(&format!("may be {first}")), "{format}: {told}");
            assert!(!told.contains(&format!("most likely {first}")), "{format}: {told}");
        }
    }
}

#[test]
fn findings_in_records_point_to_their_file_and_line() {
    let record = format!("{{\"id\": \"jft-3b\", \"text\": {}}}\n", serde_json::to_string(PAPER).unwrap());
    let folder = Folder::new().with("r.jsonl", format!("{{\"id\": 1, \"text\": \"x\"}}\n{record}{{broken\n"));
    for (format, place, unread) in [
        ("concise", "r.jsonl:2:1: ", "r.jsonl:3:1: error: "),
        ("github", "file=r.jsonl,line=2,", "file=r.jsonl,line=3,"),
        (
            "checkstyle",
            "<file name=\"r.jsonl\"><error line=\"2\"",
            "<file name=\"r.jsonl\"><error line=\"3\"",
        ),
        ("junit", "r.jsonl:2:1", "r.jsonl:3"),
        ("csv", "jft-3b,r.jsonl,2,1,", "r.jsonl:3,r.jsonl,3,"),
        ("text", "--> r.jsonl:2 (in jft-3b, 1:10 of its text)", "r.jsonl:3: "),
    ] {
        let run = folder.byname(&["scan", "r.jsonl", "-f", format]);
        for told in [place, unread] {
            assert!(run.stdout.contains(told), "{format}: {told}: {}", run.stdout);
        }
        assert!(run.stdout.contains("jft-3b"), "{format}: {}", run.stdout);
    }
    let sarif: Value =
        serde_json::from_str(&folder.byname(&["scan", "r.jsonl", "-f", "sarif"]).stdout).unwrap();
    for (result, line) in [(0, 2), (1, 3)] {
        let place = &sarif["runs"][0]["results"][result]["locations"][0]["physicalLocation"];
        assert_eq!(
            (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
            (&"r.jsonl".into(), &line.into())
        );
    }
    assert!(!sarif.to_string().contains("{type}"), "{sarif}");
    let documents = folder.byname(&scan(&["r.jsonl"])).documents();
    assert_eq!(documents[1]["source"], serde_json::json!({"file": "r.jsonl", "line": 2}));
    let run = folder.byname(&["explain", "jft-3b:5"]);
    assert!(run.stderr.contains("FILE:LINE"), "{}", run.stderr);
}

#[test]
fn a_hook_passes_over_what_is_excluded_though_it_is_given_by_name() {
    let folder = Folder::new()
        .with("byname.toml", "exclude = [\"old/\"]\n")
        .with("old/a.md", PAPER)
        .with("README.md", PAPER)
        .with("b.md", PAPER);
    let files = ["scan", "-f", "concise", "old/a.md", "README.md", "b.md"];
    assert_eq!(folder.byname(&files).stdout.lines().count(), 3);
    let run = folder.byname(&[&files[..], &["--force-exclude"]].concat());
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert_eq!(run.stderr, "note: passed over: 1 excluded, 1 note on a project\n");
    let run = folder.byname(&["scan", "README.md", "--force-exclude"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
}

#[test]
fn its_own_results_are_no_papers() {
    let folder = Folder::new().with("a.md", PAPER);
    let names = ["o.txt", "o.md", "o.jsonl", "o.xml"];
    for name in names {
        folder.byname(&["scan", "a.md", "-o", name]);
    }
    folder.byname(&["report", "o.jsonl", "-o", "o.html"]);
    let run = folder.byname(&["scan", ".", "-f", "concise"]);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(run.stderr.contains("passed over: 5 results of byname"), "{}", run.stderr);
}

#[test]
fn papers_in_formats_that_are_not_read_are_told() {
    let docx = [b"PK\x03\x04".as_slice(), &[0; 22], &[19, 0, 0, 0], b"[Content_Types].xml"].concat();
    let folder = Folder::new()
        .with("p/a.md", "Nothing.\n")
        .with("p/b.docx", &docx)
        .with("p/c.rtf", "{\\rtf1 text}")
        .with("p/d.rs", "")
        .with("list.json", "[{\"text\": \"x\"}]")
        .with("t.csv", "id,text\n");
    let run = folder.byname(&["scan", "p"]);
    assert!(run.stderr.contains("2 papers in formats that are not read"), "{}", run.stderr);
    for (name, what) in [
        ("p/b.docx", "pandoc -t plain"),
        ("p/c.rtf", "this is RTF"),
        ("list.json", "this is a list in JSON"),
        ("t.csv", "this is a table"),
    ] {
        let run = folder.byname(&["scan", name, "-f", "concise"]);
        assert_eq!(run.status, Some(3), "{name}: {}", run.stdout);
        assert!(run.stdout.contains(what), "{name}: {}", run.stdout);
        assert_eq!(folder.byname(&["text", name]).status, Some(3), "{name}");
    }
}

#[test]
fn notes_on_comments_reach_those_who_read_other_forms() {
    let comment = "<!-- byname: ignore[described/nope] -->\n\n<!-- BYNAME : ignore -->\n";
    let folder = Folder::new().with("a.md", format!("{comment}\n{PAPER}"));
    for format in ["text", "concise", "github"] {
        let run = folder.byname(&["scan", "a.md", "-f", format]);
        assert!(
            run.stdout.contains("described/nope") && run.stdout.contains("write `byname:`"),
            "{format}: {}",
            run.stdout
        );
    }
    for format in ["sarif", "junit", "checkstyle", "csv", "markdown"] {
        let run = folder.byname(&["scan", "a.md", "-f", format]);
        assert!(run.stderr.contains("2 comments to byname suppress nothing"), "{format}: {}", run.stderr);
    }
}

#[test]
fn json_tells_what_json_lines_tell_and_a_report_reads_both() {
    let folder = Folder::new().with("a.md", PAPER);
    let lines = folder.byname(&scan(&["a.md", "-o", "o.jsonl"]));
    folder.byname(&["scan", "a.md", "-o", "o.json"]);
    assert_eq!(lines.status, Some(1));
    let read = |name: &str| fs::read_to_string(folder.path(name)).unwrap();
    let whole: Value = serde_json::from_str(&read("o.json")).unwrap();
    let line: Value = serde_json::from_str(&read("o.jsonl")).unwrap();
    assert_eq!(whole["documents"][0], line);
    let (of_list, of_lines) = (
        folder.byname(&["report", "o.json", "-f", "csv"]),
        folder.byname(&["report", "o.jsonl", "-f", "csv"]),
    );
    assert_eq!((of_list.status, of_list.stdout), (Some(0), of_lines.stdout));
}

#[test]
fn merge_refuses_what_is_not_every_part_once() {
    let folder = Folder::new().with("papers.jsonl", "{\"id\": 1, \"text\": \"x\"}\n".repeat(4));
    for part in ["1", "2"] {
        let (shard, name) = (format!("{part}/2"), format!("{part}.jsonl"));
        folder.byname(&scan(&["papers.jsonl", "--shard", &shard, "-o", &name]));
    }
    folder.byname(&scan(&["papers.jsonl", "--shard", "2/2", "--mentions", "all", "-o", "other.jsonl"]));
    let whole = folder.byname(&scan(&["papers.jsonl"])).stdout;
    assert_eq!(folder.byname(&["merge", "1.jsonl", "2.jsonl"]).stdout, whole);
    for parts in [
        &["1.jsonl"][..],
        &["2.jsonl", "1.jsonl"],
        &["1.jsonl", "1.jsonl"],
        &["1.jsonl", "2.jsonl", "1.jsonl"],
        &["papers.jsonl", "papers.jsonl"],
        &["1.jsonl", "other.jsonl"],
    ] {
        let run = folder.byname(&[&["merge"], parts].concat());
        assert_eq!(run.status, Some(2), "{parts:?}");
        assert!(run.stderr.starts_with("error: "), "{parts:?}: {}", run.stderr);
    }
}

#[test]
fn contradictions_of_outputs_are_refused() {
    let folder = Folder::new().with("a.md", PAPER);
    let run = folder.byname(&["scan", "a.md", "-o", "a.json", "-o", "b.sarif", "-f", "csv"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("--format csv has no output"), "{}", run.stderr);
    folder.byname(&["scan", "a.md", "-o", "o.jsonl"]);
    let run = folder.byname(&["report", "o.jsonl", "-o", "r.pdf"]);
    assert!(run.status == Some(2) && run.stderr.contains("is no file ending in .pdf"), "{}", run.stderr);
}

#[test]
fn names_that_nobody_knows_are_told() {
    let folder = Folder::new().with("a.md", PAPER);
    let run = folder.byname(&["scan", "a.md", "--organisation", "Gogle"]);
    assert!(
        run.stderr.contains("no organisation `Gogle` is known") && run.stderr.contains("Google?"),
        "{}",
        run.stderr
    );
    let run = folder.byname(&["scan", "a.md", "--organisation", "Google Research, Zurich"]);
    assert!(!run.stderr.contains("is known"), "{}", run.stderr);
    let run = folder.byname(&["resolve", "GPT-4"]);
    assert!(run.stderr.contains("byname systems show gpt-4"), "{}", run.stderr);
    let text = b"a 137B dialogue model";
    let (piped, given) =
        (folder.byname_with(&["resolve", "-"], text), folder.byname(&["resolve", "a 137B dialogue model"]));
    assert_eq!(piped.stdout, given.stdout);
    let run = folder.byname(&["rules", "show", "disclosure/nameless"]);
    assert!(run.stderr.contains("is a rule of a profile"), "{}", run.stderr);
    let run = folder.byname(&["rules", "show", "described/in-hose"]);
    assert!(
        run.stderr.contains("did you mean") && run.stderr.contains("described/in-house"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.byname(&["help", "scan"]).status, Some(0));
}

#[cfg(unix)]
#[test]
fn an_ignore_file_that_is_a_device_or_a_pipe_is_refused() {
    let folder = Folder::new().with("z/a.md", PAPER).with("y/a.md", PAPER);
    std::os::unix::fs::symlink("/dev/zero", folder.path("z/.gitignore")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path("y/.ignore")).status().unwrap();
    assert!(made.success());
    let run = folder.byname(&["scan", "z", "y", "-f", "concise"]);
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    assert_eq!(run.stderr.matches("is not used: it is no regular file").count(), 2, "{}", run.stderr);
}

#[test]
fn a_rule_that_turns_a_hint_into_a_warning_is_seen_by_impact() {
    const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} embargoed _* {model}'\nweight=3.0\n[[example]]\n\
                        text='We ran [an embargoed model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";
    let paper = "The drafts were written by an embargoed language model.\n";
    let folder = Folder::new().with("own/rules/described/embargo.toml", RULE).with("a.md", paper);
    let before = folder.byname(&["scan", "a.md", "-f", "concise"]).status;
    let after = folder.byname(&["scan", "a.md", "-f", "concise", "--catalog", "own"]).status;
    assert_eq!((before, after), (Some(0), Some(1)));
    let run = folder.byname(&["rules", "impact", "--catalog", "own", "--against", "built-in", "a.md"]);
    assert!(run.stdout.starts_with("1 paper, 1 of them differ; 0 warnings before, 1 now"), "{}", run.stdout);
    assert!(run.stdout.contains("1 new warnings, 0 no longer"), "{}", run.stdout);
}
