//! The authors of a page that LaTeXML made: what stood in `\author`, with its lines and marks.

use super::super::Document;
use super::super::latex::{AuthorCommand, Piece, Told, tell};
use super::super::markup::{Node, NodeId, Tree};
use super::super::paper_facts::{add_author, add_organisation};

/// Reads authors and affiliations.
pub(super) fn read_creators(document: &mut Document, tree: &Tree<'_>) {
    let mut told = Told::default();
    let mut pieces = Vec::new();
    for node in tree.inside(tree.root()) {
        if tree.has_word(node, "class", &["ltx_personname"]) {
            if !pieces.is_empty() {
                pieces.push(Piece::Next);
            }
            add_pieces(tree, node, &mut pieces);
        } else if tree.has_word(node, "class", &["ltx_role_affiliation", "ltx_role_institutetext"]) {
            let mut inner = Vec::new();
            add_pieces(tree, node, &mut inner);
            tell(&mut told, AuthorCommand::Affiliation, inner);
        } else if tree.has_word(node, "class", &["ltx_role_email"]) {
            tell(&mut told, AuthorCommand::Email, vec![Piece::Text(tree.line(node, &[]))]);
        }
    }
    tell(&mut told, AuthorCommand::Names, pieces);
    told.finish();
    told.authors.iter().for_each(|name| add_author(document, name));
    told.organisations.iter().for_each(|name| add_organisation(document, name));
}

/// What stands in an element, as the LaTeX that it was made from has it.
fn add_pieces(tree: &Tree<'_>, node: NodeId, pieces: &mut Vec<Piece>) {
    for child in tree.children(node) {
        match tree.node(child) {
            Node::Text | Node::Verbatim => {
                let text = tree.line(child, &[]);
                if text.is_empty() {
                    continue;
                }
                // Blanks at the edges part words of two elements.
                let written = tree.span(child).of(tree.source());
                let before = if written.starts_with(char::is_whitespace) { " " } else { "" };
                let after = if written.ends_with(char::is_whitespace) { " " } else { "" };
                pieces.push(Piece::Text(format!("{before}{text}{after}")));
            }
            Node::Element(_)
                if tree.has_word(child, "class", &["ltx_role_affiliation", "ltx_role_email"]) => {}
            Node::Element(_) if tree.has_word(child, "class", &["ltx_ERROR"]) => {
                // LaTeXML leaves commands that it does not know as they stood.
                let command = tree.line(child, &[]);
                if matches!(command.as_str(), "\\And" | "\\AND" | "\\and") {
                    pieces.push(Piece::Next);
                }
            }
            Node::Element(_) if tree.has_word(child, "class", &["ltx_note"]) => {}
            Node::Element(name) => match &**name {
                "br" => pieces.push(Piece::Line),
                "sup" | "math" => pieces.push(Piece::Mark(tree.line(child, &[]))),
                _ => add_pieces(tree, child, pieces),
            },
        }
    }
}
