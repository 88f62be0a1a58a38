//! Names that are members of a list behind a noun phrase: in brackets, behind a colon or "such as".

use super::{LONGEST_LEAD, LONGEST_LIST, LONGEST_REMARK, NamingGrammar};
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

impl NamingGrammar {
    /// Adds every name between two units, and capitalised words that stand beside them as members of a list.
    pub(super) fn collect(
        &self,
        units: &[Unit],
        (start, end): (usize, usize),
        text: &str,
        names: &mut Vec<ByteSpan>,
    ) {
        let (mut at, mut labels) = (start, Vec::new());
        while at < end {
            let is_first = at == start || self.parts_members(&units[at - 1]);
            if is_first && let Some(stop) = self.spaced_version_end(units, at, text) {
                names.push(ByteSpan::new(units[at].span.start, units[stop - 1].span.end));
                at = stop;
            } else if self.begins_name(units, at) {
                let (name, stop) = self.name_from(units, at);
                names.push(name);
                at = stop;
            } else {
                if is_first && self.is_member(units, at) {
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

    /// Returns the unit behind a word that nobody knows and a version with a point, where a sign follows: "(Orvex 3.0,". A
    /// share or a probability is no version.
    fn spaced_version_end(&self, units: &[Unit], at: usize, text: &str) -> Option<usize> {
        let [word, version, next] = units.get(at..at + 3)? else { return None };
        let is_word =
            word.has(self.marks.capitalised) && word.has(self.marks.unlisted) && !self.is_listed(word);
        let (major, minor) =
            version.span.of(text).split_once('.').filter(|_| !version.has(self.marks.joined))?;
        let is_number = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_version =
            !major.is_empty() && major != "0" && !minor.is_empty() && is_number(major) && is_number(minor);
        (is_word && is_version && next.sign && next.span.of(text) != "%").then_some(at + 2)
    }

    /// Returns the members of the list in a bracket or behind a colon that opens at a unit, if there are `count` of them
    /// and each begins with a capital: "three retrievers (BM25, Orvex, and One-hot)".
    pub fn counted_members(
        &self,
        units: &[Unit],
        open: usize,
        count: usize,
        text: &str,
    ) -> Option<Vec<ByteSpan>> {
        let in_bracket = units.get(open)?.classes.has_any(self.open_bracket);
        units.get(open).filter(|sign| in_bracket || sign.classes.has_any(self.list_sign))?;
        let ends = |unit: &&Unit| {
            let text = unit.span.of(text);
            if in_bracket {
                unit.classes.has_any(self.close_bracket)
            } else {
                unit.sign && matches!(text, ";" | ".")
            }
        };
        let length = units[open + 1..].iter().take(LONGEST_LIST).take_while(|unit| !ends(unit)).count();
        let end = open + 1 + length;
        let mut members = Vec::new();
        let mut at = open + 1;
        while at < end && members.len() < count {
            if self.parts_members(&units[at]) {
                at += 1;
                continue;
            }
            let is_name = self.begins_name(units, at);
            let (member, stop) = if is_name {
                self.name_from(units, at)
            } else {
                let is_word =
                    |unit: &&Unit| !self.parts_members(unit) && !unit.classes.has_any(self.open_bracket);
                let words = units[at..end].iter().take_while(is_word).count();
                let goes_on = |unit: &Unit| {
                    unit.has(self.marks.joined) || !unit.span.of(text).starts_with(char::is_lowercase)
                };
                if !(1..=LONGEST_LEAD).contains(&words) || !units[at..at + words].iter().all(goes_on) {
                    return None;
                }
                (ByteSpan::new(units[at].span.start, units[at + words - 1].span.end), at + words)
            };
            at = self.after_remark(units, stop);
            let is_label = is_name || member.len() > 1 && member.of(text).starts_with(char::is_uppercase);
            let is_parted = at >= end || self.parts_members(&units[at]) || members.len() + 1 == count;
            if !is_label || !is_parted {
                return None;
            }
            members.push(member);
        }
        let is_all = !in_bracket || units[at.min(end)..end].iter().all(|unit| self.parts_members(unit));
        (members.len() == count && is_all).then_some(members)
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

    /// Returns the unit after a capitalised word, or several of them, with a citation that are a member of a list: "A
    /// [3], Orvex [4] and Lane Transformer [5]".
    pub(super) fn cited_member_end(&self, units: &[Unit], at: usize) -> Option<usize> {
        let is_capitalised = |unit: &&Unit| {
            !unit.sign
                && unit.has(self.marks.capitalised)
                && !unit.has(self.marks.maker)
                && !self.parts_members(unit)
        };
        let first = units.get(at)?;
        let words = units[at..].iter().take(LONGEST_LEAD).take_while(is_capitalised).count();
        (words > 1 || self.may_be_member(first)).then_some(())?;
        let end = at + words;
        let behind = self.after_remark(units, end);
        let is_last = at.checked_sub(1).is_some_and(|before| units[before].classes.has_any(self.conjunction));
        let ends = is_last || units.get(behind).is_none_or(|next| next.sign || self.parts_members(next));
        (behind > end && ends).then_some(end)
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
                // "Gemini Agent [16], Claude Code [17]", "the Foo series [3] and the Bar series"
                let is_head = units.get(stop).is_some_and(|unit| {
                    unit.classes.has_any(self.head) && unit.has(self.marks.capitalised)
                        || unit.classes.has_any(self.family_noun)
                });
                at = self.after_remark(units, if is_head { stop + 1 } else { stop });
                at = self.after_origin(units, at);
                after_last = at;
            } else if self.parts_members(&units[at]) {
                at += 1;
                let lead = self.skip_to_name(units, at);
                at = if self.begins_name(units, lead) { lead } else { at };
            } else if names.len() > 1 && (self.is_member(units, at) || self.is_last_member(units, at))
                || self.is_second_of_two(units, at)
            {
                names.push(units[at].span);
                at += 1;
                after_last = at;
            } else if !names.is_empty()
                && let Some(end) = self.cited_member_end(units, at)
            {
                names.push(ByteSpan::new(units[at].span.start, units[end - 1].span.end));
                at = self.after_remark(units, end);
                after_last = at;
            } else {
                break;
            }
        }
        after_last
    }

    /// Returns the name behind members of a list that are none: "BM25, GPT-4 and Claude".
    pub(super) fn after_nameless_member(&self, units: &[Unit], start: usize) -> Option<usize> {
        let reach = units.get(start..)?.iter().take(LONGEST_LEAD);
        let members = reach.take_while(|unit| !unit.sign || self.parts_members(unit)).count();
        let parted = |at: &usize| self.parts_members(&units[at - 1]) && self.begins_name(units, *at);
        (start + 1..start + members).find(parted)
    }

    /// Returns the unit after what says whose the name before it is: "o3 from OpenAI [13]", "R1 from DeepSeek".
    fn after_origin(&self, units: &[Unit], at: usize) -> usize {
        let leads = units.get(at).is_some_and(|unit| unit.classes.has_any(self.preposition));
        let Some(maker) = units.get(at + 1).filter(|_| leads) else { return at };
        let is_bare = at.checked_sub(1).is_some_and(|last| !units[last].has(self.marks.name));
        if !(maker.has(self.marks.maker) || is_bare && maker.has(self.marks.name)) {
            return at;
        }
        self.after_remark(units, at + 2)
    }

    /// Returns the last unit of the name before what says whose it is, or the unit itself.
    pub(super) fn before_origin(&self, units: &[Unit], at: usize) -> usize {
        let name = at.checked_sub(2).filter(|name| self.after_origin(units, name + 1) == at + 1);
        name.filter(|name| self.is_name(&units[*name]) || self.continues_name(&units[*name])).unwrap_or(at)
    }

    /// Returns the unit after the remarks in brackets that open at a unit, or the unit itself: "[3] (a small one)".
    pub(super) fn after_remark(&self, units: &[Unit], mut at: usize) -> usize {
        while units.get(at).is_some_and(|unit| unit.classes.has_any(self.open_bracket)) {
            let inside = units[at..].iter().take(LONGEST_REMARK);
            at += inside.take_while(|unit| !unit.classes.has_any(self.close_bracket)).count() + 1;
        }
        at
    }

    /// Tests whether a capitalised word is tied to a name by a conjunction alone and ends its clause: "GPT-4 and
    /// Orvex."
    fn is_second_of_two(&self, units: &[Unit], at: usize) -> bool {
        let is_name = |unit: &Unit| self.is_name(unit) || self.continues_name(unit);
        let tied = at
            .checked_sub(2)
            .is_some_and(|name| units[name + 1].classes.has_any(self.conjunction) && is_name(&units[name]));
        tied && self.may_be_member(&units[at]) && units.get(at + 1).is_none_or(|next| next.sign)
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
