//! Words hyphenated at line ends.

use std::collections::HashSet;

use crate::catalogue::Spellings;

/// The lower-cased words of a paper as written within lines; they decide which line-end hyphens belong to a
/// word.
#[derive(Debug, Default)]
pub(super) struct WholeWords(HashSet<String>);

impl WholeWords {
    /// Collects the words of lines, except those that a hyphen at the end of the line before may have parted.
    pub(super) fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let (mut words, mut is_parted) = (HashSet::new(), false);
        for line in lines {
            let line = line.trim();
            let whole = if is_parted { line.split_once(' ').map_or("", |parted| parted.1) } else { line };
            words.extend(whole.split([' ', '\t', '(', ')', ',', '.', ';', ':']).map(str::to_lowercase));
            is_parted = line.ends_with(HYPHENS);
        }
        Self(words)
    }

    /// Decides how to join two lines of which the first ends in a hyphen; `None` if no word continues there.
    pub(super) fn join(&self, before: &str, after: &str) -> Option<Hyphen> {
        let stem = before.strip_suffix(HYPHENS)?;
        let next = after.chars().next().filter(|next| next.is_alphanumeric())?;
        let first = stem.rsplit([' ', '\n', '\t', '(', '[', '“', '"', '/']).next().unwrap_or_default();
        let is_part = |c: char| c.is_alphanumeric();
        let second = after.split(|c| !is_part(c)).next().unwrap_or_default();
        let spellings = Spellings::built_in();
        if !first.ends_with(is_part) || spellings.is_conjunction(second) {
            return None;
        }
        if !first.contains(char::is_alphabetic) {
            // "a 5-shot prompt"; between figures it is a range.
            return next.is_lowercase().then_some(Hyphen::Stays);
        }
        if !next.is_lowercase() || !first.ends_with(char::is_lowercase) || first.contains(is_figure) {
            // A part of a name, such as "GPT-4" or "GPT-based", unless the name is spelled without the hyphen.
            let whole = format!("{first}{second}");
            let is_whole = spellings.is_name(&whole) || self.has(&whole.to_lowercase());
            return Some(if is_whole { Hyphen::Goes } else { Hyphen::Stays });
        }
        let longer = after.split([' ', '\t', '\n', '(', ')', ',', '.', ';', ':']).next().unwrap_or_default();
        let is_compound =
            self.is_compound(&first.to_lowercase(), &second.to_lowercase(), &longer.to_lowercase());
        Some(if is_compound { Hyphen::Stays } else { Hyphen::Goes })
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Returns whether two parts of a word in small letters have a hyphen between them; `longer` is the second one with
    /// all that hyphens join to it.
    fn is_compound(&self, first: &str, second: &str, longer: &str) -> bool {
        let spellings = Spellings::built_in();
        let last = first.rsplit('-').next().unwrap_or_default();
        if self.has(&format!("{first}{second}"))
            || last.len() < first.len() && self.has(&format!("{last}{second}"))
        {
            return false;
        }
        // A compound that stands elsewhere with its hyphen keeps it, and one that many papers write so.
        let whole = format!("{first}-{longer}");
        if self.has(&format!("{first}-{second}"))
            || self.has(&whole)
            || spellings.is_listed_compound(&whole)
            || spellings.is_compound(first, second)
        {
            return true;
        }
        // "state-of-the-art" has words between its hyphens that no syllable is taken for.
        let is_tied = longer.get(second.len()..).is_some_and(|rest| rest.starts_with(HYPHENS));
        if is_tied && spellings.is_link(second) || last.len() < first.len() && spellings.is_link(last) {
            return true;
        }
        // Two long words of the paper that it never writes as one.
        first.len().min(second.len()) >= LONG_WORD && self.has(first) && self.has(second)
    }
}

/// The characters for hyphens.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// Length in bytes from which on a word is hardly a syllable of another.
const LONG_WORD: usize = 6;

fn is_figure(c: char) -> bool {
    c.is_ascii_digit()
}

/// The treatment of a hyphen at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphen {
    Stays,
    Goes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_stays_where_the_paper_writes_it_elsewhere() {
        let words = WholeWords::of(["a well-known model", "of the language, leave-one-out"].into_iter());
        assert_eq!(words.join("our well-", "known one"), Some(Hyphen::Stays));
        assert_eq!(words.join("a large lan-", "guage model"), Some(Hyphen::Goes));
        assert_eq!(words.join("the leave-", "one-out score"), Some(Hyphen::Stays));
        assert_eq!(words.join("state of -", "the art"), None);
    }

    #[test]
    fn two_words_of_the_paper_keep_their_hyphen_unless_it_writes_them_as_one() {
        let words = WholeWords::of(
            [
                "the question had an answer, by answering",
                "the people under whose standing",
                "understanding grew",
            ]
            .into_iter(),
        );
        assert_eq!(words.join("for question-", "answering tasks"), Some(Hyphen::Stays));
        assert_eq!(words.join("for under-", "standing tasks"), Some(Hyphen::Goes));
        let words = WholeWords::of(["a simple-", "minded question-", "answering task"].into_iter());
        assert_eq!(words.join("some question-", "answering it"), Some(Hyphen::Goes), "both are parts here");
    }

    #[test]
    fn a_hyphen_stays_in_compounds_and_names_that_have_one() {
        use Hyphen::{Goes, Stays};
        let words = WholeWords::default();
        for (before, after, joined) in [
            ("a closed-", "source model", Some(Stays)),
            ("the large-", "scale run", Some(Stays)),
            ("the state-of-the-", "art, we", Some(Stays)),
            ("an instruction-", "tuned one", Some(Stays)),
            ("a commer-", "cial chatbot", Some(Goes)),
            ("by Chat-", "GPT and", Some(Goes)),
            ("by (Instruct-", "GPT), then", Some(Goes)),
            ("on Live-", "CodeBench.", Some(Goes)),
            ("by Code-", "Llama on", Some(Stays)),
            ("by GPT-", "4 and", Some(Stays)),
            ("by GPT-3.5-", "turbo and", Some(Stays)),
            ("of 2019-", "2020", None),
            ("a 5-", "shot prompt", Some(Stays)),
            ("the state-", "of-the-art one", Some(Stays)),
            ("an end-", "to-end run", Some(Stays)),
            ("human-in-", "the-loop work", Some(Stays)),
            ("priced per-", "token use", Some(Goes)),
            ("a pay-per-", "use API", Some(Stays)),
            ("a lan-", "guage-model run", Some(Goes)),
            ("an LLM-", "based judge", Some(Stays)),
            ("an LLM-", "as-a-judge run", Some(Stays)),
            ("the AI-", "generated text", Some(Stays)),
            ("a 70B-", "parameter one", Some(Stays)),
            ("a 7-billion-", "parameter one", Some(Stays)),
            ("pre-", "and post-training", None),
        ] {
            assert_eq!(words.join(before, after), joined, "{before}{after}");
        }
    }
}
