//! The unit after or before a number.

use super::amount::{Reader, UnitPlace};
use super::chain::Chain;
use super::phrase::PhraseTable;
use super::tables::{After, Alone, UnitWorth};
use super::token::TokenKind;
use crate::detect::Measure;

/// A unit found after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitHit {
    /// The index of the unit; `None` if something is counted that no measure covers.
    pub(super) unit: Option<usize>,
    /// The token after it.
    pub(super) next: usize,
    /// Number of words between them.
    pub(super) passed: usize,
}

/// The unit of a chain, and the tokens that state it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    /// The meaning of the unit.
    pub(super) worth: UnitWorth,
    /// The first token, if the unit stands before the number.
    pub(super) start: Option<usize>,
    /// The token after the number and its unit.
    pub(super) next: usize,
    /// Set when "-scale" or the like makes the number approximate.
    pub(super) loose: bool,
    /// Set when no unit is stated and the letter of the number alone means parameters.
    pub(super) bare: bool,
}

/// Most words between a scaled number and its unit.
const MOST_BETWEEN: usize = 3;
/// Most words between a plain number, which more often belongs to something else, and its unit.
const MOST_BETWEEN_PLAIN: usize = 2;

const BARE: UnitWorth =
    UnitWorth { measure: Measure::Parameters, factor: 1.0, least: 0.0, most: f64::INFINITY };

impl Reader<'_> {
    /// Finds the unit after token `at` with at most `between` words before it.
    pub(super) fn unit_after(self, at: usize, between: usize) -> Option<UnitHit> {
        let mut here = at;
        if self.kind(here) == Some(TokenKind::Dash) {
            if !self.glued(here) || !self.glued(here + 1) {
                return None;
            }
            // A data file may spell the hyphen out: "-token context".
            here += 1;
        }
        for passed in 0..=between {
            match self.tables.after.at(self.tokens, here) {
                Some((next, &After::Unit { unit, attached: false })) => {
                    return Some(UnitHit { unit: Some(unit), next, passed });
                }
                Some((next, &After::Unit { unit, attached: true })) if passed == 0 => {
                    return Some(self.head_of(unit, next));
                }
                Some((next, After::Other)) => return Some(UnitHit { unit: None, next, passed }),
                Some((_, After::Stop)) => return None,
                _ => {}
            }
            if self.kind(here)? != TokenKind::Word {
                return None;
            }
            here = self.compound_end(here);
        }
        None
    }

    /// Finds the head of a compound unit, its last noun: "word tokens" counts tokens, "TPU v4 chips" chips.
    fn head_of(self, unit: usize, next: usize) -> UnitHit {
        let measure = self.tables.units[unit].measure;
        let hit = UnitHit { unit: Some(unit), next, passed: 0 };
        match self.tables.after.at(self.tokens, next) {
            Some((after, &After::Unit { unit, attached: false })) => {
                return UnitHit { unit: Some(unit), next: after, passed: 0 };
            }
            Some((_, After::Other | After::Stop | After::Unit { .. })) => return hit,
            None => {}
        }
        match self.tables.after.at(self.tokens, next + 1) {
            Some((after, &After::Unit { unit, attached: false }))
                if self.kind(next) == Some(TokenKind::Word) && self.tables.units[unit].measure == measure =>
            {
                UnitHit { unit: Some(unit), next: after, passed: 0 }
            }
            _ => hit,
        }
    }

    /// Finds the unit before token `at`, as in "vocabulary of". Returns its first token and its index.
    fn unit_before(self, at: usize, floor: usize) -> Option<(usize, usize)> {
        // "size of" joins, and so does the "of" of "model size of".
        self.tables.connectors.all_before(self.tokens, at, floor).find_map(|(connector, ())| {
            let (start, unit) = self.tables.before.before(self.tokens, connector, floor)?;
            Some((start, *unit))
        })
    }

    /// Finds the unit of a chain. `start` is its first token with its prefixes, `next` the token after it,
    /// `floor` the first token that is still free.
    pub(super) fn counted(
        self,
        chain: &Chain,
        (start, next): (usize, usize),
        floor: usize,
        wrapped: bool,
    ) -> Option<Counted> {
        let last = chain.members.last()?;
        if let Some(counted) = self.scale_of(chain, next) {
            return counted;
        }
        let plain = last.scale.is_none();
        let between = match last.unit {
            UnitPlace::Direct => 0,
            UnitPlace::Near if plain => MOST_BETWEEN_PLAIN,
            UnitPlace::Near => MOST_BETWEEN,
        };
        let after = self.unit_after(next, between).or_else(|| {
            let (of, ()) = self.tables.partitives.at(self.tokens, next).filter(|_| !plain)?;
            self.unit_after(of, 1).filter(|hit| hit.unit.is_some())
        });
        let within =
            |unit: usize| last.value <= self.tables.units[unit].most / self.tables.units[unit].factor;
        let after = after.filter(|hit| hit.unit.is_none_or(within));
        let before = self.unit_before(start, floor);
        if let Some((start, unit)) = before {
            let worth = self.tables.units[unit];
            let rival = after.and_then(|hit| Some((self.tables.units[hit.unit?], hit.next)));
            let wins = rival.is_none_or(|(other, _)| {
                let pieces = worth.measure == Measure::Vocabulary && other.measure == Measure::Examples;
                pieces
                    || other.measure == worth.measure
                    || matches!(other.measure, Measure::Tokens | Measure::Words)
            });
            if wins && last.value * worth.factor >= worth.least {
                let worth = rival
                    .filter(|(other, _)| other.measure == worth.measure)
                    .map_or(worth, |(other, _)| other);
                let next = rival.map_or(next, |(_, after)| after);
                return Some(Counted { worth, start: Some(start), next, loose: false, bare: false });
            }
        }
        match after {
            Some(UnitHit { unit: Some(unit), next, passed }) => {
                let year = self.is_year(*last) && passed > 0;
                let part_of_name = plain && passed > 0 && self.follows_name(chain.members[0].first);
                let worth = self.tables.units[unit];
                (!year && !part_of_name).then_some(Counted {
                    worth,
                    start: None,
                    next,
                    loose: false,
                    bare: false,
                })
            }
            Some(UnitHit { unit: None, .. }) => None,
            None if bare(chain, wrapped) => {
                Some(Counted { worth: BARE, start: None, next, loose: false, bare: true })
            }
            None => self.sized(chain, next),
        }
    }

    /// Finds the unit stated by the noun right after numbers with symbols: "7b models", "a 350M model".
    fn sized(self, chain: &Chain, next: usize) -> Option<Counted> {
        if !chain.members.iter().all(|member| member.symbol) {
            return None;
        }
        let at = next + usize::from(self.kind(next) == Some(TokenKind::Dash) && self.glued(next));
        let clear = chain.members.iter().all(|member| member.alone_in_wrapper == Alone::Always);
        let unit = self.head(&self.tables.sized, at, 1).or_else(|| {
            let unit = self.head(&self.tables.scale_of, at, 1).filter(|_| clear)?;
            (self.tables.units[unit].measure == Measure::Parameters).then_some(unit)
        })?;
        Some(Counted { worth: self.tables.units[unit], start: None, next, loose: false, bare: false })
    }

    /// Returns the unit of the first noun in a table, after at most `between` other words.
    fn head(self, nouns: &PhraseTable<usize>, at: usize, between: usize) -> Option<usize> {
        let mut at = at;
        for _ in 0..=between {
            if let Some((_, &unit)) = nouns.at(self.tokens, at) {
                return Some(unit);
            }
            if self.kind(at) != Some(TokenKind::Word) {
                return None;
            }
            at = self.compound_end(at);
        }
        None
    }

    /// Returns the token after a word and the parts joined to it by hyphens.
    fn compound_end(self, at: usize) -> usize {
        let mut next = at + 1;
        while self.kind(next) == Some(TokenKind::Dash) && self.glued(next) && self.glued(next + 1) {
            next += 2;
        }
        next
    }

    /// Reads "-scale" after a number, and the noun after that. Returns the outer `None` if there is no such
    /// suffix, and the inner one if there is one without a meaning.
    fn scale_of(self, chain: &Chain, next: usize) -> Option<Option<Counted>> {
        if self.kind(next) != Some(TokenKind::Dash) || !self.glued(next) || !self.glued(next + 1) {
            return None;
        }
        let (suffix, ()) = self.tables.scale_suffixes.at(self.tokens, next + 1)?;
        if let Some(unit) = self.head(&self.tables.scale_of, suffix, MOST_BETWEEN) {
            let worth = self.tables.units[unit];
            return Some(Some(Counted { worth, start: None, next: suffix, loose: true, bare: false }));
        }
        Some(bare(chain, false).then_some(Counted {
            worth: BARE,
            start: None,
            next: suffix,
            loose: true,
            bare: true,
        }))
    }
}

/// Returns whether the letters of a chain are enough to mean parameters.
fn bare(chain: &Chain, wrapped: bool) -> bool {
    let alone = |member: &super::amount::Amount| if wrapped { member.alone_in_wrapper } else { member.alone };
    chain.members.iter().all(|member| alone(member) != Alone::Never)
        && chain.members.iter().any(|member| alone(member) == Alone::Always)
}
