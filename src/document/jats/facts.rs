//! Metadata of a JATS article and of the works that it cites.

use super::super::bibliography::date_of;
use super::super::markup::{NodeId, Tree};
use super::super::paper_facts::{WorkList, add_author, add_organisation, earliest, offer_title, person};
use super::super::{CitedWork, Document, PartialDate};

/// Reads title, authors, organisations and date.
pub(super) fn read(document: &mut Document, tree: &Tree<'_>, article: NodeId) {
    let Some(meta) = tree.at(article, &["front", "article-meta"]) else { return };
    if let Some(title) = tree.at(meta, &["title-group", "article-title"]) {
        offer_title(document, &tree.line(title, &["fn", "xref"]));
    }
    for contributor in tree.all(meta, "contrib") {
        let is_author = tree.attribute(contributor, "contrib-type").is_none_or(|kind| kind == "author");
        if !is_author {
            continue;
        }
        for name in tree.all(contributor, "name") {
            add_author(document, &person(tree, name, "given-names", "surname"));
        }
        for name in tree.all(contributor, "string-name") {
            add_author(document, &tree.line(name, &[]));
        }
        for body in tree.all(contributor, "collab") {
            add_author(document, &tree.line(body, &["contrib-group"]));
        }
    }
    for affiliation in tree.all(meta, "aff") {
        let institutions: Vec<_> = tree
            .all(affiliation, "institution")
            .filter(|part| tree.attribute(*part, "content-type") != Some("dept"))
            .collect();
        for institution in &institutions {
            add_organisation(document, &tree.line(*institution, &[]));
        }
        if institutions.is_empty() {
            add_organisation(document, &tree.line(affiliation, &["label", "sup", "email", "ext-link"]));
        }
    }
    for id in tree.all(meta, "article-id") {
        if tree.attribute(id, "pub-id-type") == Some("arxiv") {
            document.arxiv = Some(tree.line(id, &[]));
        }
    }
    // The day on which it came out first, not that of the issue or of its release in an archive.
    let dates = tree.all(meta, "pub-date").filter(|date| {
        let kind = tree.attribute(*date, "pub-type").or_else(|| tree.attribute(*date, "date-type"));
        !kind.is_some_and(|kind| kind.starts_with("pmc") || kind == "nihms-submitted")
    });
    document.date = earliest(dates.filter_map(|date| date_in(tree, date)));
}

/// Returns the date whose parts are in separate elements.
fn date_in(tree: &Tree<'_>, node: NodeId) -> Option<PartialDate> {
    let part = |name: &str| tree.at(node, &[name]).map(|part| tree.line(part, &[]));
    let year = part("year")?;
    let month = part("month").unwrap_or_default();
    match (month.parse::<u8>(), part("day").and_then(|day| day.parse::<u8>().ok())) {
        (Ok(month), Some(day)) => format!("{year}-{month:02}-{day:02}").parse().ok(),
        (Ok(month), None) => format!("{year}-{month:02}").parse().ok(),
        (Err(_), _) => date_of(&format!("{month} {year}")),
    }
    .or_else(|| year.get(..4)?.parse().ok())
}

/// Reads the works of a reference list.
pub(super) fn read_works(tree: &Tree<'_>, list: NodeId, works: &mut WorkList) {
    for entry in tree.all(list, "ref") {
        let key = tree.attribute(entry, "id").unwrap_or_default().to_string();
        let text = |name: &str| {
            tree.first(entry, name).map(|part| tree.line(part, &[])).filter(|text| !text.is_empty())
        };
        let id = |kind: &str| {
            tree.all(entry, "pub-id")
                .find(|id| tree.attribute(*id, "pub-id-type") == Some(kind))
                .map(|id| tree.line(id, &[]))
        };
        // An article has a title of its own; of a book, it is that of the source.
        let title = text("article-title").or_else(|| text("chapter-title")).or_else(|| text("source"));
        let people = tree.first(entry, "person-group").unwrap_or(entry);
        let authors =
            tree.all(people, "name").map(|name| person(tree, name, "given-names", "surname")).collect();
        let date = text("year").and_then(|year| date_of(&year));
        let whole = tree.line(entry, &[]);
        let arxiv = id("arxiv").or_else(|| super::super::bibliography::arxiv_of(&whole));
        works.add(CitedWork { key, title, authors, date, arxiv, doi: id("doi") });
    }
}
