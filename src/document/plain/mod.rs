//! Plain text: the prose is the whole text or, if the text was extracted from a PDF, the text of its pages.
//!
//! A form feed ends a page, and a hyphen at the end of a line splits a word. Without either, the prose is
//! the text unchanged.

mod columns;
mod furniture;
mod sections;
mod writer;

use super::Document;
use super::dating::settle_date;
use super::mend::mend_letters;
use super::source_text::{Decoded, decode};
use writer::Writer;

/// The character that ends a page.
const FORM_FEED: char = '\u{C}';

/// Reads plain text. Nothing in it marks a title or a date, so it has none. Lines that stand alone and look
/// like headings form its sections.
pub fn read_plain(id: impl Into<String>, bytes: Vec<u8>) -> Document {
    let Decoded { text, source, note } = decode(bytes);
    let mut document = Document { id: id.into(), notes: note.into_iter().collect(), ..Document::default() };
    if text.contains(FORM_FEED) || writer::parts_words(&text) {
        let mut writer = Writer::new(&text, &source);
        for page in furniture::pages(&text) {
            writer.page(&columns::in_order(&text, page));
        }
        (document.prose, document.source_map, document.pages) = writer.finish();
        document.source = source.with_text(text);
    } else {
        document.source_map = source.whole_map(text.len());
        document.prose = text;
        document.source = source;
    }
    mend_letters(&mut document);
    document.sections = sections::of_prose(&document.prose);
    settle_date(&mut document, None);
    document
}

#[cfg(test)]
mod tests {
    use super::super::reader_promises::{assert_kept, shown};
    use super::*;
    use crate::document::{ByteSpan, SourceMap};

    #[test]
    fn an_empty_file_is_an_empty_document() {
        let document = read_plain("a.txt", Vec::new());
        assert_eq!((document.id.as_str(), document.prose.as_str()), ("a.txt", ""));
        assert!(document.notes.is_empty());
    }

    #[test]
    fn an_abstract_is_the_text_as_it_stands() {
        let text = "We ask a large model.\n\nIt is well-known -\n- and so on.";
        let document = read_plain("a.txt", text.into());
        assert_eq!(document.prose, text);
        assert_eq!(document.source_map, SourceMap::identity());
        assert!(document.sections.is_empty() && document.pages.is_empty());
    }

    /// Returns a paper as extracted from a PDF: with heads, feet and hyphenated words.
    fn pages() -> String {
        let page = |number: usize, text: &str| format!("A paper on size\n\n{text}\n\n{number}\n\u{C}");
        [
            page(
                1,
                "On the size of models\n\nAbstract\n\nWe ask a large lan-\nguage model, and our well-\nknown \
                     model\nanswers.\n\n1\n\nIntroduction\n\nThe well-known model is large, and it is\nthe",
            ),
            page(
                2,
                "one that all ask.\n\n2 Method\n\nWe ask 3 models,\neach of them\nonce,\nas others did.\n",
            ),
            page(3, "References\nBrown. Of many shots. 2020.\n\nSample notes\n\nOkri. Of few. 2021."),
            page(4, "A\n\nPrompts\n\nWe ask politely."),
        ]
        .concat()
    }

    #[test]
    fn a_paper_out_of_a_pdf_is_read() {
        let text = pages();
        let document = read_plain("a.txt", text.clone().into());
        assert_kept(&document, text.as_bytes());
        assert_eq!(document.page_of(document.prose.find("one that all").unwrap()), Some(2));
        insta::assert_snapshot!(shown(&document));
    }

    #[test]
    fn columns_beside_each_other_are_read_one_after_the_other() {
        let row = |row: usize| format!("left row {row:02} goes on       right row {row:02} goes on\n");
        let text =
            format!("    A title over both of the columns\n\n{}\u{C}", (0..10).map(row).collect::<String>());
        let document = read_plain("a.txt", text.clone().into());
        assert_kept(&document, text.as_bytes());
        let at = |part: &str| document.prose.find(part).unwrap();
        assert!(at("A title") < at("left row 00") && at("left row 09") < at("right row 00"));
        assert!(document.prose.contains("left row 00 goes on\nleft row 01 goes on\n"), "{}", document.prose);
    }

    #[test]
    fn a_parted_word_leads_back_to_both_of_its_halves() {
        let text = "We ask a large lan-\n  guage model.";
        let document = read_plain("a.txt", text.into());
        let start = document.prose.find("language").unwrap();
        let span = document.source_map.to_source(ByteSpan::new(start, start + 8));
        assert_eq!(span.of(text), "lan-\n  guage");
    }

    proptest::proptest! {
        #[test]
        fn spans_of_pages_hold_whatever_stands_on_them(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "a ", "model", "é漢-", "-\n", "\n", "\n\n", "    ", "\u{C}", "12", "Head\n", "lan-\nguage ", "\r\n",
                    "left      right\n", "left one      right one\n",
                ]),
                0..60,
            )
        ) {
            let text = pieces.concat();
            let document = read_plain("a.txt", text.clone().into());
            assert_kept(&document, text.as_bytes());
        }
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
