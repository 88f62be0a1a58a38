//! Tests of fits of contexts on tiny gold sets.

use byname::catalogue::{Catalogue, Layer};
use byname::document::Document;

use super::super::{GoldDocument, GoldMention, Scheme};
use super::*;

const TEXT: &str = "We ran a zorblax model on the letters.";

/// Returns twenty texts in which the phrase is described so many times, and arbitrary otherwise.
fn gold(name: &str, described: usize, chosen: bool) -> GoldSet {
    let scheme = Scheme { chosen, ..Scheme::default() };
    let label = |name: &str| scheme.label_named(name).unwrap().unwrap();
    let (yes, no) = (label("described-model"), label("arbitrary-model"));
    let paper = |number: usize| GoldDocument {
        document: Document::from_prose(format!("{name}{number}"), TEXT),
        marked: true,
        mentions: vec![GoldMention {
            span: ByteSpan::new(7, 22),
            label: if number < described { yes } else { no },
            owed: true,
            sure: true,
            names: None,
        }],
        links: Vec::new(),
    };
    GoldSet {
        name: name.into(),
        documents: (0..20).map(paper).collect(),
        scheme: scheme.clone(),
        failures: Vec::new(),
    }
}

#[test]
fn texts_that_were_chosen_tell_nothing_of_how_often_a_kind_occurs() {
    let mut engine = Engine::new(Catalogue::load(&[Layer::built_in()]).unwrap());
    let options = ContextTuneOptions { folds: 2, net: ElasticNet { ridge: 1.0, lasso: 0.0 } };
    let mut chance_of_described = |chosen: bool| {
        let sets = [gold("paper", 8, false), gold("passage", 20, chosen)];
        let tuning = tune_contexts(&mut engine, &sets, &[], &options);
        engine.reweigh_contexts(tuning.contexts);
        let found = engine.detect(&Document::from_prose("x", TEXT)).mentions;
        if found[0].kind == Kind::Described { found[0].confidence } else { 1.0 - found[0].confidence }
    };
    let (chosen, not_chosen) = (chance_of_described(true), chance_of_described(false));
    assert!(chosen + 0.15 < not_chosen, "{chosen} {not_chosen}");
}
