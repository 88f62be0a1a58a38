//! Tests of coverage on a small layer over the built-in catalogue.

use byname::catalogue::CatalogueFile;

use super::*;
use crate::evaluate::read_tests;

fn rule(kind: &str, name: &str, patterns: &str, found: &str, missed: &str) -> CatalogueFile {
    let text = format!(
        "summary='s'\nwhy='w'\n{patterns}\n[[example]]\ntext='{found}'\n[[example]]\ntext='{missed}'\nexpect='none'\n"
    );
    CatalogueFile::new(format!("rules/{kind}/{name}.toml"), text)
}

/// Returns the coverage of `files` laid over the built-in catalogue.
fn covered(files: Vec<CatalogueFile>, tests: &[TextTest]) -> Coverage {
    coverage(&[Layer::built_in(), Layer { name: "own".into(), files }], tests).unwrap()
}

#[test]
fn an_alternative_that_no_example_needs_is_found() {
    let patterns = "phrase='{one} (gherkin | pickle) {model}'\nunless-after='(if | unless)'\nweight=9.0";
    let missed = "We ran a gherkin model if it rained.";
    let found = covered(vec![rule("own", "x", patterns, "We ran [a gherkin model] here.", missed)], &[]);
    let own: Vec<(&str, &str)> = found
        .alternatives
        .iter()
        .filter(|idle| idle.rule == "own/x")
        .map(|idle| (idle.key, idle.alternative.as_str()))
        .collect();
    assert_eq!(own, [("phrase", "pickle"), ("unless-after", "unless")]);
    assert!(found.alternatives_in_all > found.alternatives.len());
}

#[test]
fn words_that_stand_in_no_text_are_found() {
    let words = CatalogueFile::new(
        "lexicon/own.toml",
        "[pickled]\nabout='x'\nwords=['gherkin', 'pickle-jar', 'onion']\n",
    );
    let tests = "[[test]]\ntext='A pickle jar model.'\nstate='must-not-find'\n";
    let tests = read_tests(&CatalogueFile::new("t.toml", tests)).unwrap();
    let patterns = "phrase='{one} {pickled} {model}'\nweight=9.0";
    let own = rule("own", "x", patterns, "We ran [a gherkin model].", "We ran gherkin models.");
    let found = covered(vec![words, own], &tests);
    let pickled = found.classes.iter().find(|class| class.class == "pickled").unwrap();
    assert_eq!((pickled.of, pickled.words.as_slice()), (3, &["onion".to_string()][..]));
}

#[test]
fn a_rule_whose_removal_nothing_notices_is_found() {
    let strong = rule(
        "own",
        "strong",
        "phrase='{one} gherkin {model}'\nweight=9.0",
        "We ran [a gherkin model].",
        "We ran a model.",
    );
    let weak = rule(
        "own",
        "weak",
        "phrase='{one} gherkin _* {model}'\nweight=1.0",
        "We ran [a gherkin model].",
        "We ran a model.",
    );
    let unnoticed =
        |files: &[&CatalogueFile]| covered(files.iter().map(|file| (*file).clone()).collect(), &[]).unnoticed;
    assert!(!unnoticed(&[&strong]).contains(&"own/strong".to_string()));
    let both = unnoticed(&[&strong, &weak]);
    assert!(both.contains(&"own/weak".to_string()) && !both.contains(&"own/strong".to_string()), "{both:?}");
}

#[test]
fn rules_that_stand_in_for_each_other_or_speak_against_each_other_are_found() {
    let of = |kind: &str, name: &str, phrase: &str, weight: f64| {
        let patterns = format!("phrase='{phrase}'\nweight={weight:.1}");
        rule(kind, name, &patterns, "We ran [a gherkin model].", "We ran a model.")
    };
    let found = covered(
        vec![
            of("own", "one", "{one} gherkin {model}", 9.0),
            of("own", "two", "{one} gherkin _* {model}", 2.0),
            of("generic", "three", "{one} gherkin {model}", 12.0),
        ],
        &[],
    );
    assert!(found.shadowed.contains(&Shadow { rule: "own/one".into(), by: "own/two".into(), mutual: true }));
    let against =
        found.contradictions.iter().find(|pair| pair.rule == "own/one" && pair.against == "generic/three");
    assert_eq!(against.map(|pair| (pair.examples, pair.outweighed)), Some((1, true)));
    assert!(!found.shadowed.iter().any(|shadow| shadow.by == "generic/three"));
}
