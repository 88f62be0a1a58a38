//! Metadata of a paper and of the works that it cites, shared by the readers of many formats.

use std::collections::HashMap;

use super::bibliography::date_of;
use super::markup::{NodeId, Tree};
use super::{CitedWork, Document, PartialDate, single_spaced};

/// The works of a bibliography, with their indexes by key.
#[derive(Debug, Default)]
pub(super) struct WorkList {
    pub(super) works: Vec<CitedWork>,
    pub(super) by_key: HashMap<String, usize>,
}

impl WorkList {
    /// Adds a work; of two with the same key, the first is kept.
    pub(super) fn add(&mut self, work: CitedWork) {
        if !self.by_key.contains_key(&work.key) {
            self.by_key.insert(work.key.clone(), self.works.len());
            self.works.push(work);
        }
    }
}

/// Adds an organisation, unless its name is empty or already known.
pub(super) fn add_organisation(document: &mut Document, name: &str) {
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || ",;.".contains(letter));
    if name.chars().any(char::is_alphabetic) && !document.organisations.iter().any(|known| known == name) {
        document.organisations.push(name.to_string());
    }
}

/// Adds an author, unless the name is empty or already known.
pub(super) fn add_author(document: &mut Document, name: &str) {
    let name = single_spaced(name);
    if name.chars().any(char::is_alphabetic) && !document.authors.contains(&name) {
        document.authors.push(name);
    }
}

/// Sets the title, unless there is one or this one is empty.
pub(super) fn offer_title(document: &mut Document, title: &str) {
    if document.title.is_none() && title.chars().any(char::is_alphanumeric) {
        document.title = Some(title.to_string());
    }
}

/// Sets the date from its written form, unless there is one.
pub(super) fn offer_date(document: &mut Document, written: &str) {
    document.date = document.date.or_else(|| date_of(written));
}

/// Returns the earliest of several dates, preferring one known to the day over one known only to its year.
pub(super) fn earliest(dates: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
    dates.min_by_key(|date| format!("{:~<10}", date.to_string()))
}

/// Returns the name of a person whose parts are in separate elements: given names, then the family name.
pub(super) fn person(tree: &Tree<'_>, node: NodeId, given: &str, family: &str) -> String {
    let parts = tree.all(node, given).chain(tree.all(node, family)).map(|part| tree.line(part, &[]));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
