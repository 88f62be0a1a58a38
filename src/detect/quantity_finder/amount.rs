//! One number with its scale: "137B", "1.4 × 10^11", "a few hundred billion".

use super::phrase::Tokens;
use super::tables::{Alone, Tables};
use super::token::{TokenKind, number_value, superscript};
use crate::detect::Precision;

/// A number read from the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// The index of its first token.
    pub(super) first: usize,
    /// The index of the token after it.
    pub(super) next: usize,
    /// Its value, scaled.
    pub(super) value: f64,
    /// The factor of its scale; `None` for a plain number.
    pub(super) scale: Option<f64>,
    /// Precision that the number itself states.
    pub(super) precision: Precision,
    /// Condition under which it means parameters without a unit.
    pub(super) alone: Alone,
    /// Condition under which it means parameters without a unit inside "O( )".
    pub(super) alone_in_wrapper: Alone,
    /// Set when its scale is a letter.
    pub(super) symbol: bool,
    /// The place that a unit must have.
    pub(super) unit: UnitPlace,
}

/// The place that a unit must have for an amount to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitPlace {
    /// After some words, or before the number.
    Near,
    /// Right after the number.
    Direct,
}

/// Largest power of ten of a size.
const MOST_POWER: i32 = 40;
/// Smallest scale word that means parameters without a unit if a hyphen makes it a modifier.
const LEAST_ALONE: f64 = 1e9;
/// Most scale words in a row.
const MOST_SCALES: usize = 4;

/// Reader of the amounts in one sentence.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) tables: &'t Tables,
}

impl<'t> Reader<'t> {
    /// Returns whether token `at` exists and no white space stands before it.
    pub(super) fn glued(self, at: usize) -> bool {
        at > 0 && self.tokens.list.get(at).is_some_and(|token| !token.space)
    }

    pub(super) fn kind(self, at: usize) -> Option<TokenKind> {
        self.tokens.list.get(at).map(|token| token.kind)
    }

    /// Reads the amount whose first digit or word is token `at`.
    pub(super) fn amount(self, at: usize) -> Option<Amount> {
        let amount = match self.kind(at)? {
            TokenKind::Number => self.in_digits(at),
            TokenKind::Word => self.in_words(at),
            _ => None,
        }?;
        (amount.value.is_finite() && amount.value > 0.0).then_some(amount)
    }

    fn in_digits(self, at: usize) -> Option<Amount> {
        let mut value = number_value(self.tokens.word(at))?;
        let mut next = at + 1;
        let mut precision = Precision::Exact;
        if self.glued(next) && self.tokens.word(next) == "." && self.glued(next + 1) {
            // "2.1.3" is a version, and a full stop without a space before a word is no sentence's end.
            return None;
        }
        if let Some((power, after)) = self.power(next) {
            if value != 10.0 {
                return None;
            }
            (value, next) = (10f64.powi(power), after);
        } else if self.is_times(next) && self.kind(next + 1) == Some(TokenKind::Number) {
            let factor = number_value(self.tokens.word(next + 1))?;
            if let Some((power, after)) = self.power(next + 2) {
                if factor != 10.0 {
                    return None;
                }
                (value, next) = (value * 10f64.powi(power), after);
            } else if self.tables.symbols.at(self.tokens, next + 2).is_some() && self.glued(next + 2) {
                // "8x7B": experts share weights, so the product is no exact size.
                value *= factor;
                (next, precision) = (next + 2, Precision::About);
            } else {
                return None;
            }
        } else if self.tokens.word(next) == "%" || (self.glued(next) && self.is_times(next)) {
            return None;
        }
        if self.glued(next)
            && self.tokens.word(next) == "+"
            && self.tokens.list.get(next + 1).is_some_and(|token| token.space)
            && self.tables.scales.at(self.tokens, next + 1).is_some()
        {
            // "4+ billion"
            (next, precision) = (next + 1, Precision::AtLeast);
        }
        let mut amount = Amount {
            first: at,
            next,
            value,
            scale: None,
            precision,
            alone: Alone::Never,
            alone_in_wrapper: Alone::Never,
            symbol: false,
            unit: UnitPlace::Near,
        };
        self.add_symbol(&mut amount);
        if amount.scale.is_none() {
            self.add_scale_words(&mut amount);
        }
        if amount.next == next && self.glued(next) && self.kind(next) == Some(TokenKind::Word) {
            amount.unit = UnitPlace::Direct;
        }
        let percent = self.tokens.word(amount.next) == "%";
        (!percent && precision_fits(precision, amount.scale)).then_some(amount)
    }

    /// Reads the power of ten written at token `at`: `^{11}`, `¹¹`.
    fn power(self, at: usize) -> Option<(i32, usize)> {
        if self.kind(at)? == TokenKind::Raised && self.glued(at) {
            let power = self.tokens.word(at).chars().filter_map(superscript).fold(0i32, |sum, digit| {
                sum.saturating_mul(10).saturating_add(i32::try_from(digit).unwrap_or(0))
            });
            return (power <= MOST_POWER).then_some((power, at + 1));
        }
        let starred = self.tokens.word(at) == "*" && self.tokens.word(at + 1) == "*" && self.glued(at + 1);
        let digits = match self.tokens.word(at) {
            "^" => at + 1,
            _ if starred => at + 2,
            _ => return None,
        };
        let power = self.tokens.word(digits).parse::<i32>().ok().filter(|power| *power <= MOST_POWER)?;
        Some((power, digits + 1))
    }

    fn is_times(self, at: usize) -> bool {
        matches!(self.tokens.word(at), "x" | "X" | "×" | "*" | "·" | "⋅" | "✕" | "\\times" | "\\cdot")
    }

    /// Extends an amount by a scale letter: "B".
    fn add_symbol(self, amount: &mut Amount) {
        let at = amount.next;
        let Some((after, symbol)) = self.tables.symbols.at(self.tokens, at) else { return };
        let spaced = !self.glued(at);
        let clear = self.tokens.word(at).len() > 1 || self.tokens.word(at).starts_with(char::is_uppercase);
        let runs_on = self.glued(after)
            && matches!(self.kind(after), Some(TokenKind::Number | TokenKind::Word | TokenKind::Raised));
        if (spaced && !clear) || runs_on {
            return;
        }
        amount.next = after;
        amount.value *= symbol.factor;
        amount.scale = Some(symbol.factor);
        amount.symbol = true;
        amount.alone = symbol.alone;
        amount.alone_in_wrapper = symbol.alone_in_wrapper;
    }

    /// Extends an amount by scale words: "hundred billion", "-billion".
    fn add_scale_words(self, amount: &mut Amount) {
        for _ in 0..MOST_SCALES {
            let mut at = amount.next;
            let hyphen = self.kind(at) == Some(TokenKind::Dash) && self.glued(at) && self.glued(at + 1);
            if hyphen {
                at += 1;
            } else if let Some((after, ())) = self.tables.partitives.at(self.tokens, at)
                && amount.precision == Precision::OrderOfMagnitude
            {
                at = after;
            }
            if self.kind(amount.next.saturating_sub(1)) == Some(TokenKind::Number)
                && !hyphen
                && self.glued(at)
            {
                return;
            }
            let Some((after, scale)) = self.tables.scales.at(self.tokens, at) else { return };
            if scale.plural && scale.factor < 100.0 {
                return;
            }
            amount.next = after;
            amount.value *= scale.factor;
            amount.scale = Some(amount.scale.unwrap_or(1.0) * scale.factor);
            if hyphen && scale.factor >= LEAST_ALONE {
                amount.alone = Alone::Always; // "the twenty-billion encoder"
            }
            if scale.factor == 100.0 {
                self.add_below_hundred(amount);
            }
        }
    }

    /// Extends an amount by "and thirty-seven" after a hundred.
    fn add_below_hundred(self, amount: &mut Amount) {
        let Some((at, ())) = self.tables.additive_joiners.at(self.tokens, amount.next) else { return };
        if let Some((value, Precision::Exact, after)) = self.below_hundred(at) {
            amount.value += value;
            amount.next = after;
        }
    }

    /// Reads a number in words up to ninety-nine. Returns it with its precision and the token after it.
    fn below_hundred(self, at: usize) -> Option<(f64, Precision, usize)> {
        let (mut next, &(mut value, precision)) = self.tables.numbers.at(self.tokens, at)?;
        if (20.0..100.0).contains(&value) && value % 10.0 == 0.0 {
            let ones = if self.kind(next) == Some(TokenKind::Dash) { next + 1 } else { next };
            if let Some((after, &(more, Precision::Exact))) = self.tables.numbers.at(self.tokens, ones)
                && more < 10.0
            {
                value += more;
                next = after;
            }
        }
        Some((value, precision, next))
    }

    fn in_words(self, at: usize) -> Option<Amount> {
        let mut amount = Amount {
            first: at,
            next: at,
            value: 1.0,
            scale: None,
            precision: Precision::Exact,
            alone: Alone::Never,
            alone_in_wrapper: Alone::Never,
            symbol: false,
            unit: UnitPlace::Near,
        };
        if let Some((value, precision, next)) = self.below_hundred(at) {
            amount = Amount { value, precision, next, ..amount };
            self.add_scale_words(&mut amount);
            if amount.scale.is_none() {
                // "one" is a pronoun as often; "several languages" tells nothing.
                return (precision == Precision::Exact && value >= 2.0).then_some(amount);
            }
        } else {
            let (next, scale) = self.tables.scales.at(self.tokens, at)?;
            amount = Amount { value: scale.factor, scale: Some(scale.factor), next, ..amount };
            if scale.plural {
                amount.precision = Precision::OrderOfMagnitude;
            } else if let Some((first, ())) = self.tables.articles.before(self.tokens, at, 0) {
                amount = Amount { first, precision: Precision::About, ..amount };
            } else {
                amount.precision = Precision::OrderOfMagnitude;
                amount.unit = UnitPlace::Direct;
            }
            if scale.factor == 100.0 {
                self.add_below_hundred(&mut amount);
            }
            if amount.unit == UnitPlace::Near {
                self.add_scale_words(&mut amount);
            }
        }
        if amount.precision == Precision::OrderOfMagnitude
            && let Some((after, ())) = self.tables.partitives.at(self.tokens, amount.next)
        {
            amount.next = after;
        }
        Some(amount)
    }
}

/// Returns whether a number that is not exact ("8x7B", "4+ billion") has a scale, without which it counts
/// nothing.
fn precision_fits(precision: Precision, scale: Option<f64>) -> bool {
    precision == Precision::Exact || scale.is_some()
}
