//! TEI, the XML format that GROBID produces from PDFs.

mod elements;
mod facts;

use super::Document;
use super::markup::{Tree, read};
use super::paper_facts::WorkList;
use crate::document::source_text::Decoded;
use elements::Tei;

/// Returns whether a tree is a TEI paper.
pub(super) fn is_tei(tree: &Tree<'_>) -> bool {
    tree.first(tree.root(), "TEI").is_some() || tree.first(tree.root(), "TEI.2").is_some()
}

/// Reads the paper of a tree: title, abstract, body and back matter.
pub(super) fn read_tei(document: &mut Document, tree: &Tree<'_>, decoded: &Decoded) {
    let Some(paper) = tree.first(tree.root(), "TEI").or_else(|| tree.first(tree.root(), "TEI.2")) else {
        return;
    };
    let header = tree.at(paper, &["teiHeader"]);
    if let Some(header) = header {
        facts::read(document, tree, header);
    }
    let mut works = WorkList::default();
    if let Some(text) = tree.at(paper, &["text"]) {
        facts::read_works(tree, text, &mut works);
    }
    let title = header.and_then(|header| tree.at(header, &["fileDesc", "titleStmt", "title"]));
    let summary = header.and_then(|header| tree.at(header, &["profileDesc", "abstract"]));
    let parts = tree.at(paper, &["text"]).into_iter().flat_map(|text| {
        tree.children(text).filter(|part| matches!(tree.name(*part), "front" | "body" | "back"))
    });
    let nodes: Vec<_> = title.into_iter().chain(summary).chain(parts).collect();
    let reading = read(tree, &decoded.source, &nodes, &Tei, &works.by_key);
    reading.move_into(document);
    document.bibliography = works.works;
}

#[cfg(test)]
#[path = "tei_tests.rs"]
mod tests;
