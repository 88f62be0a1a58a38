//! Tests that drafts pass, report what they affect, and refuse invalid requests.

use super::*;

fn request(id: &str, kind: Kind, example: &str) -> DraftRequest {
    DraftRequest {
        id: id.to_string(),
        kind,
        example: MarkedText::read(example).unwrap(),
        near_miss: None,
        regex: DraftRegex::No,
        summary: None,
        why: None,
    }
}

fn draft(id: &str, kind: Kind, example: &str) -> Result<Draft, DraftError> {
    draft_rule(&request(id, kind, example), &[Layer::built_in()])
}

#[test]
fn a_phrase_becomes_a_rule_that_passes() {
    let draft = draft("gherkin", Kind::Described, "We label them with [a gherkin model].").unwrap();
    assert_eq!(draft.path, "rules/described/gherkin.toml");
    insta::assert_snapshot!(draft.text);
    assert_eq!(draft.breaks, []);
}

#[test]
fn words_beside_a_plain_phrase_become_the_pattern() {
    let text = "The letters were sorted by [a language model] that the mayor keeps at home.";
    let draft = draft("kept", Kind::Described, text).unwrap();
    assert!(draft.text.contains("after = \"that the mayor keeps\""), "{}", draft.text);
}

#[test]
fn every_kind_of_phrase_can_be_drafted() {
    for kind in [Kind::Arbitrary, Kind::Generic, Kind::Own, Kind::Anaphoric, Kind::NoMention] {
        let made = draft("gherkin", kind, "We label them with [a gherkin model].");
        assert!(made.is_ok(), "{kind}: {made:?}");
    }
}

#[test]
fn what_was_found_before_and_what_breaks_is_told() {
    let access = draft("access-again", Kind::Described, "Graded by [a proprietary language model].").unwrap();
    assert!(access.found_before_by.contains(&"described/access".to_string()), "{access:?}");
    let against =
        draft("access-again", Kind::Own, "The essays were graded by [a proprietary language model].")
            .unwrap();
    assert!(against.breaks.iter().any(|(rule, _)| rule == "described/access"), "{against:?}");
}

#[test]
fn what_cannot_be_drafted_says_why() {
    for (id, kind, example, cause) in [
        (
            "described/access",
            Kind::Described,
            "We ran [a gherkin model].",
            "already, in patterns/rules/described/access.toml",
        ),
        ("own/x", Kind::Described, "We ran [a gherkin model].", "stands under described/"),
        ("../x", Kind::Described, "We ran [a gherkin model].", "stands under described/"),
        ("X y", Kind::Described, "We ran [a gherkin model].", "is no id"),
        ("described/", Kind::Described, "We ran [a gherkin model].", "is no id"),
        ("x", Kind::Described, "[It] ran [it].", "marks 2 mentions"),
        ("x", Kind::Described, "We ate [a gherkin].", "no mention has the marked bounds"),
    ] {
        let message = draft(id, kind, example).unwrap_err().to_string();
        assert!(message.contains(cause), "{id}: {message}");
    }
    let mut wrong = request("x", Kind::Described, "We ran [a gherkin model].");
    wrong.near_miss = Some("We ran a gherkin model.".into());
    assert!(matches!(draft_rule(&wrong, &[Layer::built_in()]), Err(DraftError::NoNearMiss)));
}
