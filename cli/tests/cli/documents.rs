//! Documents name everything that they promise to explain.

use std::fs;
use std::path::PathBuf;

use byname::catalogue::{BUILT_IN_CLASSES, Condition, Finds, Kind, SYSTEM_KEYS};
use byname::detect::Trait;
use byname::document::SectionKind;
use byname_cli::schema::FileKind;

use crate::support::Folder;

/// The page that explains all files of a catalogue.
const PATTERNS: &str = "patterns/README.md";

fn path(of: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(of)
}

fn page(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// Returns the part of a page under a heading of the second level.
fn section(of: &str, heading: &str) -> String {
    let text = page(of);
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split_once("\n## ").map_or(rest, |(section, _)| section).to_string()
}

/// Asserts that a text has each name as `written` gives it.
fn assert_named<'n>(text: &str, names: impl IntoIterator<Item = &'n str>, written: impl Fn(&str) -> String) {
    let missing: Vec<&str> = names.into_iter().filter(|name| !text.contains(&written(name))).collect();
    assert!(missing.is_empty(), "not mentioned: {missing:?} in\n{text}");
}

fn in_code(name: &str) -> String {
    format!("`{name}`")
}

#[test]
fn every_file_of_a_catalogue_has_its_row_and_its_schema_in_editors() {
    let (table, taplo) = (page(PATTERNS), page(".taplo.toml"));
    for kind in FileKind::ALL.iter().filter(|kind| **kind != FileKind::Results) {
        assert!(taplo.contains(&format!("\"schemas/{}\"", kind.file_name())), ".taplo.toml lacks {kind}");
        // `byname.toml` is no file of a catalogue.
        let start = kind.place().split('*').next().unwrap();
        assert!(
            *kind == FileKind::Config || table.contains(&format!("\n| `{start}")),
            "{PATTERNS} lacks {start}"
        );
    }
}

#[test]
fn every_key_of_a_catalogue_file_is_explained() {
    let systems = section(PATTERNS, "Systems");
    assert_named(&systems, SYSTEM_KEYS.iter().map(|key| key.name), in_code);
    let evidence: toml::Table = page("patterns/evidence.toml").parse().unwrap();
    assert_named(&section(PATTERNS, "Evidence"), evidence.keys().map(String::as_str), in_code);
    let rule = FileKind::Rule.schema();
    let of_rules = rule["properties"].as_object().unwrap().keys().filter(|key| *key != "example");
    assert_named(&section(PATTERNS, "Rule files"), of_rules.map(String::as_str), in_code);
    let profile = FileKind::Profile.schema();
    let of_profiles = profile["properties"]["rule"]["items"]["properties"].as_object().unwrap().keys();
    let text = section(PATTERNS, "Profiles");
    let elsewhere = of_profiles.filter(|key| !text.contains(&format!("\n{key} = ")));
    assert_named(&text, elsewhere.map(String::as_str), in_code);
}

#[test]
fn every_word_that_a_rule_or_a_profile_may_use_is_explained() {
    let rules = section(PATTERNS, "Rule files");
    assert_named(&section(PATTERNS, "How a kind is decided"), Kind::NAMES.iter().copied(), in_code);
    assert_named(&rules, Condition::NAMES.iter().copied(), in_code);
    assert_named(&rules, SectionKind::NAMES.iter().copied(), in_code);
    assert_named(&section(PATTERNS, "Lexicon files"), Trait::NAMES.iter().copied(), in_code);
    let class = |class: &str| format!("`{{{class}}}`");
    assert_named(&section(PATTERNS, "Patterns"), BUILT_IN_CLASSES.iter().map(|(name, _)| *name), class);
    assert_named(&section(PATTERNS, "Profiles"), Finds::NAMES.iter().copied(), in_code);
}

#[test]
fn every_kind_of_a_mention_and_every_format_of_a_scan_is_in_the_page_on_output() {
    let kinds = Kind::NAMES.iter().copied().filter(|name| *name != Kind::NoMention.name());
    assert_named(&section("docs/output.md", "Results"), kinds, in_code);
    let refused = Folder::new().byname(&["scan", "--format", "stone", "x"]).stderr;
    let (_, list) = refused.split_once("[possible values: ").unwrap();
    let formats: Vec<&str> = list.split_once(']').unwrap().0.split(", ").collect();
    assert!(formats.len() >= 10, "{formats:?}");
    assert_named(&section("docs/output.md", "Other formats"), formats, in_code);
}

#[test]
fn every_folder_of_source_has_its_part_in_the_page_on_architecture() {
    let mut folders = Vec::new();
    for root in ["src", "lab/src", "cli/src"] {
        for entry in fs::read_dir(path(root)).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(format!("{root}/{}", entry.file_name().into_string().unwrap()));
            }
        }
    }
    assert!(folders.len() > 20, "{folders:?}");
    let heading = |folder: &str| format!("\n### [{folder}/]({folder})\n");
    assert_named(&page("ARCHITECTURE.md"), folders.iter().map(String::as_str), heading);
}

#[test]
fn the_profile_of_the_page_on_patterns_works() {
    let section = section(PATTERNS, "Profiles");
    let profile = section.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    let folder = Folder::new()
        .with("own/profiles/house-style.toml", profile)
        .with("paper.txt", "We graded the essays with an in-house language model of 137B parameters.\n");
    let chosen = ["--catalog", "own", "--profile", "house-style", "--format", "concise"];
    let run = folder.byname(&[&["scan", "paper.txt"], &chosen[..]].concat());
    assert!(run.stdout.contains("house-style/nameless"), "{}{}", run.stdout, run.stderr);
}
