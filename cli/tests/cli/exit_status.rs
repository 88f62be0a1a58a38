//! The exit status shows the outcome, and the error of a wrong command line says what is right.

use crate::support::{Folder, scan};

#[test]
fn nothing_found_is_zero() {
    let folder = Folder::new().with("a.txt", "A day in June.");
    let run = folder.byname(&["scan", "a.txt"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run.stdout, "1 paper read; no nameless reference found\n");
}

#[test]
fn a_wrong_command_is_two() {
    let folder = Folder::new().with("a.txt", "x");
    for (args, message) in [
        (&["scan", "a.txt", "--format", "xml"][..], "[possible values: text, concise, json, jsonl, sarif,"),
        (&["scan", "a.txt", "--date", "last spring"], "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (&["scan", "a.txt", "--jobs", "0"], "invalid value '0' for '--jobs <N>'"),
        (&["scan", "a.txt", "--max-document-size", "big"], "write a number of bytes"),
        (&["scan", "a.txt", "--fail-on", "sometimes"], "[possible values: error, warning, note, never]"),
        (&["scna"], "'scan'"),
        (&["resolve"], "<TEXT|--records <FILE>>"),
        (&["resolve", "a model", "--top", "0"], "invalid value '0' for '--top <N>'"),
        (&["rules"], "Usage: byname rules"),
    ] {
        let run = folder.byname(args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn an_unread_input_weighs_more_than_all_else() {
    let folder = Folder::new().with("a.txt", "We ran a proprietary large language model on 500 essays.");
    let run = folder.byname(&scan(&["a.txt", "lost.txt", "--fail-on", "note"]));
    assert_eq!(run.status, Some(3));
}

#[test]
fn help_and_version_are_zero() {
    let folder = Folder::new();
    for args in [&["--help"][..], &["--version"], &["scan", "--help"], &["rules", "list", "--help"]] {
        assert_eq!(folder.byname(args).status, Some(0), "{args:?}");
    }
}

#[test]
fn findings_are_one_from_the_level_of_fail_on() {
    let folder = Folder::new()
        .with("nameless.txt", "We ran a proprietary large language model on 500 essays.")
        .with("named.txt", "The judge was a strong LLM (GPT-4).")
        .with("clean.txt", "A day in June.");
    for (paper, fail_on, status) in [
        ("nameless.txt", None, 1),
        ("nameless.txt", Some("error"), 0),
        ("nameless.txt", Some("warning"), 1),
        ("nameless.txt", Some("note"), 1),
        ("nameless.txt", Some("never"), 0),
        ("named.txt", None, 0),
        ("named.txt", Some("error"), 0),
        ("named.txt", Some("warning"), 0),
        ("named.txt", Some("note"), 1),
        ("named.txt", Some("never"), 0),
        ("clean.txt", Some("note"), 0),
    ] {
        let mut args = scan(&[paper]);
        args.extend(fail_on.iter().flat_map(|level| ["--fail-on", *level]));
        assert_eq!(folder.byname(&args).status, Some(status), "{args:?}");
    }
    for format in ["text", "json", "sarif"] {
        for (fail_on, status) in [("note", 1), ("never", 0)] {
            let run = folder.byname(&["scan", "named.txt", "--format", format, "--fail-on", fail_on]);
            assert_eq!(run.status, Some(status), "{format} {fail_on}");
        }
    }
}
