//! Runs over the files that a branch has changed.

use std::fs;
use std::process::Command;

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";

fn git(folder: &Folder, args: &[&str]) {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder.root()).args(settings).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn repository() -> Folder {
    let folder = Folder::new()
        .with("a.md", PAPER)
        .with("b.md", PAPER)
        .with("d/gone.md", PAPER)
        .with("d/main.tex", "\\documentclass{article}\\begin{document}\\input{part}\\end{document}")
        .with("d/part.tex", PAPER)
        .with("e/main.tex", "\\documentclass{article}\\begin{document}x\\end{document}");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "one"]);
    folder
}

#[test]
fn only_papers_that_were_changed_are_read() {
    let folder = repository();
    let fates = |args: &[&str]| folder.byname(&scan(args)).fates();
    assert!(fates(&["--changed-since", "main"]).is_empty());
    git(&folder, &["switch", "-qc", "branch"]);
    fs::write(folder.path("b.md"), format!("{PAPER}\n{PAPER}")).unwrap();
    fs::write(folder.path("d/part.tex"), "Other words.").unwrap();
    fs::remove_file(folder.path("d/gone.md")).unwrap();
    git(&folder, &["commit", "-qam", "two"]);
    fs::write(folder.path("new \u{fc}.md"), PAPER).unwrap();
    assert_eq!(fates(&["--changed-since", "main"]), ["b.md", "d/main.tex", "new \u{fc}.md"]);
    assert_eq!(fates(&["--changed-since", "HEAD"]), ["new \u{fc}.md"]);
    assert_eq!(fates(&["d", "--changed-since", "main"]), ["d/main.tex"]);
    // What the other branch did since then is none of this one's.
    git(&folder, &["stash", "-qu"]);
    git(&folder, &["switch", "-q", "main"]);
    fs::write(folder.path("a.md"), "Other words.").unwrap();
    git(&folder, &["commit", "-qam", "three"]);
    git(&folder, &["switch", "-q", "branch"]);
    assert_eq!(fates(&["--changed-since", "main"]), ["b.md", "d/main.tex"]);
}

#[test]
fn what_git_cannot_tell_ends_the_run_with_its_words() {
    let folder = repository();
    for (revision, message) in [("no-such", "no-such"), ("--output=x", "is not a revision")] {
        let run = folder.byname(&scan(&["a.md", &format!("--changed-since={revision}")]));
        assert_eq!(run.status, Some(2));
        assert!(run.stderr.contains(message) && run.stdout.is_empty(), "{}", run.stderr);
    }
    let plain = Folder::new().with("a.md", PAPER);
    let run = plain.byname(&scan(&["a.md", "--changed-since", "main"]));
    assert!(run.status == Some(2) && run.stderr.contains("git says"), "{}", run.stderr);
}
