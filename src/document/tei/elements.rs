//! The roles of TEI elements in the prose.

use super::super::SectionKind;
use super::super::markup::{Format, NodeId, Role, Tree};

/// The TEI format.
#[derive(Debug)]
pub(super) struct Tei;

impl Format for Tei {
    fn role(&self, tree: &Tree<'_>, node: NodeId) -> Role {
        match tree.name(node) {
            "title" if tree.parent_name(node) == "titleStmt" => Role::Part(SectionKind::Title),
            "abstract" => Role::Section(SectionKind::Abstract),
            "div" | "div1" | "div2" | "div3" | "div4" => match tree.attribute(node, "type") {
                Some("annex" | "appendix") => Role::Section(SectionKind::Appendix),
                Some("acknowledgement" | "acknowledgements" | "funding") => {
                    Role::Section(SectionKind::Acknowledgements)
                }
                Some("references" | "bibliography") => Role::Apart,
                Some("abstract") => Role::Section(SectionKind::Abstract),
                // GROBID puts a plain one around the text of an abstract.
                _ if tree.parent_name(node) == "abstract" => Role::Block,
                _ => Role::Section(SectionKind::Body),
            },
            "head" => match tree.parent_name(node) {
                "figure" | "table" | "list" => Role::Block,
                _ => Role::Heading(None),
            },
            "figure" => Role::Later(SectionKind::Caption),
            "note" => match tree.attribute(node, "place") {
                Some("headnote" | "margin") => Role::Apart,
                _ => Role::Later(SectionKind::Footnote),
            },
            "p" | "figDesc" | "item" | "list" | "quote" | "q" | "lg" | "l" | "body" | "front" | "back"
            | "argument" | "epigraph" | "ab" => Role::Block,
            "hi" if tree.attribute(node, "rend").is_some_and(|look| look.starts_with("sup")) => Role::Raised,
            "lb" | "pb" | "cb" => Role::Break,
            "formula" if is_in_line(tree, node) => Role::Formula(tree.line(node, &["label"])),
            "ref" => match tree.attribute(node, "type") {
                Some("bibr") => Role::Citation(
                    tree.attribute(node, "target")
                        .unwrap_or_default()
                        .split_whitespace()
                        .map(|key| key.trim_start_matches('#').to_string())
                        .collect(),
                ),
                Some("foot") => {
                    let target = tree.attribute(node, "target").unwrap_or_default();
                    Role::Mark(target.trim_start_matches('#').to_string())
                }
                _ => Role::Inline,
            },
            "table" => Role::Table,
            "row" => Role::Row,
            "cell" => Role::Cell(
                tree.attribute(node, "cols").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1),
            ),
            "formula" | "label" | "graphic" | "listBibl" | "biblStruct" | "teiHeader" | "eg" | "code"
            | "fw" => Role::Apart,
            _ => Role::Inline,
        }
    }
}

/// Returns whether a formula is inside a paragraph.
fn is_in_line(tree: &Tree<'_>, node: NodeId) -> bool {
    matches!(tree.parent_name(node), "p" | "s" | "figDesc" | "item" | "hi")
}
