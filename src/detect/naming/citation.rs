//! Citations in brackets between a noun phrase and its names: "(Miller, 2023)", "[12, 13]".

use super::{NamingGrammar, is_year};
use crate::catalogue::ClassSet;
use crate::detect::unit::Unit;

/// Most units read in search of the other bracket of a citation.
const LONGEST_CITATION: usize = 12;

impl NamingGrammar {
    /// Returns the unit after the citation in brackets that opens at a unit.
    pub(super) fn after_citation(&self, units: &[Unit], open: usize, text: &str) -> Option<usize> {
        units.get(open).filter(|unit| unit.classes.has_any(self.open_bracket))?;
        let within = units[open + 1..].iter().take(LONGEST_CITATION);
        let length = within.into_iter().position(|unit| unit.classes.has_any(self.close_bracket))?;
        self.is_citation(&units[open..open + 1 + length], text).then_some(open + length + 2)
    }

    /// Returns the opening bracket of the citation that ends right before a unit.
    pub(super) fn citation_before(&self, units: &[Unit], end: usize, text: &str) -> Option<usize> {
        let close = end.checked_sub(1).filter(|at| units[*at].classes.has_any(self.close_bracket))?;
        let first = close.saturating_sub(LONGEST_CITATION);
        let open = (first..close).rfind(|at| units[*at].classes.has_any(self.open_bracket))?;
        self.is_citation(&units[open..close], text).then_some(open)
    }

    /// Tests whether a bracket, without its closing sign, holds a citation: a year and no name, or numbers
    /// alone in square brackets.
    fn is_citation(&self, bracket: &[Unit], text: &str) -> bool {
        let Some((open, inside)) = bracket.split_first() else { return false };
        let is_nested = inside.iter().any(|unit| unit.classes.has_any(self.open_bracket));
        let names = inside.iter().any(|unit| self.is_name(unit) && !self.is_listed(unit));
        let dated = inside.iter().any(|unit| is_year(unit.span.of(text)));
        !is_nested && (!names && dated || is_row_of_numbers(open, inside, text))
    }

    /// Tests whether a citation has more in it than a year, which alone stands behind an author.
    pub(super) fn cites_a_work(&self, inside: &[Unit], text: &str) -> bool {
        let capitalised = ClassSet::one(self.marks.capitalised);
        inside.iter().any(|unit| unit.classes.has_any(capitalised))
            || !inside.iter().any(|unit| is_year(unit.span.of(text)))
    }
}

/// Tests for "[12, 14-16]".
fn is_row_of_numbers(open: &Unit, inside: &[Unit], text: &str) -> bool {
    let is_number = |unit: &Unit| unit.span.of(text).bytes().all(|byte| byte.is_ascii_digit());
    open.span.of(text) == "["
        && inside.iter().any(is_number)
        && inside.iter().all(|unit| unit.sign || is_number(unit))
}
