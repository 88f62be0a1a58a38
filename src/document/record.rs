//! Records: one paper as one JSON object on one line.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::source_text::invalid_utf8;
use super::{Document, metadata::set_date};

/// The fields of a record that the user can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFields {
    /// The field that holds the text; `None` for `text`, else `abstract`, `body_text` or `pdf_parse`.
    pub text: Option<String>,
    /// The field that holds the id.
    pub id: String,
}

impl Default for RecordFields {
    fn default() -> Self {
        Self { text: None, id: "id".to_string() }
    }
}

/// Why an input, or one record of it, could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadError {
    /// A short fixed word for the case, such as `invalid-json`.
    pub kind: &'static str,
    /// What went wrong and what to do, for a person.
    pub message: String,
}

impl ReadError {
    /// An error of a case, with its message.
    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

/// Reads one record.
///
/// The text is the field that `fields` names; else `text`, else `abstract` and the paragraphs of
/// `body_text` or `pdf_parse` (as S2ORC has them), joined by blank lines. Offsets count the bytes of
/// that text. A record without an id gets `place`, its file and line, for an id.
///
/// # Errors
/// When the line is no JSON object, a field that is read has the wrong type, or no field holds a text.
pub fn read_record(line: &[u8], fields: &RecordFields, place: &str) -> Result<Document, ReadError> {
    let (line, bad_bytes) = match std::str::from_utf8(line) {
        Ok(text) => (Cow::Borrowed(text), 0),
        Err(_) => {
            let places = line.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
            (String::from_utf8_lossy(line), places)
        }
    };
    let failed = RefCell::new(String::new());
    let mut reader = serde_json::Deserializer::from_str(&line);
    let raw = reader
        .deserialize_map(RawRecord { fields, failed: &failed })
        .and_then(|raw| reader.end().map(|()| raw))
        .map_err(|error| json_error(&error, &failed.borrow()))?;

    let text = match raw.text {
        Some(text) => text,
        None if fields.text.is_none() && raw.has_text => {
            raw.summary.into_iter().chain(raw.body).collect::<Vec<_>>().join("\n\n")
        }
        None => return Err(no_text(fields)),
    };
    let mut document = Document::from_prose(raw.id.unwrap_or_else(|| place.to_string()), text);
    document.title = raw.title.map(Strings::into_one).filter(|title| !title.is_empty());
    document.organisations = raw.organisations;
    if let Some(date) = raw.date {
        set_date(&mut document, &date);
    }
    if bad_bytes > 0 {
        let mut note = invalid_utf8(bad_bytes, 1);
        note.message = note.message.replace(" on line 1", " in this record");
        document.notes.push(note);
    }
    Ok(document)
}

fn json_error(error: &serde_json::Error, field: &str) -> ReadError {
    let text = error.to_string();
    // The reader sees one line, so its line number is always 1; the caller knows the real one.
    let cause = text.split(" at line ").next().unwrap_or(&text);
    let column = error.column().max(1);
    if !error.is_data() {
        let message = format!("column {column}: not a JSON object on one line: {cause}");
        return ReadError::new("invalid-json", message);
    }
    let field = if field.is_empty() { String::new() } else { format!("`{field}`: ") };
    ReadError::new("invalid-record", format!("column {column}: {field}{cause}"))
}

fn no_text(fields: &RecordFields) -> ReadError {
    let message = match &fields.text {
        Some(name) => format!("the record has no `{name}`; --text-field names the field that holds the text"),
        None => "the record has no text: none of `text`, `abstract`, `body_text` and `pdf_parse` is there; \
                 name the field that holds it with --text-field"
            .to_string(),
    };
    ReadError::new("invalid-record", message)
}

/// The fields of a record as they stand.
#[derive(Default)]
struct Raw {
    id: Option<String>,
    text: Option<String>,
    title: Option<Strings>,
    summary: Vec<String>,
    body: Vec<String>,
    date: Option<String>,
    organisations: Vec<String>,
    has_text: bool,
}

struct RawRecord<'f> {
    fields: &'f RecordFields,
    /// The field whose value could not be read.
    failed: &'f RefCell<String>,
}

impl<'de> Visitor<'de> for RawRecord<'_> {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut raw = Raw::default();
        let failed = self.failed;
        let text_field = self.fields.text.as_deref().unwrap_or("text");
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let key = key.as_ref();
            // The user's names come first: `--text-field abstract` takes the abstract as the text.
            if key == text_field {
                raw.text = field::<Option<Strings>, A>(&mut map, key, failed)?.map(Strings::into_one);
            } else if key == self.fields.id {
                raw.id = field::<Option<Id>, A>(&mut map, key, failed)?.map(|id| id.0);
            } else {
                match key {
                    "title" => raw.title = field(&mut map, key, failed)?,
                    "abstract" => {
                        raw.summary = field::<Option<Paragraphs>, A>(&mut map, key, failed)?.map_or_else(
                            Vec::new,
                            |found| {
                                raw.has_text = true;
                                found.0
                            },
                        );
                    }
                    "body_text" => {
                        raw.body = field::<Option<Paragraphs>, A>(&mut map, key, failed)?.map_or_else(
                            Vec::new,
                            |found| {
                                raw.has_text = true;
                                found.0
                            },
                        );
                    }
                    "pdf_parse" => {
                        if let Some(parse) = field::<Option<PdfParse>, A>(&mut map, key, failed)? {
                            raw.has_text |= parse.body_text.is_some() || parse.summary.is_some();
                            raw.summary = parse.summary.map_or(raw.summary, |found| found.0);
                            raw.body = parse.body_text.map_or(raw.body, |found| found.0);
                        }
                    }
                    "date" => raw.date = field::<Option<Id>, A>(&mut map, key, failed)?.map(|date| date.0),
                    "organisations" | "organizations" => {
                        let found = field::<Option<Strings>, A>(&mut map, key, failed)?;
                        raw.organisations = found.map_or_else(Vec::new, |found| found.0);
                    }
                    _ => {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
            }
        }
        Ok(raw)
    }
}

/// Reads the value of a field, and leaves the field's name in `failed` where that fails.
fn field<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    key: &str,
    failed: &RefCell<String>,
) -> Result<T, A::Error> {
    map.next_value().inspect_err(|_| key.clone_into(&mut failed.borrow_mut()))
}

/// A string, or a list of strings.
struct Strings(Vec<String>);

impl Strings {
    fn into_one(mut self) -> String {
        if self.0.len() == 1 { self.0.swap_remove(0) } else { self.0.join("\n\n") }
    }
}

/// A string or a number, as text.
struct Id(String);

/// A string, a list of strings, or a list of objects with a `text`.
struct Paragraphs(Vec<String>);

#[derive(Deserialize)]
struct PdfParse {
    #[serde(default, rename = "abstract")]
    summary: Option<Paragraphs>,
    #[serde(default)]
    body_text: Option<Paragraphs>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or an object with a `text`")]
enum Paragraph {
    Plain(String),
    Object { text: String },
}

/// Makes the `Deserialize` of a value that may be one thing or a list of such things.
macro_rules! one_or_list {
    ($name:ident, $item:ty, $wanted:literal, $into:expr) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct OneOrList;
                impl<'de> Visitor<'de> for OneOrList {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($wanted)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name(vec![text.to_string()]))
                    }

                    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<$name, E> {
                        Ok($name(vec![text]))
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<$name, A::Error> {
                        let mut found = Vec::new();
                        while let Some(item) = seq.next_element::<$item>()? {
                            found.push($into(item));
                        }
                        Ok($name(found))
                    }
                }
                deserializer.deserialize_any(OneOrList)
            }
        }
    };
}

one_or_list!(Strings, String, "a string or a list of strings", std::convert::identity);
one_or_list!(Paragraphs, Paragraph, "a string or a list of paragraphs", |paragraph| match paragraph {
    Paragraph::Plain(text) | Paragraph::Object { text } => text,
});

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;
        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a whole number")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_string()))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }
        deserializer.deserialize_any(IdVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Document, ReadError> {
        read_record(line.as_bytes(), &RecordFields::default(), "a.jsonl:7")
    }

    #[test]
    fn the_usual_fields_are_read() {
        let document = read(
            r#"{"id":"x","text":"We \"ran\" it.","title":"T","date":"2021-08","organisations":["A","B"],"z":[1]}"#,
        )
        .unwrap();
        assert_eq!((document.id.as_str(), document.prose.as_str()), ("x", "We \"ran\" it."));
        assert_eq!(document.title.as_deref(), Some("T"));
        assert_eq!(document.organisations, ["A", "B"]);
        assert_eq!(document.date.unwrap().to_string(), "2021-08");
    }

    #[test]
    fn text_stands_before_abstract_and_abstract_before_nothing() {
        assert_eq!(read(r#"{"abstract":"A","text":"T"}"#).unwrap().prose, "T");
        assert_eq!(read(r#"{"title":"T","abstract":"A","text":null}"#).unwrap().prose, "A");
        assert_eq!(read(r#"{"text":""}"#).unwrap().prose, "");
        assert_eq!(read(r#"{"text":"T"}"#).unwrap().id, "a.jsonl:7");
        assert_eq!(read(r#"{"id":12,"text":"T","date":2021}"#).unwrap().id, "12");
    }

    #[test]
    fn the_paragraphs_of_s2orc_are_joined() {
        let body = r#"{"abstract":[{"text":"A","section":"x"}],"body_text":[{"text":"B"},{"text":"C"}]}"#;
        assert_eq!(read(body).unwrap().prose, "A\n\nB\n\nC");
        let nested = r#"{"pdf_parse":{"abstract":[],"body_text":[{"text":"B"}],"bib_entries":{}}}"#;
        assert_eq!(read(nested).unwrap().prose, "B");
    }

    #[test]
    fn the_user_names_the_fields() {
        let fields = RecordFields { text: Some("body".into()), id: "doi".into() };
        let document = read_record(br#"{"doi":"10.1/x","body":"B","text":"T"}"#, &fields, "p").unwrap();
        assert_eq!((document.id.as_str(), document.prose.as_str()), ("10.1/x", "B"));
        let error = read_record(br#"{"text":"T"}"#, &fields, "p").unwrap_err();
        assert!(error.message.contains("no `body`"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_field_and_column() {
        let fault = |line: &str| {
            let error = read(line).unwrap_err();
            format!("{}: {}", error.kind, error.message)
        };
        insta::assert_snapshot!(
            [
                r#"{"id":"x","text":7}"#,
                r#"{"id":"x","text":"a""#,
                r#"{"id":"x","text":"a"} {}"#,
                r#"{"text":"a","body_text":[{"txt":"b"}]}"#,
                r#"{"text":"a","organisations":[{"name":"b"}]}"#,
                r#"{"id":"x"}"#,
                r#"["a"]"#,
                "text",
                "{\"text\":\"a\tb\"}",
                r#"{"text":"\ud800"}"#,
            ]
            .map(fault)
            .join("\n"), @r"
        invalid-record: column 18: `text`: invalid type: integer `7`, expected a string or a list of strings
        invalid-json: column 20: not a JSON object on one line: EOF while parsing an object
        invalid-json: column 23: not a JSON object on one line: trailing characters
        invalid-record: column 37: `body_text`: expected a string or an object with a `text`
        invalid-record: column 29: `organisations`: invalid type: map, expected a string
        invalid-record: the record has no text: none of `text`, `abstract`, `body_text` and `pdf_parse` is there; name the field that holds it with --text-field
        invalid-record: column 1: invalid type: sequence, expected a JSON object
        invalid-json: column 2: not a JSON object on one line: expected ident
        invalid-json: column 11: not a JSON object on one line: control character (\u0000-\u001F) found while parsing a string
        invalid-json: column 16: not a JSON object on one line: unexpected end of hex escape
        ");
    }

    #[test]
    fn bad_bytes_in_a_record_are_replaced_with_a_note() {
        let document = read_record(b"{\"text\":\"caf\xE9 x\"}", &RecordFields::default(), "p").unwrap();
        assert_eq!(document.prose, "caf\u{FFFD} x");
        assert_eq!(document.notes[0].kind, "invalid-utf8");
    }
}
