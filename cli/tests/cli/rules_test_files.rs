//! `byname rules test` runs the test files of a catalogue and reports each failure with file and line.

use crate::support::Folder;

const TESTS: &str = r#"[[test]]
text = "The essays were graded by [a proprietary language model]."
state = "must-find"

[[test]]
text = "The essays were graded by teachers."
state = "must-not-find"

[[test]]
text = "[Letters] were graded."
state = "todo-find"
why = "Nobody has written the rule yet."
"#;

const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} gherkin {model}'\nweight=3.0\n[[example]]\ntext='We ran [a gherkin model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";

#[test]
fn tests_that_hold_pass_and_what_is_to_do_is_counted_apart() {
    let run = Folder::new().with("t.toml", TESTS).byname(&["rules", "test", "t.toml"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run.stdout, "2 passed, 0 failed, 1 to do\n");
}

/// Runs the tests of the catalogue in `cargo test` too, so that a change that breaks them shows up before CI.
#[test]
fn the_built_in_catalogue_passes_its_own_tests_and_snapshots() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../patterns/tests");
    let run = Folder::new().byname(&["rules", "test", own]);
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_failure_tells_file_line_and_what_was_found() {
    let tests = TESTS.replace("must-find", "must-not-find").replace("Letters", "A gherkin model");
    let folder =
        Folder::new().with("own/tests/deep/t.toml", tests).with("own/rules/described/gherkin.toml", RULE);
    // Without paths, the tests of the catalogues that are laid over the built-in one are run.
    let run = folder.byname(&["rules", "test", "--catalog", "own"]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    let place = format!("own{0}tests{0}deep{0}t.toml", std::path::MAIN_SEPARATOR);
    for line in [
        format!("{place}:2: \"a proprietary language model\" is found as described"),
        format!("{place}:10: this is done: make its state \"must-find\""),
        "    The essays were graded by [a proprietary language model].".to_string(),
    ] {
        assert!(run.stdout.lines().any(|shown| shown == line), "{line}\n{}", run.stdout);
    }
    assert!(run.stdout.ends_with(" failed\n"), "{}", run.stdout);
}

#[test]
fn a_broken_test_file_is_an_error_with_its_place() {
    let folder = Folder::new().with("t.toml", TESTS.replace("[Letters]", "[Letters"));
    let run = folder.byname(&["rules", "test", "t.toml"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.starts_with("error: t.toml:10:8: a bracket is never closed"), "{}", run.stderr);
    let run = folder.byname(&["rules", "test", "described/in-hose", "t.toml"]);
    assert!(run.stderr.contains("there is no rule `described/in-hose`"), "{}", run.stderr);
}

#[test]
fn tests_in_a_catalogue_are_no_part_of_what_it_knows() {
    let folder = Folder::new().with("own/tests/t.toml", TESTS).with("own/rules/described/gherkin.toml", RULE);
    let run = folder.byname(&["rules", "check", "--catalog", "own"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}
