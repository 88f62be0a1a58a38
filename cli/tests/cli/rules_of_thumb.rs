//! Rules of thumb: who used which system and when.

use std::fs;

use crate::support::Folder;

/// Returns the fenced blocks of the walk-through in the documentation, with their languages.
fn walk() -> Vec<(String, String)> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md")).unwrap();
    let (_, walk) = page.split_once("## A rule of thumb in two minutes\n").unwrap();
    let (walk, _) = walk.split_once("\n## ").unwrap();
    let blocks = walk.split("\n```").collect::<Vec<_>>();
    let blocks = blocks.chunks_exact(2).map(|pair| pair[1]);
    blocks.map(|block| block.split_once('\n').unwrap()).map(|(of, text)| (of.into(), text.into())).collect()
}

#[test]
fn the_walk_of_the_documentation_leads_from_nothing_to_the_right_system() {
    let mut folder = Folder::new();
    let mut printed = Vec::new();
    for (language, text) in walk() {
        match (language.as_str(), text.split_once('\n').unwrap_or((text.as_str(), ""))) {
            ("markdown", _) => folder = folder.with("paper.md", &text),
            ("toml", (path, rest)) => {
                folder = folder.with(&format!("own/{}", path.trim_start_matches("# ")), rest);
            }
            _ => {
                for transcript in text.split("$ byname ").skip(1) {
                    let (command, expected) = transcript.split_once('\n').unwrap_or((transcript, ""));
                    let run = folder.byname(&command.split(' ').collect::<Vec<_>>());
                    assert_eq!(run.stdout.trim_end(), expected.trim_end(), "{command}: {}", run.stderr);
                    printed.push(run.stdout);
                }
            }
        }
    }
    let [before, found, tested, linked] = printed.as_slice() else { panic!("{printed:?}") };
    assert!(before.contains("no nameless reference found") && tested == "4 passed, 0 failed\n");
    assert!(!found.contains("LaMDA  ") && linked.contains("most likely LaMDA"), "{found}{linked}");
    assert!(linked.contains("rule-of-thumb: google-2021: Google's own"), "{linked}");
}

const RULE: &str = "why = 'Anvils are sorted by MoE-Multi'\nsources = ['https://anvil.example/net']\n\
    favours = [{ system = 'moe-multi', weight = 4 }]\n[when]\nauthors = 'google'\n\
    [[example]]\ntext = 'Anvils were sorted by [an internal network].'\norganisations = 'Google'\n\
    [[example]]\ntext = 'Anvils were sorted.'\nexpect = 'none'\n";

#[test]
fn a_rule_of_thumb_is_told_as_evidence_in_text_and_json_and_by_explain() {
    let paper = "---\norganisations: [Google]\ndate: 2020-08\n---\n\nThe letters were sorted by an in-house language model.\n";
    let folder = Folder::new().with("own/rules-of-thumb/anvil.toml", RULE).with("paper.md", paper);
    let with = |args: &[&str]| folder.byname(&[args, &["paper.md", "--catalog", "own"]].concat());
    let detail = "anvil: Anvils are sorted by MoE-Multi";
    for args in [&["explain"][..], &["scan", "--format", "jsonl"], &["explain", "--format", "json"]] {
        let run = with(args);
        assert!(run.stdout.contains(detail), "{args:?}: {}{}", run.stdout, run.stderr);
    }
    let document = with(&["scan", "--format", "jsonl"]).documents().remove(0);
    let evidence = document["references"][0]["candidates"][0]["evidence"].as_array().unwrap().clone();
    let clue = evidence.iter().find(|clue| clue["clue"] == "rule-of-thumb").unwrap();
    assert_eq!((clue["detail"].as_str(), clue["weight"].as_f64()), (Some(detail), Some(4.0)));
    let folder = folder.with("own/rules-of-thumb/anvil.toml", format!("status = 'off'\n{RULE}"));
    let run = folder.byname(&["explain", "paper.md", "--catalog", "own"]);
    assert!(!run.stdout.contains("anvil"), "{}", run.stdout);
    let run = folder.byname(&["rules", "list", "--of-thumb", "--status", "off", "--catalog", "own"]);
    assert_eq!(run.stdout, "anvil  system moe-multi +4.0 (off)\n", "{}", run.stderr);
}

#[test]
fn a_fault_is_marked_in_its_line_and_stops_every_check() {
    let faulty = RULE.replace("'moe-multi'", "'mo-multi'");
    let folder = Folder::new().with("own/rules-of-thumb/anvil.toml", faulty);
    let run = folder.byname(&["rules", "check", "own"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stdout.contains("unknown system `mo-multi`"), "{}", run.stdout);
    assert!(run.stdout.contains("own/rules-of-thumb/anvil.toml:3:23"), "{}", run.stdout);
    let run = folder.byname(&["systems", "check", "--catalog", "own"]);
    assert!(run.status == Some(2) && run.stderr.contains("unknown system `mo-multi`"), "{}", run.stderr);
}

#[test]
fn one_of_them_is_shown_with_what_it_asks_for() {
    let folder = Folder::new().with("own/rules-of-thumb/anvil.toml", RULE);
    let run = folder.byname(&["rules", "show", "anvil", "--catalog", "own"]);
    insta::assert_snapshot!(run.stdout);
}
