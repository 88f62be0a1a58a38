//! Numbers joined to ranges and lists: "1.3B to 13B", "7B/13B/70B".

use super::amount::{Amount, Reader};
use super::tables::Joiner;
use super::token::TokenKind;

/// Most numbers of one range or list.
const MOST_MEMBERS: usize = 12;

/// One or more numbers that count the same thing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    /// The numbers, in the order of the text.
    pub(super) members: Vec<Amount>,
    /// Set when two of them are the ends of a range.
    pub(super) ranged: bool,
    /// Set when plain numbers got their scale across a joiner other than "/", so that only an explicit unit
    /// shows that they belong together.
    pub(super) needs_unit: bool,
}

impl Chain {
    /// Returns the token after the last number.
    pub(super) fn next(&self) -> usize {
        self.members.last().map_or(0, |last| last.next)
    }
}

impl Reader<'_> {
    /// Reads the chain that starts with an amount; `opener` is the index of a word such as "between".
    pub(super) fn chain(self, first: Amount, opener: Option<usize>) -> Chain {
        let mut chain = Chain { members: vec![first], ranged: false, needs_unit: false };
        let mut last = first;
        let mut loose = false;
        while chain.members.len() < MOST_MEMBERS {
            let Some((joiner, next)) = self.joined(last, opener, &chain) else { break };
            loose |= joiner == Joiner::List && self.tokens.word(next.first.saturating_sub(1)) != "/";
            chain.ranged |= joiner == Joiner::Range;
            chain.members.push(next);
            last = next;
        }
        chain.needs_unit = inherit(&mut chain.members) && loose;
        chain
    }

    fn joined(self, last: Amount, opener: Option<usize>, chain: &Chain) -> Option<(Joiner, Amount)> {
        let unit = self.unit_after(last.next, 0);
        let from = unit.map_or(last.next, |hit| hit.next);
        let (mut at, joiner) = self.joiner(from, opener.filter(|_| chain.members.len() == 1))?;
        while let Some((after, _)) = self.tables.leads.at(self.tokens, at) {
            at = after;
        }
        let first = self.article_skipped(at);
        if first > at && joiner == Joiner::List && !self.is_behind_article(last.first) {
            return None; // "Cedar 3B and a 2.7B model" are two
        }
        let next = self.amount(first)?;
        let dashed = self.kind(from) == Some(TokenKind::Dash);
        let in_words = self.kind(next.first) == Some(TokenKind::Word);
        let is_money = self.tokens.list.get(next.first).is_some_and(|token| token.money);
        if next.first < at || is_money || (dashed && in_words) || !self.fits(last, next, joiner, chain) {
            return None;
        }
        let Some(unit) = unit else { return Some((joiner, next)) };
        // "629 videos and 7,026 questions" are two things, though both are examples.
        let other = self.unit_after(next.next, 1)?;
        let same = self.tokens.word(unit.next - 1).eq_ignore_ascii_case(self.tokens.word(other.next - 1));
        (same && unit.unit.is_some()).then_some((joiner, next))
    }

    /// Skips the article of an amount such as "a billion", which is read from its scale word.
    fn article_skipped(self, at: usize) -> usize {
        let is_article = self.tables.articles.before(self.tokens, at + 1, at).is_some();
        if is_article && self.tables.numbers.at(self.tokens, at).is_none() { at + 1 } else { at }
    }

    /// Returns whether an article stands before the token at `at`.
    fn is_behind_article(self, at: usize) -> bool {
        self.tables.articles.before(self.tokens, at, 0).is_some()
    }

    fn joiner(self, at: usize, opener: Option<usize>) -> Option<(usize, Joiner)> {
        if let (Some((after, &place)), Some(opener)) =
            (self.tables.opener_joiners.at(self.tokens, at), opener)
            && place == opener
        {
            return Some((after, Joiner::Range));
        }
        self.tables.joiners.at(self.tokens, at).map(|(after, joiner)| (after, *joiner))
    }

    /// Returns whether two neighbours can count the same thing.
    fn fits(self, last: Amount, next: Amount, joiner: Joiner, chain: &Chain) -> bool {
        let range = joiner == Joiner::Range;
        match (last.scale, next.scale) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => range && next.value > last.value,
            (None, Some(factor)) if last.value < 1000.0 => {
                // The version in "Llama 3.1-8B" is no end of a range.
                (!range || last.value < next.value / factor) && !self.follows_name(chain.members[0].first)
            }
            (None, Some(_)) => range && last.value < next.value,
            (None, None) if range => last.value < next.value && !(self.is_year(last) && self.is_year(next)),
            (None, None) => {
                let first = chain.members[0].first;
                last.value < next.value && !self.is_year(last) && !self.follows_name(first)
            }
        }
    }

    /// Returns whether an amount may be a year: four plain digits.
    pub(super) fn is_year(self, amount: Amount) -> bool {
        let word = self.tokens.word(amount.first);
        amount.scale.is_none()
            && word.len() == 4
            && (1900.0..2100.0).contains(&amount.value)
            && word.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Returns whether a word with a capital, other than the first of the sentence, stands before the token.
    pub(super) fn follows_name(self, at: usize) -> bool {
        at > 1
            && self.kind(at - 1) == Some(TokenKind::Word)
            && self.tokens.word(at - 1).starts_with(char::is_uppercase)
    }
}

/// Passes the scale of a number to the plain ones before it, as in "7, 13 and 70 billion". Returns whether
/// any got one.
fn inherit(members: &mut [Amount]) -> bool {
    let mut scaled: Option<Amount> = None;
    let mut any = false;
    for member in members.iter_mut().rev() {
        match (member.scale, scaled) {
            (Some(_), _) => scaled = Some(*member),
            (None, Some(Amount { scale: Some(factor), symbol, alone, alone_in_wrapper, .. }))
                if member.value < 1000.0 =>
            {
                member.value *= factor;
                *member = Amount { scale: Some(factor), symbol, alone, alone_in_wrapper, ..*member };
                any = true;
            }
            _ => {}
        }
    }
    any
}
