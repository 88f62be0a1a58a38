//! Records: one paper as one JSON object per line.

mod annotations;
mod fields;
mod inverted;
mod paragraphs;
mod people;
mod place;
mod repair;
mod values;
mod works;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::Deserializer;

use super::dating::settle_date;
use super::markup::decoded;
use super::mend::mend_letters;
use super::source_text::invalid_utf8;
use super::{Document, ReadNote, SectionKind, metadata::set_date, single_spaced};
use fields::RawRecord;
pub use place::RecordPlace;

/// The record fields that the user can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFields {
    /// The field that holds the text; `None` for `text`, else `content`, else `abstract`, `body_text` or
    /// `pdf_parse`.
    pub text: Option<String>,
    /// The field that holds the id.
    pub id: String,
}

impl Default for RecordFields {
    fn default() -> Self {
        Self { text: None, id: "id".to_string() }
    }
}

/// The error of an input, or one record of it, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadError {
    /// A short fixed identifier of the case, such as `invalid-json`.
    pub kind: &'static str,
    /// A message for the user: the problem and its remedy.
    pub message: String,
}

impl ReadError {
    /// Creates an error of a kind, with its message.
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
/// The text is the field that `fields` names; else `text`, else that of `content` (as in current S2ORC),
/// else `abstract` and the paragraphs of `body_text` or `pdf_parse` (as in earlier S2ORC), joined by blank
/// lines. Offsets count the bytes of that text. A record without an id gets `place`, its file and line, as
/// its id.
///
/// # Errors
/// Returns an error if the line is not a JSON object, a field that is read has the wrong type, or no field
/// holds a text.
pub fn read_record(line: &[u8], fields: &RecordFields, place: &str) -> Result<Document, ReadError> {
    let (line, bad_bytes) = match std::str::from_utf8(line) {
        Ok(text) => (Cow::Borrowed(text), 0),
        Err(_) => {
            let places = line.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
            (String::from_utf8_lossy(line), places)
        }
    };
    let failed = RefCell::new(String::new());
    let read = |line: &str| {
        let mut reader = serde_json::Deserializer::from_str(line);
        reader
            .deserialize_map(RawRecord { fields, failed: &failed })
            .and_then(|raw| reader.end().map(|()| raw))
    };
    let mut repaired = None;
    let raw = read(&line)
        .or_else(|error| match repair::repaired(&line).filter(|_| !error.is_data()) {
            Some(mended) => read(repaired.insert(mended)),
            None => Err(error),
        })
        .map_err(|error| json_error(&error, &failed.borrow()))?;

    let mut document = Document::from_prose(raw.id.or(raw.other_id).unwrap_or_else(|| place.to_string()), "");
    document.record = RecordPlace::read(place);
    document.title = raw.title.map(|title| shown_title(&title.into_one())).filter(|title| !title.is_empty());
    document.arxiv = raw.arxiv;
    let keys = works::read(&mut document, &raw.works);
    match raw.text {
        Some(text) => document.prose = text,
        None if fields.text.is_none() && raw.content.is_some() => {
            annotations::read(&mut document, raw.content.unwrap_or_default());
        }
        None if fields.text.is_none() && raw.has_text => {
            paragraphs::add(&mut document, raw.summary, SectionKind::Abstract, &keys);
            paragraphs::add(&mut document, raw.body, SectionKind::Body, &keys);
            paragraphs::add(&mut document, raw.back, SectionKind::Body, &keys);
        }
        None => return Err(no_text(fields)),
    }
    people::read(&mut document, &raw.authors);
    if !raw.organisations.is_empty() {
        document.organisations = raw.organisations;
    }
    if let Some(date) = raw.date.or(raw.other_date) {
        set_date(&mut document, &date);
    }
    mend_letters(&mut document);
    settle_date(&mut document, None);
    if repaired.is_some() {
        document.notes.push(ReadNote { kind: "mended-json", message: repair::NOTE.to_string() });
    }
    if bad_bytes > 0 {
        let mut note = invalid_utf8(bad_bytes, 1);
        note.message = note.message.replace(" on line 1", " in this record");
        document.notes.push(note);
    }
    Ok(document)
}

/// Returns a title without the markup and the line breaks in which many collections keep it.
fn shown_title(written: &str) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        let is_tag = tag[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        let end = tag.find('>').filter(|_| is_tag).map_or(1, |end| end + 1);
        text.push_str(before);
        text.push_str(if end == 1 { "<" } else { "" });
        rest = &tag[end..];
    }
    text.push_str(rest);
    single_spaced(&decoded(&text))
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

/// Returns whether an error means that a record has none of the fields that may hold its text.
pub fn lacks_text(error: &ReadError, fields: &RecordFields) -> bool {
    *error == no_text(fields)
}

fn no_text(fields: &RecordFields) -> ReadError {
    let message = match &fields.text {
        Some(name) => format!("the record has no `{name}`; --text-field names the field that holds the text"),
        None => {
            "the record has no text: none of `text`, `abstract`, `abstract_inverted_index`, `body_text`, \
                 `pdf_parse` and `content` is there; name the field that holds it with --text-field"
                .to_string()
        }
    };
    ReadError::new("invalid-record", message)
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
