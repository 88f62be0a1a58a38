//! Names that a paper gives in full and then shortens: "Claude Sonnet 4", later "Sonnet".

use std::collections::BTreeMap;

use super::mention::Mention;
use crate::catalogue::{EntityType, Kind, SystemId};
use crate::document::{ByteSpan, single_spaced};

/// A word that stands for a name of the catalogue given elsewhere in the paper.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShortForm {
    /// The word in the text.
    pub span: ByteSpan,
    /// The full name, if only one system named in the paper has this word.
    pub full: Option<Box<str>>,
    /// The systems whose full names in the paper have this word, in the order of the catalogue.
    pub systems: Vec<SystemId>,
}

impl ShortForm {
    /// Makes the mention of the short form.
    pub(super) fn mention(self, sentence: ByteSpan) -> Mention {
        let mention = Mention::by_name(EntityType::Model, self.span, sentence);
        Mention { full_name: self.full, systems: self.systems, ..mention }
    }
}

/// The models named in a paper by full names that share a word.
#[derive(Debug, Default)]
struct Meant<'p> {
    full: Vec<&'p str>,
    systems: Vec<SystemId>,
}

/// Finds every place where a word of a longer name stands alone, in the order of the text. `is_tier` selects
/// the words that can: "Sonnet", but not "Large".
pub(super) fn short_forms(
    prose: &str,
    mentions: &[Mention],
    is_tier: impl Fn(&str) -> bool,
) -> Vec<ShortForm> {
    let named = mentions.iter().filter(|mention| mention.kind == Kind::Named);
    let mut meant: BTreeMap<&str, Meant<'_>> = BTreeMap::new();
    for mention in named.clone().filter(|mention| mention.entity_type == EntityType::Model) {
        let Some(system) = mention.systems.first() else { continue };
        let full = mention.span.of(prose);
        let words = full.split(|c: char| c == '-' || c == '_' || c.is_whitespace());
        for word in words.skip(1).filter(|word| is_capitalised(word) && is_tier(word)) {
            let meant = meant.entry(word).or_default();
            if !meant.systems.contains(system) {
                meant.systems.push(*system);
                meant.full.push(full);
            }
        }
    }
    let mut found = Vec::new();
    if meant.is_empty() {
        return found;
    }
    let mut spans: Vec<ByteSpan> = named.map(|mention| mention.span).collect();
    spans.sort_unstable();
    for (word, Meant { full, mut systems }) in meant {
        systems.sort_unstable();
        let full = (systems.len() == 1).then(|| single_spaced(full[0]).into());
        for at in memchr::memmem::find_iter(prose.as_bytes(), word.as_bytes()) {
            let span = ByteSpan::new(at, at + word.len());
            let next_name = spans.partition_point(|name| name.end <= span.start);
            if stands_alone(prose, span) && spans.get(next_name).is_none_or(|name| !name.overlaps(span)) {
                found.push(ShortForm { span, full: full.clone(), systems: systems.clone() });
            }
        }
    }
    found.sort_unstable_by_key(|form| form.span);
    found
}

/// Tests whether a word is a capital followed by small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.bytes();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_lowercase())
}

/// Tests whether a word is neither joined to another one nor part of a longer name: not "Sonnet-like", not
/// "Sonnet Group".
fn stands_alone(prose: &str, span: ByteSpan) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let before = prose[..span.start].chars().next_back();
    let mut after = prose[span.end..].chars();
    let (next, second) = (after.next(), after.next());
    let ends = match next {
        Some('.' | '/') => second.is_none_or(|c| !c.is_ascii_lowercase()),
        next => next.is_none_or(|c| !joins(c)),
    };
    let in_a_name = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let before_word = prose[..span.start].trim_end().rsplit(char::is_whitespace).next();
    let after_capital = before == Some(' ')
        && before_word
            .is_some_and(|word| in_a_name(word.chars().next()) && word.ends_with(char::is_alphabetic));
    before.is_none_or(|c| !joins(c)) && ends && !(next == Some(' ') && in_a_name(second)) && !after_capital
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(prose: &str, names: &[(&str, u32)]) -> Vec<(String, Option<Box<str>>, usize)> {
        let mentions: Vec<Mention> = names
            .iter()
            .map(|(name, system)| {
                let at = prose.find(name).unwrap();
                let span = ByteSpan::new(at, at + name.len());
                Mention {
                    systems: vec![SystemId(*system)],
                    ..Mention::by_name(EntityType::Model, span, span)
                }
            })
            .collect();
        short_forms(prose, &mentions, |word| word == "Ballad")
            .into_iter()
            .map(|form| (form.span.of(prose).to_string(), form.full, form.systems.len()))
            .collect()
    }

    #[test]
    fn a_word_of_a_name_stands_for_it_where_it_stands_by_itself() {
        let prose = "We ask Orvex Ballad 4 and Miro Large. Ballad is best; of Ballad, (Ballad) and Ballad. Large is small.";
        let whole = Some("Orvex Ballad 4".into());
        let names = [("Orvex Ballad 4", 1), ("Miro Large", 2)];
        assert_eq!(found(prose, &names), vec![("Ballad".to_string(), whole, 1); 4]);
    }

    #[test]
    fn a_word_of_two_names_stands_for_either() {
        let prose = "Orvex Ballad 3 and Orvex Ballad 4: each Ballad fails.";
        let names = [("Orvex Ballad 3", 1), ("Orvex Ballad 4", 2)];
        assert_eq!(found(prose, &names), [("Ballad".to_string(), None, 2)]);
    }

    #[test]
    fn a_word_in_another_name_or_word_is_none() {
        let prose =
            "Orvex Ballad 4. The Ballad Company, Ballad-like, Old Ballad, Ballads, a ballad, Ballad/x.";
        assert_eq!(found(prose, &[("Orvex Ballad 4", 1)]), []);
    }
}
