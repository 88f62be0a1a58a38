//! Comments and baselines suppress findings, and no finding is suppressed silently.

use std::fs;

use crate::support::Folder;

const SENTENCE: &str = "We asked a large proprietary language model to grade all essays.";

fn paper(comment: &str) -> String {
    format!("# A study\n\n{SENTENCE}{comment}\n")
}

#[test]
fn a_comment_silences_its_line_and_is_counted() {
    let folder = Folder::new()
        .with("loud.md", paper(""))
        .with("line.md", paper(" <!-- byname: ignore[described] the sponsor asked -->"))
        .with("other.md", paper(" <!-- byname: ignore[own] -->"));
    assert_eq!(folder.byname(&["scan", "loud.md"]).status, Some(1));
    let run = folder.byname(&["scan", "line.md"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert_eq!(
        run.stdout,
        "1 paper read; no nameless reference found\n1 finding suppressed: 1 by a comment\n"
    );
    let run = folder.byname(&["scan", "other.md"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("line 3: `ignore` suppresses nothing here; remove it"), "{}", run.stdout);
}

#[test]
fn json_lines_keep_what_is_silenced_and_tell_why() {
    let folder = Folder::new().with("a.md", paper(" <!-- byname: ignore the sponsor asked -->"));
    let run = folder.byname(&["scan", "a.md", "--format", "jsonl"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let suppressed = &value["references"][0]["suppressed"];
    assert_eq!(*suppressed, serde_json::json!({"by": "comment", "reason": "the sponsor asked"}));
    assert_eq!(run.stderr, "note: 1 finding suppressed: 1 by a comment\n");
}

#[test]
fn comments_of_an_included_latex_file_count_its_own_lines() {
    let body = format!("First a word.\n\n% byname: ignore-next-line blind review\n{SENTENCE}\n");
    let main = "\\documentclass{article}\n\\begin{document}\n\\input{body}\n\\end{document}\n";
    let folder = Folder::new().with("main.tex", main).with("body.tex", &body);
    let run = folder.byname(&["scan", "main.tex"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert!(run.stdout.ends_with("1 finding suppressed: 1 by a comment\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("suppresses nothing"), "{}", run.stdout);
}

#[test]
fn a_misspelt_comment_is_told() {
    let folder = Folder::new().with("a.md", paper(" <!-- byname: ingore -->"));
    let run = folder.byname(&["scan", "a.md"]);
    assert!(run.stdout.contains("line 3: `ingore` is no directive of byname"), "{}", run.stdout);
}

#[test]
fn a_baseline_survives_edits_elsewhere_and_tells_what_is_new_and_what_is_gone() {
    let folder = Folder::new().with("a.md", paper("")).with("b.md", paper(""));
    let run = folder.byname(&["scan", ".", "--write-baseline", "known.toml"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert_eq!(run.stderr, "note: known.toml holds 2 findings\n");
    let written = fs::read_to_string(folder.path("known.toml")).unwrap();
    assert!(written.contains("document = \"a.md\"") && written.contains(SENTENCE), "{written}");
    let owned =
        written.replace("owner = \"\"", "owner = \"Ada\"").replace("reason = \"\"", "reason = \"later\"");

    // Lines before it move the finding, and other white space is no other sentence.
    let moved = format!("# A study\n\nMuch was said before.\n\n{}\n", SENTENCE.replace(" to ", "\nto "));
    let folder = folder.with("known.toml", &owned).with("a.md", moved);
    let run = folder.byname(&["scan", "a.md", "./b.md", "--baseline", "known.toml"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{}", run.stdout);
    assert!(run.stdout.ends_with("2 findings suppressed: 2 by the baseline\n"), "{}", run.stdout);

    // A second finding of the same words is one more; a finding that went away is stale.
    let folder = folder.with("a.md", paper(&format!("\n\nAgain. {SENTENCE}"))).with("b.md", "# Empty\n");
    let run = folder.byname(&["scan", "a.md", "--baseline", "known.toml"]);
    assert_eq!(run.stderr, "", "b.md was not read, so its entry is not stale");
    let run = folder.byname(&["scan", ".", "--baseline", "known.toml"]);
    assert!(run.stderr.contains("the baseline is stale: b.md no longer has `"), "{}", run.stderr);
    assert!(run.stderr.contains("drop stale entries with --update-baseline"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(folder.path("known.toml")).unwrap(), owned);

    let run = folder.byname(&["scan", ".", "--baseline", "known.toml", "--update-baseline"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    let updated = fs::read_to_string(folder.path("known.toml")).unwrap();
    assert!(updated.contains("owner = \"Ada\"") && updated.contains("reason = \"later\""), "{updated}");
    assert!(!updated.contains("b.md"), "{updated}");
}

#[test]
fn a_new_finding_is_reported_beside_known_ones() {
    let folder = Folder::new().with("a.md", paper(""));
    folder.byname(&["scan", "a.md", "--write-baseline", "known.toml"]);
    let folder = folder.with("a.md", paper("\n\nA commercial 70B chat model then answered them."));
    let run = folder.byname(&["scan", "a.md", "--baseline", "known.toml"]);
    assert_eq!(run.status, Some(1), "{}", run.stdout);
    assert!(run.stdout.ends_with("1 finding suppressed: 1 by the baseline\n"), "{}", run.stdout);
}

#[test]
fn an_update_drops_nothing_that_the_run_does_not_show() {
    let folder = Folder::new().with("a.md", paper("\n\nA commercial 70B chat model then answered them."));
    folder.byname(&["scan", "a.md", "--write-baseline", "known.toml"]);
    let written = fs::read_to_string(folder.path("known.toml")).unwrap();
    let run = folder.byname(&[
        "scan",
        "a.md",
        "--baseline",
        "known.toml",
        "--update-baseline",
        "--min-confidence",
        "1",
    ]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), "note: known.toml holds 2 findings\n"));
    assert_eq!(fs::read_to_string(folder.path("known.toml")).unwrap(), written);
}

#[test]
fn kept_results_do_not_hide_what_a_baseline_holds() {
    let folder = Folder::new().with("a.md", paper(""));
    folder.byname(&["scan", "a.md", "--write-baseline", "known.toml"]);
    assert_eq!(folder.byname(&["scan", "a.md", "--cache", "kept"]).status, Some(1));
    let run = folder.byname(&["scan", "a.md", "--cache", "kept", "--baseline", "known.toml"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
}

#[test]
fn a_bad_baseline_is_told_with_its_line() {
    let folder = Folder::new().with("a.md", paper("")).with("known.toml", "[[finding]]\ndocument = 3\n");
    let run = folder.byname(&["scan", "a.md", "--baseline", "known.toml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.starts_with("error: known.toml:2: "), "{}", run.stderr);
    let run = folder.byname(&["scan", "a.md", "--baseline", "none.toml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("help: write a baseline with --write-baseline"), "{}", run.stderr);
}
