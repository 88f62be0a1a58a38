//! Names alone behind a phrase or its attribute, mostly in a bracket: "a model from another family (GPT-4)".

use super::{LONGEST_LIST, NamingGrammar};
use crate::detect::address::{beginning, is_part};
use crate::detect::hub_address::name_behind_owner;
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

/// Most units of an attribute between a phrase and the bracket with its name.
const LONGEST_ATTRIBUTE: usize = 6;
/// Longest owner and name, in bytes.
const LONGEST_ADDRESS: usize = 120;

impl NamingGrammar {
    /// Finds the owner and name that stand alone behind a phrase or its attribute, in a bracket or behind a comma:
    /// "a data set from a hub (acme/street-signs)", "an open model, acme/orvex-2,".
    pub(super) fn address_behind(&self, units: &[Unit], start: usize, text: &str) -> Option<ByteSpan> {
        let open = self.attribute_end(units, start)?;
        let sign = units.get(open)?;
        if sign.classes.has_any(self.comma) {
            let first = units.get(open + 1)?.span.start;
            let word = beginning(&text[first..], LONGEST_ADDRESS, |byte| is_part(byte) || byte == b'/');
            let word = word.trim_end_matches('.');
            let name = name_behind_owner(word)?;
            return Some(ByteSpan::new(first + name.start, first + name.end));
        }
        let open = self.bracket_behind(units, start)?;
        let inside = units[open + 1..].iter().take(LONGEST_LIST);
        let close = inside.into_iter().find(|unit| unit.classes.has_any(self.close_bracket))?;
        let inside = ByteSpan::new(units[open].span.end, close.span.start);
        let name = name_behind_owner(inside.of(text))?;
        Some(ByteSpan::new(inside.start + name.start, inside.start + name.end))
    }

    /// Finds the name that stands alone in a bracket behind an attribute of a phrase: "a model from another
    /// family (GPT-4)".
    pub(super) fn bracketed_behind(&self, units: &[Unit], start: usize, text: &str) -> Option<ByteSpan> {
        units.get(start).filter(|unit| unit.classes.has_any(self.preposition))?;
        let first = self.bracket_behind(units, start)? + 1;
        let (name, end) = self.begins_name(units, first).then(|| self.name_from(units, first))?;
        units.get(end).filter(|next| next.classes.has_any(self.close_bracket))?;
        (!is_short_for(&units[start..first - 1], name.of(text), text)).then_some(name)
    }

    /// Finds the name behind an attribute of a phrase and a comma: "is a model from another family, GPT-4." at the end
    /// of a sentence, and anywhere where the attribute says who made it: "an open model released by Acme, GPT-4,".
    pub(super) fn apposed_behind(&self, units: &[Unit], start: usize) -> Option<ByteSpan> {
        let is_made_by = |at: usize| {
            let unit = &units[at];
            unit.has(self.marks.maker)
                || self.is_name(unit) && units[at - 1].classes.has_any(self.preposition)
        };
        let end = self.attribute_end(units, start)?;
        // Some makers have the names of their systems.
        let comma = if units.get(end).is_some_and(|unit| self.is_name(unit)) { end + 1 } else { end };
        units.get(comma).filter(|sign| sign.classes.has_any(self.comma))?;
        let says_maker = comma > start + 1 && is_made_by(comma - 1);
        units.get(start).filter(|unit| says_maker || unit.classes.has_any(self.preposition))?;
        let first = comma + 1;
        let (name, end) = self.begins_name(units, first).then(|| self.name_from(units, first))?;
        let end = self.after_remark(units, end);
        let closes = units.get(end).is_none_or(|next| next.sign);
        let goes_on = units.get(end + 1).is_some_and(|next| next.classes.has_any(self.conjunction));
        let is_maker_too = units[first].has(self.marks.maker); // "by Acme, Bexa and others"
        let ends = end + 1 >= units.len();
        (closes && (ends || says_maker && !goes_on && !is_maker_too)).then_some(name)
    }

    /// Returns the opening bracket behind an attribute.
    fn bracket_behind(&self, units: &[Unit], start: usize) -> Option<usize> {
        // First, since behind most phrases no bracket opens.
        let mut near = units.get(start..)?.iter().take(LONGEST_ATTRIBUTE + 1);
        near.find(|unit| unit.classes.has_any(self.open_bracket))?;
        let open = self.attribute_end(units, start)?;
        units.get(open).filter(|unit| unit.classes.has_any(self.open_bracket))?;
        Some(open)
    }

    /// Returns the unit after an attribute in which no name and no other phrase stands.
    fn attribute_end(&self, units: &[Unit], start: usize) -> Option<usize> {
        let is_plain = |unit: &&Unit| !unit.sign && !self.is_name(unit) && !unit.classes.has_any(self.head);
        Some(start + units.get(start..)?.iter().take(LONGEST_ATTRIBUTE).take_while(is_plain).count())
    }
}

/// Tests whether capitals are the initials of the words before them: "on Broad Orvex Vitals (BOVs)".
fn is_short_for(before: &[Unit], name: &str, text: &str) -> bool {
    let letters = name.trim_end_matches('s');
    let is_capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let Some(first) = before.len().checked_sub(letters.len()).filter(|_| is_capitals) else { return false };
    let initials = before[first..].iter().filter_map(|unit| unit.span.of(text).bytes().next());
    initials.map(|initial| initial.to_ascii_uppercase()).eq(letters.bytes())
}
