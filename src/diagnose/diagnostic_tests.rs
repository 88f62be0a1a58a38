use super::*;
use crate::engine::Engine;

fn reported(profile: &str, text: &str) -> Vec<String> {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let document = Document::from_prose("p", text);
    let findings = engine.scan(&document);
    let profile = engine.catalogue().profiles.iter().find(|other| other.name == profile).unwrap();
    let found = diagnose(&document, &findings, profile, engine.catalogue());
    let shown = |diagnostic: &Diagnostic<'_>| format!("{} {}", diagnostic.rule.id, diagnostic.span.of(text));
    found.iter().map(shown).collect()
}

const GRADED: &str = "The essays were graded by a proprietary language model. We saw no drift.";

#[test]
fn a_nameless_system_is_told_once_where_it_is_first_described() {
    assert_eq!(reported("disclosure", GRADED), ["disclosure/nameless a proprietary language model"]);
    assert!(reported("disclosure", "The essays were graded by hand.").is_empty());
}

#[test]
fn a_profile_can_call_a_nameless_system_an_error_and_a_doubtful_one_stays_a_hint() {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let document = Document::from_prose("p", GRADED);
    let mut profile = engine.catalogue().profiles.iter().find(|it| it.name == "disclosure").unwrap().clone();
    profile.rules.iter_mut().for_each(|rule| rule.level = Level::Error);
    let level = |least: f64| {
        let mut findings = engine.scan(&document);
        crate::diagnose::grade(&mut findings, &profile, least);
        diagnose(&document, &findings, &profile, engine.catalogue())[0].level
    };
    assert_eq!([level(0.0), level(1.0)], [Level::Error, Level::Hint]);
}

#[test]
fn a_name_that_is_kept_back_on_purpose_is_fine_under_blind_review() {
    assert_eq!(reported("blind-review", GRADED), ["blind-review/nameless a proprietary language model"]);
    let withheld = "The essays were graded by a proprietary language model, name withheld for review.";
    assert_eq!(reported("disclosure", withheld).len(), 1);
    assert!(reported("blind-review", withheld).is_empty());
}

#[test]
fn a_service_needs_a_version_or_a_date_once_in_the_paper() {
    let bare = "We asked GPT-4 for a summary. GPT-4 answered.";
    assert_eq!(reported("versions", bare), ["versions/unversioned GPT-4"]);
    assert!(reported("versions", "We asked GPT-4 in May 2024 for a summary. GPT-4 answered.").is_empty());
    assert!(reported("versions", "We asked gpt-4-0613 for a summary.").is_empty());
    assert_eq!(reported("versions", "We asked ChatGPT for a summary."), ["versions/unversioned ChatGPT"]);
    assert!(reported("versions", "We ran BERT on it.").is_empty(), "no service: its weights are at hand");
    let set = reported("disclosure", "We ran two proprietary language models on it.");
    assert_eq!(set, ["disclosure/nameless two proprietary language models"]);
}

#[test]
fn the_fingerprint_outlives_changes_elsewhere_in_the_paper() {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let of = |text: &str| {
        let document = Document::from_prose("p", text);
        let findings = engine.scan(&document);
        let profile = &engine.catalogue().profiles[1];
        let found = diagnose(&document, &findings, profile, engine.catalogue());
        found[0].fingerprint.clone()
    };
    assert_eq!(of(GRADED), of(&format!("A new first sentence.\n\n{GRADED}")));
    assert_ne!(of(GRADED), of(&GRADED.replace("essays", "letters")));
}
