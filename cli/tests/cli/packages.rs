//! Packages: folders and archives laid over the catalogue, with a description of themselves.

use std::io::Write as _;

use crate::support::Folder;

const HEAD: &str = "version = '1.2.0'\nlicence = 'CC0-1.0'\ndescription = 'd'\n";
const RULE: &str = "summary = 's'\nwhy = 'w'\nphrase = '{one} _* zorped _* {model}'\nweight = 3.0\n\n\
    [[example]]\ntext = 'We ran [a zorped model].'\n\n[[example]]\ntext = 'Zorped models are rare.'\nexpect = 'none'\n";
const SYSTEM: &str = "[[system]]\nid = 'bolt-9'\nname = 'Bolt 9'\ntype = 'model'\nsources = ['own']\n";

fn package(name: &str) -> String {
    format!("name = '{name}'\n{HEAD}")
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in files {
        archive.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_rule_and_a_system_of_an_archive_are_used_and_say_where_they_are_from() {
    let archive = zip(&[
        ("speech-1.2.0/byname-package.toml", &package("speech")),
        ("speech-1.2.0/rules/described/zorped.toml", RULE),
        ("speech-1.2.0/systems/own.toml", SYSTEM),
    ]);
    let folder =
        Folder::new().with("speech.zip", archive).with("a.txt", "We sorted them with a zorped model.");
    let with = |args: &[&str]| folder.byname(&[args, &["--catalog", "speech.zip"]].concat());
    let run = with(&["explain", "a.txt", "--format", "json"]);
    assert!(run.stdout.contains("\"described/zorped\""), "{}{}", run.stdout, run.stderr);
    let run = with(&["rules", "show", "described/zorped"]);
    let file = "File\n  speech.zip/speech-1.2.0/rules/described/zorped.toml\n  speech 1.2.0 (speech.zip)\n";
    assert!(run.stdout.contains(file), "{}", run.stdout);
    let run = with(&["systems", "show", "bolt-9"]);
    assert!(run.stdout.contains("  origin            speech 1.2.0 (speech.zip)\n"), "{}", run.stdout);
    let run = with(&["rules", "show", "described/access"]);
    assert!(run.stdout.contains("byname-patterns ") && run.stdout.contains("(built-in)"), "{}", run.stdout);
    let run = with(&["rules", "list", "--package", "speech"]);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    let run = with(&["rules", "list", "--package", "speach"]);
    assert!(run.status == Some(2) && run.stderr.contains("speech 1.2.0 (speech.zip)"), "{}", run.stderr);
    assert_eq!(folder.names(), ["a.txt", "speech.zip"]);
}

#[test]
fn layers_override_reweigh_and_switch_off_by_id() {
    let heavier = RULE.replace("3.0", "4.0");
    let folder = Folder::new()
        .with("one/byname-package.toml", package("one"))
        .with("one/rules/described/zorped.toml", RULE)
        .with("two/rules/described/zorped.toml", heavier)
        .with("three/weights.toml", "\"described/zorped\" = 5.5\n")
        .with("four/byname-package.toml", package("four") + "[off]\nrules = ['described/zorped']\n");
    let listed = |layers: &[&str]| {
        let mut args = vec!["rules", "list"];
        layers.iter().for_each(|layer| args.extend(["--catalog", layer]));
        let run = folder.byname(&args);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        let line = run.stdout.lines().find(|line| line.starts_with("described/zorped ")).unwrap();
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(listed(&["one"]), "3.0 s");
    assert_eq!(listed(&["one", "two"]), "4.0 s");
    assert_eq!(listed(&["one", "three"]), "5.5 s");
    assert_eq!(listed(&["one", "four"]), "3.0 s (off)");
}

#[test]
fn two_packages_of_one_name_and_what_leads_out_of_a_package_are_refused() {
    let folder = Folder::new()
        .with("one/byname-package.toml", package("same"))
        .with("two/byname-package.toml", package("same"))
        .with("out.zip", zip(&[("../rules/described/zorped.toml", RULE)]));
    let run = folder.byname(&["rules", "check", "one", "two"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stdout.contains("the package `same` is laid on twice: as one and as two"), "{}", run.stdout);
    let run = folder.byname(&["rules", "list", "--catalog", "out.zip"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("this path leads out of the package"), "{}", run.stderr);
}

#[test]
fn ten_thousand_rules_are_loaded_and_each_can_vote() {
    let words = |number: usize| -> String {
        let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
        format!("zorp{}{}{}", letter(2), letter(1), letter(0))
    };
    let files: Vec<(String, String)> = (0..10_000)
        .map(|number| (format!("rules/described/made-{number}.toml"), RULE.replace("zorped", &words(number))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new()
        .with("many.zip", zip(&files))
        .with("a.txt", format!("We ran a {} model.", words(9_999)));
    let run = folder.byname(&["explain", "a.txt", "--format", "json", "--catalog", "many.zip"]);
    assert!(run.stdout.contains("\"described/made-9999\""), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("\"described/made-9998\""));
}
