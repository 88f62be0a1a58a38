//! The keys of the files of quantities.

use byname::catalogue::{Measure, Precision};

use super::form::Form::{OneOf, Tables, Text, Texts};
use super::form::{Key, any_number, key, required};

pub(super) fn keys() -> Vec<Key> {
    let words = |name, about| key(name, Texts, about);
    vec![
        key(
            "scale",
            Tables(vec![
                required("factor", any_number(), "What it multiplies by"),
                words("words", "Singular words: billion"),
                words("plurals", "Plural words: billions"),
                words("symbols", "Letters, as written"),
                words("alone", "Symbols that mean parameters without a unit"),
                words("alone-in-list", "The same beside one that may stand alone"),
            ]),
            "A power that multiplies a number",
        ),
        key(
            "number",
            Tables(vec![
                required("value", any_number(), "Its value"),
                required("words", Texts, "Its spellings"),
                key("precision", OneOf(Precision::NAMES), "How exactly it is meant"),
            ]),
            "A number in words",
        ),
        key(
            "unit",
            Tables(vec![
                required("measure", OneOf(Measure::NAMES), "What it counts"),
                key("factor", any_number(), "What one of it is worth"),
                key("least", any_number(), "Amounts below it mean something else"),
                key("most", any_number(), "Amounts above it mean something else"),
                words("words", "After the number"),
                words("attached", "Straight after the number only"),
                words("before", "Before the number and a connector"),
                words("scale-of", "After a scale suffix"),
                words("sized", "After a number with a symbol"),
            ]),
            "Words for one unit of one measure",
        ),
        key(
            "notation",
            Tables(vec![
                required("about", Text, "Who writes so"),
                required("regex", Text, "What it looks like; a group named after a measure holds the number"),
                key("factor", any_number(), "What the number is multiplied by"),
                key("power-of", any_number(), "The number is an exponent of this one"),
                key("precision", OneOf(Precision::NAMES), "How exactly it is meant"),
                key(
                    "example",
                    Tables(vec![
                        required(
                            "text",
                            Text,
                            "A text with the quantity in [brackets], or a near miss without",
                        ),
                        key("reads", Text, "What the quantity comes to: `the order of 100B parameters`"),
                        key("expect", OneOf(&["none"]), "For a near miss, which the notation must not match"),
                    ]),
                    "At least one that must be found and one near miss",
                ),
            ]),
            "A way to write quantities that no words can tell",
        ),
        key(
            "precision",
            Tables(vec![
                required("is", OneOf(Precision::NAMES), "What the words tell"),
                words("before", "Before the number"),
                words("after", "After the number"),
                words("around", "Before a bracket around the number"),
            ]),
            "Words that tell how exactly a number is meant",
        ),
        key(
            "opener",
            Tables(vec![
                required("words", Texts, "Before a range: between"),
                required("joiners", Texts, "Then between its ends: and"),
            ]),
            "Words before a range",
        ),
        words("articles", "\"a\", before a scale word"),
        words("partitives", "\"of\", between a vague amount and what it counts"),
        words("additive-joiners", "\"and\", inside \"one hundred and five\""),
        words("range-joiners", "Between the ends of a range"),
        words("list-joiners", "Between the members of a list"),
        words("range-openers", "Before a range"),
        words("connectors", "Between a unit and the number after it"),
        words("scale-suffixes", "What makes a loose size of a number after a hyphen: scale"),
        words("references", "Before a number that counts nothing: Table"),
        words("currencies", "Before money"),
        words("others", "What is counted, but by no measure"),
        words("stops", "What ends the search for a unit"),
    ]
}
