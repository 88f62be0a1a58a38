//! Guarantees of each clue of a paper, on a small fictitious catalogue.

use super::tests::{first, linker, paper, resolve_one, sized, weight_of, whole};
use super::*;
use crate::detect::{Measure, Mention, Precision, Quantity, Trait};
use crate::document::{ByteSpan, CitedWork};
use crate::resolve::{Evidence, samples};

/// Returns a description spanning the whole text that states a trait.
fn with_trait(text: &str, of: Trait, value: &str) -> Detected {
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0].attributes.traits.push((of, value.to_string()));
    detected
}

/// Adds the name of a system in the same sentence as the first mention.
fn named(text: &str, id: &str, mut detected: Detected) -> Detected {
    let system = samples::systems().by_id(id).unwrap();
    let name = samples::systems().get(system).unwrap().name.clone();
    let start = text.find(&name).unwrap();
    let other = Mention {
        kind: Kind::Named,
        span: ByteSpan::new(start, start + name.len()),
        systems: vec![system],
        ..detected.mentions[0].clone()
    };
    detected.mentions[0].span = ByteSpan::new(0, start);
    detected.mentions.push(other);
    detected
}

fn evidence<'a>(found: &'a Reference, name: &str, clue: &str) -> Option<&'a Evidence> {
    let candidate = found.candidates.iter().find(|candidate| candidate.name == name)?;
    candidate.evidence.iter().find(|evidence| evidence.clue == clue)
}

#[test]
fn the_latest_of_a_series_is_the_newest_that_was_out() {
    let text = "the latest Bolt model";
    let at = |date: &str| {
        let found = resolve_one(&paper(text, date, &[]), &with_trait(text, Trait::Release, "latest"));
        first(&found).to_string()
    };
    assert_eq!(at("2022-06"), "Bolt One");
    assert_eq!(at("2023-04"), "Bolt Two");
}

#[test]
fn a_set_gets_as_many_systems_as_it_describes() {
    let text = "two models from Bolt";
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0].plural = true;
    detected.mentions[0].attributes.count = Some(2);
    let found = resolve_one(&paper(text, "2024-01", &[]), &detected);
    let names: Vec<&str> = found.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    assert!(names[..2].contains(&"Bolt One") && names[..2].contains(&"Bolt Two"), "{names:?}");
}

#[test]
fn an_internship_puts_the_authors_at_the_house() {
    let size = "a 137B language model";
    let plain = format!("{size} was asked. Acme was not.");
    let acknowledged = format!("{size} was asked. This was work done while at Acme.");
    let chance = |text: &str| {
        let mut detected = sized(size, 137e9);
        detected.mentions[0].sentence = ByteSpan::new(0, size.len() + 11);
        let found = resolve_one(&paper(text, "2021-08", &["Old University"]), &detected);
        weight_of(&found, "Anvil", "organisation")
    };
    assert!(chance(&acknowledged) > 0.0 && chance(&plain) < 0.0);
}

#[test]
fn before_its_release_a_system_is_reached_by_nobody_outside() {
    let text = "a model behind an interface, from Bolt";
    let weight = |date: &str| {
        let found = resolve_one(&paper(text, date, &[]), &with_trait(text, Trait::Access, "api"));
        weight_of(&found, "Bolt One", "access")
    };
    assert!(weight("2021-02") < 0.0 && weight("2022-02") > 0.0);
}

#[test]
fn vocabulary_layers_and_width_are_compared() {
    let text = "a model from Acme";
    let mut detected = whole(text, Kind::Described);
    let amounts = [(Measure::Vocabulary, 32e3), (Measure::Layers, 64.0), (Measure::Width, 1024.0)];
    for (measure, amount) in amounts {
        let quantity = Quantity::new(amount, Precision::Exact);
        detected.mentions[0].attributes.quantities.push((measure, quantity));
    }
    let found = resolve_one(&paper(text, "2021-08", &[]), &detected);
    let detail = |clue: &str| evidence(&found, "Anvil", clue).map(|evidence| evidence.detail.as_str());
    assert_eq!(detail("vocabulary"), Some("32K is 32K"));
    assert_eq!(detail("layers"), Some("64 is 64"));
    assert!(evidence(&found, "Anvil", "width").is_some_and(|width| width.weight < 0.0));
}

#[test]
fn a_named_sibling_speaks_for_the_family() {
    let text = "a smaller model than Bolt Two";
    let found =
        resolve_one(&paper(text, "2024-01", &[]), &named(text, "bolt-2", whole(text, Kind::Described)));
    let ties = found.candidates.iter().flat_map(|candidate| &candidate.evidence);
    let details: Vec<&str> = ties
        .filter(|evidence| evidence.clue == "relatives")
        .map(|evidence| evidence.detail.as_str())
        .collect();
    assert!(details.contains(&"of one family with Bolt Two, which the text names"), "{details:?}");
}

#[test]
fn what_was_used_in_a_month_was_out_by_then() {
    let chance = |text: &str| {
        let mut detected = whole(text, Kind::Described);
        detected.mentions[0].span = ByteSpan::new(0, "a commercial model".len());
        let found = resolve_one(&paper(text, "2024-06", &[]), &detected);
        let later = found.candidates.iter().find(|candidate| candidate.name == "Bolt Two");
        later.map_or(0.0, |candidate| candidate.probability)
    };
    let undated = chance("a commercial model, queried three times");
    assert!(chance("a commercial model, queried in July 2023") > undated * 0.5, "{undated}");
    assert!(chance("a commercial model, queried in July 2022") < undated * 0.1, "{undated}");
    assert!(
        chance("a commercial model, queried in July 2026") > undated * 0.5,
        "after the paper: no date of use"
    );
}

#[test]
fn the_newest_citation_dates_a_paper_that_says_nothing() {
    let text = "a model from Bolt";
    let mut document = paper(text, "", &[]);
    let chance = |document: &Document| {
        let found = resolve_one(document, &whole(text, Kind::Described));
        let later = found.candidates.iter().find(|candidate| candidate.name == "Bolt Two");
        later.map_or(0.0, |candidate| candidate.probability)
    };
    let undated = chance(&document);
    document.bibliography = vec![CitedWork { date: "2020".parse().ok(), ..CitedWork::default() }];
    assert!(chance(&document) < undated * 0.1, "{undated}");
}

#[test]
fn evidence_tells_where_the_text_says_so() {
    let text = "a 137B model from Acme";
    let mut detected = sized(text, 137e9);
    detected.quantities.push(crate::detect::QuantityMention {
        span: ByteSpan::new(2, 6),
        measure: Measure::Parameters,
        quantity: Quantity::new(137e9, Precision::Exact),
    });
    let found = resolve_one(&paper(text, "2021-08", &["Acme"]), &detected);
    let span_of = |clue: &str| evidence(&found, "Anvil", clue).and_then(|evidence| evidence.span);
    assert_eq!(span_of("parameters").map(|span| span.of(text)), Some("137B"));
    assert_eq!(span_of("organisation-told").map(|span| span.of(text)), Some("Acme"));
    // The authors stand in what is known of the paper, not in its text.
    assert!(span_of("organisation").is_none() && weight_of(&found, "Anvil", "organisation") > 0.0);
}

#[test]
fn a_maker_in_the_mention_rules_out_those_told_elsewhere() {
    let text = "Acme sells models. A model from Bolt was asked.";
    let at = text.find("A model from Bolt").unwrap_or_default();
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0].span = ByteSpan::new(at, at + "A model from Bolt".len());
    let found = resolve_one(&paper(text, "2024-01", &[]), &detected);
    let weight = |system: &str| evidence(&found, system, "organisation-told").map(|evidence| evidence.weight);
    assert!(weight("Bolt Two").is_some_and(|weight| weight > 0.0), "{found:?}");
    assert!(weight("Anvil").is_none_or(|weight| weight < 0.0), "{found:?}");
}

#[test]
fn a_short_text_that_speaks_of_no_own_system_presents_none() {
    let rank = |text: &str| {
        let ranking =
            linker().rank(&paper(text, "2021-05-18", &[]), &Detected::default(), &ScanOptions::default());
        let evidence: Vec<String> = ranking
            .candidates
            .iter()
            .flat_map(|candidate| &candidate.evidence)
            .map(|evidence| evidence.detail.clone())
            .collect();
        evidence.iter().any(|detail| detail.starts_with("presented here"))
    };
    assert!(!rank("a model trained on dialogue"));
    assert!(rank(&"a model trained on dialogue ".repeat(12)));
}

/// Ranks a short description on its own.
fn ranked(text: &str, date: &str) -> Vec<(String, f64, Vec<Evidence>)> {
    let ranking = linker().rank(&paper(text, date, &[]), &Detected::default(), &ScanOptions::default());
    let parts = |candidate: Candidate| (candidate.name, candidate.probability, candidate.evidence);
    ranking.candidates.into_iter().map(parts).collect()
}

fn told_of(text: &str, name: &str, clue: &str) -> f64 {
    let all = ranked(text, "");
    let candidate = all.iter().find(|candidate| candidate.0 == name);
    let evidence = candidate.iter().flat_map(|candidate| &candidate.2);
    evidence.filter(|evidence| evidence.clue == clue).map(|evidence| evidence.weight).sum()
}

#[test]
fn a_month_told_with_its_year_does_not_meet_another_year() {
    // The sample has Bolt Two of March 2023 and Bolt One of June 2020.
    assert!(told_of("a model from Bolt, March 2023", "Bolt Two", "date-told") > 0.5);
    assert!(told_of("a model from Bolt, March 2022", "Bolt Two", "date-told") < -1.0);
    assert!(told_of("Bolt's flagship of June 2020", "Bolt One", "date-told") > 1.0);
}

#[test]
fn numbers_and_years_of_citations_are_no_words_of_a_system() {
    // The sample's Bolt One has a title with "3 Parts".
    let words = |text: &str| {
        let all = ranked(text, "");
        let details = all.iter().flat_map(|candidate| &candidate.2).map(|evidence| evidence.detail.clone());
        details.filter(|detail| detail.starts_with("described by the words")).collect::<Vec<_>>()
    };
    assert!(!words("a model from Bolt that won 3 of 5").iter().any(|detail| detail.contains('3')));
    assert!(told_of("a model from Bolt (Holm et al., 2023)", "Bolt Two", "date-told").abs() < 1e-9);
}

#[test]
fn the_name_of_hardware_tells_of_no_maker() {
    let maker_clues = |text: &str| {
        let found = resolve_one(&paper(text, "2024-01", &[]), &whole(text, Kind::Described));
        let all = found.candidates.iter().flat_map(|candidate| &candidate.evidence);
        all.filter(|evidence| evidence.clue == "organisation-told").count()
    };
    assert_eq!(maker_clues("a model on Bolt A100 cards"), 0);
    assert!(maker_clues("a model by Bolt on cards") > 0);
}

#[test]
fn nobody_outside_has_what_comes_next_year_and_its_makers_hardly() {
    let chance = |date: &str, house: &str| {
        let text = "a model from Bolt";
        let found = resolve_one(&paper(text, date, &[house]), &whole(text, Kind::Described));
        let candidate = found.candidates.iter().find(|candidate| candidate.name == "Bolt Two");
        candidate.map_or(0.0, |candidate| candidate.probability)
    };
    assert!(chance("2022-02-01", "Old University") < 0.02);
    let makers = ["2023-01-01", "2022-08-01", "2022-02-01"].map(|date| chance(date, "Bolt"));
    assert!(makers.is_sorted_by(|later, earlier| later > earlier), "{makers:?}");
}

#[test]
fn a_size_before_a_word_that_is_no_head_is_read() {
    assert!(told_of("a 137B mixture of experts from Acme", "Anvil", "parameters") > 0.0);
    assert!(told_of("a 137B base", "Anvil", "parameters") > 0.0);
}

#[test]
fn where_nothing_fits_no_list_is_told() {
    let text = "several models";
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0].plural = true;
    let mut weights = samples::weights();
    weights.prior.unknown_set = 9.0;
    let linker = Linker::new(&samples::systems(), &samples::organisations(), &weights, &samples::shares());
    let found = linker.resolve(&paper(text, "2024-01", &[]), &detected, &ScanOptions::default()).remove(0);
    assert!(found.candidates.is_empty() && found.unknown > 0.99, "{:?}", found.candidates);
}
