//! Authors and their organisations in records.

use serde_json::Value;

use crate::document::Document;
use crate::document::paper_facts::{add_author, add_organisation};

/// Reads `authors`: names, or objects with a name or its parts and an affiliation.
pub(super) fn read(document: &mut Document, authors: &Value) {
    match authors {
        Value::String(name) => add_author(document, name),
        Value::Array(authors) => authors.iter().for_each(|author| read_author(document, author)),
        _ => {}
    }
}

fn read_author(document: &mut Document, author: &Value) {
    if let Some(name) = name_of(author) {
        add_author(document, &name);
    }
    let places = [&author["affiliation"], &author["affiliations"]];
    for place in places.into_iter().flat_map(|place| match place {
        Value::Array(several) => several.iter().collect(),
        one => vec![one],
    }) {
        let written = place.as_str().or_else(|| place["institution"].as_str());
        if let Some(name) = written.map(str::trim).filter(|name| !name.is_empty()) {
            add_organisation(document, name);
        }
    }
}

/// Returns a name given whole or in parts.
pub(super) fn name_of(author: &Value) -> Option<String> {
    if let Some(name) = author.as_str().or_else(|| author["name"].as_str()) {
        return Some(name.trim().to_string()).filter(|name| !name.is_empty());
    }
    let parts = ["first", "last"].iter().filter_map(|part| author[*part].as_str());
    let name = parts.map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}
