//! Words hyphenated at line ends.

use std::collections::HashSet;

use crate::catalogue::Spellings;

/// The lower-cased words of a paper as written within lines; they decide which line-end hyphens belong to a
/// word.
#[derive(Debug, Default)]
pub(super) struct WholeWords(HashSet<String>);

impl WholeWords {
    /// Collects the words of lines.
    pub(super) fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let words = lines.flat_map(|line| line.split([' ', '\t', '(', ')', ',', '.', ';', ':']));
        Self(words.map(str::to_lowercase).collect())
    }

    /// Decides how to join two lines of which the first ends in a hyphen; `None` if no word continues there.
    pub(super) fn join(&self, before: &str, after: &str) -> Option<Hyphen> {
        let stem = before.strip_suffix(['-', '\u{2010}'])?;
        let next = after.chars().next().filter(|next| next.is_alphanumeric())?;
        let first = stem.rsplit([' ', '\n', '\t', '(', '[', '“', '"', '/']).next().unwrap_or_default();
        let is_part = |c: char| c.is_alphanumeric();
        let second = after.split(|c| !is_part(c)).next().unwrap_or_default();
        let spellings = Spellings::built_in();
        if !first.ends_with(is_part)
            || !first.contains(char::is_alphabetic)
            || spellings.is_conjunction(second)
        {
            return None;
        }
        if !next.is_lowercase() || !first.ends_with(char::is_alphabetic) {
            // A part of a name, such as "GPT-4", unless the name is spelled without the hyphen.
            let whole = format!("{first}{second}");
            let is_whole = spellings.is_name(&whole) || self.0.contains(&whole.to_lowercase());
            return Some(if is_whole { Hyphen::Goes } else { Hyphen::Stays });
        }
        let (first, second) = (first.to_lowercase(), second.to_lowercase());
        let (parted, whole) = (format!("{first}-{second}"), format!("{first}{second}"));
        // A compound that stands elsewhere with its hyphen keeps it, and one that many papers write so.
        let longer = after.split([' ', '\t', '\n', '(', ')', ',', '.', ';', ':']).next().unwrap_or_default();
        let longer = format!("{first}-{}", longer.to_lowercase());
        let is_compound = !self.0.contains(&whole)
            && (self.0.contains(&parted)
                || self.0.contains(&longer)
                || spellings.is_compound(&first, &second));
        Some(if is_compound { Hyphen::Stays } else { Hyphen::Goes })
    }
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
            ("pre-", "and post-training", None),
        ] {
            assert_eq!(words.join(before, after), joined, "{before}{after}");
        }
    }
}
