//! `byname.toml` is found, layered, shown, and followed.

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";

#[test]
fn the_file_above_each_path_is_obeyed_and_options_win_over_it() {
    let folder = Folder::new()
        .with("a/byname.toml", "fail-on = \"never\"\ndate = \"2021-08\"\n")
        .with("a/b/paper.md", PAPER)
        .with("paper.md", PAPER);
    let date = |args: &[&str]| {
        let run = folder.byname(&scan(args));
        (run.status, run.documents()[0]["date"].as_str().map(str::to_string))
    };
    assert_eq!(date(&["a/b/paper.md"]), (Some(0), Some("2021-08".into())));
    assert_eq!(date(&["paper.md"]), (Some(1), None));
    assert_eq!(date(&["a/b/paper.md", "--date", "2020"]), (Some(0), Some("2020".into())));
    assert_eq!(date(&["a/b/paper.md", "--fail-on", "warning"]), (Some(1), Some("2021-08".into())));
    assert_eq!(date(&["a/b/paper.md", "--no-config"]), (Some(1), None));
    assert_eq!(date(&["paper.md", "--config", "a/byname.toml"]), (Some(0), Some("2021-08".into())));
}

#[test]
fn what_is_known_differs_by_path_within_one_run() {
    let folder = Folder::new()
        .with(
            "byname.toml",
            "date = \"2020\"\nexclude = [\"old/\"]\ninclude = [\"*.rst\"]\n\
             [[override]]\npaths = [\"new/**\"]\ndate = \"2024\"\norganisation = [\"Google\"]\n",
        )
        .with("a.md", PAPER)
        .with("b.rst", PAPER)
        .with(".c.md", PAPER)
        .with("new/d.md", PAPER)
        .with("old/e.md", PAPER);
    let run = folder.byname(&scan(&[]));
    let papers: Vec<String> = run
        .documents()
        .iter()
        .map(|found| format!("{} {} {}", found["document"], found["date"], found["organisations"]))
        .collect();
    assert_eq!(papers, [r#""a.md" "2020" []"#, r#""b.rst" "2020" []"#, r#""new/d.md" "2024" ["Google"]"#]);
    assert_eq!(run.stderr, "note: scanning . (3 files)\nnote: passed over: 1 hidden, 1 excluded\n");
    let run = folder.byname(&scan(&["--date", "2019"]));
    assert!(run.documents().iter().all(|found| found["date"] == "2019"));
}

#[test]
fn paths_may_not_differ_in_what_holds_for_a_whole_run() {
    let folder = Folder::new()
        .with("a/byname.toml", "mentions = \"all\"\n")
        .with("a/paper.md", PAPER)
        .with("b/paper.md", PAPER);
    let run = folder.byname(&scan(&["a", "b"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("`mentions` must be the same for all paths"), "{}", run.stderr);
    assert!(run.stderr.contains("a/byname.toml:1, default"), "{}", run.stderr);
}

#[test]
fn a_fault_in_the_file_ends_the_run_and_tells_its_place() {
    let folder = Folder::new().with("byname.toml", "\nfailon = \"note\"\n").with("a.md", PAPER);
    let run = folder.byname(&scan(&["a.md"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("byname.toml:2:1") && run.stderr.contains("`failon`"), "{}", run.stderr);
    let run = folder.byname(&scan(&["a.md", "--config", "no.toml"]));
    assert_eq!((run.status, run.stderr.contains("no.toml cannot be read")), (Some(2), true));
}

#[test]
fn config_tells_each_value_and_where_it_comes_from() {
    let folder = Folder::new()
        .with("byname.toml", "id-field = \"doi\"\n[[override]]\npaths = [\"x/\"]\ndate = \"2020\"\n")
        .with("a/byname.toml", "extend = \"../byname.toml\"\n\nfail-on = \"note\"\n");
    insta::assert_snapshot!(folder.byname(&["config", "a"]).stdout);
    let json = folder.byname(&["config", "a", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["files"], serde_json::json!(["byname.toml", "a/byname.toml"]));
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_never_overwrites_one() {
    let folder = Folder::new().with("paper.md", PAPER);
    let before = folder.byname(&scan(&["paper.md"]));
    assert_eq!(folder.byname(&["init"]).status, Some(0));
    let after = folder.byname(&scan(&["paper.md"]));
    assert_eq!((before.status, before.stdout), (after.status, after.stdout));
    std::fs::write(folder.path("byname.toml"), "jobs = 1\n").unwrap();
    let again = folder.byname(&["init"]);
    assert_eq!(again.status, Some(2));
    assert!(again.stderr.contains("is there already"));
    assert_eq!(std::fs::read_to_string(folder.path("byname.toml")).unwrap(), "jobs = 1\n");
}
