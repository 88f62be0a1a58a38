//! The keys of the files of imports.

use byname::catalogue::EntityType;
use byname_lab::import::{FactKey, TableKind};

use super::form::Form::{Flag, Map, OneOf, Table, Tables, Text, Texts};
use super::form::{Key, any_number, key, required};

pub(super) fn keys() -> Vec<Key> {
    vec![
        required("about", Text, "What the table is, in a few words"),
        required("table", OneOf(TableKind::NAMES), "What it is written in"),
        key("list", Text, "The key that the list of a YAML file stands under"),
        key("source", Text, "The source of its facts"),
        required("type", OneOf(EntityType::NAMES), "What its systems are where a row does not tell"),
        required(
            "column",
            Tables(vec![
                required("of", Texts, "The headers that it may have"),
                required("key", OneOf(FactKey::NAMES), "Our key"),
                key("split", Text, "What parts several values in one field"),
                key("after", Texts, "A value is what follows one of these"),
                key("values", Map(Box::new(Text)), "Their words and ours; an empty one leaves a value out"),
                key("only-listed", Flag, "Leaves out what `values` does not list"),
                key("lower-case", Flag, "Brings values to lower case"),
                key("divide-by", any_number(), "Divides amounts"),
                key(
                    "where",
                    Table(vec![
                        required("column", Text, "A header"),
                        required("holds", Text, "What the column must hold"),
                    ]),
                    "Reads the column in some rows only",
                ),
            ]),
            "One column",
        ),
    ]
}
