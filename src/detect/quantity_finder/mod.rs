//! Detection of the quantities in a sentence.
//!
//! An automaton finds digits and number words; without any, nothing else is done. Otherwise the sentence is
//! cut into tokens. From each number on, these are read: the number with its scale (`amount`), the numbers
//! joined to it (`chain`), the words before it that state its precision, and the unit (`unit`). Every step
//! looks a bounded number of tokens ahead or back.

mod amount;
mod chain;
mod given_measure;
mod notation;
mod phrase;
mod tables;
mod token;
mod unit;

use aho_corasick::MatchKind;
use aho_corasick::dfa::{self, DFA};

use self::amount::{Amount, Reader};
use self::chain::Chain;
use self::notation::Notations;
use self::phrase::Tokens;
use self::tables::Tables;
use self::token::{Token, TokenKind, tokenise};
use self::unit::Counted;
use super::text_finder::each_longest;
use super::{Measure, Precision, Quantity, QuantityMention};
use crate::catalogue::QuantityWords;
use crate::document::ByteSpan;

/// Finds quantities. Cheap to share between threads.
#[derive(Debug, Clone)]
pub struct QuantityFinder {
    /// Finds digits and number words. `None` if there are too many words for an automaton: then every token
    /// is tried.
    seeds: Option<DFA>,
    tables: Tables,
    notations: Notations,
}

/// Most words on precision before one number.
const MOST_PREFIXES: usize = 3;

impl QuantityFinder {
    /// Builds a finder for these words.
    pub fn new(words: &QuantityWords) -> Self {
        let numbers = words.numbers.iter().flat_map(|number| &number.words);
        let scales = words.scales.iter().flat_map(|scale| scale.words.iter().chain(&scale.plurals));
        let patterns = (0..10).map(|digit| digit.to_string()).chain(numbers.chain(scales).cloned());
        let mut seeds = dfa::Builder::new();
        seeds.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).prefilter(false);
        let seeds = seeds.build(patterns).ok();
        Self { seeds, tables: Tables::new(words), notations: Notations::new(&words.notations) }
    }

    /// Adds the quantities of `text` inside `sentence` to `out`, in order and without overlaps, with spans in
    /// bytes of `text`.
    pub fn find(&self, text: &str, sentence: ByteSpan, out: &mut Vec<QuantityMention>) {
        let first = out.len();
        // A notation holds a number too; its digits may be others than ASCII's.
        let may_hold_notations = self.find_in_words(text, sentence, out) || !sentence.of(text).is_ascii();
        if may_hold_notations && !self.notations.is_empty() {
            self.notations.find(self, text, sentence, first, out);
        }
    }

    /// Does the same as [`Self::find`] without the notations that are regular expressions. Returns whether
    /// the sentence holds digits or number words, be it inside of other words.
    fn find_in_words(&self, text: &str, sentence: ByteSpan, out: &mut Vec<QuantityMention>) -> bool {
        let Some(slice) = text.get(sentence.start..sentence.end) else { return false };
        let Some(seeds) = &self.seeds else {
            let list = tokenise(text, sentence.start, sentence.end);
            let starts = list.iter().map(|token| token.start);
            self.read(Tokens { text, list: &list, sentence }, starts, out);
            return true;
        };
        let bytes = slice.as_bytes();
        let (mut holds_numbers, mut starts) = (false, Vec::new());
        each_longest(seeds, bytes, |_, found| {
            holds_numbers = true;
            if stands_free(bytes, found.start, found.end) {
                starts.push(sentence.start + found.start);
            }
        });
        if !starts.is_empty() {
            let list = tokenise(text, sentence.start, sentence.end);
            self.read(Tokens { text, list: &list, sentence }, starts.into_iter(), out);
        }
        holds_numbers
    }

    fn read(&self, tokens: Tokens<'_>, starts: impl Iterator<Item = usize>, out: &mut Vec<QuantityMention>) {
        let reader = Reader { tokens, tables: &self.tables };
        // The first token that no quantity has yet, and the first that no number has yet.
        let (mut floor, mut resume, mut near) = (0, 0, 0);
        for start in starts {
            // Starts come in order, so the search goes on from the last one.
            near += tokens.list[near..].partition_point(|token| token.start < start);
            if near < resume || tokens.list.get(near).is_none_or(|token| token.start != start) {
                continue;
            }
            let (found, next) = reader.quantity(near, floor);
            resume = next;
            if let Some((mention, end)) = found {
                floor = end;
                resume = resume.max(end);
                out.push(mention);
            }
        }
    }
}

/// Returns whether a match of the automaton is not inside a word or a longer number.
fn stands_free(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map_or(b' ', |at| bytes[at]);
    if bytes[start].is_ascii_digit() {
        !before.is_ascii_alphanumeric()
    } else {
        !before.is_ascii_alphabetic() && bytes.get(end).is_none_or(|after| !after.is_ascii_alphanumeric())
    }
}

/// The words and signs before a number.
struct Prefix {
    /// The first token of the number with its prefix.
    start: usize,
    /// The same with the opener of a range.
    opened: usize,
    /// The index of an opener such as "between".
    opener: Option<usize>,
    /// Precision that the words state.
    precision: Precision,
    /// Set when a bracket as in "O(" stands before the number.
    wrapped: bool,
}

impl Reader<'_> {
    /// Reads the quantity whose first number is token `at`. Returns it with the token after it, and the token
    /// to go on from. `floor` is the first token that it may use.
    fn quantity(self, at: usize, floor: usize) -> (Option<(QuantityMention, usize)>, usize) {
        let Some(first) = self.amount(at).filter(|amount| amount.first >= floor) else {
            return (None, at + 1);
        };
        let prefix = self.prefix(first.first, floor);
        if !self.starts_clean(first.first, &prefix) {
            return (None, self.name_end(first));
        }
        if self.points_or_pays(first.first, floor) {
            return (None, first.next);
        }
        let chain = self.chain(first, prefix.opener);
        match self.mention(&chain, &prefix, floor) {
            Some((mention, end)) => (Some((mention, end)), end),
            None => (None, first.next),
        }
    }

    fn mention(self, chain: &Chain, prefix: &Prefix, floor: usize) -> Option<(QuantityMention, usize)> {
        let mut next = chain.next();
        let wrapped = prefix.wrapped && self.tokens.word(next) == ")";
        let mut start = if prefix.wrapped && !wrapped {
            chain.members[0].first
        } else if chain.ranged {
            prefix.opened
        } else {
            prefix.start
        };
        next += usize::from(wrapped);
        let mut precision = if prefix.wrapped && !wrapped { Precision::Exact } else { prefix.precision };
        if let Some((after, more)) = self.suffix(next) {
            (next, precision) = (after, stronger(precision, more));
        }
        let Counted { worth, start: before, next: mut end, loose, bare } =
            self.counted(chain, (start, next), floor, wrapped)?;
        if chain.needs_unit && bare {
            return None;
        }
        if let Some(before) = before {
            // "parameters (7B)" is taken in whole, but no half of a bracket.
            let opened = (before..start).any(|at| self.tokens.word(at) == "(");
            let closed = opened && self.tokens.word(end) == ")";
            end += usize::from(closed);
            start = if opened && !closed { start } else { before };
        }
        if let Some((after, more)) = self.suffix(end) {
            (end, precision) = (after, stronger(precision, more));
        }
        if loose {
            precision = stronger(precision, Precision::About);
        }
        for member in &chain.members {
            precision = stronger(precision, member.precision);
        }
        let values: Vec<f64> = chain.members.iter().map(|member| member.value * worth.factor).collect();
        let quantity = total(values, chain.ranged && !wrapped, precision);
        let fits = quantity.at.is_finite() && quantity.at > 0.0 && quantity.at >= worth.least;
        let span = self.span(start, end, floor).filter(|_| fits)?;
        Some((QuantityMention { span, measure: worth.measure, quantity }, end))
    }

    /// Returns the precision that the words or the sign after a number state: "or more", "+". A sign after a
    /// space does not belong to the number.
    fn suffix(self, at: usize) -> Option<(usize, Precision)> {
        let (after, precision) = self.tables.suffixes.at(self.tokens, at)?;
        let is_sign = self.kind(at) != Some(TokenKind::Word);
        let runs_on = self.glued(after) && self.kind(after) == Some(TokenKind::Number);
        (!is_sign || (self.glued(at) && !runs_on)).then_some((after, *precision))
    }

    /// Reads the words before a number that state its precision.
    fn prefix(self, first: usize, floor: usize) -> Prefix {
        let mut prefix =
            Prefix { start: first, opened: first, opener: None, precision: Precision::Exact, wrapped: false };
        if first > floor
            && self.tokens.word(first - 1) == "("
            && let Some((start, precision)) = self.tables.wrappers.before(self.tokens, first - 1, floor)
        {
            prefix = Prefix { start, precision: *precision, wrapped: true, ..prefix };
        }
        for _ in 0..MOST_PREFIXES {
            let Some((start, more)) = self.tables.prefixes.before(self.tokens, prefix.start, floor) else {
                break;
            };
            prefix.start = start;
            prefix.precision = stronger(prefix.precision, *more);
        }
        prefix.opened = prefix.start;
        if let Some((start, place)) = self.tables.openers.before(self.tokens, prefix.start, floor) {
            (prefix.opened, prefix.opener) = (start, Some(*place));
        } else if let Some((start, ())) = self.tables.range_openers.before(self.tokens, prefix.start, floor) {
            prefix.opened = start;
        }
        prefix
    }

    /// Returns whether the number is not part of a name or a version: "Qwen-7B", "v2.1", "coder:32B".
    fn starts_clean(self, first: usize, prefix: &Prefix) -> bool {
        let token = |at: usize| self.tokens.list.get(at);
        let Some(before) = first.checked_sub(1).and_then(token) else { return true };
        if token(first).is_none_or(|number| number.space) {
            return true;
        }
        let glued_before = self.glued(first - 1);
        let word_before = first >= 2
            && glued_before
            && matches!(self.kind(first - 2), Some(TokenKind::Word | TokenKind::Number | TokenKind::Raised));
        match before.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::Raised => false,
            TokenKind::Command => true,
            TokenKind::Dash => !word_before || prefix.start < first,
            TokenKind::Sign => match before.of(self.tokens.text) {
                "." | ":" | "/" | "'" | "’" => !word_before,
                "_" | "@" | "^" | "#" | "&" => false,
                _ => true,
            },
        }
    }

    /// Returns the token after the sizes that end a name: "Llama-2-7B/13B/70B".
    fn name_end(self, first: Amount) -> usize {
        let mut next = first.next;
        while self.tokens.word(next) == "/"
            && first.scale.is_some()
            && let Some(more) = self.amount(next + 1)
        {
            next = more.next;
        }
        next
    }

    /// Returns whether the number belongs to a table, a version or a price.
    fn points_or_pays(self, first: usize, floor: usize) -> bool {
        self.tokens.list.get(first).is_some_and(|token| token.money)
            || self.tables.references.before(self.tokens, first, floor).is_some()
            || self.tables.currencies.before(self.tokens, first, floor).is_some()
    }

    /// Returns the bytes of the tokens `start..end`, extended over the brace or dollar sign that closes or
    /// opens a formula inside them.
    fn span(self, start: usize, end: usize, floor: usize) -> Option<ByteSpan> {
        let first: &Token = self.tokens.list.get(start)?;
        let last: &Token = self.tokens.list.get(end.checked_sub(1)?)?;
        let bytes = &self.tokens.text.as_bytes()[..self.tokens.sentence.end];
        let (mut from, mut to) = (first.start, last.end);
        let count = |wanted: u8| bytes[from..to].iter().filter(|byte| **byte == wanted).count();
        let (open, odd) = (count(b'{').saturating_sub(count(b'}')), count(b'$') % 2 == 1);
        to += bytes[to..].iter().take(open).take_while(|byte| **byte == b'}').count();
        // Right after another quantity the sign may be taken already.
        let free = from > self.tokens.sentence.start && (floor == 0 || start > floor);
        if odd && free && bytes[from - 1] == b'$' {
            from -= 1;
        } else if odd && bytes.get(to) == Some(&b'$') {
            to += 1;
        }
        Some(ByteSpan::new(from, to))
    }
}

/// Returns the precision that says more: a bound over a power of ten over "about".
fn stronger(one: Precision, other: Precision) -> Precision {
    let rank = |precision: Precision| match precision {
        Precision::Exact => 0,
        Precision::About => 1,
        Precision::OrderOfMagnitude => 2,
        Precision::AtLeast | Precision::AtMost | Precision::Range => 3,
    };
    if rank(other) > rank(one) { other } else { one }
}

/// Makes one quantity of the values of a chain.
fn total(values: Vec<f64>, ranged: bool, precision: Precision) -> Quantity {
    let at = values.iter().copied().fold(0.0, f64::max);
    let from = values.iter().copied().fold(f64::INFINITY, f64::min);
    if ranged && from < at {
        Quantity { at, precision: Precision::Range, from: Some(from), values: Vec::new() }
    } else if values.len() > 1 {
        Quantity { at, precision, from: None, values }
    } else {
        Quantity::new(at, precision)
    }
}
