//! Phrases around a size whose noun is not listed: "a 34B mixture", "the two-billion-parameter policy", "a 7B".
//! Sizes in signs, as "O(100b)", need a listed noun or a rule.

use super::{Grammar, NounPhrase};
use crate::catalogue::{ClassSet, EntityType};
use crate::detect::unit::Unit;

/// Most words of the phrase behind the size.
const MOST_BEHIND: usize = 3;

impl Grammar {
    /// Returns the phrase with a determiner around the size at `size`, if it has no head word. A definite one
    /// needs a noun: "the 7B" takes up what was said before.
    pub fn sized_phrase_at(&self, units: &[Unit], size: usize, text: &str) -> Option<NounPhrase> {
        if !units[size].has(self.marks.size) {
            return None;
        }
        let written = units[size].span.of(text);
        let is_written_out = |c: char| c.is_alphanumeric() || matches!(c, '-' | ' ' | '.' | ',');
        if written.ends_with('s') || !written.chars().all(is_written_out) {
            return None;
        }
        let behind = units[size + 1..].iter().take(MOST_BEHIND);
        let mut head = size + behind.take_while(|unit| self.can_follow_size(unit, text)).count();
        if units.get(head + 1).is_none_or(|next| next.sign) {
            head = head.min(size + 1); // what ends a clause may be an adverb: "a 7B beast twice."
        }
        let next = units.get(head + 1);
        let is_symbol = |unit: &Unit| !unit.sign && unit.span.len() == 1;
        if next.is_some_and(|next| next.has(self.marks.joined) || is_symbol(next)) {
            return None;
        }
        let (start, determiner) = if self.begins_with_determiner(&units[size], text) {
            (size, Some(size)) // "a trillion-parameter mixture"
        } else {
            self.start_of(units, size, false, text)
        };
        let is_of_other = |unit: &Unit| {
            unit.classes.has_any(self.size_noun) || unit.has(self.marks.name) || self.head(unit).is_some()
        };
        if units[start..=head].iter().chain(next).any(is_of_other) {
            return None;
        }
        let is_indefinite = |at: &usize| units[*at].classes.has_any(self.indefinite);
        let determiner = determiner.filter(|at| head > size || *at < size && is_indefinite(at))?;
        Some(NounPhrase {
            start,
            head,
            determiner: Some(determiner),
            entity_type: EntityType::Model,
            plural: false,
        })
    }

    /// Returns whether a word behind a size can belong to its phrase: a noun, or a modifier of one.
    fn can_follow_size(&self, unit: &Unit, text: &str) -> bool {
        let ends_phrase = [
            self.boundary,
            self.determiner,
            self.conjunction,
            self.verb,
            self.count,
            self.perfect,
            self.of,
            ClassSet::one(self.marks.name),
            ClassSet::one(self.marks.quantity),
        ];
        let word = unit.span.of(text);
        let is_inflected = ["ed", "ing", "ly", "s"].iter().any(|ending| word.ends_with(ending));
        let is_symbol = word.len() == 1;
        !unit.sign
            && !is_symbol
            && !is_inflected
            && !ends_phrase.iter().any(|classes| unit.classes.has_any(*classes))
    }
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_size_makes_a_phrase_of_what_no_list_knows() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let phrases = |text: &str| -> Vec<String> {
            let trace = engine.detector().trace_votes(text);
            trace.phrases.iter().map(|phrase| phrase.span.of(text).to_string()).collect()
        };
        for (text, phrase) in [
            ("The base is a 34B mixture trained by a start-up.", "a 34B mixture"),
            ("We probed a Chinese 671B expert mixture that had appeared.", "a Chinese 671B expert mixture"),
            ("The second player is a 7B from the same family.", "a 7B"),
            ("It starts from an 8B finetuned model.", "an 8B finetuned model"),
            ("They asked a 7B beast twice.", "a 7B beast"),
            ("The two-billion-parameter policy, as it is, is slow.", "The two-billion-parameter policy"),
            ("We froze our 70B speller before the test.", "our 70B speller"),
            ("It is a trillion-parameter mixture with 32B active.", "a trillion-parameter mixture"),
        ] {
            assert!(phrases(text).iter().any(|found| found == phrase), "{text}: {:?}", phrases(text));
        }
        for text in [
            "It works at the 7B scale.",
            "A 7B parameter budget is enough.",
            "The 7B wins.",
            "7B is enough.",
            "A $7B fund paid.",
            "It is shown for a 7B V star.",
        ] {
            assert!(phrases(text).iter().all(|found| !found.contains("7B")), "{text}: {:?}", phrases(text));
        }
    }
}
