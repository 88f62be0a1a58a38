//! Plain text: the prose is the whole text.

use super::Document;
use super::source_text::decode;

/// Reads plain text. Nothing in it says where a title or a date would stand, so it gives none.
pub fn read_plain(id: impl Into<String>, bytes: Vec<u8>) -> Document {
    let decoded = decode(bytes);
    Document {
        id: id.into(),
        source_map: decoded.source.whole_map(decoded.text.len()),
        prose: decoded.text,
        source: decoded.source,
        notes: decoded.note.into_iter().collect(),
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ByteSpan;

    #[test]
    fn an_empty_file_is_an_empty_document() {
        let document = read_plain("a.txt", Vec::new());
        assert_eq!((document.id.as_str(), document.prose.as_str()), ("a.txt", ""));
        assert!(document.notes.is_empty());
    }

    #[test]
    fn spans_hold_across_bad_bytes() {
        let source = b"caf\xE9: a large model".to_vec();
        let document = read_plain("a.txt", source.clone());
        let start = document.prose.find("a large").unwrap();
        let span = document.source_map.to_source(ByteSpan::new(start, start + 13));
        assert_eq!(&source[span.start..span.end], b"a large model");
        assert_eq!(document.notes.len(), 1);
        assert_eq!(document.notes[0].kind, "encoding");
        assert_eq!(document.position(span.start).column, 7);
    }
}
