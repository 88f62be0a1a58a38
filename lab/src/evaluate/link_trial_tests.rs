use byname::catalogue::Layer;

use super::*;

/// Returns the failures of a rule of thumb that is laid over the built-in catalogue.
fn failures(text: &str) -> Vec<Option<String>> {
    let layers = [Layer::built_in(), Layer::of_texts("x", [("rules-of-thumb/mine.toml", text)])];
    let engine = Engine::new(Catalogue::load(&layers).unwrap());
    let trials = try_rules_of_thumb(&engine, |rule| rule.name == "mine");
    trials.into_iter().map(|trial| trial.failure).collect()
}

fn rule(system: &str, example: &str, near_miss: &str) -> String {
    format!(
        "why = 'w'\nsources = ['arxiv:2101.00001']\nfavours = [{{ system = '{system}', weight = 4.0 }}]\n\
         [when]\nphrases = 'zorbly'\n[[example]]\n{example}\n[[example]]\n{near_miss}\nexpect = 'none'\n"
    )
}

#[test]
fn an_example_must_be_led_to_its_system_by_the_rule_itself() {
    let of_google = |text: &str| format!("text = '{text}'\ndate = '2020-08'\norganisations = 'Google'");
    let example = of_google("The letters were sorted by [a zorbly in-house language model].");
    let near_miss = of_google("The letters were sorted by an in-house language model.");
    assert_eq!(failures(&rule("moe-multi", &example, &near_miss)), [None, None]);
    let with_size = example.replace("language model]", "dialogue model] of 2.6B parameters");
    let needless = failures(&rule("meena", &with_size, &near_miss));
    assert!(needless[0].as_ref().unwrap().contains("it is not needed"), "{needless:?}");
    let lost = failures(&rule("alexnet", &example, &near_miss));
    assert!(lost[0].as_ref().unwrap().starts_with("the first candidate is "), "{lost:?}");
    let silent = failures(&rule("moe-multi", &example.replace("zorbly ", ""), &near_miss));
    assert_eq!(silent[0].as_deref(), Some("the rule of thumb does not hold here"));
    let unseen = failures(&rule("meena", "text = 'We bought [a zorbly chair].'", &near_miss));
    assert!(unseen[0].as_ref().unwrap().starts_with("no description stands"), "{unseen:?}");
    let missed = failures(&rule("moe-multi", &example, &example.replace(['[', ']'], "")));
    assert_eq!(missed[1].as_deref(), Some("the rule of thumb must not hold here, and does"));
}

/// Facts on systems take precedence: a rule of thumb that they make redundant should be removed.
#[test]
fn every_rule_of_thumb_that_ships_leads_where_facts_do_not() {
    let engine = Engine::new(Catalogue::built_in().unwrap());
    assert!(engine.catalogue().rules_of_thumb.len() >= 25);
    let trials = try_rules_of_thumb(&engine, |_| true);
    let failures: Vec<String> = trials
        .iter()
        .filter_map(|trial| Some(format!("{}: {}", trial.rule.name, trial.failure.as_ref()?)))
        .collect();
    assert_eq!(failures, Vec::<String>::new());
}
