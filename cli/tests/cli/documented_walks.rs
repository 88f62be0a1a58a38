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

#[test]
fn the_walk_to_a_rule_in_ten_minutes_goes_as_it_says() {
    let text = section("docs/rules.md", "A rule in ten minutes");
    let quoted = text.lines().filter_map(|line| line.strip_prefix("> ")).collect::<Vec<_>>().join("\n");
    let folder = Folder::new().with("paper.md", format!("# Letters\n\n{quoted}\n"));
    let blocks_of = |language: &str| blocks(&text, language);
    let run = |command: &str| {
        let command = command.replace("\\\n", " ");
        let arguments = arguments(&command.replace('\n', " "));
        folder.byname(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let steps: Vec<String> = blocks_of("console")
        .iter()
        .flat_map(|block| block.split("$ byname ").skip(1).map(str::to_string).collect::<Vec<_>>())
        .collect();
    let step = |beginning: &str| {
        let step = steps.iter().find(|step| step.starts_with(beginning)).unwrap();
        let mut end = 0;
        for line in step.split_inclusive('\n') {
            end += line.len();
            if !line.ends_with("\\\n") {
                break;
            }
        }
        (step[..end].trim().to_string(), step[end..].split("$ ").next().unwrap().to_string())
    };

    let missed = folder.byname(&["scan", "paper.md"]);
    assert!(!missed.stdout.contains("`language models`"), "{}", missed.stdout);
    let (command, printed) = step("rules new");
    assert_eq!(run(&command).stdout.replace('\\', "/"), printed);
    let rule = blocks_of("toml")
        .into_iter()
        .find(|block| block.starts_with("# rules/described/on-loan.toml"))
        .unwrap();
    fs::write(folder.path("own/rules/described/on-loan.toml"), rule).unwrap();
    let (command, printed) = step("rules test described/on-loan");
    assert_eq!(run(&command).stdout, printed);
    assert_eq!(run(&step("rules check").0).status, Some(0));
    fs::create_dir(folder.path("own/tests")).unwrap();
    fs::copy(folder.path("paper.md"), folder.path("own/tests/letters.md")).unwrap();
    let (command, printed) = step("rules review");
    assert_eq!(run(&command).stdout.replace('\\', "/"), printed);
    assert!(run("rules test --catalog own").stdout.ends_with(" passed, 0 failed\n"));
    let found = folder.byname(&["scan", "paper.md", "--catalog", "own"]);
    assert!(found.stdout.starts_with("warning: `language models` are never named"), "{}", found.stdout);

    // What a lighter rule lacks is told.
    let light = fs::read_to_string(folder.path("own/rules/described/on-loan.toml")).unwrap();
    fs::write(folder.path("own/rules/described/on-loan.toml"), light.replace("weight = 7.0", "weight = 3.0"))
        .unwrap();
    let told = folder.byname(&["explain", "paper.md:3", "--catalog", "own"]).stdout;
    let line = text.split('`').find(|quoted| quoted.starts_with("described +3.0")).unwrap();
    assert!(told.contains(line), "{told}");
}
