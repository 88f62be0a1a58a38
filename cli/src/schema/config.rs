//! The keys of `byname.toml`.

use byname::catalogue::Level;
use byname::report::Shown;

use super::form::Form::{Count, Date, Given, Map, Number, OneOf, Tables, Text, Texts};
use super::form::{Form, Key, key, required};
use crate::config::FailOn;

pub(super) fn keys() -> Vec<Key> {
    let size = || Given(serde_json::json!({"type": ["string", "integer"]}));
    let overrides: Form = Tables(vec![
        required("paths", Texts, "The paths, as in a .gitignore, seen from the folder of the file"),
        key("date", Date, "The date of papers that give none"),
        key("organisation", Texts, "Organisations of the authors of papers that give none"),
    ]);
    vec![
        key("extend", Text, "Another file whose values hold where this one says nothing"),
        key("catalog", Texts, "Catalogue folders or packages to lay over the built-in one, in this order"),
        key("mentions", OneOf(Shown::NAMES), "Which mentions are reported"),
        key("profile", Text, "Profile (set of checks) to apply: a profile of the catalogue"),
        key("levels", Map(Box::new(OneOf(Level::NAMES))), "How much rules of profiles weigh, by their ids"),
        key(
            "min-confidence",
            Number(0.0, 1.0),
            "The least probability that a system is particular and never named in the paper; below lie hints",
        ),
        key("level", OneOf(Level::NAMES), "The lightest level that is shown"),
        key("fail-on", OneOf(FailOn::NAMES), "The lightest finding that makes the exit status 1"),
        key("floor", Number(0.0, 1.0), "The probability that the first candidate must reach to be an answer"),
        key("date", Date, "The date of papers that give none: \"2024-05\""),
        key("organisation", Texts, "Organisations of the authors of papers that give none"),
        key("text-field", Text, "The field of records that holds the text"),
        key("id-field", Text, "The field of records that holds the id"),
        key("exclude", Texts, "What to leave out of folders, as in a .gitignore"),
        key("include", Texts, "Files to read in folders whatever their endings, names and contents are"),
        key("jobs", Count, "How many threads to use"),
        key("cache", Text, "A folder in which results are kept, so that unchanged papers are not read again"),
        key("max-document-size", size(), "The largest paper to read: \"64MiB\""),
        key("max-depth", Count, "How deep files, macros and elements may lie in each other in one paper"),
        key("max-unpacking", Count, "How many times its size a packed file may unpack to"),
        key("max-pages", Count, "How many pages of a PDF are read"),
        key("override", overrides, "Values for some paths only; of several that fit, the last wins"),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::config::Settings;
    use crate::schema::FileKind;

    #[test]
    fn the_schema_has_the_keys_that_the_program_knows() {
        for (text, schema) in [
            ("zzz = 1", FileKind::Config.schema()),
            ("[[override]]\nzzz = 1", FileKind::Config.schema()["properties"]["override"]["items"].clone()),
        ] {
            let fault = toml::from_str::<Settings>(text).unwrap_err().message().to_string();
            let known: BTreeSet<&str> = fault.split('`').skip(3).step_by(2).collect();
            let written: BTreeSet<&str> =
                schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(written, known);
        }
    }
}
