use byname::catalogue::{Catalogue, Layer};

use super::*;
use crate::evaluate::{Scheme, read_gold};

const GOLD: &str = concat!(
    r#"{"id":"a","text":"We prompt a 175B-parameter language model of OpenAI.","mention":"a 175B-parameter language model","answer":["GPT-3"]}"#,
    "\n",
    r#"{"id":"b","text":"We present a language model with 540 billion parameters.","answer":["PaLM"],"date":"2022-04-05","organisations":["Google"]}"#,
    "\n",
    r#"{"id":"c","text":"We fine-tune a 137B-parameter dialogue model of Google.","mention":"a 137B-parameter dialogue model","answer":["LaMDA"]}"#,
    "\n",
);

fn fit(rounds: usize) -> (LinkTuning, EvidenceWeights, EvidenceWeights) {
    // A small list keeps the test short; the temper is set too low on purpose.
    let mut catalogue = Catalogue::load(&[Layer::built_in()]).unwrap();
    catalogue.evidence = catalogue.evidence.with_numbers([("answer.temper", 0.35)]).unwrap();
    catalogue.evidence.tune.retain(|path, _| path == "answer.temper" || path == "words.most");
    let before = catalogue.evidence.clone();
    let mut engine = Engine::new(catalogue);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gold.jsonl");
    std::fs::write(&path, GOLD).unwrap();
    let mut gold = read_gold(&path, &Scheme::default()).unwrap();
    gold.name = "gold".to_string();
    let options = LinkTuneOptions { known: vec![Known::All], folds: 3, rounds, only: Vec::new() };
    let tuning = tune_links(&mut engine, &[gold], &options);
    (tuning, before, engine.catalogue().evidence.clone())
}

#[test]
fn a_number_that_was_set_wrong_is_set_right_and_only_changes_are_written() {
    let (tuning, before, after) = fit(2);
    assert_eq!(before, after, "the engine keeps its numbers");
    assert_eq!(tuning.descriptions, 3);
    let temper = &tuning.numbers[0];
    assert!(temper.path == "answer.temper" && temper.fitted > temper.before, "{temper:?}");
    let view = &tuning.views[0];
    assert!(view.fitted.log_loss < view.before.log_loss, "{view:?}");
    assert!(view.cross_validated.log_loss >= view.fitted.log_loss);
    let layer: toml::Table = tuning.evidence_file().parse().unwrap();
    assert_eq!(layer["answer"]["temper"].as_float(), Some(temper.fitted));
    let moved = tuning.numbers.iter().filter(|number| number.fitted != number.before).count();
    assert_eq!(tuning.evidence_file().lines().count(), moved + 1);
}

#[test]
fn every_run_gives_the_same() {
    assert_eq!(fit(1).0, fit(1).0);
}

#[test]
fn numbers_stay_in_their_range() {
    let range = Tunable { from: 0.0, to: 1.0, step: 0.3 };
    let number = Number { path: "x".into(), start: 0.5, range };
    assert_eq!([number.at(-2), number.at(0), number.at(1), number.at(2)], [0.0, 0.5, 0.8, 1.0]);
}
