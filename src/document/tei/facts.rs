//! Metadata of a TEI paper and of the works that it cites.

use super::super::bibliography::{arxiv_of, date_of};
use super::super::markup::{NodeId, Tree};
use super::super::paper_facts::{WorkList, add_author, add_organisation, offer_date, offer_title, person};
use super::super::{CitedWork, Document};

/// Reads title, authors, organisations, date and arXiv identifier.
pub(super) fn read(document: &mut Document, tree: &Tree<'_>, header: NodeId) {
    let Some(file) = tree.at(header, &["fileDesc"]) else { return };
    if let Some(title) = tree.at(file, &["titleStmt", "title"]) {
        offer_title(document, &tree.line(title, &[]));
    }
    if let Some(published) = tree.at(file, &["publicationStmt"]).and_then(|place| tree.first(place, "date")) {
        set_date(document, tree, published);
    }
    let Some(source) = tree.at(file, &["sourceDesc"]) else { return };
    if let Some(paper) = tree.first(source, "analytic") {
        if let Some(title) = tree.first(paper, "title") {
            offer_title(document, &tree.line(title, &[]));
        }
        for author in tree.all(paper, "author") {
            for name in tree.all(author, "persName") {
                add_author(document, &person(tree, name, "forename", "surname"));
            }
            for affiliation in tree.all(author, "affiliation") {
                read_affiliation(document, tree, affiliation);
            }
        }
    }
    for date in tree.all(source, "date") {
        set_date(document, tree, date);
    }
    for id in tree.all(source, "idno") {
        if tree.attribute(id, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("arxiv")) {
            document.arxiv = document.arxiv.take().or_else(|| arxiv_of(&tree.line(id, &[])));
        }
    }
}

/// Reads the organisation of an affiliation: its institution, or else its laboratory or department, which
/// are usually parts of an institution that is also listed.
fn read_affiliation(document: &mut Document, tree: &Tree<'_>, affiliation: NodeId) {
    let of_type = |wanted: &str| {
        let names: Vec<String> = tree
            .all(affiliation, "orgName")
            .filter(|name| tree.attribute(*name, "type") == Some(wanted))
            .map(|name| tree.line(name, &[]))
            .collect();
        names
    };
    for kind in ["institution", "laboratory", "department"] {
        let found = of_type(kind);
        if !found.is_empty() {
            found.iter().for_each(|name| add_organisation(document, name));
            return;
        }
    }
    for name in tree.all(affiliation, "orgName") {
        add_organisation(document, &tree.line(name, &[]));
    }
}

fn set_date(document: &mut Document, tree: &Tree<'_>, date: NodeId) {
    match tree.attribute(date, "when") {
        Some(when) => offer_date(document, when),
        None => offer_date(document, &tree.line(date, &[])),
    }
}

/// Reads the works of the bibliography.
pub(super) fn read_works(tree: &Tree<'_>, text: NodeId, works: &mut WorkList) {
    for entry in tree.all(text, "biblStruct") {
        let key = tree.attribute(entry, "id").unwrap_or_default().to_string();
        let titled = |place: &str| {
            let place = tree.at(entry, &[place])?;
            Some(tree.line(tree.at(place, &["title"])?, &[])).filter(|title| !title.is_empty())
        };
        let people = tree.at(entry, &["analytic"]).filter(|place| tree.first(*place, "author").is_some());
        let authors = tree
            .all(people.unwrap_or(entry), "author")
            .filter_map(|author| tree.first(author, "persName"))
            .map(|name| person(tree, name, "forename", "surname"))
            .filter(|name| !name.is_empty())
            .collect();
        let date = tree
            .all(entry, "date")
            .find_map(|date| date_of(tree.attribute(date, "when").unwrap_or(&tree.line(date, &[]))));
        let id = |kind: &str| {
            tree.all(entry, "idno")
                .find(|id| tree.attribute(*id, "type").is_some_and(|found| found.eq_ignore_ascii_case(kind)))
                .map(|id| tree.line(id, &[]))
        };
        let arxiv = id("arxiv").and_then(|id| arxiv_of(&id)).or_else(|| arxiv_of(&tree.line(entry, &[])));
        let title = titled("analytic").or_else(|| titled("monogr"));
        works.add(CitedWork { key, title, authors, date, arxiv, doi: id("doi") });
    }
}
