//! HTML parsing into a tree.

use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::html_source::{HtmlSource, MAX_ATTRIBUTES};
use super::xhtml::without_short_elements;
use super::xml::too_deep;
use super::{Node, Tree};
use crate::document::{ByteSpan, ReadError};

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose start tag ends an open paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that the end tag of an outer element does not close.
const SCOPES: &[&str] = &["table", "td", "th", "caption", "svg", "math", "template"];

/// Parses HTML into a tree, tolerating any input as browsers do. The second value is an error if elements
/// are nested deeper than `depth`, or if a tag with too many attributes ended the parsing.
pub(in crate::document) fn parse_html(source: &str, depth: usize) -> (Tree<'_>, Option<ReadError>) {
    let attributes = Cell::new(0);
    let mut builder =
        Builder { tree: Tree::new(source, depth), source, tag: None, text_start: 0, attributes: &attributes };
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            builder.event(&event, span);
            None
        });
    emitter.naively_switch_states(true);
    // The callback hands out nothing, so the first that comes is a fault or the end.
    let page = without_short_elements(source);
    let fault =
        Tokenizer::new_with_emitter(HtmlSource::new(&page, &attributes), emitter).find_map(Result::err);
    if fault.is_none() {
        builder.end_text(source.len());
    }
    let tree = builder.tree.finish();
    let error = fault.map(|_| too_many_attributes()).or_else(|| too_deep(&tree, depth));
    (tree, error)
}

fn too_many_attributes() -> ReadError {
    let message = format!(
        "a tag of this page has more than {MAX_ATTRIBUTES} attributes; what came after it was left out; write \
         the page anew without them"
    );
    ReadError::new("too-large", message)
}

/// A start tag that is not complete yet.
#[derive(Debug)]
struct Tag<'a> {
    name: Cow<'a, str>,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    start: usize,
}

#[derive(Debug)]
struct Builder<'a, 'c> {
    tree: Tree<'a>,
    source: &'a str,
    tag: Option<Tag<'a>>,
    /// Number of attributes of the tag that is being read, shared with the source.
    attributes: &'c Cell<usize>,
    /// Start of the current text, after the last tag or comment.
    text_start: usize,
}

impl<'a> Builder<'a, '_> {
    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.end_text(span.start);
                let name = self.name(name, span.start + 1);
                self.tag = Some(Tag { name, attributes: Vec::new(), start: span.start });
            }
            CallbackEvent::AttributeName { name } => {
                self.attributes.set(self.attributes.get() + 1);
                let name = Cow::Owned(String::from_utf8_lossy(name).into_owned());
                if let Some(tag) = &mut self.tag {
                    tag.attributes.push((name, Cow::Borrowed("")));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.tag.as_mut().and_then(|tag| tag.attributes.last_mut()) {
                    attribute.1 = Cow::Owned(String::from_utf8_lossy(value).into_owned());
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.attributes.set(0);
                if let Some(tag) = self.tag.take() {
                    self.start_tag(tag, span.end, *self_closing);
                }
                self.text_start = span.end;
            }
            CallbackEvent::EndTag { name } => {
                self.attributes.set(0);
                self.end_text(span.start);
                let name = self.name(name, span.start + 2);
                self.end_tag(&name, span.end);
                self.text_start = span.end;
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.end_text(span.start);
                self.text_start = span.end;
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
    }

    /// Returns a name, borrowed if the source has it in lower case.
    fn name(&self, name: &[u8], at: usize) -> Cow<'a, str> {
        match self.source.get(at..at + name.len()) {
            Some(found) if found.as_bytes() == name => Cow::Borrowed(found),
            _ => Cow::Owned(String::from_utf8_lossy(name).into_owned()),
        }
    }

    fn end_text(&mut self, end: usize) {
        let span = ByteSpan::new(self.text_start, end);
        if !span.of(self.source).is_empty() {
            self.tree.text(Node::Text, span);
        }
        self.text_start = end.max(self.text_start);
    }

    fn start_tag(&mut self, tag: Tag<'a>, end: usize, self_closing: bool) {
        let name = &*tag.name;
        if self.tree.is_passing_over() && !VOID.contains(&name) {
            self.tree.open(tag.name, Vec::new(), ByteSpan::new(tag.start, end));
            return;
        }
        // End tags that authors may leave out.
        if BLOCKS.contains(&name) {
            self.close_open(&["p"], tag.start, &["button"]);
        }
        match name {
            "li" => self.close_open(&["li"], tag.start, &["ul", "ol"]),
            "dt" | "dd" => self.close_open(&["dt", "dd"], tag.start, &["dl"]),
            "td" | "th" => self.close_open(&["td", "th"], tag.start, &["tr"]),
            "tr" => self.close_open(&["tr"], tag.start, &["thead", "tbody", "tfoot"]),
            "thead" | "tbody" | "tfoot" => self.close_open(&["thead", "tbody", "tfoot"], tag.start, &[]),
            _ => {}
        }
        let is_void = VOID.contains(&name);
        // Inside of pictures and formulas, XML's empty elements are just that.
        let is_empty = self_closing && self.tree.open_names().any(|open| matches!(open, "svg" | "math"));
        self.tree.open(tag.name, tag.attributes, ByteSpan::new(tag.start, end));
        if is_void || is_empty {
            self.tree.close(end);
        }
    }

    /// Closes the innermost open element with one of `names`, unless one of `until` is open inside it.
    fn close_open(&mut self, names: &[&str], at: usize, until: &[&str]) {
        let found = self
            .tree
            .open_names()
            .take_while(|open| !until.contains(open) && *open != "table")
            .position(|open| names.contains(&open));
        for _ in 0..found.map_or(0, |inner| inner + 1) {
            self.tree.close(at);
        }
    }

    /// Closes the innermost open element with a name; an end tag without a match is ignored.
    fn end_tag(&mut self, name: &str, end: usize) {
        if self.tree.is_passing_over() {
            self.tree.close(end);
            return;
        }
        let is_scope = SCOPES.contains(&name) || matches!(name, "tr" | "tbody" | "thead" | "tfoot");
        let found = self
            .tree
            .open_names()
            .take_while(|open| *open == name || is_scope || !SCOPES.contains(open))
            .position(|open| open == name);
        for _ in 0..found.map_or(0, |inner| inner + 1) {
            self.tree.close(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(tree: &Tree<'_>, node: crate::document::markup::NodeId) -> String {
        tree.children(node)
            .map(|child| match tree.node(child) {
                Node::Element(name) => format!("{name}({})", shape(tree, child)),
                _ => tree.line(child, &[]),
            })
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn shape_of(source: &str) -> String {
        let (tree, _) = parse_html(source, 100);
        shape(&tree, tree.root())
    }

    #[test]
    fn end_tags_may_be_left_out() {
        assert_eq!(shape_of("<p>one<p>two<br>three<div>x</div>"), "p(one) p(two br() three) div(x)");
        assert_eq!(shape_of("<ul><li>a<li>b<ul><li>c</ul></ul>d"), "ul(li(a) li(b ul(li(c)))) d");
        assert_eq!(
            shape_of("<table><tr><td>a<td><p>b<tr><td>c</table>d"),
            "table(tr(td(a) td(p(b))) tr(td(c))) d"
        );
    }

    #[test]
    fn elements_that_xhtml_writes_short_are_empty() {
        let page = "<?xml version='1.0'?><head><title/><script src='a.js' /></head><p>a</p>";
        assert!(shape_of(page).ends_with("head() p(a)"), "{}", shape_of(page));
    }

    #[test]
    fn scripts_and_comments_are_no_markup() {
        assert_eq!(shape_of("<script>if (a < b) '<p>'</script><!-- <p> -->x"), "script(if (a < b) '<p>') x");
    }

    #[test]
    fn texts_stand_where_they_stand() {
        let source = "<!DOCTYPE html>\r\n<P CLASS='a b'>caf&eacute; <b>é\r\nß</b>&amp</P>\r\n";
        let (tree, _) = parse_html(source, 100);
        let texts: Vec<&str> = tree
            .inside(tree.root())
            .filter(|node| *tree.node(*node) == Node::Text)
            .map(|node| tree.span(node).of(source))
            .collect();
        assert_eq!(texts, ["\r\n", "caf&eacute; ", "é\r\nß", "&amp", "\r\n"]);
        let p = tree.first(tree.root(), "p").unwrap();
        assert!(tree.has_word(p, "class", &["b"]));
    }

    #[test]
    fn deep_nesting_is_flattened_and_told() {
        let source = format!("{}x", "<b>".repeat(5000));
        let (tree, error) = parse_html(&source, 20);
        assert_eq!(error.unwrap().kind, "too-deep");
        assert_eq!(tree.line(tree.root(), &[]), "x");
    }

    #[test]
    fn a_tag_of_very_many_attributes_ends_the_page_there() {
        let tag = |name: &str, count: usize| {
            let attributes: Vec<String> = (0..count).map(|number| format!("x{number}=\"\"")).collect();
            format!("<{name} {}>", attributes.join(" "))
        };
        for many in [tag("b", 50_000), tag("/b", 50_000), tag("b", 50_000).replace("\"\"", "1")] {
            let source = format!("<p>before</p>{many}after");
            let (tree, error) = parse_html(&source, 20);
            assert_eq!(error.unwrap().kind, "too-large");
            assert_eq!(tree.line(tree.root(), &[]), "before");
        }
        // Many tags may have many of them together.
        let source = format!("{}x", tag("hr", 150).repeat(50));
        let (tree, error) = parse_html(&source, 20);
        assert_eq!((tree.line(tree.root(), &[]).as_str(), error), ("x", None));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_tree_whose_tags_stand_where_it_says(
            source in "(<[a-z/!]{0,3}|</p>|<!--|-->|>|&[a-z]{0,4};?|\r\n|é|[ -~]|\\PC){0,60}"
        ) {
            let (tree, _) = parse_html(&source, 10);
            let mut last = 0;
            for node in tree.inside(tree.root()) {
                let span = tree.span(node);
                proptest::prop_assert!(source.get(span.start..span.end).is_some());
                proptest::prop_assert!(span.start >= last);
                last = span.start;
                if let Node::Element(_) = tree.node(node) {
                    proptest::prop_assert!(span.of(&source).starts_with('<'));
                }
            }
        }
    }
}
