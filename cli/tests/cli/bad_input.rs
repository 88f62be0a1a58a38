//! Bad input is reported with its place and cause, and everything else is still read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use crate::support::{Folder, scan};

#[test]
fn a_missing_path_is_told_and_the_rest_is_read() {
    let folder = Folder::new().with("a.txt", "We use a model.");
    let run = folder.byname(&scan(&["lost.txt", "a.txt"]));
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["lost.txt not-found", "a.txt"]);
    assert_eq!(run.stderr, "error: lost.txt: no such file or folder; check the path\n");
}

#[test]
fn a_folder_without_papers_says_what_was_looked_for() {
    let folder = Folder::new().with("empty/code.rs", "fn main() {}").with("a.txt", "");
    let run = folder.byname(&scan(&["empty", "a.txt"]));
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["empty no-papers", "a.txt"]);
    assert!(run.stderr.starts_with("error: empty: no papers in this folder"), "{}", run.stderr);
    assert!(run.stderr.contains(".txt, .md, .markdown, .qmd, .rmd, .tex, "), "{}", run.stderr);
}

#[test]
fn a_broken_line_is_told_with_its_number_and_the_rest_goes_on() {
    let records = "{\"id\": \"one\", \"text\": \"a\"}\n\n{\"id\": \"two\", \"text\": \"b\"\n{\"id\": \"three\"}\n\
                   {\"id\": \"four\", \"text\": 4}\n{\"id\": \"five\", \"text\": \"e\"}";
    let folder = Folder::new().with("r.jsonl", records);
    let run = folder.byname(&scan(&["r.jsonl"]));
    assert_eq!(run.status, Some(3));
    assert_eq!(
        run.fates(),
        ["one", "r.jsonl:3 invalid-json", "r.jsonl:4 invalid-record", "r.jsonl:5 invalid-record", "five"]
    );
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn bytes_that_are_no_utf8_are_replaced_with_a_note() {
    let folder = Folder::new()
        .with("a.txt", b"Well \xE2\x80\x94\nit is \xE2\x80\x9Cgood\xE2\x80\x9D, \x93good\x94.\n")
        .with("b.md", b"# T\n\ncaf\xC3\xA9, na\xC3\xAFve, caf\xE9\n")
        .with("c.jsonl", b"{\"id\": \"c\", \"text\": \"caf\xE9\"}\n");
    let run = folder.byname(&scan(&["."]));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let notes: Vec<String> = run
        .documents()
        .iter()
        .map(|document| {
            let note = &document["notes"][0];
            assert_eq!(note["kind"], "invalid-utf8");
            note["message"].as_str().unwrap().split(';').next().unwrap().to_string()
        })
        .collect();
    assert_eq!(
        notes,
        [
            "2 places are not UTF-8, first on line 2",
            "1 place is not UTF-8, first on line 3",
            "1 place is not UTF-8, first in this record"
        ]
    );
}

#[test]
fn empty_files_are_empty_papers() {
    let folder = Folder::new().with("a.txt", "").with("b.md", "").with("c.jsonl", "").with("d.jsonl", "\n\n");
    let run = folder.byname(&scan(&["a.txt", "b.md", "c.jsonl", "d.jsonl"]));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run.fates(), ["a.txt", "b.md"]);
}

#[test]
fn what_is_no_text_is_refused() {
    let folder = Folder::new().with("a.pdf", "%PDF-1.7 ...").with("b.txt", b"\0\0\x01");
    let run = folder.byname(&scan(&["a.pdf", "b.txt"]));
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["a.pdf broken-pdf", "b.txt unknown-format"]);
}

/// A line of 200 MB exceeds the limit, so it must be skipped quickly and without being held in memory.
#[test]
fn a_line_of_200_mb_is_reported_and_the_rest_is_read() {
    let folder = Folder::new();
    let write = |name: &str, before: &[u8], after: &[u8]| {
        let mut file = BufWriter::new(File::create(folder.path(name)).unwrap());
        file.write_all(before).unwrap();
        let words = b"a large model ".repeat(1 << 16);
        for _ in 0..=(200_000_000 / words.len()) {
            file.write_all(&words).unwrap();
        }
        file.write_all(after).unwrap();
        file.into_inner().unwrap();
    };
    write("a.txt", b"", b"");
    write(
        "b.jsonl",
        b"{\"id\": \"x\", \"text\": \"x\"}\n{\"id\": \"y\", \"text\": \"",
        b"\"}\n{\"id\": \"z\", \"text\": \"z\"}\n",
    );
    let started = Instant::now();
    let run = folder.byname(&scan(&["a.txt", "b.jsonl"]));
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["a.txt too-large", "x", "b.jsonl:2 too-large", "z"]);
    assert_eq!(
        run.stderr,
        "error: a.txt: larger than 64 MiB; --max-document-size raises the limit\n\
         error: b.jsonl:2: larger than 64 MiB; --max-document-size raises the limit\n"
    );
}

#[test]
fn the_limit_can_be_set() {
    let folder = Folder::new().with("a.txt", "0123456789").with("b.txt", "0123456789X");
    let run = folder.byname(&scan(&["a.txt", "b.txt", "--max-document-size", "10"]));
    assert_eq!(run.fates(), ["a.txt", "b.txt too-large"]);
}

/// The program waits on a pipe while the file after it is deleted.
#[cfg(unix)]
#[test]
fn a_file_that_vanishes_is_reported_and_the_rest_is_read() {
    use std::process::{Command, Stdio};

    let folder = Folder::new().with("gone.txt", "x").with("stays.txt", "x");
    let pipe = folder.path("pipe.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let child = Command::new(crate::support::program())
        .args(scan(&["pipe.jsonl", "gone.txt", "stays.txt"]))
        .current_dir(folder.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut writer = File::options().write(true).open(&pipe).unwrap(); // opens once the program reads
    std::fs::remove_file(folder.path("gone.txt")).unwrap();
    writer.write_all(b"{\"id\": \"x\", \"text\": \"x\"}\n").unwrap();
    drop(writer);
    let output = child.wait_with_output().unwrap();
    let run = crate::support::Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(run.status, Some(3));
    assert_eq!(run.fates(), ["x", "gone.txt not-found", "stays.txt"]);
}

#[test]
fn a_catalogue_that_is_wrong_is_refused_before_anything_is_read() {
    let folder = Folder::new().with("a.txt", "x");
    let run = folder.byname(&scan(&["a.txt", "--catalog", "nowhere"]));
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.contains("nowhere") && run.stderr.contains("cannot read the folder"),
        "{}",
        run.stderr
    );
}

#[test]
fn names_of_files_cannot_drive_the_terminal() {
    let folder = Folder::new();
    let run = folder.byname(&["scan", "\u{1b}[2Jlost.txt"]);
    assert!(!run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'), "{run:?}");
    assert!(run.stdout.contains("\\u{1b}[2Jlost.txt"), "{}", run.stdout);
    let run = folder.byname(&["scan", "\u{1b}[2Jlost.txt", "--format", "jsonl"]);
    assert!(!run.stderr.contains('\u{1b}') && run.stderr.contains("\\u{1b}[2Jlost.txt"), "{}", run.stderr);
}

#[test]
fn a_long_text_is_read_unless_it_names_more_than_memory_holds() {
    let words = "They walked along the river and came home late.\n".repeat(32_000);
    let names = "GPT-4 ".repeat(20_000);
    let folder = Folder::new().with("long.txt", &words).with("dense.txt", format!("{words}{names}\n"));
    let run = folder.byname(&scan(&["long.txt", "--max-document-size", "2MiB"]));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let run = folder.byname(&scan(&["dense.txt", "--max-document-size", "2MiB"]));
    assert_eq!(run.status, Some(3));
    assert!(run.stdout.contains("too many for one paper; part it into its papers"), "{}", run.stdout);
}
