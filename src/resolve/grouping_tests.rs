//! Guarantees of grouping.

use super::*;
use crate::catalogue::RuleId;
use crate::detect::{Precision, Quantity, Vote};
use crate::document::ByteSpan;

/// Returns a text with mentions given as (kind, words); each is searched for after the one before.
fn detected(text: &str, mentions: &[(Kind, &str)]) -> Detected {
    let mut at = 0;
    let mut detected = Detected::default();
    for (kind, words) in mentions {
        let start = at + text[at..].find(words).unwrap();
        at = start + words.len();
        let (span, sentence) = (ByteSpan::new(start, at), ByteSpan::new(0, text.len()));
        detected.mentions.push(Mention {
            plural: words.ends_with('s'),
            ..Mention::new(*kind, EntityType::Model, span, sentence)
        });
    }
    detected
}

/// Gives mentions, by their indices, the numbers of parameters that they state.
fn give_sizes(detected: &mut Detected, sizes: &[(usize, f64)]) {
    for (index, size) in sizes {
        let size = Quantity::new(*size, Precision::Exact);
        detected.mentions[*index].attributes.quantities.push((Measure::Parameters, size));
    }
}

fn grouped(text: &str, detected: &Detected) -> Vec<Vec<usize>> {
    group(text, detected).into_iter().map(|group| group.mentions).collect()
}

#[test]
fn what_points_back_joins_the_latest_of_its_number() {
    let text = "a large model and two chatbots; the model; these chatbots";
    let detected = detected(
        text,
        &[
            (Kind::Described, "a large model"),
            (Kind::Described, "two chatbots"),
            (Kind::Anaphoric, "the model"),
            (Kind::Anaphoric, "these chatbots"),
        ],
    );
    assert_eq!(grouped(text, &detected), [vec![0, 2], vec![1, 3]]);
}

#[test]
fn what_points_back_at_a_size_joins_the_one_of_that_size() {
    let text = "a small model, a big model, the 7B model";
    let mut detected = detected(
        text,
        &[
            (Kind::Described, "a small model"),
            (Kind::Described, "a big model"),
            (Kind::Anaphoric, "the 7B model"),
        ],
    );
    give_sizes(&mut detected, &[(0, 7e9), (2, 7e9)]);
    assert_eq!(grouped(text, &detected), [vec![0, 2], vec![1]]);
}

#[test]
fn a_class_and_a_slot_form_no_reference() {
    let text = "language models; any model; the model";
    let detected = detected(
        text,
        &[(Kind::Generic, "language models"), (Kind::Arbitrary, "any model"), (Kind::Anaphoric, "the model")],
    );
    assert!(grouped(text, &detected).is_empty());
}

#[test]
fn one_name_is_one_reference_and_names_its_description() {
    let text = "Foo is good. a strong model (foo). Foo again";
    let mut detected = detected(
        text,
        &[
            (Kind::Named, "Foo"),
            (Kind::Described, "a strong model"),
            (Kind::Named, "foo"),
            (Kind::Named, "Foo"),
        ],
    );
    detected.mentions[1].named_by = vec![2];
    let groups = group(text, &detected);
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].mentions.as_slice(), groups[0].names.len()), ([0, 1, 2, 3].as_slice(), 3));
}

#[test]
fn a_name_given_later_names_the_description() {
    let text = "a strong model was run. The model is Bar";
    let mut detected = detected(
        text,
        &[(Kind::Described, "a strong model"), (Kind::Anaphoric, "The model"), (Kind::Named, "Bar")],
    );
    detected.mentions[1].named_by = vec![2];
    let groups = group(text, &detected);
    assert_eq!((groups.len(), groups[0].names.as_slice()), (1, [2].as_slice()));
}

#[test]
fn a_set_keeps_its_names_and_the_names_their_own_references() {
    let text = "two chatbots, Foo and Bar";
    let mut detected =
        detected(text, &[(Kind::Described, "two chatbots"), (Kind::Named, "Foo"), (Kind::Named, "Bar")]);
    detected.mentions[0].named_by = vec![1, 2];
    let groups = group(text, &detected);
    assert_eq!(groups[0].names, [1, 2]);
    assert_eq!(groups.len(), 3);
}

#[test]
fn the_same_words_are_one_reference_unless_the_sizes_differ() {
    let text = "a closed model; the closed model; a closed model";
    let mut detected = detected(
        text,
        &[
            (Kind::Described, "a closed model"),
            (Kind::Described, "the closed model"),
            (Kind::Described, "a closed model"),
        ],
    );
    assert_eq!(grouped(text, &detected), [vec![0, 1, 2]]);
    give_sizes(&mut detected, &[(0, 7e9), (1, 7e9), (2, 70e9)]);
    assert_eq!(grouped(text, &detected), [vec![0, 1], vec![2]]);
}

#[test]
fn what_keeps_its_name_back_joins_nothing_that_has_a_name() {
    let text = "LLMs: GPT-4 and Claude. Also LLMs helped.";
    let mut all = detected(
        text,
        &[
            (Kind::Described, "LLMs"),
            (Kind::Named, "GPT-4"),
            (Kind::Named, "Claude"),
            (Kind::Described, "LLMs"),
        ],
    );
    all.mentions[0].named_by = vec![1, 2];
    let last = |all: &Detected| grouped(text, all).into_iter().find(|group| group.contains(&3)).unwrap();
    assert_eq!(last(&all), [0, 3]);
    let vote = Vote { rule: RuleId(0), kind: Kind::Described, weight: 9.0, nameless: 3.0 };
    all.mentions[3].votes.push(vote);
    assert_eq!(last(&all), [3]);
}

#[test]
fn the_authors_own_systems_are_one_reference() {
    let text = "our model and the proposed model";
    let detected = detected(text, &[(Kind::Own, "our model"), (Kind::Own, "the proposed model")]);
    let groups = group(text, &detected);
    assert!(groups.len() == 1 && groups[0].own);
}

#[test]
fn the_authors_own_systems_of_two_sizes_are_two_references() {
    let text = "our encoder, the decoder, our model, our small encoder";
    let mut detected = detected(
        text,
        &[
            (Kind::Own, "our encoder"),
            (Kind::Own, "the decoder"),
            (Kind::Own, "our model"),
            (Kind::Own, "our small encoder"),
        ],
    );
    give_sizes(&mut detected, &[(0, 20e9), (1, 540e9), (3, 20e9)]);
    assert_eq!(grouped(text, &detected), [vec![0, 2, 3], vec![1]]);
}

#[test]
fn a_name_of_the_authors_own_names_their_system_before_and_after() {
    let text = "our model is Foo. Our model. Foo";
    let kinds =
        [(Kind::Own, "our model"), (Kind::Named, "Foo"), (Kind::Own, "Our model"), (Kind::Named, "Foo")];
    let mut detected = detected(text, &kinds);
    detected.mentions[1].coined = true;
    detected.mentions[3].coined = true;
    let groups = group(text, &detected);
    assert_eq!((groups.len(), groups[0].names.as_slice()), (1, [1, 3].as_slice()));
    detected.mentions.remove(0);
    assert_eq!(group(text, &detected).len(), 1);
}

#[test]
fn a_description_that_gets_its_name_later_is_one_reference() {
    let text = "a closed model and a fast model; The closed model is Bolt; a closed model (Spark)";
    let mut detected = detected(
        text,
        &[
            (Kind::Described, "a closed model"),
            (Kind::Described, "a fast model"),
            (Kind::Described, "The closed model"),
            (Kind::Named, "Bolt"),
            (Kind::Described, "a closed model"),
            (Kind::Named, "Spark"),
        ],
    );
    detected.mentions[2].named_by = vec![3];
    detected.mentions[4].named_by = vec![5];
    assert_eq!(grouped(text, &detected), [vec![0, 2, 3], vec![1], vec![4, 5]]);
}

#[test]
fn the_model_with_new_facts_is_still_the_one_that_was_introduced() {
    let text = "a proprietary model; the model; the larger model";
    let described = [
        (Kind::Described, "a proprietary model"),
        (Kind::Described, "the model"),
        (Kind::Described, "the larger model"),
    ];
    let mut detected = detected(text, &described);
    detected.mentions[1].takes_up = true;
    assert_eq!(grouped(text, &detected), [vec![0, 1], vec![2]]);
}

#[test]
fn very_many_mentions_are_grouped_as_few_are() {
    let text = "GPT-4 and the model and a model ".repeat(20_000);
    let kinds = [(Kind::Named, "GPT-4"), (Kind::Anaphoric, "the model"), (Kind::Described, "a model")];
    let mentions: Vec<_> = kinds.iter().copied().cycle().take(60_000).collect();
    let mut detected = detected(&text, &mentions);
    for mention in detected.mentions.iter_mut().skip(2).step_by(3) {
        mention.definite = true;
    }
    let groups = grouped(&text, &detected);
    assert_eq!(groups.len(), 2);
    assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 60_000);
}

#[test]
fn what_points_back_by_a_noun_of_its_own_joins_what_that_noun_stood_for() {
    let text = "a harsh judge, the scorer, GPT-4, the judge, GPT-4, the planner";
    let mut detected = detected(
        text,
        &[
            (Kind::Described, "a harsh judge"),
            (Kind::Anaphoric, "the scorer"),
            (Kind::Named, "GPT-4"),
            (Kind::Anaphoric, "the judge"),
            (Kind::Named, "GPT-4"),
            (Kind::Anaphoric, "the planner"),
        ],
    );
    for index in [1, 3, 5] {
        detected.mentions[index].tells_noun = true;
    }
    assert_eq!(grouped(text, &detected), [vec![0, 1, 3], vec![2, 4]], "nothing before is a planner");
}

#[test]
fn names_of_a_set_are_not_those_of_another_number_or_of_a_work_reported_on() {
    let text = "GPT-4; 20 models; 21 models; the models; 20 models";
    let words = [
        (Kind::Named, "GPT-4"),
        (Kind::Described, "20 models"),
        (Kind::Described, "21 models"),
        (Kind::Described, "the models"),
        (Kind::Described, "20 models"),
    ];
    let mut detected = detected(text, &words);
    detected.mentions[1].named_by = vec![0];
    for (index, count) in [(1, 20), (2, 21), (4, 20)] {
        detected.mentions[index].attributes.count = Some(count);
    }
    detected.mentions[3].definite = true;
    assert_eq!(grouped(text, &detected), [vec![0], vec![1, 4], vec![2, 3]]);
    detected.mentions[4].reported = true;
    assert!(!grouped(text, &detected).contains(&vec![1, 4]));
}
