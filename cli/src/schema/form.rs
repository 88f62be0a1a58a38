//! The forms that the value of a key may have, and their JSON Schemas.

use serde_json::{Map, Value, json};

/// A key of a table.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Description of the key, for whoever edits the file.
    pub(super) about: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
}

/// The form of a value.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A text or a list of texts.
    TextOrTexts,
    /// `true` or `false`.
    Flag,
    /// `true` or `false`, or a list of texts.
    FlagOrTexts,
    /// A number within these bounds, inclusive.
    Number(f64, f64),
    /// A whole number, at least 0.
    Count,
    /// A date, as a string or as TOML writes it (a bare year is an integer).
    Date,
    /// A size such as `"137B"` or `2048`, or a list of sizes.
    Sizes,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A list of these texts.
    ListOf(&'static [&'static str]),
    /// A table with these keys.
    Table(Vec<Key>),
    /// A list of tables with these keys.
    Tables(Vec<Key>),
    /// A table with arbitrary keys, whose values have this form.
    Map(Box<Form>),
    /// A JSON Schema, used as it is.
    Given(Value),
}

/// Creates a key that may be left out.
pub(super) fn key(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, about, form, required: false }
}

/// Creates a key that must be present.
pub(super) fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { required: true, ..key(name, form, about) }
}

/// Returns the form of a number without bounds.
pub(super) fn any_number() -> Form {
    Form::Given(json!({"type": "number"}))
}

impl Form {
    /// Returns the form as a JSON Schema.
    pub(super) fn schema(&self) -> Value {
        let text = || json!({"type": "string"});
        let texts = || json!({"type": "array", "items": {"type": "string"}});
        let size = || json!({"type": ["string", "number"]});
        match self {
            Self::Text => text(),
            Self::Texts => texts(),
            Self::TextOrTexts => json!({"anyOf": [text(), texts()]}),
            Self::Flag => json!({"type": "boolean"}),
            Self::FlagOrTexts => json!({"anyOf": [{"type": "boolean"}, texts()]}),
            Self::Number(least, most) => json!({"type": "number", "minimum": least, "maximum": most}),
            Self::Count => json!({"type": "integer", "minimum": 0}),
            Self::Date => json!({"type": ["string", "integer"]}),
            Self::Sizes => json!({"anyOf": [size(), {"type": "array", "items": size()}]}),
            Self::OneOf(names) => json!({"enum": names}),
            Self::ListOf(names) => json!({"type": "array", "items": {"enum": names}}),
            Self::Table(keys) => table(keys),
            Self::Tables(keys) => json!({"type": "array", "items": table(keys)}),
            Self::Map(inner) => json!({"type": "object", "additionalProperties": inner.schema()}),
            Self::Given(schema) => schema.clone(),
        }
    }
}

fn table(keys: &[Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut schema = key.form.schema();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_string(), key.about.into());
        }
        properties.insert(key.name.to_string(), schema);
    }
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut table = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if let Some(table) = table.as_object_mut().filter(|_| !required.is_empty()) {
        table.insert("required".to_string(), required.into());
    }
    table
}

/// Returns the schema of values shaped like `value`, for a file that may override any part of another: no key
/// is required. Under the keys `open`, a file may have keys of its own.
pub(super) fn like(value: &Value, open: &[&str]) -> Value {
    match value {
        Value::Object(entries) => {
            let shape = |(key, value): (&String, &Value)| {
                let is_open = open.contains(&key.as_str());
                (key.clone(), if is_open { json!({"type": "object"}) } else { like(value, open) })
            };
            let properties: Map<String, Value> = entries.iter().map(shape).collect();
            json!({"type": "object", "properties": properties, "additionalProperties": false})
        }
        Value::Array(items) => {
            json!({"type": "array", "items": items.first().map_or(json!({}), |first| like(first, open))})
        }
        Value::String(_) => json!({"type": "string"}),
        Value::Bool(_) => json!({"type": "boolean"}),
        Value::Number(_) | Value::Null => json!({"type": "number"}),
    }
}
