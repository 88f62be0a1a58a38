//! Every span points to the bytes of the source that hold what was read.

use byname::document::{ByteSpan, Document, LineIndex, RecordFields, read_markdown, read_plain, read_record};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{Folder, scan};

/// Every word of the prose stands in the source where the map says, and the line and column agree
/// with plain counting.
fn check_words(document: &Document, source: &[u8], literal: bool) {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let text = document.source_text();
    let lines = LineIndex::new(text);
    for word in document.prose.split(char::is_whitespace).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - document.prose.as_ptr() as usize;
        let span = document.source_map.to_source(ByteSpan::new(start, start + word.len()));
        let bytes = &source[span.start..span.end];
        if literal {
            assert_eq!(lossy(bytes), word);
        } else {
            // Markup may stand between the letters; the letters themselves stand there in order.
            let mut rest = lossy(bytes);
            for letter in word.chars().filter(|letter| letter.is_alphanumeric()) {
                let at = rest.find(letter);
                assert!(at.is_some(), "{letter:?} of {word:?} in {:?}", lossy(bytes));
                rest.drain(..at.unwrap_or(0) + letter.len_utf8());
            }
        }
        let before = text[..document.source.to_text(span.start)].to_string();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let place = lines.position(before.len());
        assert_eq!(place.line, before.matches('\n').count() + 1);
        assert_eq!(place.column, before[line_start..].chars().count() + 1);
    }
}

/// Pieces that Markdown is made of, to be thrown together.
fn markdown_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé漢]{1,8} ",
        1 => Just("**bold** ".to_string()),
        1 => Just("*of a* ".to_string()),
        1 => Just("`code-002` ".to_string()),
        1 => Just("[link](https://x.test/a_b) ".to_string()),
        1 => Just("&amp; ".to_string()),
        1 => Just("5\\% ".to_string()),
        1 => Just("$10^{11}$ ".to_string()),
        1 => Just("<b>html</b> ".to_string()),
        1 => Just("<!-- aside --> ".to_string()),
        2 => Just("\n".to_string()),
        2 => Just("\r\n".to_string()),
        2 => Just("\n\n".to_string()),
        1 => Just("\n\n# Heading\n\n".to_string()),
        1 => Just("\n\n- item\n- item two\n\n".to_string()),
        1 => Just("\n\n> quoted\n> twice\n\n".to_string()),
        1 => Just("\n\n```\nlet code = 1;\n```\n\n".to_string()),
        1 => Just("\n\n| a | b |\n|---|---|\n| c | d |\n\n".to_string()),
        1 => Just("[^1] \n\n[^1]: a footnote\n\n".to_string()),
        1 => Just("~~*_`$[".to_string()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn of_plain_text_whatever_its_bytes(
        bytes in proptest::collection::vec(
            prop_oneof![4 => 32..127_u8, 1 => Just(b'\n'), 1 => any::<u8>()], 0..300
        ),
        mark in any::<bool>(),
    ) {
        let source = [if mark { &b"\xEF\xBB\xBF"[..] } else { b"" }, &bytes].concat();
        check_words(&read_plain("p", source.clone()), &source, true);
    }

    #[test]
    fn of_markdown_whatever_its_markup(
        pieces in proptest::collection::vec(markdown_piece(), 0..40),
        bad in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut source = pieces.concat().into_bytes();
        if let Some(bad) = bad {
            source.insert(bad.index(source.len() + 1), 0xFF);
        }
        check_words(&read_markdown("m", source.clone()), &source, false);
    }

    #[test]
    fn of_the_text_of_records(text in "\\PC{0,80}") {
        let line = json!({"id": "r", "text": text}).to_string();
        let document = read_record(line.as_bytes(), &RecordFields::default(), "r:1").unwrap();
        check_words(&document, text.as_bytes(), true);
        prop_assert_eq!(document.prose, text);
    }

    #[test]
    fn no_line_makes_the_reader_of_records_fail_badly(line in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_record(&line, &RecordFields::default(), "r:1");
    }
}

/// What `scan` reports, checked against the files themselves.
#[test]
fn of_every_mention_that_scan_reports() {
    let texts = [
        ("a.txt", &b"\xEF\xBB\xBFWe graded 500 essays with a proprietary\nlarge language model. Caf\xE9.\n\n\x93GPT-4\x94 agreed with the in-house LLM."[..]),
        ("b.md", b"---\ntitle: T\n---\n\nWe use **a strong LLM** (`GPT-4`) &amp; *our* 7B model,\nthen a leading chatbot.\n"),
    ];
    let mut folder = Folder::new();
    for (name, text) in texts {
        folder = folder.with(name, text);
    }
    let run = folder.byname(&scan(&["a.txt", "b.md", "--mentions", "all", "--fail-on", "never"]));
    assert_eq!(run.status, Some(0));
    for ((name, source), document) in texts.iter().zip(run.documents()) {
        let mentions = document["mentions"].as_array().unwrap();
        let described = mentions.iter().filter(|mention| mention["kind"] == "described").count();
        assert!(mentions.len() >= 3 && described >= 2, "{name}: {mentions:?}");
        for mention in mentions {
            let offset = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
            let bytes = &source[offset("start")..offset("end")];
            let written: String =
                String::from_utf8_lossy(bytes).chars().filter(|letter| !"*`".contains(*letter)).collect();
            assert_eq!(written, mention["text"].as_str().unwrap(), "{name}");
            let before = String::from_utf8_lossy(&source[..offset("start")]).into_owned();
            assert_eq!(offset("line"), before.matches('\n').count() + 1, "{name}");
        }
    }
}
