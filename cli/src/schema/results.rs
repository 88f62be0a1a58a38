//! The keys of one line of results, as `scan --format jsonl` writes them.

use byname::catalogue::{EntityType, Kind, Level, Measure, Precision, Trait};
use byname::document::{DateSource, SectionKind};
use byname::resolve::{AnswerLevel, State};
use byname::suppress::SuppressedBy;
use serde_json::{Map, Value, json};

use super::form::Form::{Count, Flag, Given, Number, OneOf, Table, Tables, Text, Texts};
use super::form::{Form, Key, key, required};

/// A probability.
const CHANCE: Form = Number(0.0, 1.0);

pub(super) fn keys() -> Vec<Key> {
    vec![
        required("document", Text, "What the paper is called: its path, or the id of its record"),
        key(
            "source",
            Table(vec![
                required("file", Text, "The file of the record"),
                required("line", Count, "Its line or row, from 1"),
            ]),
            "Where the record stands, if the paper is one",
        ),
        required("title", or_null(Text), "The title, where the paper gives one"),
        required("date", or_null(Text), "When it was written: YYYY, YYYY-MM or YYYY-MM-DD"),
        key("date_source", OneOf(DateSource::NAMES), "How the date is known"),
        required("organisations", Texts, "The organisations of the authors, as the paper writes them"),
        required("mentions", Tables(mention()), "Every mention that is reported, in the order of the text"),
        required("references", Tables(reference()), "Every reference, in the order of their first mentions"),
        key("notes", Tables(remark()), "What may matter of how it was read"),
        required("errors", Tables(remark()), "Why it could not be read, or not in full"),
        key(
            "provenance",
            Table(vec![
                required("text", Text, "The hash of the text that was read (16 bytes of BLAKE3)"),
                required("catalogue", Text, "The hash of the catalogue"),
                required("program", Text, "The build of the program"),
                key(
                    "shard",
                    Table(vec![
                        required("part", Text, "The part, as `2/3`"),
                        required("paper", Count, "The number of the paper in its part, from 1"),
                        required("run", Text, "A hash of what all parts have in common"),
                    ]),
                    "The place of the paper in a run of several parts, until `merge` puts them together",
                ),
            ]),
            "What the results were made from, and with",
        ),
    ]
}

fn remark() -> Vec<Key> {
    vec![
        required("kind", Text, "A short fixed word for the case"),
        required("message", Text, "A sentence for a person"),
    ]
}

fn mention() -> Vec<Key> {
    vec![
        required("kind", OneOf(Kind::NAMES), "What it does in the text"),
        required("type", OneOf(EntityType::NAMES), "What it stands for"),
        required("text", Text, "Its words, as the text that was read has them"),
        key("file", Text, "Its file, where the paper has several"),
        required("start", Count, "The byte of the source that it begins at"),
        required("end", Count, "The byte of the source before which it ends"),
        required("line", Count, "Its line, from 1"),
        required("column", Count, "The character of the line that it begins at, from 1"),
        key("page", Count, "Its page, of a paper with pages"),
        key("section", OneOf(SectionKind::NAMES), "The part of the paper, where its format tells parts"),
        required("confidence", CHANCE, "The probability that the kind is right"),
        key("kinds", Given(of_each(Kind::NAMES, &CHANCE)), "The probability of each kind that may be right"),
        required("rules", Texts, "The rules that voted for the kind"),
        required("attributes", Given(attributes()), "What it tells of its system"),
        required("reference", or_null(Count), "The id of its reference, where it has one"),
    ]
}

fn reference() -> Vec<Key> {
    vec![
        required("id", Count, "Its place in the list, from 0"),
        required("state", OneOf(State::NAMES), "named in this paper, linked to a system, or unresolved"),
        required("level", OneOf(Level::NAMES), "How heavy the finding is"),
        required("confidence", CHANCE, "The probability that it is particular and never named in this paper"),
        required(
            "context",
            or_null(Table(vec![
                required("before", Text, "What stands before the mention in its sentence"),
                required("after", Text, "What stands behind it"),
            ])),
            "The sentence that it is told at",
        ),
        required(
            "mentions",
            Given(json!({"type": "array", "items": Count.schema()})),
            "Its mentions, by place",
        ),
        required("names", Texts, "The names that the paper gives it"),
        key("partial", Flag, "The names are some of a set's only"),
        required("candidates", Tables(candidate()), "The systems that it may stand for, most probable first"),
        required("unknown", CHANCE, "The probability that it is none of the catalogue"),
        required(
            "answer",
            or_null(Table(vec![
                required(
                    "level",
                    OneOf(AnswerLevel::NAMES),
                    "Whether a system, a family or a maker can be told",
                ),
                required("id", or_null(Text), "Its id in the catalogue"),
                required("name", Text, "Its name"),
                required("probability", CHANCE, "Its probability: the sum over what belongs to it"),
            ])),
            "The deepest level that can be told",
        ),
        key(
            "suppressed",
            Table(vec![
                required("by", OneOf(SuppressedBy::NAMES), "What silences it"),
                required("reason", Text, "The reason that is given"),
            ]),
            "That it is silenced",
        ),
    ]
}

fn candidate() -> Vec<Key> {
    vec![
        required("system", or_null(Text), "The id of the system"),
        required("name", Text, "Its name"),
        required("aliases", Texts, "Its other names, and of a family those of the members that fit"),
        required("probability", CHANCE, "With those of the others and `unknown` it sums to 1"),
        required(
            "evidence",
            Tables(vec![
                required("clue", Text, "The kind of clue"),
                required("detail", Text, "What was compared"),
                required("weight", Number(-100.0, 100.0), "What it adds, in natural log-odds"),
            ]),
            "What speaks for and against it, the strongest first",
        ),
    ]
}

/// Returns the schema of attributes: amounts by measure, words by trait, and how many systems are meant.
fn attributes() -> Value {
    let amount = Table(vec![
        required("at", Number(0.0, f64::MAX), "The amount; of several the largest"),
        required("precision", OneOf(Precision::NAMES), "How exactly it is stated"),
        key("from", Number(0.0, f64::MAX), "The lower end of a range"),
        key("values", Given(json!({"type": "array", "items": {"type": "number"}})), "Every value of a list"),
    ]);
    let mut all = of_each(Measure::NAMES, &amount);
    let traits = of_each(Trait::NAMES, &Texts);
    if let (Some(all), Some(traits)) = (all["properties"].as_object_mut(), traits["properties"].as_object()) {
        all.extend(traits.clone());
        all.insert("count".to_string(), Count.schema());
    }
    all
}

/// Returns the schema of an object that may have each of these keys.
fn of_each(names: &[&str], form: &Form) -> Value {
    let properties: Map<String, Value> =
        names.iter().map(|name| ((*name).to_string(), form.schema())).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn or_null(form: Form) -> Form {
    Given(json!({"anyOf": [form.schema(), {"type": "null"}]}))
}
