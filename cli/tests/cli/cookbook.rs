//! The rules and the package in the documentation work as described.

use std::fs;

use crate::support::Folder;

/// Returns the TOML blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("{}/{page}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap();
    // Blocks may stand inside a list.
    let lines = text.lines().map(|line| line.strip_prefix("   ").unwrap_or(line));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let after = text.split("```toml\n").skip(1);
    after.filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_string())).collect()
}

/// Returns the blocks that begin with the path of a file under `rules/`, each with the id of the rule.
fn rules(page: &str) -> Vec<(String, String)> {
    let id = |block: &String| {
        let path = block.lines().next()?.strip_prefix("# rules/")?;
        Some(path.strip_suffix(".toml")?.to_string())
    };
    blocks(page).into_iter().filter_map(|block| Some((id(&block)?, block))).collect()
}

#[test]
fn the_twelve_rules_of_the_cookbook_pass_their_examples_and_have_no_fault() {
    let rules = rules("docs/rules.md");
    assert_eq!(rules.iter().filter(|(id, _)| id.starts_with("described/")).count(), rules.len());
    assert!(rules.len() >= 12, "{}", rules.len());
    let mut folder = Folder::new();
    for (id, text) in &rules {
        folder = folder.with(&format!("own/rules/{id}.toml"), text);
    }
    let ids: Vec<&str> = rules.iter().map(|(id, _)| id.as_str()).collect();
    let run = folder.byname(&[&["rules", "test", "--catalog", "own"], ids.as_slice()].concat());
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
    let run = folder.byname(&["rules", "check", "own", "--fail-on", "warning"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
}

#[test]
fn the_rule_with_a_regular_expression_passes_its_examples() {
    let rules = rules("patterns/README.md");
    assert!(!rules.is_empty());
    for (id, text) in rules {
        let folder = Folder::new().with(&format!("own/rules/{id}.toml"), &text);
        let run = folder.byname(&["rules", "test", "--catalog", "own", &id]);
        assert_eq!(run.stdout, "2 passed, 0 failed\n", "{id}: {}", run.stderr);
        let run = folder.byname(&["rules", "check", "own", "--fail-on", "warning"]);
        assert_eq!(run.status, Some(0), "{}", run.stdout);
    }
}

#[test]
fn the_package_of_the_page_on_patterns_loads() {
    let blocks = blocks("patterns/README.md");
    let package = blocks.iter().find(|block| block.starts_with("name = ")).unwrap();
    let folder = Folder::new().with("own/byname-package.toml", package);
    let run = folder.byname(&["rules", "check", "own"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
}
