//! Tests that the examples of the README work.
#![allow(clippy::unwrap_used)] // a test that cannot go on may say so

use std::fs;

use assert_cmd::Command;

fn byname() -> Command {
    let mut command = Command::cargo_bin("byname").unwrap();
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    command
}

/// Returns the fenced blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let opening = format!("```{language}\n");
    let after = readme.split(&opening).skip(1);
    after.filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_string())).collect()
}

#[test]
fn the_rule_and_the_system_of_the_readme_can_be_added_as_it_says() {
    let toml = blocks("toml");
    let catalogue = tempfile::tempdir().unwrap();
    let rules = catalogue.path().join("rules/described");
    let systems = catalogue.path().join("systems");
    fs::create_dir_all(&rules).unwrap();
    fs::create_dir_all(&systems).unwrap();
    fs::write(rules.join("under-embargo.toml"), &toml[0]).unwrap();
    fs::write(systems.join("mine.toml"), &toml[1]).unwrap();

    let mut rule_test = byname();
    rule_test.args(["rules", "test", "described/under-embargo", "--catalog"]).arg(catalogue.path());
    rule_test.assert().success().stdout("2 passed, 0 failed\n");
    byname().args(["systems", "check", "--catalog"]).arg(catalogue.path()).assert().success();
    let mut resolve = byname();
    resolve.args(["resolve", "a 90B assistant for cartographers", "--format", "jsonl", "--catalog"]);
    let output = resolve.arg(catalogue.path()).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["candidates"][0]["name"], "ExampleLM");
}

#[test]
fn the_transcript_of_the_readme_is_what_the_program_prints() {
    let transcript = &blocks("console")[2];
    let (command, printed) = transcript.split_once('\n').unwrap();
    let arguments: Vec<&str> = command.trim_start_matches("$ byname ").split(' ').collect();
    let output = byname().args(arguments).args(["--color", "never"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), printed);
}
