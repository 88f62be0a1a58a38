//! A sentence as the ways of this room see it: words, signs, and names as one piece each.

use super::words::{Meaning, RoleId, WordId, Words, next_piece};
use crate::catalogue::Cue;
use crate::document::ByteSpan;

/// How far a remark in brackets goes on, in pieces.
const LONGEST_BRACKET: usize = 40;

/// A word, a sign or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands in the prose.
    pub span: ByteSpan,
    /// Its word, 0 where the catalogue knows none.
    pub word: WordId,
    /// For a name: its mention.
    pub name: Option<usize>,
    /// Its first character.
    pub first: char,
}

impl Piece {
    fn is_sign(&self) -> bool {
        self.name.is_none() && !self.first.is_alphanumeric()
    }
}

/// A sentence cut into pieces.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub prose: &'a str,
    pub span: ByteSpan,
    pub pieces: Vec<Piece>,
    words: &'a Words,
}

impl<'a> Reading<'a> {
    /// Reads a stretch of the prose in which these names stand, in order.
    pub fn new(prose: &'a str, span: ByteSpan, names: &[(usize, ByteSpan)], words: &'a Words) -> Self {
        let text = &prose[..span.end.min(prose.len())];
        let mut pieces = Vec::new();
        let (mut at, mut name) = (span.start, 0);
        while let Some((start, end)) = next_piece(text, at) {
            while names.get(name).is_some_and(|(_, span)| span.end <= start) {
                name += 1;
            }
            let first = text[start..].chars().next().unwrap_or(' ');
            match names.get(name).filter(|(_, span)| span.start < end) {
                Some((mention, span)) => {
                    pieces.push(Piece { span: *span, word: 0, name: Some(*mention), first });
                    at = span.end.max(end.min(span.end)).max(at + 1);
                    while !text.is_char_boundary(at) {
                        at += 1;
                    }
                }
                None => {
                    let word = words.look_up(&text[start..end]);
                    pieces.push(Piece { span: ByteSpan::new(start, end), word, name: None, first });
                    at = end;
                }
            }
        }
        Self { prose, span, pieces, words }
    }

    /// Another stretch of the prose, as words and signs alone.
    pub fn read(&self, span: ByteSpan) -> Self {
        Self::new(self.prose, span, &[], self.words)
    }

    /// The text of a piece.
    pub fn text(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |piece| piece.span.of(self.prose))
    }

    /// Where the run of words that has a meaning ends, if one begins here; the longest of them.
    fn end_of(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> Option<(usize, Meaning)> {
        let begun = self.words.begun_by(self.pieces.get(at)?.word);
        begun.iter().find_map(|(words, meaning)| {
            let there = self.pieces.get(at..at + words.len())?;
            let same = there.iter().zip(words.iter()).all(|(piece, word)| piece.word == *word);
            (same && wanted(*meaning)).then_some((at + words.len(), *meaning))
        })
    }

    /// The end of a cue that begins here.
    pub fn cue(&self, at: usize, cue: Cue) -> Option<usize> {
        self.end_of(at, |meaning| meaning == Meaning::Cue(cue)).map(|(end, _)| end)
    }

    /// The start of a cue that ends right before a piece.
    pub fn cue_before(&self, at: usize, cue: Cue) -> Option<usize> {
        (at.saturating_sub(5)..at).find(|start| self.cue(*start, cue) == Some(at))
    }

    /// Whether a cue stands between two pieces.
    pub fn has_cue(&self, from: usize, to: usize, cue: Cue) -> bool {
        (from..to.min(self.pieces.len())).any(|at| self.cue(at, cue).is_some())
    }

    /// The player of a role that is named here, and where the words for it end.
    pub fn noun(&self, at: usize) -> Option<(usize, RoleId)> {
        self.end_of(at, |meaning| matches!(meaning, Meaning::Noun(_))).and_then(
            |(end, meaning)| match meaning {
                Meaning::Noun(role) => Some((end, role)),
                _ => None,
            },
        )
    }

    /// The roles whose verb, or whose deed, begins here, and where it ends.
    pub fn doing(&self, at: usize, deeds: bool) -> impl Iterator<Item = (usize, RoleId)> + '_ {
        let begun = self.pieces.get(at).map_or(&[][..], |piece| self.words.begun_by(piece.word));
        begun.iter().filter_map(move |(words, meaning)| {
            let there = self.pieces.get(at..at + words.len())?;
            let same = there.iter().zip(words.iter()).all(|(piece, word)| piece.word == *word);
            match meaning {
                Meaning::Verb(role) if same && !deeds => Some((at + words.len(), *role)),
                Meaning::Deed(role) if same && deeds => Some((at + words.len(), *role)),
                _ => None,
            }
        })
    }

    /// Whether a piece is this sign.
    pub fn is(&self, at: usize, sign: char) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.name.is_none() && piece.first == sign)
    }

    /// Whether a piece is a sign that ends a clause: no comma, no bracket.
    pub fn ends_clause(&self, at: usize) -> bool {
        self.pieces
            .get(at)
            .is_none_or(|piece| piece.is_sign() && matches!(piece.first, ';' | '.' | '?' | '!'))
    }

    /// The name at a piece.
    pub fn name(&self, at: usize) -> Option<usize> {
        self.pieces.get(at).and_then(|piece| piece.name)
    }

    /// The piece after a bracket that opens here; the same piece where none opens or none closes.
    pub fn after_bracket(&self, at: usize) -> usize {
        let close = match self.pieces.get(at).filter(|piece| piece.is_sign()).map(|piece| piece.first) {
            Some('(') => ')',
            Some('[') => ']',
            _ => return at,
        };
        let mut inside = self.pieces[at..].iter().take(LONGEST_BRACKET);
        let length = inside.position(|piece| piece.first == close && piece.name.is_none());
        at + length.map_or(1, |length| length + 1)
    }

    /// The piece after fillers: "the latest version of".
    pub fn skip_fillers(&self, mut at: usize, most: usize) -> usize {
        for _ in 0..most {
            match self.cue(at, Cue::Filler) {
                Some(end) if self.name(at).is_none() => at = end,
                _ => break,
            }
        }
        at
    }

    /// The pieces that a span of the prose covers.
    pub fn pieces_in(&self, span: ByteSpan) -> (usize, usize) {
        let start = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let end = self.pieces.partition_point(|piece| piece.span.start < span.end);
        (start, end.max(start))
    }
}
