//! What detection promises on any text.
#![allow(clippy::unwrap_used)] // a test that cannot go on may say so

use std::sync::OnceLock;

use byname::catalogue::{Catalogue, Kind};
use byname::document::Document;
use byname::{Engine, ScanOptions};
use proptest::prelude::*;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Catalogue::built_in().unwrap()).unwrap())
}

fn kinds(prose: &str) -> Vec<(Kind, String)> {
    let document = Document::from_prose("test", prose);
    let findings = engine().scan(&document, &ScanOptions::default());
    findings.mentions.iter().map(|mention| (mention.kind, mention.span.of(prose).to_string())).collect()
}

fn kind_of(prose: &str, phrase: &str) -> Option<Kind> {
    kinds(prose).into_iter().find(|(_, text)| text == phrase).map(|(kind, _)| kind)
}

#[test]
fn each_of_the_six_kinds_is_told_from_the_others() {
    for (prose, phrase, kind) in [
        ("We graded the essays with GPT-4.", "GPT-4", Kind::Named),
        ("The essays were graded by a proprietary LLM.", "a proprietary LLM", Kind::Described),
        ("The method works with any language model.", "any language model", Kind::Arbitrary),
        ("Large language models often repeat themselves.", "Large language models", Kind::Generic),
        ("We show that our model is faster.", "our model", Kind::Own),
        ("We ran a proprietary LLM. This model failed.", "This model", Kind::Anaphoric),
    ] {
        assert_eq!(kind_of(prose, phrase), Some(kind), "{prose}: {:?}", kinds(prose));
    }
}

#[test]
fn a_phrase_reaches_from_its_determiner_to_its_head() {
    for (prose, phrase) in [
        (
            "We evaluate six closed-source and two open-source LLMs here.",
            "six closed-source and two open-source LLMs",
        ),
        (
            "They compare it with the current state-of-the-art (SOTA) model, and lose.",
            "the current state-of-the-art (SOTA) model",
        ),
        ("Drafts come from our company's production model every day.", "our company's production model"),
        ("The authors tested a large, closed language model on it.", "a large, closed language model"),
    ] {
        assert!(kind_of(prose, phrase).is_some(), "{prose}: {:?}", kinds(prose));
    }
}

#[test]
fn a_head_that_only_modifies_another_word_is_no_mention() {
    for prose in ["LLM-based evaluation is cheap.", "Model weights are large.", "The model size matters."] {
        assert!(
            kinds(prose).iter().all(|(_, text)| !text.to_lowercase().contains("model") && text != "LLM"),
            "{prose}: {:?}",
            kinds(prose)
        );
    }
}

#[test]
fn the_name_beside_a_description_is_tied_to_it() {
    for prose in [
        "The judge was a strong LLM (GPT-4).",
        "The judge was GPT-4, a closed model.",
        "We ran a strong LLM, namely GPT-4, as the judge.",
        "We ran two strong LLMs, such as GPT-4 and Claude 2.",
    ] {
        let document = Document::from_prose("test", prose);
        let mentions = engine().scan(&document, &ScanOptions::default()).mentions;
        let described = mentions.iter().find(|mention| mention.kind == Kind::Described);
        let named_by = described.map(|mention| mention.named_by.clone()).unwrap_or_default();
        assert!(
            named_by.iter().any(|name| mentions[*name].span.of(prose) == "GPT-4"),
            "{prose}: {mentions:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_span_is_a_range_of_the_text(prose in "(\\PC{0,12}|an? |the |LLMs? |model|GPT-4|\\(|\\)|, |137B |[.] |over |\n){0,40}") {
        let document = Document::from_prose("test", prose.as_str());
        let findings = engine().scan(&document, &ScanOptions::default());
        let mut last = 0;
        for mention in &findings.mentions {
            prop_assert!(prose.get(mention.span.start..mention.span.end).is_some_and(|text| !text.is_empty()));
            prop_assert!(mention.span.start >= last);
            prop_assert!(mention.confidence > 0.0 && mention.confidence <= 1.0);
            prop_assert!(mention.named_by.iter().all(|name| *name < findings.mentions.len()));
            last = mention.span.start;
        }
    }
}
