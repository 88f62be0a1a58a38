use super::*;
use crate::catalogue::Measure;

fn layer(text: &str) -> Layer {
    Layer::of_texts("x", [(FILE, text)])
}

#[test]
fn the_built_in_weights_load() {
    let weights = EvidenceWeights::read(&[Layer::built_in()]).unwrap();
    assert_eq!(weights.date.months.len(), 12);
    assert!(weights.size.measure.contains_key(&Measure::Parameters));
}

#[test]
fn a_layer_can_change_one_number() {
    let weights = EvidenceWeights::read(&[Layer::built_in(), layer("[answer]\nfloor = 0.9\n")]).unwrap();
    assert!((weights.answer.floor - 0.9).abs() < 1e-12);
}

#[test]
fn numbers_are_read_and_set_by_their_path() {
    let weights = EvidenceWeights::read(&[Layer::built_in()]).unwrap();
    let (first, second) = ("size.measure.tokens.strength", "answer.temper");
    let other = weights.with_numbers([(first, 0.125), (second, 0.25)]).unwrap();
    assert_eq!((other.number(first), other.number(second)), (Some(0.125), Some(0.25)));
    assert!((other.size.measure[&Measure::Tokens].strength - 0.125).abs() < 1e-12);
    let back = [first, second].map(|path| (path, weights.number(path).unwrap()));
    assert_eq!(other.with_numbers(back).unwrap(), weights);
    for nowhere in ["answer.flour", "answer", "date.months", "answer.temper.more", ""] {
        assert_eq!(weights.number(nowhere), None, "{nowhere}");
        assert_eq!(weights.with_numbers([(nowhere, 0.5)]), None, "{nowhere}");
    }
}

#[test]
fn a_number_that_none_can_be_is_a_fault_at_its_place() {
    for (text, cause) in [
        ("[answer]\nfloor = nan\n", "`floor` must be a finite number"),
        ("[prior]\nunknown = -inf\n", "`unknown` must be a finite number"),
        ("[nameless]\nsurest = 0.2\n", "`surest` of `nameless` lies between 0.5 and 1"),
        ("[nameless]\ndescription = 1.5\n", "`description` of `nameless` lies between 0 and 1"),
    ] {
        let faults = EvidenceWeights::read(&[Layer::built_in(), layer(text)]).unwrap_err();
        assert_eq!((faults[0].message.as_str(), faults[0].line), (cause, 2), "{text}");
    }
}

#[test]
fn a_range_without_a_number_in_it_is_a_fault() {
    for (text, cause) in [
        ("[tune]\n\"answer.flour\" = { from = 0.0, to = 1.0, step = 0.1 }", "no number stands"),
        ("[tune]\n\"answer.floor\" = { from = 0.9, to = 1.0, step = 0.1 }", "must lie from"),
        ("[tune]\n\"answer.floor\" = { from = 0.0, to = 1.0, step = 0.0 }", "`step` above 0"),
    ] {
        let fault = EvidenceWeights::read(&[Layer::built_in(), layer(text)]).unwrap_err()[0].to_string();
        assert!(fault.starts_with("x/evidence.toml:2:2: `tune`") && fault.contains(cause), "{fault}");
    }
}

#[test]
fn an_unknown_key_is_a_fault_at_its_place() {
    let faults = EvidenceWeights::read(&[Layer::built_in(), layer("[answer]\nflour = 0.9\n")]).unwrap_err();
    assert!(faults[0].to_string().starts_with("x/evidence.toml:2:1: unknown field `flour`"), "{}", faults[0]);
}
