//! A paper as one text with standoff annotations, the current form of S2ORC.

use std::collections::HashMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::paragraphs::{characters, depth_of};
use crate::document::bibliography::{arxiv_of, date_of};
use crate::document::paper_facts::add_organisation;
use crate::document::{ByteSpan, Citation, CitedWork, Document, Section, SectionKind};

/// The text, and its annotations by type, with offsets in characters. Some sets have the text alone in its place.
#[derive(Debug, Default)]
pub(super) struct Content {
    text: String,
    annotations: Value,
}

/// The text with its annotations, as a record has them.
#[derive(Deserialize)]
struct Annotated {
    text: String,
    #[serde(default)]
    annotations: Value,
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or an object with `text` and `annotations`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Content, E> {
        self.visit_string(text.to_string())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Content, E> {
        Ok(Content { text, annotations: Value::Null })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        let Annotated { text, annotations } = Annotated::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Content { text, annotations })
    }
}

/// An annotated span.
struct Note {
    span: ByteSpan,
    attributes: Value,
}

/// Reads the text with its sections, its citations and its bibliography, which is not searched.
pub(super) fn read(document: &mut Document, content: Content) {
    let Content { text, annotations } = content;
    let places: Vec<usize> = match text.is_ascii() {
        true => Vec::new(),
        false => text.char_indices().map(|(at, _)| at).chain([text.len()]).collect(),
    };
    let byte_of = |character: usize| match places.as_slice() {
        [] => (character <= text.len()).then_some(character),
        places => places.get(character).copied(),
    };
    let notes = |name: &str| notes_of(&annotations[name], &byte_of);
    if let Some(note) = notes("title").first().filter(|_| document.title.is_none()) {
        document.title = Some(note.span.of(&text).trim().to_string()).filter(|title| !title.is_empty());
    }
    for note in notes("authoraffiliation") {
        add_organisation(document, note.span.of(&text).trim());
    }
    let keys = read_works(document, &text, &notes("bibentry"), &notes("bibtitle"));
    for note in notes("bibref") {
        let work = note.attributes["ref_id"].as_str().and_then(|key| keys.get(key));
        document.citations.extend(work.map(|work| Citation { span: note.span, works: vec![*work] }));
    }
    document.sections = sections(&text, &notes);
    document.prose = text;
}

/// Returns the annotations of a list, in order. The list is JSON inside a string.
fn notes_of(list: &Value, byte_of: &dyn Fn(usize) -> Option<usize>) -> Vec<Note> {
    let read = match list {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        other => other.clone(),
    };
    let note = |note: &Value| {
        let (start, end) = characters(note)?;
        let span = ByteSpan::new(byte_of(start)?, byte_of(end)?);
        Some(Note { span, attributes: note["attributes"].clone() })
    };
    let mut notes: Vec<Note> = read.as_array().into_iter().flatten().filter_map(note).collect();
    notes.sort_by_key(|note| note.span.start);
    notes
}

fn read_works(
    document: &mut Document,
    text: &str,
    entries: &[Note],
    titles: &[Note],
) -> HashMap<String, usize> {
    let mut keys = HashMap::new();
    for entry in entries {
        let written = entry.span.of(text);
        let key = entry.attributes["id"].as_str().unwrap_or_default().to_string();
        let arxiv = arxiv_of(written);
        let title = titles.iter().find(|title| title.span.overlaps(entry.span));
        keys.insert(key.clone(), document.bibliography.len());
        document.bibliography.push(CitedWork {
            key,
            title: title.map(|title| title.span.of(text).trim().to_string()),
            // An identifier of arXiv looks like a year.
            date: date_of(&arxiv.as_ref().map_or_else(|| written.to_string(), |id| written.replace(id, ""))),
            arxiv,
            ..CitedWork::default()
        });
    }
    keys
}

fn sections(text: &str, notes: &dyn Fn(&str) -> Vec<Note>) -> Vec<Section> {
    let apart = |name: &str, kind| {
        let notes = notes(name);
        let span = ByteSpan::new(notes.first()?.span.start, notes.iter().map(|note| note.span.end).max()?);
        Some(Section { kind, heading: None, depth: 0, span })
    };
    let references = apart("bibentry", SectionKind::References);
    let headings = notes("sectionheader");
    let mut sections: Vec<Section> = Vec::new();
    for (index, note) in headings.iter().enumerate() {
        let next = headings.get(index + 1).map_or(text.len(), |next| next.span.start);
        sections.push(Section {
            kind: SectionKind::Body,
            heading: Some(note.span.of(text).trim().to_string()),
            depth: depth_of(&note.attributes["n"]),
            span: ByteSpan::new(note.span.start, next),
        });
    }
    sections.extend(apart("abstract", SectionKind::Abstract));
    sections.extend(references);
    sections.sort_by_key(|section| section.span.start);
    sections
}
