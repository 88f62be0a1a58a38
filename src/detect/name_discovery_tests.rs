//! Tests of the names that only a paper has, on the built-in rules.

use super::*;
use crate::Engine;
use crate::catalogue::Catalogue;

#[test]
fn a_word_with_a_number_of_parameters_is_a_name_without_a_vote() {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let names = |prose: &str| {
        let trace = engine.detector().trace_votes(prose);
        let discovered = trace.names.iter().map(|votes| votes.name.to_string());
        discovered.collect::<Vec<_>>()
    };
    assert_eq!(names("Another model and Zorblax-7B agree."), ["Zorblax-7B"]);
    assert_eq!(names("Another model and zorblax-3.1-7b-base agree."), ["zorblax-3.1-7b-base"]);
    assert_eq!(names("Another model and Table 7B agree, as sub-7B models do."), [""; 0]);
    assert!(states_size("Zorblax-7B") && !states_size("7B") && !states_size("Table 7B"));
}

#[test]
fn the_title_of_a_data_set_is_its_name_whatever_its_words_mean() {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let named = |prose: &str| -> Vec<String> {
        let found = engine.detector().detect(prose).mentions;
        let of_data = found.iter().filter(|mention| mention.entity_type == EntityType::Dataset);
        of_data.map(|mention| format!("{} {}", mention.kind, mention.span.of(prose))).collect()
    };
    for (text, name) in [
        ("We then train it on the Stanford Letter Answering Dataset.", "Stanford Letter Answering Dataset"),
        ("We then train it on the German Road Sign Recognition corpus.", "German Road Sign Recognition"),
        ("We then train it on the Chinese Word Likeness (CWL) benchmark.", "Chinese Word Likeness"),
    ] {
        assert_eq!(named(text)[0], format!("named {name}"), "{text}: and no phrase around it");
    }
    let heading = "Training On The German Letter Dataset";
    assert!(named(heading).iter().all(|mention| !mention.starts_with("named")), "in a heading all words are");
}

#[test]
fn the_number_of_a_commit_is_no_name() {
    assert!(is_hash("db17ae5") && is_hash("0a1b2c3d4e5f"));
    assert!(!is_hash("deadbeef") && !is_hash("1234567") && !is_hash("gpt4o12") && !is_hash("ab1"));
}
