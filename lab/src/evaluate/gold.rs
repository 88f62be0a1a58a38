//! Gold documents: papers with the mentions and links that people marked in them.

use byname::collection::Failure;
use byname::document::{ByteSpan, Document};

use super::Scheme;

/// A mention that a person marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// Its span, in bytes of the prose.
    pub span: ByteSpan,
    /// The index of its label in [`Scheme::labels`].
    pub label: usize,
    /// `true` if it must be found. Finding one that need not be found counts neither way.
    pub owed: bool,
    /// `true` if the person was sure of it.
    pub sure: bool,
    /// The names that the text gives its entity; `None` if the gold does not say.
    pub names: Option<Vec<String>>,
}

/// A description whose system a person knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldLink {
    /// The spans of the mentions that describe it, in bytes of the prose; empty if the whole text does.
    pub spans: Vec<ByteSpan>,
    /// The names of the right system; empty if nobody can tell which it is.
    pub answers: Vec<String>,
    /// Names of systems that are also right.
    pub acceptable: Vec<String>,
}

/// A paper with the mentions and links that people marked in it.
#[derive(Debug, Clone)]
pub struct GoldDocument {
    /// The paper.
    pub document: Document,
    /// `true` if mentions were marked in it at all.
    pub marked: bool,
    /// Its mentions, in the order of the file.
    pub mentions: Vec<GoldMention>,
    /// Its descriptions with their systems.
    pub links: Vec<GoldLink>,
}

/// Gold documents with the same meaning of labels.
#[derive(Debug, Clone)]
pub struct GoldSet {
    /// Its name in reports: the path as the user gave it.
    pub name: String,
    /// The scheme by which it is read.
    pub scheme: Scheme,
    /// The documents that could be read.
    pub documents: Vec<GoldDocument>,
    /// The failures of those that could not.
    pub failures: Vec<Failure>,
}

impl GoldSet {
    /// Returns the papers in which mentions were marked.
    pub fn papers(&self) -> impl Iterator<Item = &GoldDocument> {
        self.documents.iter().filter(|document| document.marked)
    }
}

/// Converts offsets of one text into bytes.
#[derive(Debug)]
pub(super) struct OffsetReader<'a> {
    text: &'a str,
    /// For offsets in characters, the byte at which each character begins, and the end of the text.
    starts: Option<Vec<usize>>,
}

impl<'a> OffsetReader<'a> {
    pub(super) fn new(text: &'a str, offsets: super::Offsets) -> Self {
        let starts = (offsets == super::Offsets::Characters)
            .then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect());
        Self { text, starts }
    }

    /// Returns the span between two offsets, or a message if there is none.
    pub(super) fn span(&self, start: usize, end: usize) -> Result<ByteSpan, String> {
        let byte = |offset: usize| match &self.starts {
            Some(starts) => starts.get(offset).copied(),
            None => Some(offset).filter(|offset| self.text.is_char_boundary(*offset)),
        };
        match (byte(start), byte(end)) {
            (Some(first), Some(last)) if first < last => Ok(ByteSpan::new(first, last)),
            _ => Err(format!(
                "no text stands at {start} to {end}; offsets may count characters or bytes, see `offsets`"
            )),
        }
    }

    /// Returns the span like [`Self::span`], or a message if its text differs from `expected` in more than
    /// white space.
    pub(super) fn span_of(&self, start: usize, end: usize, expected: &str) -> Result<ByteSpan, String> {
        let span = self.span(start, end)?;
        let found = span.of(self.text);
        let same = found.split_whitespace().eq(expected.split_whitespace());
        if same {
            return Ok(span);
        }
        let short = |text: &str| text.chars().take(60).collect::<String>();
        Err(format!(
            "\"{}\" stands at {start} to {end}, not \"{}\"; offsets may count characters or bytes, see `offsets`",
            short(found),
            short(expected)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Offsets;

    #[test]
    fn offsets_count_what_the_scheme_says() {
        let text = "né model";
        let bytes = OffsetReader::new(text, Offsets::Bytes);
        let characters = OffsetReader::new(text, Offsets::Characters);
        assert_eq!(bytes.span(4, 9).unwrap().of(text), "model");
        assert_eq!(characters.span(3, 8).unwrap().of(text), "model");
        assert!(bytes.span(2, 9).is_err() && bytes.span(4, 10).is_err() && characters.span(5, 5).is_err());
    }

    #[test]
    fn a_text_that_stands_elsewhere_is_told() {
        let bytes = OffsetReader::new("né model", Offsets::Bytes);
        let message = bytes.span_of(4, 9, "a model").unwrap_err();
        assert!(message.starts_with("\"model\" stands at 4 to 9, not \"a model\""), "{message}");
        assert!(OffsetReader::new("a\nmodel", Offsets::Bytes).span_of(0, 7, "a  model").is_ok());
    }
}
