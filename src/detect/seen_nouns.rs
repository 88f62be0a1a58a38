//! The nouns that a paper has used so far, by which a context tells whether a thing is told of again.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::FixedState;

/// The final nouns of a paper's phrases so far, regardless of their number.
#[derive(Debug, Default)]
pub(super) struct SeenNouns(HashSet<Box<str>, FixedState>);

impl SeenNouns {
    /// Adds the noun of a phrase, and returns whether it was there before.
    pub fn saw(&mut self, head: &str) -> bool {
        let noun = head.rsplit(|letter: char| letter.is_whitespace() || letter == '-').next().unwrap_or(head);
        let is_small = noun.bytes().all(|byte| byte.is_ascii_lowercase());
        let noun = if is_small { Cow::Borrowed(noun) } else { Cow::Owned(noun.to_lowercase()) };
        let noun = noun.trim_end_matches('s');
        if self.0.contains(noun) {
            return true;
        }
        self.0.insert(noun.into());
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_is_seen_again_in_the_other_number_and_behind_other_words() {
        let mut seen = SeenNouns::default();
        let was_seen: Vec<bool> =
            ["Models", "language model", "judge", "reward-model", "Judges"].map(|head| seen.saw(head)).into();
        assert_eq!(was_seen, [false, true, false, true, true]);
    }
}
