//! XML parsing into a tree.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entities::decoded;
use super::{Node, Tree};
use crate::document::{ByteSpan, LineIndex, ReadError, floor_to_character};

/// Parses XML into a tree. The second value is the reason why the tree may be incomplete: the XML is broken
/// or nested deeper than `depth`; everything before the fault is kept.
///
/// Document types are ignored: their declarations are not expanded, and their references are not opened.
pub(in crate::document) fn parse_xml(source: &str, depth: usize) -> (Tree<'_>, Option<ReadError>) {
    let mut tree = Tree::new(source, depth);
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    let mut fault = None;
    // Text and entities come piece by piece; a run of them is one text.
    let mut text_start = None;
    loop {
        let start = position(&reader);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(source.len());
                fault = Some((at, error.to_string()));
                if let Some(from) = text_start {
                    tree.text(Node::Text, ByteSpan::new(from, start));
                }
                break;
            }
        };
        let span = ByteSpan::new(start, position(&reader));
        if matches!(event, Event::Text(_) | Event::GeneralRef(_)) {
            text_start.get_or_insert(start);
            continue;
        }
        if let Some(from) = text_start.take() {
            tree.text(Node::Text, ByteSpan::new(from, start));
        }
        match event {
            Event::Start(tag) => open(&mut tree, &tag, span, source),
            Event::Empty(tag) => {
                open(&mut tree, &tag, span, source);
                tree.close(span.end);
            }
            Event::End(_) => tree.close(span.end),
            Event::CData(_) => {
                let marks = ("<![CDATA[".len(), "]]>".len());
                let inner = ByteSpan::new(span.start + marks.0, span.end.saturating_sub(marks.1));
                tree.text(Node::Verbatim, inner);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if fault.is_none()
        && let Some(name) = tree.open_names().next()
    {
        fault = Some((source.len(), format!("it ends before </{name}>")));
    }
    let mut error = fault.map(|(at, cause)| {
        let line = LineIndex::new(source).position(floor_to_character(source, at)).line;
        let message =
            format!("line {line}: this is not well-formed XML: {cause}; what stands before was read");
        ReadError::new("invalid-xml", message)
    });
    let tree = tree.finish();
    error = error.or_else(|| too_deep(&tree, depth));
    (tree, error)
}

/// Returns the error for elements nested deeper than allowed, if there are any.
pub(super) fn too_deep(tree: &Tree<'_>, depth: usize) -> Option<ReadError> {
    let line = LineIndex::new(tree.source()).position(tree.too_deep()?).line;
    let message = format!(
        "line {line}: elements lie more than {depth} deep in each other; of the deeper ones only the text was read"
    );
    Some(ReadError::new("too-deep", message))
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn open<'a>(tree: &mut Tree<'a>, tag: &BytesStart<'_>, span: ByteSpan, source: &'a str) {
    let qualified = tag.name();
    let whole: &str = qualified.as_ref();
    let name = local(whole);
    let mut attributes = Vec::new();
    // Faults in attributes are passed over; the element counts all the same.
    for attribute in tag.attributes().with_checks(false).flatten() {
        attributes.push((
            Cow::Owned(local(attribute.key.as_ref()).to_string()),
            Cow::Owned(decoded(&attribute.value).into_owned()),
        ));
    }
    // The name stands right after the bracket.
    let written = source.get(span.start + 1..).unwrap_or_default();
    let prefix = whole.len() - name.len();
    let name = match written.get(prefix..prefix + name.len()) {
        Some(found) if found == name => Cow::Borrowed(found),
        _ => Cow::Owned(name.to_string()),
    };
    tree.open(name, attributes, span);
}

/// Returns a name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_holds_elements_and_texts_with_their_places() {
        let source =
            "<?xml version='1.0'?><a x=\"1 &amp; 2\"><m:b>one &lt; two</m:b><c/><![CDATA[<d>]]> é</a>";
        let (tree, error) = parse_xml(source, 10);
        assert_eq!(error, None);
        let a = tree.at(tree.root(), &["a"]).unwrap();
        assert_eq!(tree.attribute(a, "x"), Some("1 & 2"));
        let b = tree.at(a, &["b"]).unwrap();
        assert_eq!(tree.span(b).of(source), "<m:b>one &lt; two</m:b>");
        assert_eq!(tree.line(b, &[]), "one < two");
        assert_eq!(tree.line(a, &["b"]), "<d> é");
        assert_eq!(tree.children(a).map(|node| tree.name(node)).collect::<Vec<_>>(), ["b", "c", "", ""]);
    }

    #[test]
    fn what_a_document_type_declares_is_not_put_in() {
        let source =
            "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y SYSTEM \"file:///etc/passwd\">]><a>&x; &y;</a>";
        let (tree, error) = parse_xml(source, 10);
        assert_eq!((error, tree.line(tree.root(), &[]).as_str()), (None, "&x; &y;"));
    }

    #[test]
    fn broken_xml_is_told_with_its_line_and_kept_up_to_there() {
        let (tree, error) = parse_xml("<a>\n<b>one</b>\n<b>two</c></a>", 10);
        assert!(error.unwrap().message.starts_with("line 3: this is not well-formed XML"));
        assert_eq!(tree.line(tree.root(), &[]), "one two");
        let (tree, error) = parse_xml("<a><b>one</b> tw", 10);
        assert!(error.unwrap().message.contains("it ends before </a>"));
        assert_eq!(tree.line(tree.root(), &[]), "one tw");
    }

    #[test]
    fn deep_nesting_is_flattened_and_told() {
        let source = format!("{}x{}", "<a>".repeat(5000), "</a>".repeat(5000));
        let (tree, error) = parse_xml(&source, 20);
        assert_eq!(error.unwrap().kind, "too-deep");
        assert_eq!(tree.line(tree.root(), &[]), "x");
    }
}
