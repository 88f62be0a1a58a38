//! The fields of a record, in any order.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::RecordFields;
use super::annotations::Content;
use super::inverted::InvertedText;
use super::values::{Id, Paragraph, Paragraphs, PdfParse, Strings};
use crate::document::bibliography::arxiv_of;

/// The raw fields of a record.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) id: Option<String>,
    pub(super) text: Option<String>,
    pub(super) title: Option<Strings>,
    pub(super) summary: Vec<Paragraph>,
    pub(super) body: Vec<Paragraph>,
    pub(super) back: Vec<Paragraph>,
    pub(super) date: Option<String>,
    pub(super) organisations: Vec<String>,
    pub(super) has_text: bool,
    /// Fallbacks for missing ids and dates.
    pub(super) other_id: Option<String>,
    pub(super) other_date: Option<String>,
    pub(super) arxiv: Option<String>,
    pub(super) authors: Value,
    pub(super) works: Value,
    pub(super) content: Option<Content>,
}

impl Raw {
    /// Sets the fallback date. A year takes second place to a date, and a first of January is reduced to its
    /// year, since a year is written so where a date is required.
    fn take_date(&mut self, key: &str, found: &Value) {
        let written = match found {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return,
        };
        if key == "year" {
            self.other_date.get_or_insert(written);
            return;
        }
        let day = written.split(['T', ' ']).next().unwrap_or_default();
        self.other_date = Some(day.strip_suffix("-01-01").unwrap_or(day).to_string());
    }

    /// Reads the fields in `metadata`, as in CORD-19.
    fn take_metadata(&mut self, metadata: &Value) {
        if let Some(title) = metadata["title"].as_str().filter(|_| self.title.is_none()) {
            self.title = Some(Strings(vec![title.to_string()]));
        }
        if self.authors.is_null() {
            self.authors = metadata["authors"].clone();
        }
        self.take_date("year", &metadata["year"]);
    }
}

pub(super) struct RawRecord<'f> {
    pub(super) fields: &'f RecordFields,
    /// Name of the field whose value could not be read.
    pub(super) failed: &'f RefCell<String>,
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
                    "abstract_inverted_index" => {
                        if let Some(text) = field::<Option<InvertedText>, A>(&mut map, key, failed)? {
                            raw.has_text = true;
                            raw.summary = vec![text.0.into()];
                        }
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
                            raw.back = parse.back_matter.map_or(raw.back, |found| found.0);
                            raw.works = parse.bib_entries.unwrap_or(raw.works);
                        }
                    }
                    "back_matter" => {
                        let found = field::<Option<Paragraphs>, A>(&mut map, key, failed)?;
                        raw.back = found.map_or_else(Vec::new, |found| found.0);
                    }
                    "bib_entries" => raw.works = field(&mut map, key, failed)?,
                    "authors" => raw.authors = field(&mut map, key, failed)?,
                    "content" => raw.content = field(&mut map, key, failed)?,
                    "metadata" => raw.take_metadata(&field::<Value, A>(&mut map, key, failed)?),
                    "paper_id" | "paperId" | "corpusid" | "corpus_id" => {
                        raw.other_id = field::<Option<Id>, A>(&mut map, key, failed)?.map(|id| id.0);
                    }
                    "arxiv_id" | "arxivId" | "arxiv" => {
                        let found = field::<Value, A>(&mut map, key, failed)?;
                        raw.arxiv = found.as_str().and_then(arxiv_of).or(raw.arxiv);
                    }
                    "externalids" | "externalIds" => {
                        let found = field::<Value, A>(&mut map, key, failed)?;
                        let written =
                            ["arxiv", "ArXiv", "arXiv"].iter().find_map(|name| found[*name].as_str());
                        raw.arxiv = written.and_then(arxiv_of).or(raw.arxiv);
                    }
                    "created" | "publicationdate" | "publicationDate" | "publication_date" | "year" => {
                        let found = field::<Value, A>(&mut map, key, failed)?;
                        raw.take_date(key, &found);
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

/// Reads the value of a field; on failure, stores the field's name in `failed`.
fn field<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    key: &str,
    failed: &RefCell<String>,
) -> Result<T, A::Error> {
    map.next_value().inspect_err(|_| key.clone_into(&mut failed.borrow_mut()))
}
