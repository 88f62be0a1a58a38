//! Tests of where noun phrases begin and end, on the built-in lexicon.

use crate::Engine;

fn phrases(engine: &Engine, text: &str) -> Vec<String> {
    let trace = engine.detector().trace_votes(text);
    trace.phrases.iter().map(|phrase| phrase.span.of(text).to_string()).collect()
}

#[test]
fn a_phrase_begins_with_its_determiner_whatever_stands_between() {
    let engine = Engine::built_in().unwrap();
    for (text, phrase) in [
        ("We tuned the second model.", "the second model"),
        ("We tuned a second model.", "a second model"),
        ("They gave it to the most used chatbot.", "the most used chatbot"),
        ("They gave it to Google's second medical model.", "Google's second medical model"),
        ("They gave it to OpenAI's larger model.", "OpenAI's larger model"),
        ("It is our company's larger model.", "our company's larger model"),
        ("It was a mixture-of-experts network.", "a mixture-of-experts network"),
        ("It is a Mixture-of-Experts (MoE) model.", "a Mixture-of-Experts (MoE) model"),
        ("They built a billion-parameter recogniser.", "a billion-parameter recogniser"),
        ("We asked twenty-three models.", "twenty-three models"),
        ("We asked the top-5 models.", "the top-5 models"),
        ("It is in the article-2 closed set.", "the article-2 closed set"),
        ("It holds of Class 2 frontier models.", "Class 2 frontier models"),
    ] {
        let found = phrases(&engine, text);
        assert!(found.iter().any(|found| found == phrase), "{text}: {found:?}");
    }
}

#[test]
fn an_ordinal_without_a_determiner_begins_a_clause() {
    let engine = Engine::built_in().unwrap();
    for text in ["Second, models are asked.", "First models are trained, then they are asked."] {
        let found = phrases(&engine, text);
        assert!(found.iter().all(|found| found == "models"), "{text}: {found:?}");
    }
    assert_eq!(phrases(&engine, "Third, larger models are asked."), ["larger models"]);
}

#[test]
fn a_share_or_a_range_of_systems_is_one_word_and_no_count() {
    let engine = Engine::built_in().unwrap();
    for words in ["3/4 models", "1–2 models"] {
        let text = format!("Only {words} were wrong.");
        assert_eq!(phrases(&engine, &text), [words]);
        let mentions = engine.detector().detect(&text).mentions;
        assert!(mentions.iter().all(|mention| mention.attributes.count.is_none()), "{words}");
    }
}

#[test]
fn counts_that_are_bound_add_up_where_each_has_words_of_its_own() {
    let engine = Engine::built_in().unwrap();
    for (words, count) in [
        ("Two closed and three open models", 5),
        ("Four dense and 12 sparse models", 16),
        ("Two large and small models", 2),
        ("2 closed 7B models", 2),
    ] {
        let text = format!("{words} were asked.");
        let mentions = engine.detector().detect(&text).mentions;
        let found: Vec<_> = mentions.iter().map(|mention| mention.attributes.count).collect();
        assert_eq!(found, [Some(count)], "{words}");
    }
}

#[test]
fn a_size_right_before_a_name_is_that_of_no_description() {
    let engine = Engine::built_in().unwrap();
    let size = |text: &str| {
        let mentions = engine.detector().detect(text).mentions;
        let described = mentions.into_iter().find(|mention| mention.span.of(text) == "a language model");
        described.unwrap().attributes.quantities.len()
    };
    for text in [
        "We used a language model, unlike the 540B-parameter PaLM, to write.",
        "We used a language model, half of the 540B parameters of PaLM, to write.",
        "We used a language model smaller than the 540B PaLM.",
    ] {
        assert_eq!(size(text), 0, "{text}");
    }
    for text in
        ["We used a language model with 540B parameters, as PaLM has.", "We used a language model of 540B."]
    {
        assert_eq!(size(text), 1, "{text}");
    }
}

#[test]
fn a_clause_without_a_relative_pronoun_ends_a_phrase() {
    let engine = Engine::built_in().unwrap();
    for (text, phrase) in [
        ("It is the 104B model our company opened in April.", "the 104B model"),
        ("It is the best model our lab trained.", "the best model"),
        ("We let our company's 82B model play both roles.", "our company's 82B model"),
    ] {
        let found = phrases(&engine, text);
        assert!(found.iter().any(|found| found == phrase), "{text}: {found:?}");
    }
}

#[test]
fn a_head_modifies_the_noun_behind_it_after_a_causative_verb_too() {
    let engine = Engine::built_in().unwrap();
    for text in [
        "We have a model architecture.",
        "We make the model weights public.",
        "It has a language model head.",
        "They made the LLM outputs shorter.",
    ] {
        let found = phrases(&engine, text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn the_possessive_of_a_maker_is_a_determiner() {
    let engine = Engine::built_in().unwrap();
    let text = "They went to OpenAI's larger vision model.";
    let trace = engine.detector().trace_votes(text);
    let rules: Vec<&str> = trace.phrases[0]
        .votes
        .iter()
        .filter_map(|vote| engine.catalogue().rule(vote.rule))
        .map(|rule| rule.name.as_str())
        .collect();
    assert!(rules.contains(&"described/of-named-maker"), "{rules:?}");
    assert!(!rules.contains(&"generic/bare-singular"), "{rules:?}");
}

#[test]
fn a_maker_is_written_with_a_capital() {
    let engine = Engine::built_in().unwrap();
    let rules = |text: &str| -> Vec<String> {
        let trace = engine.detector().trace_votes(text);
        let votes = trace.phrases.iter().flat_map(|phrase| &phrase.votes);
        votes.filter_map(|vote| engine.catalogue().rule(vote.rule)).map(|rule| rule.name.clone()).collect()
    };
    let is_told = |text: &str| rules(text).iter().any(|rule| rule == "described/of-named-maker");
    assert!(is_told("They called a Meta model."));
    assert!(!is_told("They called a meta model."));
    assert!(!is_told("They called a Meta-Judge model."));
}

#[test]
fn what_a_system_does_is_no_noun_behind_it() {
    let engine = Engine::built_in().unwrap();
    for (text, phrase, none) in [
        ("Then our system records the silences.", "our system", "our system records"),
        ("Then our pipeline pairs an agent with it.", "an agent", "our pipeline pairs"),
        ("They read our system records twice.", "our system records", "our system"),
    ] {
        let found = phrases(&engine, text);
        assert!(found.iter().any(|found| found == phrase), "{text}: {found:?}");
        assert!(found.iter().all(|found| found != none), "{text}: {found:?}");
    }
}

#[test]
fn a_participle_behind_a_determiner_and_a_count_is_a_modifier() {
    let engine = Engine::built_in().unwrap();
    for (text, phrase) in [
        ("We report on the five audited models.", "the five audited models"),
        ("All six studied models failed.", "All six studied models"),
    ] {
        assert!(phrases(&engine, text).contains(&phrase.to_string()), "{text}: {:?}", phrases(&engine, text));
    }
    let clause = "Of the two, five audited models in 2024.";
    assert!(!phrases(&engine, clause).iter().any(|phrase| phrase.contains("audited")), "{clause}");
}
