//! Names behind a phrase: in brackets, right after it, in apposition, in a list, after a copula.

use super::{LONGEST_GAP, LONGEST_LEAD, LONGEST_LIST, NamingGrammar};
use crate::catalogue::ClassSet;
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

impl NamingGrammar {
    /// Adds the names behind a phrase, of which the unit after it is given, in the order of the text.
    pub(super) fn names_after(&self, units: &[Unit], mut at: usize, text: &str, names: &mut Vec<ByteSpan>) {
        // No name further away than the longest list is taken, and behind most phrases there is none.
        let opens = units.get(at).is_some_and(|unit| unit.classes.has_any(self.open_bracket));
        if !opens && !(at..units.len()).take(LONGEST_LIST + 1).any(|at| self.begins_name(units, at)) {
            return;
        }
        let class = |at: usize| units.get(at).map(|unit| unit.classes).unwrap_or_default();
        let is_name = |at: usize| self.begins_name(units, at);
        // "a strong LLM (GPT-4)", "four LLMs (namely GPT-4, Claude and Llama)"
        if opens {
            let inside = units[at + 1..].iter().take(LONGEST_LIST);
            let end = inside.take_while(|unit| !unit.classes.has_any(self.close_bracket)).count();
            self.collect(units, (at + 1, at + 1 + end), text, names);
            return;
        }
        // "the baseline GPT-4"
        if is_name(at) {
            names.push(self.name_from(units, at).0);
            return;
        }
        if let Some(name) = self.bracketed_behind(units, at, text).or_else(|| self.apposed_behind(units, at))
        {
            names.push(name);
            return;
        }
        // ", such as GPT-4 and Claude", ": GPT-4, Claude", "is GPT-4"; what introduces names may stand
        // further on in the clause: "models of up to 13B parameters, including GPT-4"
        let begins_list = class(at).has_any(self.list_sign);
        if !begins_list && units.get(at).is_some_and(|unit| unit.sign && unit.span.of(text) == ";") {
            return; // another clause begins
        }
        let (mut introduced, mut by_sign, mut counts) = (false, begins_list, false);
        for step in 0..LONGEST_GAP {
            if self.begins_clause(units, at) {
                return;
            }
            let classes = class(at);
            counts |= classes.has_any(self.count);
            if counts && classes.has_any(self.list_sign) {
                return; // "the best model for two genes: ABC1 and ABC2"
            }
            if classes.has_any(self.introducer) || step < 3 && classes.has_any(self.copula) {
                introduced = true;
                by_sign |= classes.has_any(self.list_sign);
                at += 1;
                break;
            } else if step == 0 && classes.has_any(self.comma) {
                let colon = class(at).has_any(self.list_sign);
                at += 1;
                let start = self.skip_to_name(units, at);
                let is_led_to = || is_name(start) || self.after_nameless_member(units, start).is_some();
                if colon && is_led_to() || is_name(start) && !class(at).has_any(self.introducer) {
                    introduced = colon;
                    break;
                }
            } else if at >= units.len() || classes.has_any(self.head) {
                return;
            } else {
                at += 1;
            }
        }
        let mut at = self.skip_to_name(units, at);
        if begins_list && let Some(end) = self.cited_member_end(units, at) {
            let known = names.len();
            names.push(ByteSpan::new(units[at].span.start, units[end - 1].span.end));
            self.collect_list(units, self.after_remark(units, end), names);
            if names.len() < known + 2 {
                names.truncate(known);
            }
            return;
        }
        if begins_list && !is_name(at) {
            at = self.after_nameless_member(units, at).unwrap_or(at);
        }
        if is_name(at) {
            let known = names.len();
            let end = self.collect_list(units, at, names);
            // "With a small model, GPT-4 wins": after a mere comma the names must end in one too
            let closed = units.get(end).is_none_or(|unit| unit.sign);
            // "not only small models: GPT-4 fails too" tells of it alone
            let is_verb = |next: &Unit| {
                let is_unknown = next.has(self.marks.unlisted) && next.span.of(text).ends_with('s');
                next.classes.has_any(self.verb) || is_unknown
            };
            let is_subject = by_sign && names.len() == known + 1 && units.get(end).is_some_and(is_verb);
            if !introduced && !closed || is_subject {
                names.truncate(known);
            }
        }
    }

    /// Tests whether a comma and what joins clauses stand here: ", while".
    fn begins_clause(&self, units: &[Unit], at: usize) -> bool {
        let has = |at: usize, class| units.get(at).is_some_and(|unit: &Unit| unit.classes.has_any(class));
        has(at, self.comma) && has(at + 1, self.subordinator)
    }

    /// Skips words that can stand right before a name: "both the proprietary GPT-4", "14B Foo".
    pub(super) fn skip_to_name(&self, units: &[Unit], at: usize) -> usize {
        let lead = units[at.min(units.len())..].iter().take(LONGEST_LEAD).enumerate();
        let skipped = lead.take_while(|(step, unit)| {
            let classes = unit.classes;
            !self.is_name(unit)
                && (classes.has_any(self.determiner)
                    || classes.has_any(self.filler)
                    || classes.has_any(self.modifier)
                    || classes.has_any(ClassSet::one(self.marks.size))
                    // "on this corpus, the model is GPT-4" does not name the corpus
                    || *step == 0 && classes.has_any(self.copula)
                    || classes.has_any(self.introducer)
                    || classes.has_any(self.comma) && !classes.has_any(self.list_sign))
        });
        at + skipped.count()
    }
}
