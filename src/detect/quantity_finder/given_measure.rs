//! Amounts whose measure is already known, such as the named group of a regular expression that they match.

use std::borrow::Cow;

use super::amount::Reader;
use super::phrase::Tokens;
use super::token::tokenise;
use super::{Measure, Precision, Quantity, QuantityFinder, stronger, total};
use crate::document::{ByteSpan, ceil_to_character};

/// Most bytes before an amount that are searched for words on its precision.
const LONGEST_PREFIX: usize = 80;

impl QuantityFinder {
    /// Reads the amount of this measure that a text states, with or without a unit. Digits may be grouped as
    /// in other languages ("137 000 000"), and the decimal sign may be a comma.
    pub fn amount(&self, text: &str, measure: Measure) -> Option<Quantity> {
        let text = plain_digits(text);
        let sentence = ByteSpan::new(0, text.len());
        let mut found = Vec::new();
        self.find_in_words(&text, sentence, &mut found);
        if let Some(found) = found.into_iter().find(|found| found.measure == measure) {
            return Some(found.quantity);
        }
        let list = tokenise(&text, 0, text.len());
        let tokens = Tokens { text: &text, list: &list, sentence };
        let reader = Reader { tokens, tables: &self.tables };
        let first = (0..list.len()).find_map(|at| reader.amount(at))?;
        let prefix = reader.prefix(first.first, 0);
        let chain = reader.chain(first, prefix.opener);
        let wrapped = prefix.wrapped && tokens.word(chain.next()) == ")";
        let mut precision = if prefix.wrapped && !wrapped { Precision::Exact } else { prefix.precision };
        if let Some((_, more)) = reader.suffix(chain.next() + usize::from(wrapped)) {
            precision = stronger(precision, more);
        }
        for member in &chain.members {
            precision = stronger(precision, member.precision);
        }
        let values = chain.members.iter().map(|member| member.value).collect();
        let quantity = total(values, chain.ranged && !wrapped, precision);
        (quantity.at.is_finite() && quantity.at > 0.0).then_some(quantity)
    }

    /// Extends an amount at `span` over the words before it that state its precision.
    pub(super) fn with_precision(
        &self,
        text: &str,
        sentence: ByteSpan,
        span: ByteSpan,
        quantity: Quantity,
    ) -> (ByteSpan, Quantity) {
        let from = sentence.start.max(span.start.saturating_sub(LONGEST_PREFIX));
        let from = ceil_to_character(text, from);
        let list = tokenise(text, from, span.start);
        let tokens = Tokens { text, list: &list, sentence };
        let prefix = Reader { tokens, tables: &self.tables }.prefix(list.len(), 0);
        let Some(first) = list.get(prefix.start).filter(|_| !prefix.wrapped) else { return (span, quantity) };
        let precision = stronger(quantity.precision, prefix.precision);
        (ByteSpan::new(first.start, span.end), Quantity { precision, ..quantity })
    }
}

/// Returns the text with groups of three digits joined, and with a full stop for a decimal comma.
fn plain_digits(text: &str) -> Cow<'_, str> {
    let is_part = |c: char| matches!(c, '\'' | '’' | ',') || c.is_whitespace();
    if !text.contains(is_part) {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut plain = String::with_capacity(text.len());
    for (at, character) in characters.iter().enumerate() {
        let after_digit = at > 0 && digit(at - 1);
        let group = (1..=3).all(|next| digit(at + next)) && !digit(at + 4);
        match character {
            _ if after_digit && group && is_part(*character) => {}
            ',' if after_digit && digit(at + 1) => plain.push('.'),
            _ => plain.push(*character),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_joined_as_other_languages_part_them() {
        for (written, plain) in [
            ("137 000 000 000", "137000000000"),
            ("137'000'000", "137000000"),
            ("1,5 billion", "1.5 billion"),
            ("1,500 and 12", "1500 and 12"),
            ("7 or 13", "7 or 13"),
        ] {
            assert_eq!(plain_digits(written), plain);
        }
    }
}
