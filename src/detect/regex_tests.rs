//! Tests of rules with regular expressions, on whole texts.

use crate::catalogue::{Catalogue, CatalogueFile, Kind, Layer, Measure, Trait};
use crate::detect::Mention;
use crate::document::Outline;
use crate::engine::Engine;

/// Makes an engine with one more rule, of weight 9, under `described/mine`.
fn engine(keys: &str) -> Engine {
    let text = format!(
        "summary='s'\nwhy='w'\nweight=9.0\n{keys}\n[[example]]\ntext='[a] b'\n[[example]]\ntext='Hm.'\nexpect='none'\n"
    );
    let path = "rules/described/mine.toml".to_string();
    let file = CatalogueFile { shown: path.clone(), path, text: text.into() };
    let layers = [Layer::built_in(), Layer { name: "x".into(), files: vec![file] }];
    Engine::new(Catalogue::load(&layers).unwrap())
}

/// Returns the mentions that the rule voted on.
fn voted(engine: &Engine, prose: &str) -> Vec<Mention> {
    let mine = engine.catalogue().rules.iter().position(|rule| rule.name == "described/mine").unwrap();
    let mentions = engine.detector().detect_by_rules_in(prose, &Outline::default()).mentions;
    let is_mine = |mention: &Mention| mention.votes.iter().any(|vote| vote.rule.0 as usize == mine);
    mentions.into_iter().filter(is_mine).collect()
}

fn texts<'p>(keys: &str, prose: &'p str) -> Vec<&'p str> {
    voted(&engine(keys), prose).iter().map(|mention| mention.span.of(prose)).collect()
}

#[test]
fn a_match_speaks_of_the_first_noun_phrase_that_it_touches() {
    let prose = "We were lent a large language model and an old model for a week.";
    assert_eq!(texts("regex = 'lent a .*week'", prose), ["a large language model"]);
    assert_eq!(texts("regex = 'language model'", prose), ["a large language model"]);
    assert_eq!(texts("regex = 'lent a .*week'\nphrase = 'an old _'", prose), ["an old model"]);
    assert_eq!(texts("regex = 'lent a .*week'\nbefore = 'and'", prose), ["an old model"]);
    assert_eq!(texts("regex = 'lent a .*week'\nunless-phrase = '... large ...'", prose), ["an old model"]);
    assert_eq!(texts("regex = 'lent a .*week'\nwhen = ['plural']", prose), [""; 0]);
    assert_eq!(texts("regex = '\\bmodel\\b'", prose), ["a large language model", "an old model"]);
}

#[test]
fn a_group_gives_the_bounds_and_a_match_without_a_phrase_is_the_mention() {
    let prose = "We were lent a large language model of the kind XQ. A gherkin chopper (rented) did worse.";
    assert_eq!(
        texts("regex = 'lent (?<mention>a .* kind XQ)'", prose),
        ["a large language model of the kind XQ"]
    );
    assert_eq!(texts("regex = '(?i)a gherkin \\w+ \\(rented\\)'", prose), ["A gherkin chopper (rented)"]);
    assert_eq!(texts("regex = 'A (?<mention>gherkin) \\w+'", prose), ["gherkin"]);
    // Where other keys ask for a noun phrase, a match alone is none.
    assert_eq!(texts("regex = 'gherkin chopper'\nphrase = '_'", prose), [""; 0]);
}

#[test]
fn a_sentence_without_any_head_word_is_read_where_a_match_stands() {
    let prose = "Nothing here. The zorper (O(100b) weights) wrote them. Nothing there.";
    let keys = "regex = '(?i)(?<mention>the zorper) \\((?<parameters>[^ ]+) weights'";
    let found = voted(&engine(keys), prose);
    let stated: Vec<_> = found
        .iter()
        .map(|mention| (mention.span.of(prose), mention.attributes.quantity(Measure::Parameters)))
        .map(|(text, quantity)| (text, quantity.map(ToString::to_string)))
        .collect();
    assert_eq!(stated, [("The zorper", Some("the order of 100B".to_string()))]);
    assert!(found.iter().all(|mention| mention.kind == Kind::Described));
}

#[test]
fn groups_are_read_by_the_same_readers_as_the_text() {
    let prose = "They rent the zorper (131k ctx, open weights, from Google, 1.4T).";
    let keys = "regex = '(?<mention>zorper) \\((?<context_length>\\w+) ctx, (?<access>[^,]+), from \
                (?<organisation>\\w+), (?<tokens>[\\w.]+)'";
    let found = voted(&engine(keys), prose);
    let attributes = &found[0].attributes;
    let amount = |measure| attributes.quantity(measure).map(|quantity| quantity.at);
    assert_eq!(
        (amount(Measure::ContextLength), amount(Measure::Tokens), amount(Measure::Parameters)),
        (Some(131_000.0), Some(1.4e12), None)
    );
    assert_eq!(attributes.values_of(Trait::Organisation).collect::<Vec<_>>(), ["google"]);
    assert_eq!(attributes.values_of(Trait::Access).collect::<Vec<_>>(), ["open"]);
}

#[test]
fn what_must_not_be_there_is_looked_for_in_the_same_scope() {
    let prose = "They rent a model. It is a gherkin.";
    assert_eq!(texts("regex = 'rent a'\nunless-regex = 'gherkin'", prose), ["a model"]);
    assert_eq!(texts("regex = 'rent a'\nunless-regex = 'gherkin'\nscope = 'paragraph'", prose), [""; 0]);
    assert_eq!(texts("phrase = 'a model'\nunless-regex = 'r.nt'", prose), [""; 0]);
    assert_eq!(texts("phrase = 'a model'\nunless-regex = 'gherkin'", prose), ["a model"]);
}

#[test]
fn a_paragraph_goes_over_sentences_and_ends_at_a_blank_line() {
    let keys = "regex = '(?<mention>a \\w+ model)\\. .*gherkin'\nscope = 'paragraph'";
    assert_eq!(texts(keys, "They rent a big model. It is\na gherkin."), ["a big model"]);
    assert_eq!(texts(keys, "They rent a big model.\n\nIt is a gherkin."), [""; 0]);
    assert_eq!(
        texts(keys.trim_end_matches("\nscope = 'paragraph'"), "They rent a big model. A gherkin."),
        [""; 0]
    );
    let without = "regex = 'rent .*gherkin'\nscope = 'paragraph'";
    assert_eq!(texts(without, "They rent it. A model is a gherkin."), ["A model"]);
}

#[test]
fn a_rule_on_names_votes_on_the_name_that_its_match_touches() {
    let engine = engine("kind = 'named'\nnames = 'model'\nregex = 'gherkins? by \\w+'");
    let prose = "A language model counted gherkins by Zorblax9 in March. Zorblax9 learns.";
    let found = voted(&engine, prose);
    let names: Vec<&str> = found.iter().map(|mention| mention.span.of(prose)).collect();
    assert_eq!(names, ["Zorblax9", "Zorblax9"]);
}

#[test]
fn a_match_of_a_rule_that_does_not_vote_makes_no_mention() {
    let prose = "We were lent the zorper with 7B parameters.";
    let spans = |keys: &str| {
        let found = engine(keys).detector().detect_by_rules_in(prose, &Outline::default()).mentions;
        found.iter().map(|mention| mention.span.of(prose).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(spans("regex = 'the zorper'"), ["the zorper"]);
    // Its size alone would make a mention of it.
    assert_eq!(spans("regex = 'the zorper'\nunless-regex = 'lent'"), [""; 0]);
    assert_eq!(spans("regex = 'the zorper'\nbefore = 'sold'"), [""; 0]);
}

#[test]
fn a_rule_without_a_vote_leaves_the_reading_as_it_is() {
    let mut engine = engine("regex = 'the zorper'");
    let prose = "They rent the zorper with 7B parameters. A model helps.";
    assert_eq!(voted(&engine, prose).len(), 1);
    let plain = Engine::new(Catalogue::built_in().unwrap());
    let mut weights: Vec<f64> = engine.catalogue().rules.iter().map(|rule| rule.weight).collect();
    let mine = engine.catalogue().rules.iter().position(|rule| rule.name == "described/mine").unwrap();
    weights[mine] = 0.0;
    engine.reweigh(&weights);
    let spans = |engine: &Engine| {
        let found = engine.detector().detect_by_rules_in(prose, &Outline::default()).mentions;
        found.into_iter().map(|mention| (mention.span, mention.attributes)).collect::<Vec<_>>()
    };
    assert_eq!(spans(&engine), spans(&plain));
}
