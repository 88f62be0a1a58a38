//! Blocks of HTML in Markdown, which hold prose as well.

use super::Prose;
use super::parts::Parts;
use crate::document::ByteSpan;
use crate::document::markup::{Node, NodeId, Tree, decoded, parse_html};

/// Elements whose text is not printed as prose.
const UNPRINTED: &[&str] = &[
    "script", "style", "template", "head", "title", "noscript", "svg", "math", "del", "s", "select",
    "button", "textarea",
];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Deepest nesting of elements in a block.
const DEPTH: usize = 50;

/// Returns whether a tag in a line, such as `<br>`, parts the words beside it.
pub(super) fn parts_words(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !name.is_empty() && !INLINE.iter().chain(UNPRINTED).any(|inline| inline.eq_ignore_ascii_case(name))
}

/// Adds the text of a block of HTML.
pub(super) fn push_html(prose: &mut Prose<'_>, parts: &mut Parts, source: &str, block: ByteSpan) {
    let html = block.of(source);
    if !html.contains('<') || html.starts_with("<!--") && !html.contains("-->") {
        return;
    }
    let (tree, _) = parse_html(html, DEPTH);
    prose.end_block();
    push_inside(prose, parts, &tree, tree.root(), block.start);
    prose.end_block();
}

fn push_inside(prose: &mut Prose<'_>, parts: &mut Parts, tree: &Tree<'_>, element: NodeId, start: usize) {
    for child in tree.children(element) {
        let span = tree.span(child);
        let place = ByteSpan::new(start + span.start, start + span.end);
        match tree.node(child) {
            Node::Element(name) if UNPRINTED.contains(&&**name) => {}
            Node::Element(name) => {
                let is_table = name == "table" && parts.begin_table(prose);
                let is_code = name == "pre" && !parts.in_table;
                if is_code {
                    prose.end_block();
                    parts.begin_code(prose);
                }
                let is_cell = matches!(&**name, "td" | "th" | "tr") && parts.in_table;
                let is_block = !is_cell && !INLINE.contains(&&**name) && !parts.in_table;
                if name == "br" {
                    prose.push_blank(place);
                } else if is_block {
                    prose.end_block();
                }
                push_inside(prose, parts, tree, child, start);
                if is_table {
                    parts.end_table(prose);
                } else if is_code {
                    parts.end_code(prose);
                } else if is_cell && name == "tr" {
                    prose.end_row();
                } else if is_cell {
                    prose.end_cell();
                } else if is_block && name != "br" {
                    prose.end_block();
                }
            }
            Node::Text | Node::Verbatim => push_words(prose, tree.source(), span, start),
        }
    }
}

/// Adds text with its white space as HTML reads it.
fn push_words(prose: &mut Prose<'_>, html: &str, span: ByteSpan, start: usize) {
    let text = span.of(html);
    let mut at = span.start;
    for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
        let word_end = at + word.len();
        let place = |from: usize, to: usize| ByteSpan::new(start + from, start + to);
        prose.push(&decoded(word), place(at, word_end));
        at += piece.len();
        if word_end < at {
            prose.push_blank(place(word_end, at));
        }
    }
}
