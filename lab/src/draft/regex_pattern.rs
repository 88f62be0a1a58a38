//! Regular expressions that a marked phrase suggests, the widest plausible one first.

use byname::catalogue::Lexicon;
use byname::document::ByteSpan;

use super::phrase_pattern::{DraftPattern, PhraseParts};

/// Most words beside the phrase that an expression may require.
const CONTEXT: usize = 4;

/// Returns expressions for the marked phrase of a text, in the order in which they should be tried.
pub(super) fn expressions(text: &str, marked: ByteSpan, lexicon: &Lexicon) -> Vec<DraftPattern> {
    let mention = format!("(?<mention>{})", phrase(marked.of(text), lexicon));
    let tells = !PhraseParts::new(marked.of(text), lexicon).middle.is_empty();
    let mut found = Vec::new();
    let mut add = |regex: String| found.push(of_source(&regex));
    if tells {
        add(mention.clone());
    }
    let words = |text: &str| text.split_whitespace().map(written).collect::<Vec<_>>();
    let after = words(text[marked.end..].trim_end_matches(['.', '?', '!']));
    let before = words(&text[..marked.start]);
    for count in (1..=CONTEXT.min(after.len())).rev() {
        add(format!("{mention} {}", after[..count].join(" ")));
    }
    for count in (1..=CONTEXT.min(before.len())).rev() {
        add(format!("{} {mention}", before[before.len() - count..].join(" ")));
    }
    add(mention);
    found
}

/// Returns a pattern with the given regular expression alone.
pub(super) fn of_source(regex: &str) -> DraftPattern {
    DraftPattern { phrase: String::new(), before: None, after: None, regex: Some(regex.to_string()) }
}

/// Returns the words of a phrase, with classes for its determiner and its head, a group for the first size,
/// and any number for each other number.
fn phrase(text: &str, lexicon: &Lexicon) -> String {
    let parts = PhraseParts::new(text, lexicon);
    let class = |part: Option<(Vec<&str>, &str)>| part.map(|(_, class)| format!("{{{{{class}}}}}"));
    let mut has_size = false;
    let middle = parts.middle.iter().map(|word| match has_size {
        true => written(word),
        false => {
            let size = with_size(word);
            has_size = size.is_some();
            size.unwrap_or_else(|| written(word))
        }
    });
    let middle: Vec<String> = middle.collect();
    class(parts.determiner).into_iter().chain(middle).chain(class(parts.head)).collect::<Vec<_>>().join(" ")
}

/// Returns a word, escaped, with each of its numbers replaced by any number.
fn written(word: &str) -> String {
    let mut source = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_digit = |c: char| c.is_ascii_digit();
        let length = match is_digit(first) {
            true => rest.find(|c| !is_digit(c)).unwrap_or(rest.len()),
            false => rest.find(is_digit).unwrap_or(rest.len()),
        };
        match is_digit(first) {
            true => source.push_str("\\d+"),
            false => source.push_str(&regex_syntax::escape(&rest[..length])),
        }
        rest = &rest[length..];
    }
    source
}

/// Returns a word with a group for the size in it, as in "O(100b)" or "137B-parameter", or `None` if it holds
/// none.
fn with_size(word: &str) -> Option<String> {
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let number = word[start..].find(|c: char| !(c.is_ascii_digit() || c == '.')).map(|end| start + end)?;
    let scale = word[number..].chars().next().filter(|c| "bBmMtT".contains(*c))?;
    let end = number + scale.len_utf8();
    if word[end..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let before = regex_syntax::escape(&word[..start]);
    let number = format!("{before}\\d+(?:\\.\\d+)?{scale}");
    let after = regex_syntax::escape(&word[end..]);
    // A bracket around the number belongs to it.
    Some(match word[..start].ends_with('(') && word[end..] == *")" {
        true => format!("(?<parameters>{number}{after})"),
        false => format!("(?<parameters>{number}){after}"),
    })
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;

    use super::*;
    use crate::changes::MarkedText;

    fn drafted(marked: &str) -> Vec<String> {
        let read = MarkedText::read(marked).unwrap();
        let lexicon = Catalogue::built_in().unwrap().lexicon;
        expressions(&read.text, read.spans[0], &lexicon).into_iter().filter_map(|draft| draft.regex).collect()
    }

    #[test]
    fn numbers_are_any_and_a_size_is_told() {
        let found = drafted("We ask [an O(100b) model].");
        assert_eq!(found[0], "(?<mention>{{one}} (?<parameters>O\\(\\d+(?:\\.\\d+)?b\\)) {{model}})");
    }

    #[test]
    fn a_phrase_that_tells_nothing_is_asked_for_with_its_neighbours() {
        let found = drafted("Sorted with [language models] on loan in 2021 from us.");
        assert_eq!(found[0], "(?<mention>{{models}}) on loan in \\d+");
        assert!(found.contains(&"Sorted with (?<mention>{{models}})".to_string()), "{found:?}");
    }
}
