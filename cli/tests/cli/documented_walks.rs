//! Walk-throughs in the documentation, run as they are written there.

use std::fs;

use crate::support::Folder;

/// Returns the part of a page under a heading of the second level.
fn section(page: &str, heading: &str) -> String {
    let text = fs::read_to_string(format!("{}/{page}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap();
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split_once("\n## ").map_or(rest, |(section, _)| section).to_string()
}

/// Returns the fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let after = text.split(&opening).skip(1);
    after.filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_string())).collect()
}

/// Splits a command into arguments as a shell does; quotation marks hold an argument together.
fn arguments(command: &str) -> Vec<String> {
    let (mut arguments, mut quote) = (vec![String::new()], None);
    for character in command.chars() {
        match quote {
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if character == ' ' => arguments.push(String::new()),
            _ => arguments.last_mut().unwrap().push(character),
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// Removes percentages from a text, since they change with every system that is added to the catalogue.
fn without_shares(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_inclusive(' ') {
        match word.trim_start_matches('(').trim_end().parse::<u32>() {
            Ok(_) if word.starts_with('(') => plain.push_str("(N "),
            _ => plain.push_str(word),
        }
    }
    plain
}

#[test]
fn the_walk_to_a_rule_with_a_regular_expression_goes_as_it_says() {
    let text = section("docs/rules.md", "A regular expression, where words do not do");
    let folder = Folder::new().with("paper.md", &blocks(&text, "markdown")[0]);
    let mut commands = 0;
    for block in blocks(&text, "console") {
        for step in block.split("$ byname ").skip(1) {
            let (command, printed) = step.split_once('\n').unwrap();
            let arguments = arguments(command);
            let run = folder.byname(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            let stdout = run.stdout.replace('\\', "/");
            assert_eq!(without_shares(&stdout), without_shares(printed), "{command}\n{}", run.stderr);
            commands += 1;
        }
    }
    assert!(commands >= 4, "{commands}");
    let drafted = fs::read_to_string(folder.path("own/rules/described/beast.toml")).unwrap();
    let expression = text.split('`').find(|quoted| quoted.starts_with("(?<mention>")).unwrap();
    assert!(drafted.contains(expression), "{drafted}");
}
