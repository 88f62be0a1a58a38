//! Tests of reading a whole catalogue.

use super::*;

fn layer(path: &str, text: &str) -> Layer {
    Layer::of_texts("x", [(path, text)])
}

const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} {model}'\nweight=1.0\n[[example]]\ntext='We ran [a model].'\n[[example]]\ntext='Hm.'\nexpect='none'\n";

#[test]
fn the_built_in_catalogue_loads() {
    let catalogue = Catalogue::built_in().unwrap();
    assert!(catalogue.rules.len() >= 80, "{} rules", catalogue.rules.len());
}

#[test]
fn a_later_layer_replaces_a_rule_of_the_same_id() {
    let own = layer("rules/described/mine.toml", RULE);
    let changed = layer("rules/described/mine.toml", &RULE.replace("1.0", "2.0"));
    let catalogue = Catalogue::load(&[Layer::built_in(), own, changed]).unwrap();
    let mine: Vec<_> = catalogue.rules.iter().filter(|rule| rule.name == "described/mine").collect();
    assert_eq!(mine.len(), 1);
    assert!((mine[0].weight - 2.0).abs() < 1e-9);
}

#[test]
fn weights_hold_for_the_layers_up_to_theirs() {
    let own = layer("rules/described/mine.toml", RULE);
    let weights = layer("weights.toml", "\"described/mine\" = 3\n");
    let weight = |layers: &[Layer]| {
        let catalogue = Catalogue::load(layers).unwrap();
        let mine = catalogue.rules.iter().find(|rule| rule.name == "described/mine").unwrap();
        (mine.weight, mine.written_weight)
    };
    let (base, own, weights) = (Layer::built_in(), own, weights);
    assert_eq!(weight(&[base.clone(), own.clone(), weights.clone()]), (3.0, 1.0));
    assert_eq!(weight(&[base, own.clone(), weights, own]), (1.0, 1.0));
}

#[test]
fn a_weight_of_no_rule_is_a_fault_at_its_place() {
    for (text, place, cause) in [
        ("\"own/our\" = 1.0\n\"own/hour\" = 2.0\n", "x/weights.toml:2:1", "no rule `own/hour`"),
        ("\"own/our\" = 21\n", "x/weights.toml:1:13", "between 0 and 20"),
        ("\"own/our\" = \"much\"\n", "x/weights.toml:1:13", "invalid type"),
    ] {
        let error = Catalogue::load(&[Layer::built_in(), layer("weights.toml", text)]).unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with(place) && message.contains(cause), "{message}");
    }
}

#[test]
fn a_file_that_nothing_reads_is_refused() {
    let error = Catalogue::load(&[Layer::built_in(), layer("rulez/a.toml", RULE)]).unwrap_err();
    assert!(error.to_string().contains("x/rulez/a.toml:1:1"), "{error}");
}

#[test]
fn what_a_start_leaves_unread_is_what_reading_all_at_once_gives() {
    let late = Catalogue::built_in().unwrap();
    let at_once = Catalogue::load(&[Layer::built_in_as_text()]).unwrap();
    assert!(late.lexicon.is_built_in && !at_once.lexicon.is_built_in);
    assert_eq!(late.rules, at_once.rules);
    assert_eq!(late.quantities.notations, at_once.quantities.notations);
    assert_eq!(*late.contexts, *at_once.contexts);
    let thumbs = |catalogue: &Catalogue| -> Vec<_> {
        let named = |rule: &RuleOfThumb| (rule.name.clone(), rule.favours.clone(), rule.examples.clone());
        catalogue.rules_of_thumb.iter().map(named).collect()
    };
    assert!(!late.rules_of_thumb.is_empty());
    assert_eq!(thumbs(&late), thumbs(&at_once));
    assert!((late.word_shares.share("model") - at_once.word_shares.share("model")).abs() < 1e-9);
}

#[test]
fn what_a_start_leaves_unread_can_be_checked_all_the_same() {
    assert!(Catalogue::built_in().unwrap().check().is_ok());
}
