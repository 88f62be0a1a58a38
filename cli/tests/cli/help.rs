//! Snapshots of the help texts.

use crate::support::Folder;

#[test]
fn help_texts_are_as_agreed() {
    let folder = Folder::new();
    for command in [
        "",
        "scan",
        "resolve",
        "explain",
        "text",
        "evaluate",
        "rules",
        "rules list",
        "rules show",
        "rules check",
        "rules test",
        "rules new",
        "rules review",
        "rules impact",
        "rules coverage",
        "rules measure",
        "rules ablate",
        "rules tune",
        "systems tune",
        "systems",
        "systems list",
        "systems show",
        "systems check",
        "systems import",
        "systems count",
        "systems cases",
        "report",
        "lsp",
        "verify",
        "config",
        "merge",
        "init",
        "completions",
        "man",
        "schema",
    ] {
        let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let run = folder.byname(&args);
        assert_eq!(run.stderr, "");
        insta::assert_snapshot!(format!("help {command}").trim().replace(' ', "_"), run.stdout);
    }
}
