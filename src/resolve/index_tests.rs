//! Guarantees of the index.

use super::*;
use crate::catalogue::{Catalogue, Layer};
use crate::resolve::samples;

fn names(look_up: impl Fn(&Index) -> Vec<SystemId>) -> Vec<String> {
    let systems = samples::systems();
    let index = Index::new(&systems, &samples::organisations(), &samples::weights(), &samples::shares());
    look_up(&index).iter().map(|id| systems.get(*id).unwrap().id.clone()).collect()
}

#[test]
fn a_size_leads_to_the_systems_of_that_size() {
    let near = |value: f64| ((value * 0.98).ln() as f32, (value * 1.02).ln() as f32);
    let (from, to) = near(137e9);
    assert_eq!(names(|index| index.by_size(Measure::Parameters, from, to).collect()), ["anvil"]);
    assert_eq!(names(|index| index.by_size(Measure::Parameters, to, from).collect()).len(), 0);
}

#[test]
fn a_word_leads_to_the_systems_described_by_it() {
    let found = names(|index| index.by_word(index.vocabulary.id("picture").unwrap()).collect());
    assert_eq!(found, ["pile"]);
}

#[test]
fn the_lists_that_a_clue_leads_to_stay_short_however_many_systems_there_are() {
    let mut text = String::new();
    for at in 0..4 * LONGEST_LIST {
        text.push_str(&format!(
            "[[system]]\nid='s{at}'\nname='Small {at}'\ntype='model'\norganisations=['uni']\nannounced='2023-01'\n\
             parameters='7B'\nkeywords='ferry{}'\nsources=['s']\n",
            at / (2 * LONGEST_LIST),
        ));
    }
    let file = crate::catalogue::CatalogueFile {
        shown: "s".into(),
        path: "systems/s.toml".into(),
        text: text.into(),
    };
    let layers = [crate::catalogue::Layer { name: "many".into(), files: vec![file] }];
    let organisations = samples::organisations();
    let systems = Systems::read(&layers, &organisations, "2026-11-23".parse().unwrap()).unwrap();
    let index = Index::new(&systems, &organisations, &samples::weights(), &samples::shares());
    let seven = 7e9f64.ln() as f32;
    let date = Stretch::of("2023-01".parse().unwrap());
    let lengths = [
        index.by_word(index.vocabulary.id("ferry1").unwrap()).count(),
        index.by_size(Measure::Parameters, seven - 0.1, seven + 0.1).count(),
        index.by_organisation(organisations.by_id("uni").unwrap()).count(),
        index.announced_near(date, 6.0).count(),
        index.usage.most_used(EntityType::Model, Some(date)).count(),
    ];
    assert!(lengths.iter().all(|length| *length <= LONGEST_LIST), "{lengths:?}");
}

#[test]
fn the_words_made_with_the_program_are_those_of_its_entries() {
    let layers = [Layer::built_in()];
    let organisations = Organisations::read(&layers).unwrap();
    let (weights, shares) = (EvidenceWeights::read(&layers).unwrap(), WordShares::read(&layers).unwrap());
    let known = Systems::read(&layers, &organisations, Catalogue::today()).unwrap();
    let read = Systems::read_all(&layers, &organisations, Catalogue::today()).unwrap();
    assert!(known.words().is_some() && read.words().is_none());
    let [known, read] = [known, read].map(|systems| Index::new(&systems, &organisations, &weights, &shares));
    assert_eq!((&known.entry_words, &known.ends_of_words), (&read.entry_words, &read.ends_of_words));
    let words = |index: &Index| -> Vec<String> {
        (0..index.vocabulary.len()).map(|word| index.vocabulary.word(word as WordId).to_string()).collect()
    };
    assert_eq!(words(&known), words(&read));
    assert_eq!(known.share, read.share);
}
