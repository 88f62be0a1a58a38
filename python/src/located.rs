//! Results as JSON Lines, with additional facts for Python: spans counted in characters.

use std::io;

use byname::catalogue::Catalogue;
use byname::document::Places;
use byname::report::{JsonLines, Report, ReportedPaper, push_json};
use serde_json::json;

/// Writes two lines per paper: the line of `scan --format jsonl`, and an object with `characters`, the start
/// and end of each mention in its file, counted in characters, and `text`, the paper's (main) file as it was
/// read, or `null`.
pub(crate) struct Located<'c> {
    lines: JsonLines<'c, Catalogue>,
    with_text: bool,
}

impl<'c> Located<'c> {
    /// Creates a renderer for results of a catalogue. `with_text` includes the text, which a caller that
    /// passed it in does not need.
    pub(crate) fn new(catalogue: &'c Catalogue, with_text: bool) -> Self {
        Self { lines: JsonLines::new(catalogue), with_text }
    }
}

impl Report for Located<'_> {
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        self.lines.document(entry, out)?;
        let places = Places::new(entry.document);
        let mut counter = Counter::default();
        let mut characters = Vec::with_capacity(entry.findings.mentions.len());
        for mention in &entry.findings.mentions {
            let (file, within) = (places.file_of(mention.span), places.in_text(mention.span));
            let text = places.lines(mention.span).text();
            let start = counter.count(file, text, within.start);
            characters.push([start, start + letters(text, within.start, within.end)]);
        }
        let text = self.with_text.then(|| entry.document.source_text());
        push_json(out, &json!({ "characters": characters, "text": text }))
    }
}

/// Counts the characters before one offset after another; continues from the last offset, or from the start
/// of the file if the new one lies before it or in another file.
#[derive(Default)]
struct Counter {
    file: usize,
    at: usize,
    characters: usize,
}

impl Counter {
    fn count(&mut self, file: usize, text: &str, at: usize) -> usize {
        if file != self.file || at < self.at {
            *self = Self { file, at: 0, characters: 0 };
        }
        self.characters += letters(text, self.at, at);
        self.at = at;
        self.characters
    }
}

/// Returns the number of characters that begin between two byte offsets of a text.
fn letters(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes().get(start..end.max(start)).unwrap_or_default();
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}
