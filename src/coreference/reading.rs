//! A sentence as coreference reads it: words, signs, and each name as one piece.

use super::words::{Meaning, RoleId, WordId, Words, next_piece};
use crate::catalogue::Cue;
use crate::detect::owner_before;
use crate::document::{ByteSpan, ceil_to_character};

/// Number of bytes of most pieces with the space behind them, or fewer.
const LETTERS_A_PIECE: usize = 5;
/// Most pieces in a remark in brackets.
const LONGEST_BRACKET: usize = 40;

/// A word, a sign or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its place in the prose.
    pub span: ByteSpan,
    /// The id of its word, or 0 if the catalogue has none.
    pub word: WordId,
    /// The mention, if it is a name.
    pub name: Option<usize>,
    /// Its first character.
    pub first: char,
}

impl Piece {
    fn is_sign(&self) -> bool {
        self.name.is_none() && !self.first.is_alphanumeric()
    }
}

/// Extends a name by the owner in its address, whose pieces are removed: "facebook/bart-large".
fn with_owner(prose: &str, name: ByteSpan, pieces: &mut Vec<Piece>) -> ByteSpan {
    let Some(owner) = owner_before(prose, name.start) else { return name };
    let first = pieces.partition_point(|piece| piece.span.start < owner.start);
    let is_whole = pieces.get(first).is_some_and(|piece| piece.span.start == owner.start);
    if !is_whole || pieces[first..].iter().any(|piece| piece.name.is_some()) {
        return name;
    }
    pieces.truncate(first);
    ByteSpan::new(owner.start, name.end)
}

/// Takes the name from a piece that only says whose the name behind it is: "Qwen's Qwen3 VL".
fn drop_makers(prose: &str, pieces: &mut [Piece]) {
    for at in 0..pieces.len().saturating_sub(2) {
        let owns = matches!(pieces[at + 1].span.of(prose), "'s" | "’s");
        if owns && pieces[at].name.is_some() && pieces[at + 2].name.is_some() {
            pieces[at].name = None;
        }
    }
}

/// Joins a name with the word that says whose it is, so that it stands where its name stands: "Acme's Orvex".
fn join_makers(prose: &str, pieces: &mut Vec<Piece>) {
    let is_owner = |pieces: &[Piece]| {
        matches!(pieces, [owner, sign, name] if name.name.is_some()
            && owner.name.is_none()
            && owner.first.is_uppercase()
            && matches!(sign.span.of(prose), "'s" | "’s"))
    };
    let mut at = 0;
    while at + 2 < pieces.len() {
        if is_owner(&pieces[at..at + 3]) {
            pieces[at + 2].span.start = pieces[at].span.start;
            pieces.drain(at..at + 2);
        }
        at += 1;
    }
}

/// Takes away the quotation marks around a name, as they say nothing of it.
fn drop_quotation_marks(pieces: &mut Vec<Piece>) {
    let is_mark = |piece: &Piece| {
        piece.name.is_none() && matches!(piece.first, '"' | '“' | '”' | '‘' | '’' | '`' | '«' | '»')
    };
    let mut at = 1;
    while at + 1 < pieces.len() {
        if pieces[at].name.is_some() && is_mark(&pieces[at - 1]) && is_mark(&pieces[at + 1]) {
            pieces.remove(at + 1);
            pieces.remove(at - 1);
        }
        at += 1;
    }
}

/// Returns whether a phrase ends in a noun that says no more than "model" or "system", or is a pronoun.
pub(super) fn is_plain(prose: &str, phrase: ByteSpan, words: &Words) -> bool {
    let reading = Reading::new(prose, phrase, &[], words);
    let end = reading.pieces.len();
    let nouns = [Cue::SetNoun, Cue::Vague, Cue::PartNoun];
    let ends = |at: usize| nouns.iter().any(|noun| reading.cue(at, *noun) == Some(end));
    end < 2 || (0..end).any(ends)
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
    /// Reads a span of the prose, given the names in it in order.
    pub fn new(prose: &'a str, span: ByteSpan, names: &[(usize, ByteSpan)], words: &'a Words) -> Self {
        let text = &prose[..span.end.min(prose.len())];
        let mut pieces = Vec::with_capacity(text.len().saturating_sub(span.start) / LETTERS_A_PIECE + 1);
        let (mut at, mut name) = (span.start, 0);
        while let Some((start, end)) = next_piece(text, at) {
            while names.get(name).is_some_and(|(_, span)| span.end <= start) {
                name += 1;
            }
            let first = text[start..].chars().next().unwrap_or(' ');
            match names.get(name).filter(|(_, span)| span.start < end) {
                Some((mention, span)) => {
                    let span = with_owner(prose, *span, &mut pieces);
                    pieces.push(Piece { span, word: 0, name: Some(*mention), first });
                    at = ceil_to_character(text, span.end.max(at + 1));
                }
                None => {
                    let word = words.look_up(&text[start..end]);
                    pieces.push(Piece { span: ByteSpan::new(start, end), word, name: None, first });
                    at = end;
                }
            }
        }
        if !names.is_empty() {
            drop_makers(prose, &mut pieces);
            join_makers(prose, &mut pieces);
            drop_quotation_marks(&mut pieces);
        }
        Self { prose, span, pieces, words }
    }

    /// Reads another span of the prose, as words and signs alone.
    pub fn read(&self, span: ByteSpan) -> Self {
        Self::new(self.prose, span, &[], self.words)
    }

    /// Returns the text of a piece.
    pub fn text(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |piece| piece.span.of(self.prose))
    }

    /// Returns the end and meaning of the longest phrase that begins here and has a wanted meaning.
    fn end_of(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> Option<(usize, Meaning)> {
        let begun = self.words.begun_by(self.pieces.get(at)?.word);
        let mut wanted = begun.iter().filter(|(_, meaning)| wanted(*meaning));
        wanted.find_map(|(words, meaning)| Some((self.end_of_words(at, words)?, *meaning)))
    }

    /// Returns the end of words that begin here, if they do.
    fn end_of_words(&self, at: usize, words: &[WordId]) -> Option<usize> {
        let there = self.pieces.get(at..at + words.len())?;
        there.iter().map(|piece| &piece.word).eq(words).then_some(at + words.len())
    }

    /// Returns the end of a cue that begins here.
    pub fn cue(&self, at: usize, cue: Cue) -> Option<usize> {
        self.end_of(at, |meaning| meaning == Meaning::Cue(cue)).map(|(end, _)| end)
    }

    /// Returns the end of a copula, or of the sign for one, that begins here: "is", "=".
    pub fn copula(&self, at: usize) -> Option<usize> {
        self.cue(at, Cue::Copula).or_else(|| self.is(at, '=').then_some(at + 1))
    }

    /// Returns the start of a cue that ends right before a piece.
    pub fn cue_before(&self, at: usize, cue: Cue) -> Option<usize> {
        (at.saturating_sub(5)..at).find(|start| self.cue(*start, cue) == Some(at))
    }

    /// Returns whether a cue begins in a range of pieces.
    pub fn has_cue(&self, from: usize, to: usize, cue: Cue) -> bool {
        (from..to.min(self.pieces.len())).any(|at| self.cue(at, cue).is_some())
    }

    /// Returns whether words in a range of pieces say that what follows is another system: "not", "cheaper than".
    pub fn sets_against(&self, from: usize, to: usize) -> bool {
        [Cue::Negation, Cue::Compared].iter().any(|cue| self.has_cue(from, to, *cue))
    }

    /// Returns whether a cue stands anywhere in the sentence.
    pub fn says(&self, cue: Cue) -> bool {
        self.has_cue(0, self.pieces.len(), cue)
    }

    /// Returns whether a cue stands in the clause around a span, which semicolons part from others.
    pub fn clause_says(&self, span: ByteSpan, cue: Cue) -> bool {
        let (start, end) = self.pieces_in(span);
        let from = (0..start).rev().find(|at| self.ends_clause(*at)).map_or(0, |sign| sign + 1);
        let to = (end..self.pieces.len()).find(|at| self.ends_clause(*at)).unwrap_or(self.pieces.len());
        self.has_cue(from, to, cue)
    }

    /// Returns the role whose noun begins here, with the end of the noun.
    pub fn noun(&self, at: usize) -> Option<(usize, RoleId)> {
        self.end_of(at, |meaning| matches!(meaning, Meaning::Noun(_))).and_then(
            |(end, meaning)| match meaning {
                Meaning::Noun(role) => Some((end, role)),
                _ => None,
            },
        )
    }

    /// Iterates over the roles whose verbs, or whose deeds, begin here, with their ends.
    pub fn doing(&self, at: usize, deeds: bool) -> impl Iterator<Item = (usize, RoleId)> + '_ {
        let begun = self.pieces.get(at).map_or(&[][..], |piece| self.words.begun_by(piece.word));
        begun.iter().filter_map(move |(words, meaning)| match meaning {
            Meaning::Verb(role) if !deeds => Some((self.end_of_words(at, words)?, *role)),
            Meaning::Deed(role) if deeds => Some((self.end_of_words(at, words)?, *role)),
            _ => None,
        })
    }

    /// Returns whether a piece is this sign.
    pub fn is(&self, at: usize, sign: char) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.name.is_none() && piece.first == sign)
    }

    /// Returns whether a piece is a sign that ends a clause, which commas and brackets do not, or lies past
    /// the end.
    pub fn ends_clause(&self, at: usize) -> bool {
        self.pieces
            .get(at)
            .is_none_or(|piece| piece.is_sign() && matches!(piece.first, ';' | '.' | '?' | '!'))
    }

    /// Returns whether a name that ends before a piece is whole there, and no modifier of a noun: "we use X because",
    /// not "based on X embeddings".
    pub fn is_whole_before(&self, at: usize) -> bool {
        let function_words = [
            Cue::Governor,
            Cue::Agent,
            Cue::Host,
            Cue::Purpose,
            Cue::List,
            Cue::Copula,
            Cue::Relative,
            Cue::Remark,
        ];
        self.pieces.get(at).is_none_or(|piece| !piece.first.is_alphanumeric())
            || function_words.iter().any(|cue| self.cue(at, *cue).is_some())
    }

    /// Returns the mention of the name at a piece.
    pub fn name(&self, at: usize) -> Option<usize> {
        self.pieces.get(at).and_then(|piece| piece.name)
    }

    /// Returns the piece after a bracket that opens here, `at` itself if none opens, and the next piece if it
    /// never closes.
    pub fn after_bracket(&self, at: usize) -> usize {
        let close = match self.pieces.get(at).filter(|piece| piece.is_sign()).map(|piece| piece.first) {
            Some('(') => ')',
            Some('[') => ']',
            _ => return at,
        };
        let (open, mut depth) = (self.pieces[at].first, 0_usize);
        let mut inside = self.pieces[at..].iter().take(LONGEST_BRACKET);
        let length = inside.position(|piece| {
            let sign = Some(piece.first).filter(|_| piece.name.is_none());
            depth += usize::from(sign == Some(open));
            depth -= usize::from(sign == Some(close));
            depth == 0
        });
        at + length.map_or(1, |length| length + 1)
    }

    /// Returns the piece after fillers: "the latest version of".
    pub fn skip_fillers(&self, mut at: usize, most: usize) -> usize {
        for _ in 0..most {
            match self.cue(at, Cue::Filler) {
                Some(end) if self.name(at).is_none() => at = end,
                _ => break,
            }
        }
        at
    }

    /// Returns the range of pieces that a span of the prose covers.
    pub fn pieces_in(&self, span: ByteSpan) -> (usize, usize) {
        let start = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let end = self.pieces.partition_point(|piece| piece.span.start < span.end);
        (start, end.max(start))
    }
}
