//! `byname systems` shows what is known of the named systems.

use serde_json::Value;

use crate::support::Folder;

#[test]
fn the_list_holds_what_has_all_words() {
    let folder = Folder::new();
    let run = folder.byname(&["systems", "list", "google", "LAMDA"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.lines().any(|line| line.starts_with("lamda ")), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.contains("Google")), "{}", run.stdout);

    let nothing = folder.byname(&["systems", "list", "no such words"]);
    assert_eq!(nothing.status, Some(0));
    assert_eq!(nothing.stdout, "no system has these words in its names or its organisations\n");

    let all: Value = serde_json::from_str(&folder.byname(&["systems", "list", "-f", "json"]).stdout).unwrap();
    let ids: Vec<&str> =
        all.as_array().unwrap().iter().map(|system| system["id"].as_str().unwrap()).collect();
    for wanted in ["lamda", "jft-300m", "jft-3b", "align", "mum", "pathways", "deepspeed", "the-pile"] {
        assert!(ids.contains(&wanted), "{wanted}");
    }
}

#[test]
fn a_system_is_shown_by_any_of_its_names() {
    let folder = Folder::new();
    let by_id = folder.byname(&["systems", "show", "lamda"]);
    assert_eq!((by_id.status, by_id.stderr.as_str()), (Some(0), ""));
    for line in ["LaMDA", "  announced         2021-05-18", "  access            unreleased"] {
        assert!(by_id.stdout.lines().any(|shown| shown == line), "{}", by_id.stdout);
    }
    assert!(by_id.stdout.contains("  sources           arxiv:2201.08239"), "{}", by_id.stdout);
    assert_eq!(folder.byname(&["systems", "show", "LAMDA 137b"]).stdout, by_id.stdout);

    let run = folder.byname(&["systems", "show", "LaMDA", "--format", "json"]);
    let system: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&system["id"], &system["access"]), (&"lamda".into(), &"unreleased".into()));
    assert!(system["parameters"].as_array().unwrap().contains(&137e9.into()));
}

#[test]
fn near_names_are_suggested_for_one_that_is_not_there() {
    let run = Folder::new().byname(&["systems", "show", "lamdda"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("there is no system `lamdda`"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean LaMDA (lamda)"), "{}", run.stderr);
}

#[test]
fn a_name_of_two_systems_asks_for_the_id() {
    let system = |id: &str, of: &str| {
        format!("[[system]]\nid = \"{id}\"\nname = \"Twofold\"\ntype = \"{of}\"\nsources = [\"own\"]\n")
    };
    let folder = Folder::new()
        .with("own/systems/a.toml", system("twofold-model", "model") + &system("twofold-data", "dataset"));
    let run = folder.byname(&["systems", "show", "Twofold", "--catalog", "own"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("twofold-model (model), twofold-data (dataset)"), "{}", run.stderr);
}

#[test]
fn a_sound_catalogue_is_counted() {
    let run = Folder::new().byname(&["systems", "check"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("no fault in "), "{}", run.stdout);
}
