//! Writer for the prose of a text in pages, and for its map.

use crate::document::hyphens::{Hyphen, WholeWords};
use crate::document::{ByteSpan, SourceMap, SourceText};

/// Returns whether a word is hyphenated at the end of some line.
pub(super) fn parts_words(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b"-\n").any(|at| {
        text[..at].ends_with(char::is_alphabetic)
            && text[at + 2..].trim_start_matches(' ').starts_with(char::is_lowercase)
    })
}

/// Joins lines into the prose.
pub(super) struct Writer<'t> {
    text: &'t str,
    source: &'t SourceText,
    words: WholeWords,
    prose: String,
    map: SourceMap,
    pages: Vec<usize>,
    /// The previous line. A hyphen at its end has not been written yet.
    last: Option<ByteSpan>,
    /// `true` if a paragraph has ended since.
    is_parted: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, source: &'t SourceText) -> Self {
        let (prose, map) = (String::with_capacity(text.len()), SourceMap::default());
        let words = WholeWords::of(text.lines());
        Self { text, source, words, prose, map, pages: Vec::new(), last: None, is_parted: false }
    }

    /// Writes the lines of a page. A sentence may continue across pages.
    pub(super) fn page(&mut self, lines: &[ByteSpan]) {
        let mut page = None;
        for line in lines {
            let shown = line.of(self.text);
            let line = ByteSpan::new(line.start + shown.len() - shown.trim_start().len(), line.end);
            if line.start >= line.end {
                self.is_parted |= page.is_some();
                continue;
            }
            if page.is_none() {
                self.is_parted = !self.goes_on(line.of(self.text));
            }
            let start = self.line(line);
            page.get_or_insert(start);
        }
        self.pages.push(page.unwrap_or(self.prose.len()));
    }

    /// Returns whether a page that begins with `first` continues a sentence.
    fn goes_on(&self, first: &str) -> bool {
        let last = self.last.map_or("", |last| last.of(self.text));
        first.starts_with(char::is_lowercase) && !last.ends_with(['.', ':', '?', '!'])
    }

    /// Writes a line and returns its offset in the prose.
    fn line(&mut self, line: ByteSpan) -> usize {
        let is_parted = std::mem::take(&mut self.is_parted);
        if let Some(last) = self.last {
            let joined = self.words.join(last.of(self.text), line.of(self.text)).filter(|_| !is_parted);
            if joined != Some(Hyphen::Goes) {
                self.write(ByteSpan::new(held(self.text, last), last.end));
            }
            match joined {
                Some(_) => {}
                None if is_parted => self.prose.push_str("\n\n"),
                // The end of the line is text like any other where the next line stands behind it.
                None if last.end + 1 == line.start => self.write(ByteSpan::new(last.end, line.start)),
                None => self.prose.push('\n'),
            }
        }
        let start = self.prose.len();
        self.write(ByteSpan::new(line.start, held(self.text, line)));
        self.last = Some(line);
        start
    }

    fn write(&mut self, run: ByteSpan) {
        self.source.push_run(&mut self.map, self.prose.len(), run);
        self.prose.push_str(run.of(self.text));
    }

    /// Returns the prose, its map, and the offsets at which its pages begin.
    pub(super) fn finish(mut self) -> (String, SourceMap, Vec<usize>) {
        if let Some(last) = self.last {
            self.write(ByteSpan::new(held(self.text, last), last.end));
        }
        (self.prose, self.map, self.pages)
    }
}

/// Returns the end of a line for now: before a hyphen that may split a word.
fn held(text: &str, line: ByteSpan) -> usize {
    let shown = line.of(text);
    line.end - shown.strip_suffix(['-', '\u{2010}']).map_or(0, |rest| shown.len() - rest.len())
}
