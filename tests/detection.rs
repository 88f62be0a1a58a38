//! What detection promises on any text.
#![allow(clippy::unwrap_used)] // a test that cannot go on may say so

use std::sync::OnceLock;

use byname::Engine;
use byname::catalogue::{Catalogue, Kind};
use byname::document::Document;
use proptest::prelude::*;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Catalogue::built_in().unwrap()))
}

fn kinds(prose: &str) -> Vec<(Kind, String)> {
    let document = Document::from_prose("test", prose);
    let findings = engine().scan(&document);
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
fn a_possessive_is_the_same_with_either_apostrophe() {
    for prose in [
        "We queried Google's internal language model.",
        "The company's model wrote the drafts.",
        "Mara's large language model was asked.",
        "We ask (Poe et al., 2020)'s language model.",
        "The labs' proprietary chatbots were asked.",
        "It runs on our company's production model.",
    ] {
        let straight = kinds(prose);
        let curly = kinds(&prose.replace('\'', "’"));
        let curly: Vec<_> = curly.into_iter().map(|(kind, text)| (kind, text.replace('’', "'"))).collect();
        assert!(!straight.is_empty(), "{prose}");
        assert_eq!(straight, curly, "{prose}");
        assert!(straight.iter().all(|(_, text)| !text.starts_with(['\'', 's'])), "{straight:?}");
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
fn a_name_that_only_the_paper_knows_is_found_wherever_it_stands() {
    let prose = "We introduce RoloNet, a network that sees far. All models were slow. Some of the RoloNets \
                 were tested on the QuillQA corpus. QuillQA is hard for language models.";
    for name in ["RoloNet", "RoloNets", "QuillQA"] {
        assert_eq!(kind_of(prose, name), Some(Kind::Named), "{name}: {:?}", kinds(prose));
    }
    assert_eq!(kinds(prose).iter().filter(|(_, text)| text == "QuillQA").count(), 2);
}

#[test]
fn the_name_of_a_task_or_a_measure_is_no_name_of_a_system() {
    let prose = "The SLOTFILL task is hard for every model. We give the SLOTFILL score of each model, \
                 and the BLEU of two models.";
    assert!(kinds(prose).iter().all(|(kind, _)| *kind != Kind::Named), "{:?}", kinds(prose));
}

#[test]
fn what_a_hyphen_joins_to_a_name_makes_another_name() {
    let prose = "The images of Fashion-MNIST are larger than those of MNIST.";
    assert_eq!(kind_of(prose, "Fashion-MNIST"), Some(Kind::Named), "{:?}", kinds(prose));
    let document = Document::from_prose("test", prose);
    let mentions = engine().scan(&document).mentions;
    let fashion = mentions.iter().find(|mention| mention.span.of(prose) == "Fashion-MNIST").unwrap();
    assert!(fashion.systems.is_empty() || fashion.systems.len() == 1);
}

#[test]
fn a_name_and_the_phrase_around_it_are_both_mentions() {
    let prose = "We tuned four GPT-2 models on the SQuAD training set.";
    for (phrase, kind) in [
        ("GPT-2", Kind::Named),
        ("four GPT-2 models", Kind::Described),
        ("SQuAD", Kind::Named),
        ("the SQuAD training set", Kind::Generic),
    ] {
        assert_eq!(kind_of(prose, phrase), Some(kind), "{phrase}: {:?}", kinds(prose));
    }
}

#[test]
fn a_name_with_its_head_and_no_more_is_one_mention() {
    let prose = "We ran the GPT-2 model on the SQuAD dataset.";
    let texts: Vec<String> = kinds(prose).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["GPT-2", "SQuAD"]);
}

#[test]
fn a_set_takes_the_names_that_follow_where_they_are_most_of_it() {
    let prose = "We evaluate three LLMs on it. The tasks are hard. GPT-4 comes first, and Llama 2 last.";
    let document = Document::from_prose("test", prose);
    let mentions = engine().scan(&document).mentions;
    let set = mentions.iter().find(|mention| mention.kind == Kind::Described).unwrap();
    let names: Vec<&str> = set.named_by.iter().map(|name| mentions[*name].span.of(prose)).collect();
    assert_eq!(names, ["GPT-4", "Llama 2"]);
    assert!(set.naming.as_ref().is_some_and(|naming| naming.partial));
}

#[test]
fn data_and_its_items_are_mentions_of_data_sets() {
    let prose = "The labeled data holds 400 questions, and the validation and test sets hold a few (image, text) pairs.";
    for phrase in ["The labeled data", "400 questions", "the validation and test sets"] {
        assert!(kind_of(prose, phrase).is_some(), "{phrase}: {:?}", kinds(prose));
    }
}

#[test]
fn a_head_that_says_too_little_by_itself_is_no_mention() {
    for prose in [
        "A guard stood there.",
        "They hired a teacher.",
        "We store the letters in a database.",
        "Each site has a booking service.",
        "It differs by model.",
    ] {
        assert_eq!(kinds(prose), [], "{prose}");
    }
}

/// Returns the names of the first description of a text.
fn names_of_first(prose: &str) -> Vec<String> {
    let mentions = engine().scan(&Document::from_prose("test", prose)).mentions;
    let described = mentions.iter().find(|mention| mention.kind == Kind::Described).unwrap();
    described.named_by.iter().map(|name| mentions[*name].span.of(prose).to_string()).collect()
}

#[test]
fn a_word_with_a_digit_in_a_bracket_is_a_name_and_no_abbreviation() {
    assert_eq!(names_of_first("We ran a proprietary legal model (L2M) on it."), ["L2M"]);
    assert_eq!(names_of_first("We ran a proprietary legal model (LM) on it."), [""; 0]);
}

#[test]
fn a_name_that_is_written_like_a_label_names_as_others_do() {
    for prose in
        ["We used OpenAI's reasoning model o3 for it.", "We used a strong reasoning model, o3, for it."]
    {
        assert_eq!(names_of_first(prose), ["o3"], "{prose}");
    }
}

#[test]
fn the_name_inside_a_description_comes_before_those_beside_it() {
    for (prose, name) in [
        ("We compared a prompted GPT-4 baseline (PaLM was worse) with it.", "GPT-4"),
        ("We used OpenAI's language model GPT-4 (not PaLM) for it.", "GPT-4"),
    ] {
        assert_eq!(names_of_first(prose), [name], "{prose}");
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
        let mentions = engine().scan(&document).mentions;
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
        let findings = engine().scan(&document);
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
