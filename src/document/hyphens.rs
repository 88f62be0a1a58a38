//! Words that are parted at the end of a line.

use std::collections::HashSet;

/// The words of a paper that stand whole, in lower case: they tell which hyphens belong to a word.
#[derive(Debug, Default)]
pub(super) struct WholeWords(HashSet<String>);

impl WholeWords {
    /// The words of lines.
    pub(super) fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let words = lines.flat_map(|line| line.split([' ', '\t', '(', ')', ',', '.', ';', ':']));
        Self(words.map(str::to_lowercase).collect())
    }

    /// How two lines go together whose first ends in a hyphen; none where no word is parted there.
    pub(super) fn join(&self, before: &str, after: &str) -> Option<Hyphen> {
        let stem = before.strip_suffix('-')?;
        if !stem.ends_with(char::is_alphabetic) || !after.starts_with(char::is_lowercase) {
            return None;
        }
        let first = before.rsplit([' ', '\n', '\t']).next().unwrap_or_default().to_lowercase();
        let second = after.split([' ', '\n', '\t']).next().unwrap_or_default().to_lowercase();
        let parted = format!("{first}{second}");
        let whole = parted.replacen('-', "", usize::from(first.matches('-').count() == 1));
        // A compound that stands elsewhere with its hyphen keeps it.
        let is_compound = !self.0.contains(&whole) && self.0.contains(&parted);
        Some(if is_compound { Hyphen::Stays } else { Hyphen::Goes })
    }
}

/// What becomes of a hyphen at the end of a line.
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
        let words = WholeWords::of(["a well-known model", "of the language"].into_iter());
        assert_eq!(words.join("our well-", "known one"), Some(Hyphen::Stays));
        assert_eq!(words.join("a large lan-", "guage model"), Some(Hyphen::Goes));
        assert_eq!(words.join("GPT-", "4 and"), None);
        assert_eq!(words.join("state of -", "the art"), None);
    }
}
