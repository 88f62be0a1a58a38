//! Footnotes, tied to the marks in the text that lead to them.

use std::collections::HashMap;

use super::ByteSpan;

/// A footnote whose mark stands elsewhere in the prose than its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Footnote {
    /// The place of its mark: the end of the prose before it.
    pub mark: usize,
    /// The text of the footnote.
    pub text: ByteSpan,
}

/// The marks and texts of footnotes while a paper is read, told apart by the keys that the format gives them.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    marks: Vec<(usize, String)>,
    texts: HashMap<String, ByteSpan>,
    /// Those that stand at their marks in the source.
    found: Vec<Footnote>,
}

impl Footnotes {
    /// Adds a mark at the end of the prose so far.
    pub(super) fn mark(&mut self, at: usize, key: impl Into<String>) {
        self.marks.push((at, key.into()));
    }

    /// Returns whether any mark has been added.
    pub(super) fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Adds the text of a footnote; of several with one key, the first counts.
    pub(super) fn text(&mut self, key: &str, span: ByteSpan) {
        if !span.is_empty() && !self.texts.contains_key(key) {
            self.texts.insert(key.to_string(), span);
        }
    }

    /// Adds a footnote that needs no key.
    pub(super) fn marked_text(&mut self, mark: usize, text: ByteSpan) {
        if !text.is_empty() {
            self.found.push(Footnote { mark, text });
        }
    }

    /// Returns the footnotes that have both, in the order of their marks.
    pub(super) fn finish(self) -> Vec<Footnote> {
        let Self { marks, texts, mut found } = self;
        let of_mark = |(mark, key): (usize, String)| Some(Footnote { mark, text: texts.get(&key).copied()? });
        found.extend(marks.into_iter().filter_map(of_mark));
        found.sort_by_key(|footnote| footnote.mark);
        found
    }
}
