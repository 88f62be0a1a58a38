//! Snapshots of papers: pending files, the review, and what counts as a difference.

use std::fs;

use crate::support::{Folder, Run};

const PAPER: &str = "# Letters\n\nThe essays were graded by a proprietary language model.\n\nModels learn.\n";
const SNAPSHOT: &str = "papers/a.md.findings.toml";
const PENDING: &str = "papers/a.md.findings.toml.new";

/// A rule that changes the kind of the first finding.
const RULE: &str = "summary='s'\nwhy='w'\nkind='own'\nphrase='{one} proprietary language model'\nweight=20.0\n[[example]]\ntext='We ran [a proprietary language model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";

fn folder() -> Folder {
    let folder = Folder::new().with("papers/a.md", PAPER).with("own/rules/own/proprietary.toml", RULE);
    let run = folder.byname(&["rules", "review", "papers", "--accept"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    folder
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).unwrap()
}

fn with_own(folder: &Folder, args: &[&str], answers: &str) -> Run {
    let args: Vec<&str> = args.iter().chain(&["--catalog", "own"]).copied().collect();
    folder.byname_with(&args, answers.as_bytes())
}

#[test]
fn the_snapshot_of_a_paper_is_a_file_to_read() {
    let folder = folder();
    insta::assert_snapshot!(read(&folder, SNAPSHOT));
    let run = folder.byname(&["rules", "test", "papers"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), "1 passed, 0 failed\n"));
}

#[test]
fn a_moved_line_alone_is_no_change() {
    let folder = folder();
    let before = read(&folder, SNAPSHOT);
    fs::write(folder.path("papers/a.md"), PAPER.replace("# Letters\n", "# Letters\n\nNew words.\n")).unwrap();
    let run = folder.byname(&["rules", "test", "papers"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), "1 passed, 0 failed\n"));
    assert_eq!((read(&folder, SNAPSHOT), folder.path(PENDING).exists()), (before, false));
}

#[test]
fn a_failing_run_writes_a_pending_file_and_leaves_the_snapshot_alone() {
    let folder = folder();
    let before = read(&folder, SNAPSHOT);
    for _ in 0..2 {
        let run = with_own(&folder, &["rules", "test", "papers"], "");
        assert_eq!(run.status, Some(1));
        insta::assert_snapshot!("a_finding_of_another_kind", run.stdout.replace('\\', "/"));
        assert_eq!(read(&folder, SNAPSHOT), before);
        assert!(read(&folder, PENDING).contains("kind = \"own\""));
    }
    // A run that passes again takes the pending file away.
    folder.byname(&["rules", "test", "papers"]);
    assert!(!folder.path(PENDING).exists());
}

#[test]
fn check_shows_the_difference_and_writes_nothing() {
    let folder = folder();
    let run = with_own(&folder, &["rules", "review", "papers", "--check"], "");
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("other kind: own model, was described model"), "{}", run.stdout);
    assert!(!folder.path(PENDING).exists());
}

#[test]
fn a_reviewer_accepts_rejects_or_puts_off() {
    let folder = folder();
    let before = read(&folder, SNAPSHOT);
    let run = with_own(&folder, &["rules", "review", "papers"], "maybe\nr\n");
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("`maybe` is not an answer; expected a, A, r, t or q"), "{}", run.stdout);
    assert_eq!((read(&folder, SNAPSHOT), folder.path(PENDING).exists()), (before.clone(), true));

    // Without an answer nothing is decided.
    assert_eq!(with_own(&folder, &["rules", "review", "papers"], "").status, Some(1));
    assert_eq!(read(&folder, SNAPSHOT), before);

    // What is put off passes while it lasts, and fails once it is mended.
    let run = with_own(&folder, &["rules", "review", "papers"], "t\n");
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert_eq!(with_own(&folder, &["rules", "test", "papers"], "").status, Some(0));
    let run = folder.byname(&["rules", "test", "papers"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("mended: described model, was own model"), "{}", run.stdout);
    folder.byname_with(&["rules", "review", "papers"], b"a\n");
    assert_eq!(read(&folder, SNAPSHOT), before);

    let run = with_own(&folder, &["rules", "review", "papers"], "a\n");
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert!(read(&folder, SNAPSHOT).contains("kind = \"own\"") && !folder.path(PENDING).exists());
}

#[test]
fn a_snapshot_from_another_version_says_so() {
    let folder = folder();
    let other = read(&folder, SNAPSHOT).replace("format = 1", "format = 7");
    fs::write(folder.path(SNAPSHOT), &other).unwrap();
    let run = folder.byname(&["rules", "test", "papers"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stdout.contains(
            "findings.toml:2:10: this snapshot has format 7; this version of byname reads format 1"
        ),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("help: "), "{}", run.stdout);
    assert_eq!((read(&folder, SNAPSHOT), folder.path(PENDING).exists()), (other, false));
    assert_eq!(folder.byname(&["rules", "review", "papers", "--check"]).status, Some(2));
}

#[test]
fn orphans_and_papers_without_a_snapshot_are_reported() {
    let folder = folder();
    fs::rename(folder.path("papers/a.md"), folder.path("papers/b.md")).unwrap();
    let run = folder.byname(&["rules", "test", "papers"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stdout.contains("a.md.findings.toml: the paper of this snapshot is gone; delete the file"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("b.md: no snapshot yet (3 findings)"), "{}", run.stdout);
    assert_eq!(folder.byname(&["rules", "review", "papers", "--check"]).status, Some(1));
    let run = folder.byname(&["rules", "review", "lost.md", "--check"]);
    assert_eq!(run.status, Some(3), "{run:?}");
}
