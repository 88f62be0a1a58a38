//! The roles of JATS elements in the prose.

use super::super::SectionKind;
use super::super::markup::{Format, NodeId, Role, Tree};

/// The JATS format.
#[derive(Debug)]
pub(super) struct Jats;

impl Format for Jats {
    fn role(&self, tree: &Tree<'_>, node: NodeId) -> Role {
        match tree.name(node) {
            "article-title" => Role::Part(SectionKind::Title),
            "abstract" | "trans-abstract" => Role::Section(SectionKind::Abstract),
            "sec" | "glossary" | "notes" => Role::Section(SectionKind::Body),
            "app" => Role::Section(SectionKind::Appendix),
            "ack" => Role::Section(SectionKind::Acknowledgements),
            "title" => match tree.parent_name(node) {
                "caption" | "list" | "boxed-text" | "statement" | "fn-group" => Role::Block,
                _ => Role::Heading(None),
            },
            "p" | "disp-quote" | "list-item" | "def-item" | "def" | "term" | "verse-group" | "verse-line"
            | "statement" | "boxed-text" | "caption" | "list" | "def-list" | "fn-group" | "attrib"
            | "body" | "back" | "app-group" | "floats-group" | "fig-group" | "speech" | "table-wrap-foot" => {
                Role::Block
            }
            "fig" | "table-wrap" | "chem-struct-wrap" => Role::Later(SectionKind::Caption),
            "fn" => Role::Later(SectionKind::Footnote),
            "sup" => Role::Raised,
            "break" => Role::Break,
            "table" => Role::Table,
            "tr" => Role::Row,
            "td" | "th" => Role::Cell(
                tree.attribute(node, "colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1),
            ),
            "preformat" => Role::Later(SectionKind::Verbatim),
            "code" if tree.parent_name(node) != "p" => Role::Part(SectionKind::Verbatim),
            "label" => match tree.parent_name(node) {
                "fig" | "table-wrap" => Role::Inline,
                _ => Role::Apart,
            },
            "inline-formula" => formula(tree, node),
            "xref" => match tree.attribute(node, "ref-type") {
                Some("bibr") => Role::Citation(
                    tree.attribute(node, "rid")
                        .unwrap_or_default()
                        .split_whitespace()
                        .map(str::to_string)
                        .collect(),
                ),
                Some("fn" | "table-fn") => {
                    Role::Mark(tree.attribute(node, "rid").unwrap_or_default().to_string())
                }
                Some("aff" | "corresp") => Role::Apart,
                _ => Role::Inline,
            },
            "styled-content" if is_struck_out(tree, node) => Role::Apart,
            "strike"
            | "disp-formula"
            | "disp-formula-group"
            | "ref-list"
            | "code"
            | "graphic"
            | "media"
            | "inline-graphic"
            | "object-id"
            | "alt-text"
            | "long-desc"
            | "permissions"
            | "bio"
            | "math"
            | "tex-math"
            | "fn-type"
            | "sec-meta"
            | "kwd-group"
            | "supplementary-material"
            | "processing-meta"
            | "ext-link-group" => Role::Apart,
            _ => Role::Inline,
        }
    }
}

/// Tests whether the style of an element says that a line goes through its text.
fn is_struck_out(tree: &Tree<'_>, node: NodeId) -> bool {
    let style =
        tree.attribute(node, "style").or_else(|| tree.attribute(node, "style-type")).unwrap_or_default();
    ["line-through", "strike"].iter().any(|word| style.contains(word))
}

/// Returns the role of an inline formula. Many hold only an italic letter, and are text.
fn formula(tree: &Tree<'_>, node: NodeId) -> Role {
    if let Some(tex) = tree.first(node, "tex-math") {
        let written = tree.line(tex, &[]);
        // Some publishers put a whole document around each formula.
        let inner = written.split_once("\\begin{document}").map_or(written.as_str(), |(_, inner)| inner);
        let inner = inner.split("\\end{document}").next().unwrap_or_default();
        return Role::Formula(inner.trim_matches(['$', ' ']).to_string());
    }
    match tree.first(node, "math") {
        Some(math) => Role::Formula(tree.line(math, &[])),
        None => Role::Inline,
    }
}
