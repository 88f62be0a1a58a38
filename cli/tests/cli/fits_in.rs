//! Integration with other tools: completions, manual pages, hooks, an action.

use std::fs;
use std::path::Path;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::support::Folder;

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";

fn of_the_project(name: &str) -> String {
    fs::read_to_string(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(name)).unwrap()
}

fn yaml(text: &str) -> Yaml<'_> {
    Yaml::load_from_str(text).unwrap().remove(0)
}

#[test]
fn every_shell_gets_completions_for_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = folder.byname(&["completions", shell]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
        for word in ["scan", "verify", "merge", "--resume", "--shard", "described"] {
            let bare = word.trim_start_matches('-');
            assert!(run.stdout.contains(bare), "{shell} has no {word}");
        }
    }
    assert_eq!(folder.byname(&["completions", "tcsh"]).status, Some(2));
}

#[test]
fn the_version_tells_the_day_of_the_catalogue() {
    let package: toml::Table = of_the_project("patterns/byname-package.toml").parse().unwrap();
    let date = package["date"].as_str().unwrap();
    let version = format!("byname {} (catalogue of {date})\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(Folder::new().byname(&["--version"]).stdout, version);
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let folder = Folder::new();
    let page = folder.byname(&["man"]);
    assert!(page.stdout.contains(".TH byname 1") && page.stdout.contains("Exit status"), "{}", page.stdout);
    assert_eq!(folder.byname(&["man", "--dir", "man1"]).status, Some(0));
    for name in ["byname.1", "byname-scan.1", "byname-verify.1", "byname-rules-test.1"] {
        assert!(folder.path("man1").join(name).is_file(), "{name}");
    }
}

#[test]
fn the_hooks_run_as_they_are_written() {
    let text = of_the_project(".pre-commit-hooks.yaml");
    let hooks = yaml(&text);
    assert!(hooks.as_sequence_get(0).is_some());
    for hook in (0..).map_while(|place| hooks.as_sequence_get(place)) {
        let of = |key: &str| hook.as_mapping_get(key).and_then(Yaml::as_str).unwrap().to_string();
        let entry = of("entry");
        let mut words = entry.split_whitespace();
        assert_eq!((words.next(), of("language").as_str()), (Some("cli/pre-commit.sh"), "script"));
        let folder = Folder::new().with("found.md", PAPER).with("clean.md", "Nothing is here.\n");
        let args: Vec<&str> = words.collect();
        assert_eq!(folder.byname(&[&args[..], &["clean.md"]].concat()).status, Some(0));
        let run = folder.byname(&[&args[..], &["found.md", "clean.md"]].concat());
        assert_eq!(
            (run.status, run.stdout.contains("large language model")),
            (Some(1), true),
            "{}",
            run.stderr
        );
    }
}

#[cfg(unix)]
#[test]
fn the_hook_hands_its_files_to_the_program_of_its_checkout() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new().with("bin/cargo", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    fs::set_permissions(folder.path("bin/cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let output = std::process::Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/pre-commit.sh"))
        .args(["scan", "a paper.md"])
        .current_dir(folder.root())
        .env("PATH", format!("{}:{}", folder.path("bin").display(), std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let arguments: Vec<&str> = stdout.lines().collect();
    assert_eq!(arguments[arguments.len() - 3..], ["--", "scan", "a paper.md"]);
    let manifest = arguments.iter().position(|word| *word == "--manifest-path").unwrap() + 1;
    assert!(fs::read_to_string(arguments[manifest]).unwrap().contains("[workspace]"));
}

#[cfg(unix)]
#[test]
fn the_action_runs_as_it_is_written() {
    let text = of_the_project("action.yml");
    let action = yaml(&text);
    let steps = action.as_mapping_get("runs").and_then(|runs| runs.as_mapping_get("steps")).unwrap();
    let script = (0..)
        .map_while(|place| steps.as_sequence_get(place))
        .filter_map(|step| step.as_mapping_get("run").and_then(Yaml::as_str))
        .find(|run| run.contains("byname scan"))
        .unwrap();
    let folder = Folder::new().with("drafts/a.md", PAPER);
    let bin = Path::new(crate::support::program()).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run = |paths: &str, args: &str| {
        std::process::Command::new("bash")
            .args(["-c", script])
            .current_dir(folder.root())
            .env("PATH", &path)
            .env("BYNAME_PATHS", paths)
            .env("BYNAME_ARGS", args)
            .env("BYNAME_FORMAT", "github")
            .output()
            .unwrap()
    };
    let found = run("drafts", "");
    assert_eq!(found.status.code(), Some(1), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(found.stdout.starts_with(b"::warning file=drafts/a.md,"));
    assert!(run("drafts", "--format json").stdout.starts_with(b"{"), "the options say so");
    assert_eq!(run("drafts", "--fail-on never").status.code(), Some(0));
    // What stands in the inputs is never run as a command.
    assert_eq!(run("$(touch hacked) drafts", "").status.code(), Some(3));
    assert_eq!(run("drafts; touch hacked", "").status.code(), Some(3));
    assert!(!folder.path("hacked").exists());
}
