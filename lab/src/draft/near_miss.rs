//! Near misses: variants of the example without the words that set its mention apart.

use byname::catalogue::Lexicon;
use byname::document::ByteSpan;

use super::phrase_pattern::PhraseParts;

/// Returns texts in which a rule for the marked phrase should find nothing, the closest to the example first.
pub(super) fn near_misses(text: &str, marked: ByteSpan, lexicon: &Lexicon) -> Vec<String> {
    let parts = PhraseParts::new(marked.of(text), lexicon);
    let (determiner, mut head) = (words(parts.determiner.as_ref()), words(parts.head.as_ref()));
    if head.is_empty() && parts.middle.len() > 1 {
        head.extend(parts.middle.last()); // only a regular expression finds it, and looks for more than that
    }
    let (before, after) = (&text[..marked.start], &text[marked.end..]);
    let mut misses = Vec::new();
    if !head.is_empty() {
        let bare = bare_phrase(&determiner, &head);
        if !parts.middle.is_empty() {
            misses.push(format!("{before}{bare}{after}"));
        }
        misses.push(format!("{before}{bare}."));
        misses.push(sentence(&format!("{bare}{after}")));
        misses.push(sentence(&format!("{bare}.")));
    }
    misses.push(sentence(after));
    misses
        .retain(|miss| miss.chars().any(char::is_alphanumeric) && miss != text && !miss.contains(['[', ']']));
    misses.dedup();
    misses
}

fn words<'a>(part: Option<&(Vec<&'a str>, &str)>) -> Vec<&'a str> {
    part.map_or_else(Vec::new, |(words, _)| words.clone())
}

/// Returns the phrase without the words between determiner and head. The article is fitted to the sound of
/// the next word, which its first letter indicates well enough for an example.
fn bare_phrase(determiner: &[&str], head: &[&str]) -> String {
    let vowel =
        head.first().is_some_and(|word| word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']));
    let fitted = |word: &&str| match (*word, vowel) {
        ("a", true) => "an".to_string(),
        ("an", false) => "a".to_string(),
        ("A", true) => "An".to_string(),
        ("An", false) => "A".to_string(),
        (word, _) => word.to_string(),
    };
    let last = determiner.len().saturating_sub(1);
    let article = determiner.iter().enumerate();
    let article = article.map(|(place, word)| if place == last { fitted(word) } else { word.to_string() });
    article.chain(head.iter().map(|word| word.to_string())).collect::<Vec<_>>().join(" ")
}

/// Returns the text from its first letter or digit, which is capitalised.
fn sentence(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;

    use super::*;
    use crate::changes::MarkedText;

    fn misses(marked: &str) -> Vec<String> {
        let read = MarkedText::read(marked).unwrap();
        near_misses(&read.text, read.spans[0], &Catalogue::built_in().unwrap().lexicon)
    }

    #[test]
    fn the_closest_near_miss_lacks_the_telling_words_alone() {
        assert_eq!(misses("We use [an unnamed model] here.")[0], "We use a model here.");
        assert_eq!(misses("We use [a hidden encoder] here.")[0], "We use an encoder here.");
    }

    #[test]
    fn without_telling_words_the_neighbours_go() {
        let misses = misses("Sorted by [a model] that we were given.");
        assert_eq!(
            misses,
            ["Sorted by a model.", "A model that we were given.", "A model.", "That we were given."]
        );
    }
}
