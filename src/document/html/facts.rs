//! Metadata of a paper in a page: title, authors, organisations, date.

use serde::Deserialize;

use super::super::Document;
use super::super::bibliography::{arxiv_of, date_of};
use super::super::markup::{NodeId, Tree};
use super::super::paper_facts::{add_author, add_organisation, earliest, offer_date, offer_title};
use super::creators::read_creators;

/// Returns the heading that holds the title of the paper.
pub(super) fn title_heading(tree: &Tree<'_>, root: NodeId) -> Option<NodeId> {
    let mut headings = tree.all(root, "h1");
    let marked = tree
        .inside(root)
        .find(|node| tree.has_word(*node, "class", &["ltx_title_document"]))
        .or_else(|| tree.all(root, "h1").find(|node| tree.has_word(*node, "class", &["title"])));
    // The first of its level is the title where it stands before all others.
    marked.or_else(|| {
        let first = headings.next()?;
        let earlier =
            ["h2", "h3"].iter().any(|name| tree.first(root, name).is_some_and(|other| other < first));
        (!earlier).then_some(first)
    })
}

/// Reads the metadata of the paper.
pub(super) fn read(document: &mut Document, tree: &Tree<'_>, title: Option<NodeId>) {
    for meta in tree.all(tree.root(), "meta") {
        read_meta(document, tree, meta);
    }
    read_distill(document, tree);
    if let Some(heading) = title {
        offer_title(document, &tree.line(heading, &["sup"]));
    }
    if let Some(head) = tree.first(tree.root(), "title") {
        offer_title(document, &tree.line(head, &[]));
    }
    read_creators(document, tree);
    read_arxiv_mark(document, tree);
    for dated in tree.inside(tree.root()) {
        if tree.has_word(dated, "class", &["ltx_date", "ltx_dates", "date"]) {
            offer_date(document, &tree.line(dated, &[]));
        }
    }
    let times = tree.all(tree.root(), "time").filter_map(|time| tree.attribute(time, "datetime"));
    document.date = document.date.or_else(|| earliest(times.filter_map(date_of)));
}

/// Reads a `meta` element in the vocabulary of search engines or of Dublin Core.
fn read_meta(document: &mut Document, tree: &Tree<'_>, meta: NodeId) {
    let Some(name) = tree.attribute(meta, "name").or_else(|| tree.attribute(meta, "property")) else {
        return;
    };
    let value = tree.attribute(meta, "content").unwrap_or_default().trim();
    match name.to_ascii_lowercase().as_str() {
        "citation_title" | "dc.title" | "dcterms.title" => offer_title(document, value),
        "citation_author" | "dc.creator" | "dcterms.creator" => {
            // Many write the family name first.
            match value.split_once(", ") {
                Some((family, given)) => add_author(document, &format!("{given} {family}")),
                None => add_author(document, value),
            }
        }
        "citation_author_institution" => add_organisation(document, value),
        "citation_publication_date"
        | "citation_online_date"
        | "citation_date"
        | "dc.date"
        | "dcterms.date"
        | "dc.date.issued"
        | "article:published_time" => offer_date(document, value),
        "citation_arxiv_id" => document.arxiv = arxiv_of(value).or(document.arxiv.take()),
        _ => {}
    }
}

/// Reads the stamp that arXiv puts beside its pages: "arXiv:2403.01234v1 [cs.CL] 01 Mar 2024".
fn read_arxiv_mark(document: &mut Document, tree: &Tree<'_>) {
    let mark = tree.inside(tree.root()).find(|node| {
        matches!(tree.attribute(*node, "id"), Some("watermark-tr" | "target-section"))
            || tree.has_word(*node, "class", &["ltx_page_watermark"])
    });
    let Some(text) = mark.map(|mark| tree.line(mark, &[])) else { return };
    let Some((_, rest)) = text.split_once("arXiv:") else { return };
    document.arxiv = document.arxiv.take().or_else(|| arxiv_of(rest));
    if let Some((_, date)) = rest.split_once(']') {
        offer_date(document, date);
    }
}

/// The front matter of Distill, as JSON in a script.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FrontMatter {
    title: Option<String>,
    published: Option<String>,
    authors: Vec<DistillAuthor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DistillAuthor {
    author: Option<String>,
    affiliation: Option<String>,
    affiliations: Vec<Affiliation>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Affiliation {
    name: Option<String>,
}

fn read_distill(document: &mut Document, tree: &Tree<'_>) {
    let Some(matter) = tree.first(tree.root(), "d-front-matter") else { return };
    let Some(script) = tree.first(matter, "script") else { return };
    let inner = tree.children(script).map(|text| tree.span(text).of(tree.source())).collect::<String>();
    // What is no JSON tells nothing, and the page is read all the same.
    let Ok(front) = serde_json::from_str::<FrontMatter>(&inner) else { return };
    if let Some(title) = front.title {
        offer_title(document, &title);
    }
    if let Some(date) = front.published {
        offer_date(document, &date);
    }
    for person in front.authors {
        person.author.iter().for_each(|name| add_author(document, name));
        let bodies = person
            .affiliation
            .into_iter()
            .chain(person.affiliations.into_iter().filter_map(|body| body.name));
        bodies.for_each(|name| add_organisation(document, &name));
    }
}
