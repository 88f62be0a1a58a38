//! Guarantees on every document, whatever it was read from.

use std::sync::OnceLock;

use byname::Engine;
use byname::catalogue::{Catalogue, Level, Profile};
use byname::collection::Task as _;
use byname::diagnose::Showing;
use byname::document::{ByteSpan, Document, Places, ReadError};
use byname::report::{Concise, JsonLines, Report, Shown, Text};
use byname::scan::{Criteria, Scan};

pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Catalogue::built_in().unwrap()))
}

fn profile() -> &'static Profile {
    &engine().catalogue().profiles[0]
}

/// The source of a document, if spans can be compared with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// The document is one file with these bytes.
    File(&'a [u8]),
    /// The document has several files, or its source is not text.
    Other,
}

/// Panics if a span of the document or of its findings is invalid.
pub fn check(document: &Document, source: Source<'_>) {
    let prose = &document.prose;
    let is_sound = |span: ByteSpan| prose.get(span.start..span.end).is_some();
    assert!(document.sections.iter().all(|section| is_sound(section.span)), "a section is no span");
    assert!(document.expansions.iter().all(|span| is_sound(*span)), "an expansion is no span");
    for citation in &document.citations {
        assert!(is_sound(citation.span), "a citation is no span");
        assert!(citation.works.iter().all(|work| *work < document.bibliography.len()));
    }
    assert!(document.pages.iter().all(|page| prose.is_char_boundary(*page)), "a page begins in a letter");
    let findings = engine().scan(document);
    let places = Places::new(document);
    let mut last = 0;
    for mention in &findings.mentions {
        let span = mention.span;
        assert!(is_sound(span) && !span.of(prose).is_empty(), "a mention is no span: {span:?}");
        assert!(span.start >= last, "mentions are not in order");
        last = span.start;
        assert!(mention.confidence > 0.0 && mention.confidence <= 1.0, "{}", mention.confidence);
        assert!(mention.named_by.iter().all(|name| *name < findings.mentions.len()));
        let read = document.source_map.to_source(span);
        assert!(read.start <= read.end, "{read:?} ends before it begins");
        if let Source::File(bytes) = source {
            assert!(read.end <= bytes.len(), "{read:?} is outside of the source");
            if let Ok(text) = std::str::from_utf8(bytes) {
                assert!(text.get(read.start..read.end).is_some(), "{read:?} begins or ends in a letter");
            }
        }
        assert!(places.last_line(span) >= 1);
    }
    for reference in &findings.references {
        assert!(reference.mentions.iter().all(|mention| *mention < findings.mentions.len()));
    }
    // Reports cost as much as all the rest.
    if prose.len().is_multiple_of(4) {
        report(document);
    }
}

/// Writes the document in formats that quote its lines, and parses the JSON.
fn report(document: &Document) {
    let names = engine().catalogue();
    let json = written(document, &JsonLines::new(names));
    serde_json::from_str::<serde_json::Value>(&json).expect("a line of JSON");
    for text in [written(document, &Text::new(names, false)), written(document, &Concise)] {
        let acts = |letter: char| letter.is_control() && letter != '\n';
        assert!(!text.contains(acts), "a control character is sent");
    }
}

fn written(document: &Document, report: &dyn Report) -> String {
    let rendered = scan(&[report]).paper(document.clone(), None).unwrap();
    String::from_utf8(rendered.parts.concat()).expect("UTF-8")
}

/// Creates the task of a run that reports every mention.
pub fn scan<'a>(reports: &'a [&'a dyn Report]) -> Scan<'a> {
    let criteria = Criteria {
        engine: engine(),
        profile: profile(),
        least_confidence: 0.5,
        showing: Showing { level: Level::Hint, only: None },
        baseline: None,
    };
    Scan { criteria, reports, shown: Shown::All }
}

/// Checks that an error has a message and is not an internal one.
pub fn check_error(error: &ReadError) {
    assert!(!error.message.is_empty() && error.kind != "internal", "{error:?}");
}
