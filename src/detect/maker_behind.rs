//! Versions that stand before the name of their maker or family: "R1 from DeepSeek" is DeepSeek R1.

use super::name::NameMention;
use super::name_index::NameIndex;
use super::vocabulary::Vocabulary;
use crate::catalogue::ClassSet;
use crate::document::{ByteSpan, ceil_to_character};

/// Longest version or preposition, in bytes.
const LONGEST_WORD: usize = 12;

/// Moves each name that a preposition ties to a version before it to that version, if the catalogue knows the
/// two together: of "V3 from DeepSeek" the mention is "V3". `names` are in the order of the text and stay so.
pub(super) fn move_to_versions(
    prose: &str,
    index: &NameIndex,
    words: &Vocabulary,
    preposition: ClassSet,
    names: &mut [NameMention],
) {
    let mut free_from = 0;
    for name in names {
        let span = name.span;
        let version = version_before(prose, span.start, words, preposition);
        if let Some(version) = version.filter(|version| version.start >= free_from) {
            let together = format!("{} {}", span.of(prose), version.of(prose));
            let known = index.beginning_of(&together).filter(|known| known.span.end == together.len());
            if let Some(known) = known.filter(|known| !known.other_version) {
                *name = NameMention { span: version, ..known };
            }
        }
        free_from = span.end;
    }
}

/// Returns the version that a preposition ties to the name which starts at a byte.
fn version_before(prose: &str, name: usize, words: &Vocabulary, preposition: ClassSet) -> Option<ByteSpan> {
    let tie = word_before(prose, name).filter(|word| words.is_in(word.of(prose), preposition))?;
    let version = word_before(prose, tie.start)?;
    let text = version.of(prose);
    let is_version = text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.ends_with(|last: char| last.is_ascii_digit());
    is_version.then_some(version)
}

/// Returns the word before a blank that ends at a byte.
fn word_before(prose: &str, at: usize) -> Option<ByteSpan> {
    let end = at.checked_sub(1).filter(|end| prose.as_bytes()[*end].is_ascii_whitespace())?;
    let window = prose.get(ceil_to_character(prose, end.saturating_sub(LONGEST_WORD + 1))..end)?;
    let blank = window.rfind(|c: char| c.is_ascii_whitespace() || c == '(')?;
    let start = end - window.len() + blank + 1;
    (start < end).then(|| ByteSpan::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon, SystemId};
    use crate::detect::marked_names::marked_names;
    use crate::detect::name::KnownName;

    #[test]
    fn a_version_from_a_maker_is_the_name_that_the_two_make() {
        let known = |name, id| KnownName { name, system: SystemId(id), common_word: false, uses: 0 };
        let names = [known("Orvex", 0), known("Orvex R1", 1), known("Orvex-V3.1", 2)];
        let index = NameIndex::new([], names.into_iter());
        let text = "[preposition]\nabout='x'\nwords=['from', 'by']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let words = Vocabulary::new(&lexicon);
        for (marked, expected) in [
            ("both o3 and R1 from [Orvex] win", "R1"),
            ("(V3.1 by [Orvex]) wins", "V3.1"),
            ("R2 from [Orvex] and Table 1 from [Orvex]", "Orvex Orvex"),
            ("R1 beats [Orvex] R1 from\n[Orvex] é from [Orvex]", "Orvex R1 Orvex"),
        ] {
            let (prose, mut names) = marked_names(marked);
            move_to_versions(&prose, &index, &words, lexicon.set_of("preposition"), &mut names);
            let found: Vec<&str> = names.iter().map(|name| name.span.of(&prose)).collect();
            assert_eq!(found.join(" "), expected, "{marked}");
        }
    }
}
