//! A faulty catalogue is refused with file, line, column and cause, whichever command loads it.

use crate::support::{Folder, scan};

/// Returns a rule file with the pattern on line 3.
fn rule(pattern: &str) -> String {
    format!(
        "summary = 's'\nwhy = 'w'\nphrase = '{pattern}'\nweight = 1.0\n\
         [[example]]\ntext = 'We ran [a model].'\n[[example]]\ntext = 'Hm.'\nexpect = 'none'\n"
    )
}

/// Returns a system file with `more` on line 6.
fn system(more: &str) -> String {
    format!("[[system]]\nid = 'bolt-9'\nname = 'Bolt 9'\ntype = 'model'\nsources = ['own']\n{more}\n")
}

#[test]
fn each_fault_names_its_place_and_its_cause() {
    let twice = system("") + &system("");
    let faults = [
        ("rules/described/mine.toml", rule("({one} {model}"), "mine.toml:3:", "("),
        ("rules/described/mine.toml", rule("{no-such-class} {model}"), "mine.toml:3:", "no-such-class"),
        ("rules/described/mine.toml", rule("{model}") + "wieght = 2.0\n", "mine.toml:", "wieght"),
        ("rules/described/mine.toml", "summary = \n".to_string(), "mine.toml:1:", ""),
        ("systems/mine.toml", twice, "mine.toml:8:", "system id `bolt-9` is used twice"),
        ("systems/mine.toml", system("colour = 'red'"), "mine.toml:6:1", "colour"),
        ("systems/mine.toml", system("announced = '2999-01'"), "mine.toml:6:", "2999-01"),
        ("systems/mine.toml", system("parameters = '-7B'"), "mine.toml:6:", "-7B"),
        ("systems/mine.toml", system("parameters = -7"), "mine.toml:6:", ""),
        ("systems/mine.toml", system("family = 'bolt'"), "mine.toml:6:", "unknown family `bolt`"),
        (
            "systems/mine.toml",
            system("organisations = ['acme']"),
            "mine.toml:6:",
            "unknown organisation `acme`",
        ),
        ("systems/mine.toml", system("aliases = ['GPT-4']"), "mine.toml:6:", "`GPT-4` is a name of"),
        ("colours/mine.toml", String::new(), "mine.toml:1:1", "belongs to no part of a catalogue"),
    ];
    for (number, (path, text, place, cause)) in faults.into_iter().enumerate() {
        let folder = Folder::new().with("a.txt", "x").with(&format!("own/{path}"), &text);
        let mut runs = vec![
            scan(&["a.txt"]),
            vec!["systems", "check"],
            vec!["rules", "list"],
            vec!["resolve", "a model"],
            vec!["explain", "a.txt"],
        ];
        runs.rotate_left(number % 5);
        // All of them load it the same way; each is tried with some fault, and with the first all are.
        let tried = if number == 0 { runs.len() } else { 1 };
        for args in runs.into_iter().take(tried) {
            let args: Vec<&str> = args.into_iter().chain(["--catalog", "own"]).collect();
            let run = folder.byname(&args);
            assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}: {text}");
            let line = run.stderr.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
            assert!(line.contains(place) && line.contains(cause), "{place} {cause}: {}", run.stderr);
        }
    }
}

#[test]
fn a_check_marks_each_error_in_its_line_and_ends_with_two() {
    let folder = Folder::new().with("own/rules/described/mine.toml", rule("{one} {modle}"));
    let run = folder.byname(&["rules", "check", "own"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(2), ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn warnings_are_told_apart_from_errors_and_fail_when_asked_to() {
    let text = rule("{one} (big | _) {model}");
    let folder = Folder::new().with("own/rules/described/mine.toml", text);
    for (args, status) in [(&[][..], Some(0)), (&["--fail-on", "warning"][..], Some(1))] {
        let run = folder.byname(&[&["rules", "check", "own"], args].concat());
        assert_eq!(run.status, status, "{args:?}: {}", run.stderr);
        assert!(run.stdout.ends_with("0 errors, 1 warning\n"), "{}", run.stdout);
    }
    let run = folder.byname(&["rules", "check", "own", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["warnings"], &found["faults"][0]["text"]), (&1.into(), &"big".into()));
    let run = folder.byname(&["rules", "check", "own", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "needless-alternative");
    let run = folder.byname(&["rules", "check", "own", "--format", "github"]);
    assert!(
        run.stdout.starts_with("::warning file=own/rules/described/mine.toml,line=3,col="),
        "{}",
        run.stdout
    );
}

#[test]
fn a_pattern_over_the_size_limit_or_of_nothing_is_refused_where_it_stands() {
    for (pattern, cause) in [
        ("a ".repeat(65), "65 elements; 64 is the most, as more would be slow"),
        ("_* ({model} | ...)".to_string(), "matches the empty text"),
        ("a".repeat(200_000), "bytes; the most is"),
    ] {
        let folder = Folder::new().with("own/rules/described/mine.toml", rule(&pattern));
        let run = folder.byname(&["rules", "check", "own"]);
        assert_eq!(run.status, Some(2));
        assert!(run.stdout.contains(cause) && run.stdout.contains("mine.toml:3:10"), "{}", run.stdout);
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let folder = Folder::new().with("own/systems/a.toml", system("colour = 'red'")).with(
        "own/systems/b.toml",
        system("parameters = '-7B'").replace("bolt-9", "bolt-8").replace("Bolt 9", "Bolt 8"),
    );
    let run = folder.byname(&["systems", "check", "--catalog", "own"]);
    assert_eq!(run.stderr.matches("error: ").count(), 2, "{}", run.stderr);
}

#[test]
fn a_rule_can_be_switched_off_by_a_layer() {
    let off = rule("{one} _* {access} _* {model}") + "";
    let off = off.replace("weight = 1.0", "weight = 1.0\nstatus = 'off'");
    let folder = Folder::new()
        .with("a.txt", "The essays were graded by a proprietary language model.")
        .with("own/rules/described/access.toml", off);
    let rules = |args: &[&str]| -> String {
        let args: Vec<&str> = ["explain", "a.txt", "--format", "json"].iter().chain(args).copied().collect();
        let run = folder.byname(&args);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        run.stdout
    };
    assert!(rules(&[]).contains("\"described/access\""));
    assert!(!rules(&["--catalog", "own"]).contains("\"described/access\""));
    let listed = folder.byname(&["rules", "list", "--catalog", "own"]);
    let line = listed.stdout.lines().find(|line| line.starts_with("described/access ")).unwrap();
    assert!(line.ends_with("(off)"), "{line}");
}

#[test]
fn a_layer_adds_a_system() {
    let folder = Folder::new()
        .with("own/systems/mine.toml", system("parameters = '91B'\ndescribed-as = ['gherkin sorter']"));
    let run =
        folder.byname(&["resolve", "a 91B gherkin sorter model", "--catalog", "own", "--format", "json"]);
    assert_eq!(run.documents()[0]["candidates"][0]["system"], "bolt-9", "{}", run.stdout);
}
