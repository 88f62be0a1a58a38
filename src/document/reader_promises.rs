//! Invariants of the documents that readers produce, for the tests of all readers.

use super::{ByteSpan, Document};

/// Asserts that the spans of a document read from UTF-8 lie inside its source and in order, and that its
/// unchanged runs hold the same text there as in the prose.
pub(super) fn assert_kept(document: &Document, bytes: &[u8]) {
    let mut last = 0;
    for (prose, source) in document.source_map.literal_runs() {
        assert!(prose.start >= last, "runs overlap at {last}");
        last = prose.end;
        let read = document.prose.as_bytes().get(prose.start..prose.end);
        assert_eq!(
            read,
            bytes.get(source.start..source.end),
            "an unchanged run has another text in the source"
        );
    }
    for (at, letter) in document.prose.char_indices() {
        let source = document.source_map.to_source(ByteSpan::new(at, at + letter.len_utf8()));
        assert!(
            source.start <= source.end && source.end <= bytes.len(),
            "{source:?} is outside of the source"
        );
    }
    let mut last = 0;
    for section in &document.sections {
        assert!(section.span.start >= last, "sections are not in order");
        last = section.span.start;
        assert!(document.prose.get(section.span.start..section.span.end).is_some());
    }
    let mut last = 0;
    for citation in &document.citations {
        assert!(citation.span.start >= last, "citations are not in order");
        last = citation.span.start;
        assert!(document.prose.get(citation.span.start..citation.span.end).is_some());
        assert!(citation.works.iter().all(|work| *work < document.bibliography.len()));
    }
}

/// Formats a document as a short text: its metadata, its sections, its citations and its prose.
pub(super) fn shown(document: &Document) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    line("title", document.title.clone().unwrap_or_default());
    line("date", document.date.map(|date| date.to_string()).unwrap_or_default());
    line("date source", document.date_source.map(|source| source.to_string()).unwrap_or_default());
    line("arxiv", document.arxiv.clone().unwrap_or_default());
    line("authors", document.authors.join(" | "));
    line("organisations", document.organisations.join(" | "));
    for section in &document.sections {
        let start: String = section.span.of(&document.prose).chars().take(24).collect();
        line("section", format!("{:?} {} {:?} {start:?}", section.kind, section.depth, section.heading));
    }
    for citation in &document.citations {
        line("citation", format!("{:?} {:?}", citation.span.of(&document.prose), citation.works));
    }
    for work in &document.bibliography {
        let date = work.date.map(|date| date.to_string());
        let known = (&work.key, &work.title, &work.authors, date, &work.arxiv, &work.doi);
        line("work", format!("{known:?}"));
    }
    format!("{text}\n{}", document.prose)
}
