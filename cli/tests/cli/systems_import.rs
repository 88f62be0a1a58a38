//! `byname systems import` reports what a table has that the catalogue lacks.

use serde_json::Value;

use crate::support::Folder;

const TABLE: &str = "\
Model,Organization,Publication date,Parameters,Domain,Model accessibility,Base model,Link
Gherkin 9,Gherkin Works,2024-03-01,9000000000,Language,Open weights (unrestricted),,https://arxiv.org/abs/2403.00001
Gherkin 9 Chat,Gherkin Works,2024-03-08,9000000000,Language,API access,Gherkin 9,
lamda,Google,2021-05-18,2.0E12,Language,Unreleased,,
LaMDA,Google,2021-05,137000000000,Pickles,Unreleased,,
Gherkin Large,Gherkin Works,2024-13-01,big,Language,Open weights (unrestricted),,
,Gherkin Works,2024-03-01,1,Language,,,
gherkin-9,Gherkin Works,2024-03-01,9000000000,Language,,,
";

fn import(folder: &Folder, more: &[&str]) -> crate::support::Run {
    let args: Vec<&str> = ["systems", "import", "table.csv"].iter().chain(more).copied().collect();
    folder.byname(&args)
}

#[test]
fn new_changed_and_conflicting_systems_are_told_with_both_values() {
    let run = import(&Folder::new().with("table.csv", TABLE), &[]);
    for line in [
        "new       table.csv:2: Gherkin 9",
        "new       table.csv:3: Gherkin 9 Chat",
        "changed   table.csv:5: lamda: domains also Pickles (epoch)",
        "repeated  table.csv:8: gherkin-9 has a name of the system at table.csv:2",
    ] {
        assert!(run.stdout.lines().any(|shown| shown == line), "{line}\n{}", run.stdout);
    }
    let conflict = run.stdout.lines().find(|line| line.starts_with("conflict")).unwrap();
    assert!(
        conflict.contains("table.csv:4: lamda: parameters is ") && conflict.contains("137B"),
        "{conflict}"
    );
    assert!(conflict.contains("arxiv:2201.08239") && conflict.ends_with("but 2T (epoch)"), "{conflict}");
}

#[test]
fn bad_facts_are_told_with_their_line_and_the_rest_goes_on() {
    let run = import(&Folder::new().with("table.csv", TABLE), &["--format", "epoch"]);
    assert_eq!(run.status, Some(3));
    for line in [
        "error: table.csv:6: `announced`: `2024-13-01` is no date; write YYYY, YYYY-MM or YYYY-MM-DD",
        "error: table.csv:7: this row has no name; it stands under `Model` or `System`",
    ] {
        assert!(run.stderr.lines().any(|shown| shown == line), "{line}\n{}", run.stderr);
    }
    assert!(run.stderr.contains("table.csv:6: `parameters` has no known notation: `big`"), "{}", run.stderr);
    assert!(run.stdout.contains("new       table.csv:6: Gherkin Large"), "{}", run.stdout);
}

#[test]
fn what_is_written_is_a_layer_that_knows_the_new_systems() {
    let folder = Folder::new().with("table.csv", TABLE);
    import(&folder, &["--write", "own"]);
    let check = folder.byname(&["systems", "check", "--catalog", "own"]);
    assert_eq!((check.status, check.stderr.as_str()), (Some(0), ""));
    let run = folder.byname(&["systems", "show", "Gherkin 9 Chat", "--format", "json", "--catalog", "own"]);
    let system: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(system["organisations"], serde_json::json!(["gherkin-works"]));
    assert_eq!(system["base"], serde_json::json!(["gherkin-9"]));
    assert_eq!(system["access"], "api");
    assert_eq!(system["parameters"], serde_json::json!([9e9]));

    // What is there is never written over, and what is known is not written at all.
    let again = import(&folder, &["--write", "own"]);
    assert_eq!(again.status, Some(2));
    assert!(again.stderr.contains("is there already"), "{}", again.stderr);
    let over = import(&folder, &["--catalog", "own", "--show", "json"]);
    let rows: Value = serde_json::from_str(&over.stdout).unwrap();
    let states: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["same", "same", "conflict", "changed", "same", "same"]);
}

#[test]
fn a_table_of_no_known_format_asks_for_one() {
    let folder = Folder::new().with("table.txt", TABLE);
    let run = folder.byname(&["systems", "import", "table.txt"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("give --format; the formats are csv, epoch, helm, json"), "{}", run.stderr);
    let run = folder.byname(&["systems", "import", "table.txt", "--format", "abacus"]);
    assert!(run.stderr.contains("there is no format `abacus`"), "{}", run.stderr);
}
