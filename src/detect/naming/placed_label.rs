//! Capitalised words that are names of one system only because of their place beside a noun phrase.

use super::NamingGrammar;
use crate::catalogue::ClassSet;
use crate::detect::noun_phrase::NounPhrase;
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

/// Most words of a name of capitalised words.
const LONGEST_LABEL: usize = 3;

impl NamingGrammar {
    /// Returns the label of a phrase that stands for one system: "Ciri (Miller, 2023), an LLM-based
    /// verifier", "a toxicity model (Detoxify)". `after` is the unit after the phrase and its bracketed
    /// abbreviations.
    pub fn placed_label(
        &self,
        units: &[Unit],
        phrase: NounPhrase,
        after: usize,
        text: &str,
    ) -> Option<ByteSpan> {
        if phrase.determiner.is_none() || phrase.plural {
            return None;
        }
        self.apposed_label(units, phrase, text)
            .or_else(|| self.cited_label(units, phrase, text))
            .or_else(|| self.bracketed_label(units, after))
    }

    /// Finds a capitalised word that opens a sentence and is explained by a phrase between commas: "Ciri, an
    /// LLM-based verifier, finds most of them".
    fn apposed_label(&self, units: &[Unit], phrase: NounPhrase, text: &str) -> Option<ByteSpan> {
        let label = units.first().filter(|unit| phrase.start == 2 && self.is_label(unit))?;
        let closed = has(units, 1, self.comma) && has(units, phrase.head + 1, self.comma);
        // "Recently, a model, ..."
        (closed && !label.span.of(text).ends_with("ly")).then_some(label.span)
    }

    /// Finds a label with a citation before the phrase: "Ciri (Miller, 2023), an LLM-based verifier", "Ciri
    /// [23] is a verifier".
    fn cited_label(&self, units: &[Unit], phrase: NounPhrase, text: &str) -> Option<ByteSpan> {
        let ties = |at: &usize| has(units, *at, self.comma) || has(units, *at, self.copula);
        let tie = phrase.start.checked_sub(1).filter(ties)?;
        let open = self.citation_before(units, tie, text)?;
        let works = self.cites_a_work(&units[open + 1..tie - 1], text);
        let last = open.checked_sub(1).filter(|at| works && self.is_label(&units[*at]))?;
        let capitalised = ClassSet::one(self.marks.capitalised);
        let mut first = last;
        while first > 1 && last - first + 1 < LONGEST_LABEL && has(units, first - 1, capitalised) {
            first -= 1;
        }
        Some(ByteSpan::new(units[first].span.start, units[last].span.end))
    }

    /// Finds a capitalised word before the head of what somebody has: "Acme's internal Orvex system".
    pub(super) fn possessed_label(&self, units: &[Unit], phrase: NounPhrase) -> Option<ByteSpan> {
        let possessive = (phrase.start..phrase.head).find(|at| has(units, *at, self.possessive))?;
        let label = phrase.head.checked_sub(1).filter(|at| *at > possessive && self.is_label(&units[*at]))?;
        let is_joined = [label, phrase.head].iter().any(|at| units[*at].has(self.marks.joined));
        (!is_joined).then(|| units[label].span)
    }

    /// Finds a label in brackets after the phrase: "a toxicity model (Detoxify)", "(Detoxify (Miller,
    /// 2020))".
    fn bracketed_label(&self, units: &[Unit], after: usize) -> Option<ByteSpan> {
        let ends = |at: usize| has(units, at, self.close_bracket) || has(units, at, self.open_bracket);
        let opens = has(units, after, self.open_bracket);
        let label = units.get(after + 1).filter(|unit| opens && self.is_label(unit))?;
        ends(after + 2).then_some(label.span)
    }
}

fn has(units: &[Unit], at: usize, class: ClassSet) -> bool {
    units.get(at).is_some_and(|unit| unit.classes.has_any(class))
}
