//! JATS, the XML format of journals.

mod elements;
mod facts;

use super::Document;
use super::markup::{Tree, read};
use super::paper_facts::WorkList;
use crate::document::source_text::Decoded;
use elements::Jats;

/// Returns whether a tree is a JATS article.
pub(super) fn is_jats(tree: &Tree<'_>) -> bool {
    tree.first(tree.root(), "article").is_some_and(|article| {
        tree.children(article).any(|part| matches!(tree.name(part), "front" | "body" | "front-stub"))
    })
}

/// Reads the article of a tree: title, abstracts, body, appendices, acknowledgements and notes.
pub(super) fn read_jats(document: &mut Document, tree: &Tree<'_>, decoded: &Decoded) {
    let Some(article) = tree.first(tree.root(), "article") else { return };
    facts::read(document, tree, article);
    let mut works = WorkList::default();
    for list in tree.all(article, "ref-list") {
        facts::read_works(tree, list, &mut works);
    }
    let meta = tree.at(article, &["front", "article-meta"]);
    let title = meta.and_then(|meta| tree.at(meta, &["title-group", "article-title"]));
    let abstracts =
        meta.into_iter().flat_map(|meta| tree.children(meta).filter(|part| is_abstract(tree, *part)));
    let parts =
        tree.children(article).filter(|part| matches!(tree.name(*part), "body" | "back" | "floats-group"));
    let nodes: Vec<_> = title.into_iter().chain(abstracts).chain(parts).collect();
    let reading = read(tree, &decoded.source, &nodes, &Jats, &works.by_key);
    reading.move_into(document);
    document.bibliography = works.works;
}

/// Returns whether an element is an abstract to be read with the paper, as opposed to a teaser for other
/// pages.
fn is_abstract(tree: &Tree<'_>, node: super::markup::NodeId) -> bool {
    let praises =
        matches!(tree.attribute(node, "abstract-type"), Some("teaser" | "graphical" | "toc" | "web-summary"));
    matches!(tree.name(node), "abstract" | "trans-abstract") && !praises
}

#[cfg(test)]
#[path = "jats_tests.rs"]
mod tests;
