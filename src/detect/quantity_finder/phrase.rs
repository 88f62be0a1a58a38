//! Tables of phrases, looked up at a token.

use foldhash::HashMap;
use foldhash::HashMapExt;

use super::token::{Token, tokenise};
use crate::document::ByteSpan;

/// Most bytes of a word that serve as its key; the rest is compared.
const KEY: usize = 24;

/// A sentence and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'t> {
    /// The whole text that the tokens' offsets point into.
    pub(super) text: &'t str,
    /// The tokens of the sentence.
    pub(super) list: &'t [Token],
    /// The sentence, in bytes of the text.
    pub(super) sentence: ByteSpan,
}

impl<'t> Tokens<'t> {
    /// Returns the text of a token; empty beyond the last.
    pub(super) fn word(self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| token.of(self.text))
    }
}

/// The end of a phrase by which it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The phrase starts at the token.
    Start,
    /// The phrase ends before the token.
    End,
}

/// Phrases with their meanings.
#[derive(Debug, Clone)]
pub(super) struct PhraseTable<V> {
    by: From,
    phrases: HashMap<Box<[u8]>, Vec<Phrase<V>>>,
    /// For each first byte of a key a bit for each length of such keys: most words of a text have none.
    lengths: Box<[u32; 256]>,
}

#[derive(Debug, Clone)]
struct Phrase<V> {
    parts: Vec<Part>,
    value: V,
}

#[derive(Debug, Clone)]
struct Part {
    text: Box<str>,
    exact: bool,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        if self.exact { *self.text == *word } else { self.text.eq_ignore_ascii_case(word) }
    }
}

impl<V> PhraseTable<V> {
    /// Makes an empty table.
    pub(super) fn new(by: From) -> Self {
        Self { by, phrases: HashMap::new(), lengths: Box::new([0; 256]) }
    }

    /// Adds a phrase. Words in small letters match any case; words with a capital match only as written.
    pub(super) fn add(&mut self, phrase: &str, value: V) {
        self.insert(phrase, value, false);
    }

    /// Adds a phrase that matches only as written.
    pub(super) fn add_exact(&mut self, phrase: &str, value: V) {
        self.insert(phrase, value, true);
    }

    fn insert(&mut self, phrase: &str, value: V, exact: bool) {
        let parts: Vec<Part> = tokenise(phrase, 0, phrase.len())
            .iter()
            .map(|token| {
                let text = shape(token, token.of(phrase));
                Part { text: text.into(), exact: exact || text.chars().any(char::is_uppercase) }
            })
            .collect();
        let key_part = if self.by == From::Start { parts.first() } else { parts.last() };
        let Some(key_part) = key_part else { return };
        let mut buffer = [0; KEY];
        let key = key(&key_part.text, &mut buffer);
        if let Some(first) = key.first() {
            self.lengths[usize::from(*first)] |= 1 << key.len();
        }
        let list = self.phrases.entry(key.into()).or_default();
        // Longer phrases are tried first; of equally long ones the earlier.
        let place = list.partition_point(|other| other.parts.len() >= parts.len());
        list.insert(place, Phrase { parts, value });
    }

    /// Returns the phrases that a word leads to.
    fn with_key(&self, word: &str) -> Option<&Vec<Phrase<V>>> {
        let lengths = self.lengths[usize::from(word.as_bytes().first()?.to_ascii_lowercase())];
        if lengths >> word.len().min(KEY) & 1 == 0 {
            return None;
        }
        self.phrases.get(key(word, &mut [0; KEY]))
    }

    /// Returns the value of the longest phrase that starts at token `at`, with the token after it.
    pub(super) fn at(&self, tokens: Tokens<'_>, at: usize) -> Option<(usize, &V)> {
        let first = tokens.list.get(at)?;
        let candidates = self.with_key(shape(first, first.of(tokens.text)))?;
        candidates.iter().find_map(|phrase| {
            let end = at + phrase.parts.len();
            phrase.fits(tokens, at, end).then_some((end, &phrase.value))
        })
    }

    /// Returns the value of the longest phrase that ends before token `end` and starts at `floor` or later,
    /// with its first token.
    pub(super) fn before(&self, tokens: Tokens<'_>, end: usize, floor: usize) -> Option<(usize, &V)> {
        self.all_before(tokens, end, floor).next()
    }

    /// Iterates over all such phrases, longest first.
    pub(super) fn all_before<'s, 't>(
        &'s self,
        tokens: Tokens<'t>,
        end: usize,
        floor: usize,
    ) -> impl Iterator<Item = (usize, &'s V)> + use<'s, 't, V> {
        let last = end.checked_sub(1).and_then(|at| tokens.list.get(at));
        let candidates = last.and_then(|last| self.with_key(shape(last, last.of(tokens.text))));
        candidates.into_iter().flatten().filter_map(move |phrase| {
            let start = end.checked_sub(phrase.parts.len()).filter(|start| *start >= floor)?;
            phrase.fits(tokens, start, end).then_some((start, &phrase.value))
        })
    }
}

impl<V> Phrase<V> {
    fn fits(&self, tokens: Tokens<'_>, start: usize, end: usize) -> bool {
        tokens.list.get(start..end).is_some_and(|list| {
            list.iter().zip(&self.parts).all(|(token, part)| part.fits(shape(token, token.of(tokens.text))))
        })
    }
}

/// Returns the text by which a token is compared: all dashes are equal.
fn shape<'t>(token: &Token, text: &'t str) -> &'t str {
    if token.kind == super::token::TokenKind::Dash { "-" } else { text }
}

/// Returns the word in lower case, cut to the length of a key.
fn key<'b>(word: &str, buffer: &'b mut [u8; KEY]) -> &'b [u8] {
    let length = word.len().min(KEY);
    buffer[..length].copy_from_slice(&word.as_bytes()[..length]);
    buffer[..length].make_ascii_lowercase();
    &buffer[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(table: &PhraseTable<u8>, text: &str, at: usize) -> Option<(usize, u8)> {
        let list = tokenise(text, 0, text.len());
        let tokens = Tokens { text, list: &list, sentence: ByteSpan::new(0, text.len()) };
        match table.by {
            From::Start => table.at(tokens, at).map(|(end, value)| (end, *value)),
            From::End => table.before(tokens, at, 0).map(|(start, value)| (start, *value)),
        }
    }

    #[test]
    fn the_longest_phrase_wins_and_capitals_count() {
        let mut table = PhraseTable::new(From::Start);
        table.add("gb", 1);
        table.add("GB of memory", 2);
        assert_eq!(find(&table, "Gb of memory", 0), Some((1, 1)));
        assert_eq!(find(&table, "GB of memory", 0), Some((3, 2)));
        assert_eq!(find(&table, "GB of", 0), Some((1, 1)));
        assert_eq!(find(&table, "", 0), None);
    }

    #[test]
    fn phrases_are_found_before_a_token_too() {
        let mut table = PhraseTable::new(From::End);
        table.add("to", 1);
        table.add("up to", 2);
        assert_eq!(find(&table, "Up to 7B", 2), Some((0, 2)));
        assert_eq!(find(&table, "close to 7B", 2), Some((1, 1)));
    }
}
