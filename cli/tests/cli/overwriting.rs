//! A result never replaces a paper, nor a baseline anything but a baseline.

use std::fs;

use crate::support::Folder;

const PAPER: &str = "We asked a large proprietary language model to grade all essays.\n";

fn refused(folder: &Folder, args: &[&str], file: &str, why: &str) {
    let before = fs::read(folder.path(file)).unwrap();
    let run = folder.byname(args);
    assert_eq!(run.status, Some(2), "{args:?}: {}", run.stderr);
    assert!(run.stderr.contains(why), "{args:?}: {}", run.stderr);
    assert_eq!(fs::read(folder.path(file)).unwrap(), before, "{args:?}");
}

#[test]
fn a_result_does_not_overwrite_what_the_run_reads() {
    let folder = Folder::new()
        .with("a.md", PAPER)
        .with("b.md", PAPER)
        .with("odd.note", PAPER)
        .with("gold.jsonl", "{\"id\": \"1\", \"text\": \"x\", \"mentions\": []}\n")
        .with("tex/main.tex", "\\documentclass{article}\\begin{document}\\input{part}\\end{document}")
        .with("tex/part.tex", PAPER);
    for (args, file) in [
        (&["scan", "a.md", "-o", "a.md"][..], "a.md"),
        (&["scan", "./a.md", "-o", "tex/../a.md"], "a.md"),
        (&["scan", "odd.note", "-o", "odd.note"], "odd.note"),
        (&["scan", "a.md", "--write-baseline", "a.md"], "a.md"),
        (&["text", "a.md", "-o", "a.md"], "a.md"),
        (&["explain", "a.md:1:2", "-o", "a.md"], "a.md"),
        (&["evaluate", "gold.jsonl", "-o", "gold.jsonl"], "gold.jsonl"),
        (&["report", "gold.jsonl", "-o", "gold.jsonl"], "gold.jsonl"),
    ] {
        refused(&folder, args, file, "which this run reads");
    }
    refused(&folder, &["scan", ".", "-o", "a.md"], "a.md", "which this run reads");
    refused(&folder, &["scan", "-o", "a.md", "b.md"], "a.md", "is no result of byname");
    refused(&folder, &["scan", "tex", "-o", "tex/part.tex"], "tex/part.tex", "is no result of byname");
    refused(&folder, &["scan", "a.md", "--write-baseline", "b.md"], "b.md", "is no baseline");
}

#[test]
fn a_result_replaces_an_older_one() {
    let folder = Folder::new().with("a.md", PAPER).with("empty.md", "");
    for name in
        ["o.txt", "o.md", "o.jsonl", "o.json", "o.csv", "o.sarif", "o.xml", "checkstyle.xml", "empty.md"]
    {
        for _ in 0..2 {
            let run = folder.byname(&["scan", "a.md", "-o", name]);
            assert_eq!(run.status, Some(1), "{name}: {}", run.stderr);
        }
    }
}

#[test]
fn a_baseline_written_anew_keeps_what_people_wrote() {
    let folder = Folder::new().with("a.md", PAPER);
    assert_eq!(folder.byname(&["scan", "a.md", "--write-baseline", "k.toml"]).status, Some(0));
    let text = fs::read_to_string(folder.path("k.toml")).unwrap();
    let with_reason = text.replace("reason = \"\"", "reason = \"a contract\"");
    assert_ne!(with_reason, text);
    fs::write(folder.path("k.toml"), &with_reason).unwrap();
    assert_eq!(folder.byname(&["scan", "a.md", "--write-baseline", "k.toml"]).status, Some(0));
    assert_eq!(fs::read_to_string(folder.path("k.toml")).unwrap(), with_reason);
}

#[test]
fn entries_of_another_profile_are_not_stale() {
    let folder = Folder::new().with("a.md", PAPER);
    folder.byname(&["scan", "a.md", "--write-baseline", "k.toml"]);
    let before = fs::read_to_string(folder.path("k.toml")).unwrap();
    let run = folder.byname(&["scan", "a.md", "--baseline", "k.toml", "--profile", "versions"]);
    assert!(!run.stderr.contains("stale"), "{}", run.stderr);
    let more = ["scan", "a.md", "--baseline", "k.toml", "--profile", "versions", "--update-baseline"];
    folder.byname(&more);
    let after = fs::read_to_string(folder.path("k.toml")).unwrap();
    let entry = before.split("[[finding]]").nth(1).unwrap();
    assert!(after.contains(entry.trim()) && after.contains("versions/"), "{after}");
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_by_its_device_is_standard_output() {
    let folder = Folder::new().with("a.md", PAPER);
    let script = "echo before > log; { \"$0\" scan a.md -f concise -o /dev/stdout; echo after; } >> log";
    let status = std::process::Command::new("sh")
        .args(["-c", script, crate::support::program()])
        .current_dir(folder.root())
        .status()
        .unwrap();
    assert!(status.success());
    let log = fs::read_to_string(folder.path("log")).unwrap();
    assert!(log.starts_with("before\na.md:1:") && log.ends_with("\nafter\n"), "{log}");
}
