//! The keys of a rule of thumb.

use byname::catalogue::{EntityType, HEAVIEST, Kind, Measure, RuleStatus, Trait};
use serde_json::json;

use super::form::Form::{Date, Given, Number, OneOf, Table, Tables, Text, TextOrTexts};
use super::form::{Form, Key, key, required};

pub(super) fn keys() -> Vec<Key> {
    vec![
        required("why", Text, "The reason, in one line: it is shown as evidence"),
        required("sources", TextOrTexts, "Public addresses where that is told: https://…, arxiv:…, doi:…"),
        required("when", Table(circumstances()), "What must hold, all of it"),
        key("unless", Table(circumstances()), "What must not hold, none of it"),
        required("favours", Tables(favour()), "What it speaks for, and how much"),
        key("status", OneOf(RuleStatus::NAMES), "`off`: loaded, but it counts for nothing"),
        required(
            "example",
            Tables(vec![
                required("text", Text, "A text with the description in [brackets], or a near miss without"),
                key("date", Date, "The date of its paper"),
                key("organisations", TextOrTexts, "The organisations of its authors, by name"),
                key("system", Text, "The id of the right system, where `favours` leaves it open"),
                key("expect", OneOf(&["none"]), "For a near miss, for which the rule must not hold"),
            ]),
            "At least one that it leads to the right system, and one near miss",
        ),
    ]
}

fn favour() -> Vec<Key> {
    vec![
        key("system", Text, "The id of one system"),
        key("family", Text, "The id of the head of a family"),
        key("maker", Text, "The id of an organisation: all that it made"),
        required(
            "weight",
            Number(0.0, HEAVIEST),
            "Weight of evidence in log-odds: 0.7 doubles the odds, 2.3 makes them ten times as high",
        ),
    ]
}

fn circumstances() -> Vec<Key> {
    let mut keys = vec![
        key("authors", TextOrTexts, "Ids of organisations: an author is at one of them"),
        key("told", TextOrTexts, "Ids of organisations: the sentence tells of one of them"),
        key("from", Date, "The paper is of this time or later"),
        key("to", Date, "The paper is of this time or earlier"),
        key("type", one_or_more(EntityType::NAMES), "What the description stands for"),
        key(
            "kind",
            one_or_more(&[Kind::Described.name(), Kind::Own.name()]),
            "Whether it is the authors' own",
        ),
        key("phrases", TextOrTexts, "Words or phrases of which a mention holds one"),
        key("regex", Text, "A regular expression that is found in the sentence and touches the description"),
    ];
    keys.extend(
        Measure::NAMES.iter().map(|measure| key(measure, range(), "The stated amount lies in this range")),
    );
    let values = "Values that words of the text tell, one of which is told";
    keys.extend(Trait::NAMES.iter().map(|of| key(of, TextOrTexts, values)));
    keys
}

fn range() -> Form {
    let size = || Given(json!({"type": ["string", "number"]}));
    Table(vec![key("from", size(), "The least, as \"60B\""), key("to", size(), "The most, as \"150B\"")])
}

fn one_or_more(names: &[&str]) -> Form {
    Given(json!({"anyOf": [{"enum": names}, {"type": "array", "items": {"enum": names}}]}))
}
