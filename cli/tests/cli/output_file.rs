//! An output file is complete or absent, and a reader that closes the output is not an error.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::support::{Folder, program, scan};

fn many_records() -> String {
    (0..4_000)
        .map(|number| format!("{{\"id\": \"paper-{number}\", \"text\": \"We use a model.\"}}\n"))
        .collect()
}

#[test]
fn the_file_holds_what_standard_output_would() {
    let folder = Folder::new().with("a.txt", "x").with("out.jsonl", "{\"document\": \"old\"}\n");
    let printed = folder.byname(&scan(&["a.txt"]));
    let written = folder.byname(&scan(&["a.txt", "--output", "out.jsonl"]));
    assert_eq!((written.status, written.stdout.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(folder.path("out.jsonl")).unwrap(), printed.stdout);
    assert_eq!(folder.names(), ["a.txt", "out.jsonl"]);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = Folder::new().with("a.txt", "x");
    let run = folder.byname(&scan(&["a.txt", "--output", "nowhere/out.jsonl"]));
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.starts_with("error: cannot write the result to nowhere/out.jsonl: "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("help: create the folder first"), "{}", run.stderr);
    let run = folder.byname(&scan(&["a.txt", "--output", "."]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("it is a folder"), "{}", run.stderr);
}

/// A limit on the size of files stands in for a full disk: writing fails half way.
#[cfg(unix)]
#[test]
fn no_half_file_is_left_when_the_disk_is_full() {
    let folder = Folder::new().with("r.jsonl", many_records());
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 64; exec \"$0\" scan r.jsonl --format jsonl --output out.jsonl",
        ])
        .arg(program())
        .current_dir(folder.root())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: cannot write the result to out.jsonl: "), "{stderr}");
    assert_eq!(folder.names(), ["r.jsonl"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_clearly() {
    let folder = Folder::new().with("a.txt", "x");
    let run = folder.byname(&scan(&["a.txt", "--output", "/dev/full"]));
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "error: cannot write the result to /dev/full: No space left on device (os error 28)\n \
         help: make room, or write elsewhere with --output\n"
    );
    let output = Command::new(program())
        .args(scan(&["a.txt"]))
        .current_dir(folder.root())
        .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: cannot write the result to standard output: No space left"),
        "{stderr}"
    );
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = Folder::new().with("r.jsonl", many_records());
    for format in ["jsonl", "json"] {
        let mut child = Command::new(program())
            .args(["scan", "r.jsonl", "--format", format])
            .current_dir(folder.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.starts_with('{'));
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap()),
            (Some(0), String::new())
        );
    }
}
