//! Guarantees of linking, on a small fictitious catalogue.

use super::*;
use crate::catalogue::RuleId;
use crate::detect::{Measure, Mention, Precision, Quantity, QuantityMention, Trait, Vote};
use crate::document::{ByteSpan, Citation, CitedWork};
use crate::resolve::samples;
use proptest::prelude::*;

pub(super) fn linker() -> Linker {
    Linker::new(&samples::systems(), &samples::organisations(), &samples::weights(), &samples::shares())
}

pub(super) fn paper(text: &str, date: &str, organisations: &[&str]) -> Document {
    let mut document = Document::from_prose("p", text);
    document.date = date.parse().ok();
    document.organisations = organisations.iter().map(ToString::to_string).collect();
    document
}

/// Returns one mention over the whole text.
pub(super) fn whole(text: &str, kind: Kind) -> Detected {
    let span = ByteSpan::new(0, text.len());
    let mention = Mention::new(kind, EntityType::Model, span, span);
    Detected { mentions: vec![mention], sentences: vec![span], ..Detected::default() }
}

pub(super) fn sized(text: &str, at: f64) -> Detected {
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0]
        .attributes
        .quantities
        .push((Measure::Parameters, Quantity::new(at, Precision::Exact)));
    detected
}

pub(super) fn first(reference: &Reference) -> &str {
    reference.candidates.first().map_or("", |candidate| candidate.name.as_str())
}

pub(super) fn resolve_one(document: &Document, detected: &Detected) -> Reference {
    linker().resolve(document, detected, &ScanOptions::default()).remove(0)
}

#[test]
fn a_rare_size_and_the_authors_house_give_the_system() {
    let text = "a 137B language model";
    let found = resolve_one(&paper(text, "2021-08", &["Acme"]), &sized(text, 137e9));
    assert_eq!((found.state, first(&found)), (State::Linked, "Anvil"));
    assert!(found.candidates[0].probability > 0.8, "{}", found.candidates[0].probability);
    let details: Vec<&str> =
        found.candidates[0].evidence.iter().map(|evidence| evidence.detail.as_str()).collect();
    assert!(details.contains(&"137B is 137B"), "{details:?}");
}

/// Returns the reference of a mention in a paper that cites a work right behind it, or `gap` later.
fn citing(work: CitedWork, gap: &str) -> Reference {
    let mention = "a commercial model";
    let text = format!("{mention}{gap} [1]");
    let mut document = paper(&text, "2024-01", &[]);
    document.bibliography =
        vec![CitedWork { title: Some("Something Else".into()), ..CitedWork::default() }, work];
    let span = ByteSpan::new(text.len() - 3, text.len());
    document.citations = vec![Citation { span, works: vec![1] }];
    let mut detected = whole(&text, Kind::Described);
    detected.mentions[0].span = ByteSpan::new(0, mention.len());
    resolve_one(&document, &detected)
}

fn cites(found: &Reference) -> Option<f64> {
    found.candidates[0].evidence.iter().find(|evidence| evidence.clue == "cites").map(|cites| cites.weight)
}

#[test]
fn the_systems_own_paper_cited_beside_the_mention_gives_the_system() {
    let by_title = CitedWork { title: Some("Bolt one: A hammer in 3 parts".into()), ..CitedWork::default() };
    let by_arxiv = CitedWork { arxiv: Some("2006.01234".into()), ..CitedWork::default() };
    for work in [by_title, by_arxiv] {
        let found = citing(work, "");
        assert_eq!((found.state, first(&found)), (State::Linked, "Bolt One"));
        assert!(cites(&found).is_some_and(|weight| weight == samples::weights().citation.beside));
    }
}

#[test]
fn another_paper_or_one_cited_far_off_gives_no_system() {
    let other = CitedWork { arxiv: Some("2006.09999".into()), ..CitedWork::default() };
    assert_eq!(cites(&citing(other, "")), None);
    let own = CitedWork { arxiv: Some("2006.01234".into()), ..CitedWork::default() };
    let far = citing(own, &" and so on".repeat(8));
    let weight = far.candidates.iter().flat_map(|candidate| &candidate.evidence).find(|e| e.clue == "cites");
    assert!(weight.is_none_or(|cites| cites.weight == samples::weights().citation.sentence));
    assert_eq!(far.state, State::Unresolved);
}

#[test]
fn a_common_size_alone_stays_open() {
    let text = "a 7B model";
    let found = resolve_one(&paper(text, "2024-01", &[]), &sized(text, 7e9));
    let level = found.answer.map(|answer| answer.level);
    assert_ne!(level, Some(crate::resolve::AnswerLevel::System), "the sample knows twenty of this size");
}

#[test]
fn a_description_without_a_clue_stays_open() {
    let text = "a large language model";
    let found = resolve_one(&paper(text, "2024-01", &[]), &whole(text, Kind::Described));
    assert_eq!((found.state, found.level), (State::Unresolved, Level::Warning));
    assert!(found.unknown > 0.3);
}

#[test]
fn nobody_uses_what_nobody_had() {
    let text = "a 137B language model";
    let before = resolve_one(&paper(text, "2019-01", &["Old University"]), &sized(text, 137e9));
    let after = resolve_one(&paper(text, "2021-08", &["Old University"]), &sized(text, 137e9));
    let chance = |found: &Reference| {
        found
            .candidates
            .iter()
            .find(|candidate| candidate.name == "Anvil")
            .map_or(0.0, |candidate| candidate.probability)
    };
    assert!(chance(&before) < chance(&after) * 0.2, "{} {}", chance(&before), chance(&after));
}

#[test]
fn in_house_means_the_authors_house() {
    let text = "our in-house model";
    let mut detected = whole(text, Kind::Described);
    detected.mentions[0].attributes.traits.push((Trait::Organisation, "in-house".to_string()));
    assert_eq!(first(&resolve_one(&paper(text, "2021-08", &["jo@acme.example"]), &detected)), "Anvil");
    assert_ne!(first(&resolve_one(&paper(text, "2021-08", &["Bolt"]), &detected)), "Anvil");
}

/// Returns the weight of a clue for a candidate, or 0 if the clue has none.
pub(super) fn weight_of(reference: &Reference, name: &str, clue: &str) -> f64 {
    let candidate = reference.candidates.iter().find(|candidate| candidate.name == name).unwrap();
    candidate.evidence.iter().filter(|evidence| evidence.clue == clue).map(|evidence| evidence.weight).sum()
}

#[test]
fn what_a_paper_presents_is_not_what_it_leaves_nameless() {
    let later = resolve_one(&paper("a 2B model", "2021-08-18", &["Acme"]), &sized("a 2B model", 2e9));
    assert!(weight_of(&later, "Anvil", "date") >= 0.0);
    // The sample announces Anvil on a day, and the paper of that day is by its makers.
    let presented = resolve_one(&paper("a 2B model", "2021-05-18", &["Acme"]), &sized("a 2B model", 2e9));
    assert!(weight_of(&presented, "Anvil", "date") < 0.0);
}

#[test]
fn the_likelier_something_is_the_authors_own_the_less_it_is_a_known_system() {
    let text = "the 137B language model";
    let document = paper(text, "2021-08", &[]);
    let known = |own: f32, votes: Vec<Vote>| {
        let mut detected = sized(text, 137e9);
        let mention = &mut detected.mentions[0];
        (mention.kind, mention.votes) = (Kind::Own, votes);
        mention.chances = Default::default();
        mention.chances[Kind::Own as usize] = own;
        mention.chances[Kind::Described as usize] = 1.0 - own;
        1.0 - resolve_one(&document, &detected).unknown
    };
    let vote = Vote { rule: RuleId(0), kind: Kind::Own, weight: 1.0, nameless: 0.0 };
    let chances = [0.0, 0.2, 0.5, 0.9].map(|own| known(own, Vec::new()));
    assert!(chances.is_sorted_by(|a, b| a > b), "{chances:?}");
    assert_eq!(known(0.5, vec![vote]), known(1.0, Vec::new()), "a rule that says so leaves no doubt");
}

#[test]
fn a_system_announced_after_the_year_of_its_use_is_less_likely() {
    let by_bolt = |text: &str| resolve_one(&paper(text, "2024-01", &[]), &whole(text, Kind::Described));
    let weight = |text: &str| weight_of(&by_bolt(text), "Bolt Two", "date-told");
    assert!(weight("a model from Bolt that was rolled out in 2021") < 0.0);
    assert!(weight("a model from Bolt that we rolled out (Lee, 2021)") == 0.0);
    assert!(weight("a model from Bolt that was rolled out in 2023") >= 0.0);
}

#[test]
fn a_phrase_for_the_maker_leads_to_what_it_made() {
    let text = "a dialogue model from the maker of anvils trained on web documents";
    assert_eq!(first(&resolve_one(&paper(text, "2021-08", &[]), &whole(text, Kind::Described))), "Anvil");
}

#[test]
fn a_name_in_the_text_is_the_answer() {
    let text = "B2";
    let mut detected = whole(text, Kind::Named);
    detected.mentions[0].systems = vec![samples::systems().by_id("bolt-2").unwrap()];
    let found = resolve_one(&paper(text, "2024-01", &[]), &detected);
    assert_eq!((found.state, found.level, first(&found)), (State::Named, Level::Note, "Bolt Two"));
    assert_eq!(found.names, ["B2"]);
}

#[test]
fn a_whole_text_is_ranked_by_all_that_it_says() {
    let text = "It has 137 billion parameters and was trained on web documents and dialogue.";
    let mut detected = whole(text, Kind::Own);
    detected.quantities.push(QuantityMention {
        span: ByteSpan::new(7, 29),
        measure: Measure::Parameters,
        quantity: Quantity::new(137e9, Precision::Exact),
    });
    let ranking = linker().rank(&paper(text, "2021-05", &[]), &detected, &ScanOptions::default());
    assert_eq!((ranking.state, ranking.candidates[0].name.as_str()), (State::Linked, "Anvil"));
    assert!(ranking.clues.quantity(Measure::Parameters).is_some());
}

#[test]
fn a_text_without_mentions_is_ranked_too() {
    let ranking = linker().rank(&paper("", "", &[]), &Detected::default(), &ScanOptions::default());
    let level = ranking.answer.map(|answer| answer.level);
    assert!(!ranking.candidates.is_empty() && level != Some(crate::resolve::AnswerLevel::System));
}

#[test]
fn a_linker_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Linker>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn probabilities_sum_to_one_whatever_the_paper_says(
        text in "\\PC{0,60}",
        at in proptest::num::f64::ANY,
        kind in 0usize..6,
        measure in 0usize..Measure::ALL.len(),
        precision in 0usize..6,
        plural in proptest::bool::ANY,
        year in 1900i32..2100,
    ) {
        let document = paper(&text, &year.to_string(), &[text.as_str()]);
        let mut detected = whole(&text, Kind::ALL[kind]);
        detected.mentions[0].plural = plural;
        let quantity = Quantity { at, precision: Precision::ALL[precision], from: Some(-at), values: vec![at, 0.0] };
        detected.mentions[0].attributes.quantities.push((Measure::ALL[measure], quantity.clone()));
        detected.quantities.push(QuantityMention { span: ByteSpan::new(0, 1), measure: Measure::ALL[measure], quantity });
        let linker = linker();
        let whole = linker.rank(&document, &detected, &ScanOptions::default());
        let all = linker.resolve(&document, &detected, &ScanOptions::default());
        let answers = all.iter().map(|found| (&found.candidates, found.unknown));
        for (candidates, unknown) in answers.chain([(&whole.candidates, whole.unknown)]) {
            let sum: f64 = candidates.iter().map(|candidate| candidate.probability).sum::<f64>() + unknown;
            prop_assert!((sum - 1.0).abs() < 1e-9, "{}", sum);
        }
    }
}

#[test]
fn beyond_thousands_of_references_few_candidates_are_kept() {
    let candidate = |name: &str| Candidate {
        system: None,
        name: name.into(),
        members: Vec::new(),
        probability: 0.5,
        evidence: Vec::new(),
    };
    let all = || vec![candidate("a"), candidate("b")];
    assert_eq!(kept(all(), MOST_IN_FULL - 1), all());
    assert_eq!(kept(all(), MOST_IN_FULL), all()[..FEWER_CANDIDATES]);
}

#[test]
fn a_name_that_a_line_end_cuts_is_told_on_one_line() {
    let text = "Acme\nAnvil";
    let found = resolve_one(&paper(text, "2021-08", &[]), &whole(text, Kind::Named));
    assert_eq!(found.names, ["Acme Anvil"]);
}
