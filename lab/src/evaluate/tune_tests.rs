//! Tests of fits and ablations on a tiny gold set with a rule that is plainly wrong.

use byname::catalogue::{Catalogue, Layer};
use byname::document::{ByteSpan, Document};

use super::super::{GoldDocument, GoldMention, Scheme, ablate};
use super::*;

const WRONG: &str = "summary='s'\nwhy='w'\nphrase='{one} zorblax {model}'\nweight=16.0\n\
    [[example]]\ntext='We ran [a zorblax model].'\n[[example]]\ntext='Hm.'\nexpect='none'\n";
const SILENT: &str = "summary='s'\nwhy='w'\nphrase='{one} quuxian {model}'\nweight=2.0\n\
    [[example]]\ntext='We ran [a quuxian model].'\n[[example]]\ntext='Hm.'\nexpect='none'\n";

/// Returns an engine with the built-in catalogue and three rules: one that takes every zorblax model for one
/// of the authors, one that takes it for a described one, and one that finds nothing.
fn engine() -> Engine {
    let milder = WRONG.replace("16.0", "6.0");
    let files = [
        ("rules/described/zorblax.toml", milder.as_str()),
        ("rules/own/quuxian.toml", SILENT),
        ("rules/own/zorblax.toml", WRONG),
    ];
    let layer = Layer::of_texts("t", files);
    Engine::new(Catalogue::load(&[Layer::built_in(), layer]).unwrap())
}

fn gold() -> GoldSet {
    let scheme = Scheme::default();
    let text = "We ran a zorblax model on the letters.";
    let mention = GoldMention {
        span: ByteSpan::new(7, 22),
        label: scheme.label_named("described-model").unwrap().unwrap(),
        owed: true,
        sure: true,
        names: None,
    };
    let paper = |number: usize| GoldDocument {
        document: Document::from_prose(format!("p{number}"), text),
        marked: true,
        mentions: vec![mention.clone()],
        links: Vec::new(),
    };
    GoldSet { name: "g".into(), scheme, documents: (0..20).map(paper).collect(), failures: Vec::new() }
}

#[test]
fn a_wrong_rule_loses_its_weight_and_held_out_papers_gain() {
    let mut engine = engine();
    let options =
        TuneOptions { folds: 4, strength: 0.1, only: vec!["own".into(), "described/zorblax".into()] };
    let tuning = tune(&mut engine, &[gold()], &options);
    assert_eq!((tuning.papers, tuning.folds), (20, 4));
    let row = tuning.sets[0].rows.iter().find(|row| row.name == "described-model").unwrap();
    assert_eq!((row.before.0, row.cross_validated.0, row.fitted.0), (0.0, 1.0, 1.0));
    let rule = |name: &str| tuning.rules.iter().find(|rule| rule.rule == name).unwrap();
    assert!(rule("own/zorblax").fitted < rule("described/zorblax").fitted);
    assert_eq!((rule("own/zorblax").written, rule("own/zorblax").turns), (16.0, 0));
    assert_eq!((rule("own/quuxian").votes, rule("own/quuxian").fitted), (0.0, 2.0));
    assert!(tuning.rules.iter().all(|rule| !rule.rule.starts_with("generic/")), "only the wanted rules move");
    let file = tuning.weights_file();
    assert!(file.contains("\"own/zorblax\" = ") && !file.contains("quuxian"), "{file}");
    assert_eq!(tuning, tune(&mut engine, &[gold()], &options), "the engine keeps its weights");
}

#[test]
fn a_paper_stands_in_one_fold_only() {
    let set = gold();
    let papers: Vec<(usize, &GoldDocument)> = set
        .documents
        .iter()
        .map(|paper| (0, paper))
        .chain(set.documents.iter().map(|paper| (1, paper)))
        .collect();
    let fold_of = folds(&ids_of(&papers), 4);
    assert_eq!(fold_of[..20], fold_of[20..]);
    assert!((0..4).all(|fold| fold_of.iter().filter(|of| **of == fold).count() == 10));
}

#[test]
fn paragraphs_of_one_paper_stand_in_one_fold() {
    let fold_of = folds(&["a#1", "b", "a#2", "c#1", "a", "c#2"], 3);
    assert!(fold_of[0] == fold_of[2] && fold_of[2] == fold_of[4] && fold_of[3] == fold_of[5], "{fold_of:?}");
    assert!(fold_of[0] != fold_of[1] && fold_of[1] != fold_of[3] && fold_of[3] != fold_of[0], "{fold_of:?}");
}

#[test]
fn a_weight_that_rests_on_one_paper_is_marked() {
    let mut set = gold();
    for paper in set.documents.iter_mut().skip(1) {
        paper.document.prose = paper.document.prose.replace("zorblax", "plainest");
    }
    let options = TuneOptions { folds: 2, strength: 0.1, only: vec!["own/zorblax".into()] };
    let tuning = tune(&mut engine(), &[set], &options);
    assert!(tuning.rules[0].accident, "{:?}", tuning.rules);
    assert_eq!(tuning.rules[0].paper.as_deref(), Some("p0"));
}

#[test]
fn removal_tells_harm_use_and_silence() {
    let ablation = ablate(&mut engine(), &[gold()]);
    let rule = |name: &str| ablation.rules.iter().find(|removal| removal.rule == name).unwrap();
    let harmful = rule("own/zorblax");
    assert!(harmful.earned && harmful.worst() > 0.0 && harmful.papers == 20, "{harmful:?}");
    let silent = rule("own/quuxian");
    assert_eq!((silent.papers, silent.earned, silent.changes.len()), (0, false, 0));
    assert_eq!(ablation.rules.last().unwrap().rule, "own/zorblax");
}
