//! The bibliography of a record.

use std::collections::HashMap;

use serde_json::Value;

use super::people::name_of;
use crate::document::bibliography::{arxiv_of, date_of};
use crate::document::{CitedWork, Document};

/// Reads `bib_entries`, the works by key as in S2ORC. Returns the index of each.
pub(super) fn read(document: &mut Document, entries: &Value) -> HashMap<String, usize> {
    let Some(entries) = entries.as_object() else { return HashMap::new() };
    let mut places = HashMap::new();
    for (key, entry) in entries {
        places.insert(key.clone(), document.bibliography.len());
        document.bibliography.push(work_of(key, entry));
    }
    places
}

fn work_of(key: &str, entry: &Value) -> CitedWork {
    let text =
        |name: &str| entry[name].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_string);
    let year = match &entry["year"] {
        Value::Number(year) => Some(year.to_string()),
        _ => text("year"),
    };
    let other = |name: &str| entry["other_ids"][name][0].as_str();
    let authors = entry["authors"].as_array().map(Vec::as_slice).unwrap_or_default();
    CitedWork {
        key: key.to_string(),
        title: text("title"),
        authors: authors.iter().filter_map(name_of).collect(),
        date: year.as_deref().and_then(date_of),
        arxiv: other("arXiv").or(entry["venue"].as_str()).and_then(arxiv_of),
        doi: other("DOI").map(str::to_string),
    }
}
