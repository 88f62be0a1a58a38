//! Names that are members of a list behind a noun phrase: in brackets, behind a colon or "such as".

use super::{LONGEST_LIST, LONGEST_REMARK, NamingGrammar};
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

impl NamingGrammar {
    /// Adds every name between two units, and capitalised words that stand beside them as members of a list.
    pub(super) fn collect(&self, units: &[Unit], start: usize, end: usize, names: &mut Vec<ByteSpan>) {
        let (mut at, mut labels) = (start, Vec::new());
        while at < end {
            if self.begins_name(units, at) {
                let (name, stop) = self.name_from(units, at);
                names.push(name);
                at = stop;
            } else {
                if (at == start || self.parts_members(&units[at - 1])) && self.is_member(units, at) {
                    labels.push(units[at].span);
                }
                at += 1;
            }
        }
        // "(Miller, Orvex, and McLune, 2004)": beside a year stand authors.
        let has_number =
            units[start..end].iter().any(|unit| unit.has(self.marks.number) && !unit.has(self.marks.joined));
        if !names.is_empty() && !has_number {
            names.extend(labels);
            names.sort_unstable();
        }
    }

    /// Tests whether a unit parts the members of a list.
    fn parts_members(&self, unit: &Unit) -> bool {
        unit.classes.has_any(self.comma) || unit.classes.has_any(self.conjunction)
    }

    /// Tests whether a word is written like a label and is no maker.
    fn may_be_member(&self, unit: &Unit) -> bool {
        self.is_label(unit) && !unit.has(self.marks.maker)
    }

    /// Tests whether a capitalised word is a member of a list by itself: a sign or a conjunction stands behind
    /// it, and no year, as behind an author.
    fn is_member(&self, units: &[Unit], at: usize) -> bool {
        let ends = units
            .get(at + 1)
            .is_none_or(|next| self.parts_members(next) || next.classes.has_any(self.close_bracket));
        let number = units.get(at + 2).is_some_and(|unit| unit.has(self.marks.number));
        self.may_be_member(&units[at]) && ends && !number
    }

    /// Adds the names of a list that begins at a unit: "GPT-4, Claude (Opus) and Llama". Returns the unit
    /// after the last of them.
    pub(super) fn collect_list(&self, units: &[Unit], mut at: usize, names: &mut Vec<ByteSpan>) -> usize {
        let end = units.len().min(at + LONGEST_LIST);
        let mut after_last = at;
        while at < end {
            if self.begins_name(units, at) {
                let (name, stop) = self.name_from(units, at);
                names.push(name);
                at = stop;
                if units.get(at).is_some_and(|unit| unit.classes.has_any(self.open_bracket)) {
                    let inside = units[at..].iter().take(LONGEST_REMARK);
                    at += inside.take_while(|unit| !unit.classes.has_any(self.close_bracket)).count() + 1;
                }
                after_last = at;
            } else if self.parts_members(&units[at]) {
                at += 1;
                let lead = self.skip_to_name(units, at);
                at = if self.begins_name(units, lead) { lead } else { at };
            } else if names.len() > 1 && (self.is_member(units, at) || self.is_last_member(units, at)) {
                names.push(units[at].span);
                at += 1;
                after_last = at;
            } else {
                break;
            }
        }
        after_last
    }

    /// Tests whether a capitalised word behind a conjunction ends a list, and is no modifier of what stands behind
    /// it: "A, B, and Orvex score".
    fn is_last_member(&self, units: &[Unit], at: usize) -> bool {
        let is_list = at.checked_sub(1).is_some_and(|before| units[before].classes.has_any(self.conjunction));
        let goes_on = units.get(at + 1).is_some_and(|next| {
            !next.sign
                && !next.has(self.marks.capitalised)
                && !next.has(self.marks.number)
                && !next.classes.has_any(self.head)
                && next.classes.has_any(self.verb)
        });
        is_list && goes_on && self.may_be_member(&units[at])
    }
}
