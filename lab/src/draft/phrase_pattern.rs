//! Token patterns that a marked phrase suggests, the widest plausible one first.

use byname::catalogue::{Class, Lexicon};
use byname::document::ByteSpan;

/// Most words beside the phrase that a pattern may require.
const CONTEXT: usize = 4;

/// The pattern of a drafted rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftPattern {
    /// The pattern of the phrase; empty if there is a regular expression.
    pub phrase: String,
    /// The pattern of the words before it.
    pub before: Option<String>,
    /// The pattern of the words after it.
    pub after: Option<String>,
    /// A regular expression in place of all of these.
    pub regex: Option<String>,
}

/// A phrase split into the parts of its pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PhraseParts<'a> {
    /// The words of the determiner or the count, with their class.
    pub determiner: Option<(Vec<&'a str>, &'a str)>,
    /// The words between the two.
    pub middle: Vec<&'a str>,
    /// The words of the head, with their class.
    pub head: Option<(Vec<&'a str>, &'a str)>,
}

impl<'a> PhraseParts<'a> {
    /// Splits a phrase with the help of the lexicon.
    pub(super) fn new(phrase: &'a str, lexicon: &'a Lexicon) -> Self {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        let openings = [lexicon.class("determiner"), lexicon.class("count")];
        let begins = |class: &&Class| openings.iter().flatten().any(|opening| class.lineage.has(*opening));
        let first = (1..words.len()).rev().find_map(|count| {
            smallest_class(lexicon, &words[..count], begins).map(|class| (words[..count].to_vec(), class))
        });
        let from = first.as_ref().map_or(0, |(words, _)| words.len());
        let head = (from..words.len()).find_map(|start| {
            smallest_class(lexicon, &words[start..], |class| class.head.is_some())
                .map(|class| (words[start..].to_vec(), class))
        });
        let to = words.len() - head.as_ref().map_or(0, |(words, _)| words.len());
        Self { determiner: first, middle: words[from..to].to_vec(), head }
    }
}

/// Returns the most specific class that holds this phrase: the one with the fewest words.
fn smallest_class<'a>(
    lexicon: &'a Lexicon,
    words: &[&str],
    wanted: impl Fn(&&Class) -> bool,
) -> Option<&'a str> {
    let same = |entry: &String| plain(entry).eq(words.iter().flat_map(|word| plain(word)));
    let classes = lexicon.classes.iter().filter(wanted).filter(|class| class.words.iter().any(same));
    classes.min_by_key(|class| class.words.len()).map(|class| class.name.as_str())
}

/// Returns the words of a text in lower case; hyphens count as blanks.
fn plain(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| c == '-' || c.is_whitespace()).filter(|part| !part.is_empty()).map(str::to_lowercase)
}

/// Returns patterns for the marked phrase of a text, in the order in which they should be tried.
pub(super) fn patterns(text: &str, marked: ByteSpan, lexicon: &Lexicon) -> Vec<DraftPattern> {
    let parts = PhraseParts::new(marked.of(text), lexicon);
    let class = |part: &Option<(Vec<&str>, &str)>| part.as_ref().map(|(_, class)| format!("{{{class}}}"));
    let middle: Vec<String> = parts.middle.iter().map(|word| element(word)).collect();
    let (determiner, head) = (class(&parts.determiner), class(&parts.head));
    let joined = |pieces: &[Option<&str>]| -> String {
        pieces.iter().flatten().filter(|piece| !piece.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    let (first, last, between) = (determiner.as_deref(), head.as_deref(), middle.join(" "));
    let gap = Some("_*");
    let all: Vec<String> = marked.of(text).split_whitespace().map(element).collect();
    let mut found = Vec::new();
    let mut add = |phrase: String, before: Option<String>, after: Option<String>| {
        let pattern = DraftPattern { phrase, before, after, regex: None };
        // A pattern of gaps alone would match everything.
        let says = |phrase: &str| phrase.split(' ').any(|element| !matches!(element, "_*" | "_"));
        if says(&pattern.phrase) && !found.contains(&pattern) {
            found.push(pattern);
        }
    };
    if middle.iter().any(|element| element != "_*") {
        add(joined(&[first, first.and(gap), Some(between.as_str()), last]), None, None);
        add(joined(&[first, gap, Some(between.as_str()), gap, last]), None, None);
        add(joined(&[first, Some(between.as_str()), last]), None, None);
    }
    for phrase in [joined(&[first, gap, last]), joined(&[first, Some(between.as_str()), last])] {
        for count in (1..=CONTEXT).rev() {
            if let Some(after) = words_after(text, marked, count) {
                add(phrase.clone(), None, Some(after));
            }
        }
        for count in (1..=CONTEXT).rev() {
            if let Some(before) = words_before(text, marked, count) {
                add(phrase.clone(), Some(before), None);
            }
        }
    }
    add(all.join(" "), None, None);
    found
}

/// Returns the pattern element of a word: any number for a word that begins with a digit, any words for
/// another one with digits.
fn element(word: &str) -> String {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'');
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        "{number}".to_string()
    } else if word.chars().any(|c| c.is_ascii_digit() || c == '"') {
        "_*".to_string()
    } else if is_word(word) && word.starts_with(char::is_alphanumeric) {
        word.to_lowercase()
    } else {
        format!("\"{}\"", word.to_lowercase())
    }
}

/// Returns exactly `count` words that follow the phrase with only blanks between, or `None` if there are
/// fewer.
fn words_after(text: &str, marked: ByteSpan, count: usize) -> Option<String> {
    let words = plain_words(text.get(marked.end..)?.split_whitespace(), count);
    (words.len() == count).then(|| words.join(" "))
}

fn words_before(text: &str, marked: ByteSpan, count: usize) -> Option<String> {
    let mut words = plain_words(text.get(..marked.start)?.split_whitespace().rev(), count);
    words.reverse();
    (words.len() == count).then(|| words.join(" "))
}

/// Returns the first words, at most `count`, up to one that holds a sign or a digit. A sign at the end of the
/// last word is dropped.
fn plain_words<'a>(words: impl Iterator<Item = &'a str>, count: usize) -> Vec<String> {
    let mut found = Vec::new();
    for word in words.take(count) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() || !bare.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'') {
            break;
        }
        found.push(bare.to_lowercase());
        if bare.len() < word.len() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;

    use super::*;
    use crate::changes::MarkedText;

    fn phrases(marked: &str) -> Vec<DraftPattern> {
        let read = MarkedText::read(marked).unwrap();
        patterns(&read.text, read.spans[0], &Catalogue::built_in().unwrap().lexicon)
    }

    #[test]
    fn the_words_that_tell_come_first_and_their_neighbours_after() {
        let found = phrases("We label them with [a stealth language model].");
        assert_eq!(found[0].phrase, "{one} _* stealth {model}");
        assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (None, None));
        let found = phrases("Sorted by [a model] that we were given access to.");
        assert_eq!(found[0].phrase, "{one} _* {model}");
        assert_eq!(found[0].after.as_deref(), Some("that we were given"));
        assert!(found.iter().any(|pattern| pattern.before.as_deref() == Some("sorted by")), "{found:?}");
    }

    #[test]
    fn signs_and_numbers_become_what_patterns_allow() {
        let found = phrases("We run [a \u{201c}secret\u{201d} 7B model], and more.");
        assert_eq!(found[0].phrase, "{one} _* \"\u{201c}secret\u{201d}\" {number} {model}");
        assert!(found.iter().all(|pattern| pattern.after.is_none()), "{found:?}");
    }
}
