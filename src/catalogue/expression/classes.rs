//! Lexicon classes inside of a regular expression: `{{model}}`.

use std::ops::Range;

use regex_syntax::escape;

use super::reading::ExpressionError;
use crate::catalogue::{BUILT_IN_CLASSES, ClassId, Lexicon};

/// A `{{class}}` of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClassPlace {
    /// Where it stands, braces included.
    pub(super) range: Range<usize>,
    pub(super) class: ClassId,
}

/// Every `{{class}}` of an expression, in order.
pub(super) fn places(source: &str, lexicon: &Lexicon) -> Result<Vec<ClassPlace>, ExpressionError> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(next) = source[at..].find(['\\', '{']).map(|offset| at + offset) {
        if source[next..].starts_with('\\') {
            let escaped = source[next + 1..].chars().next().map_or(0, char::len_utf8);
            at = next + 1 + escaped;
            continue;
        }
        if !source[next..].starts_with("{{") {
            at = next + 1;
            continue;
        }
        let Some(length) = source[next + 2..].find("}}") else {
            let message = "these braces are never closed";
            return Err(ExpressionError::new(next..next + 2, message)
                .help("write {{class}}, or \\{ for a brace of the text"));
        };
        let range = next..next + 2 + length + 2;
        let name = &source[next + 2..next + 2 + length];
        places.push(ClassPlace { class: class_of(name, range.clone(), lexicon)?, range: range.clone() });
        at = range.end;
    }
    Ok(places)
}

fn class_of(name: &str, range: Range<usize>, lexicon: &Lexicon) -> Result<ClassId, ExpressionError> {
    if name.is_empty() {
        return Err(ExpressionError::new(range, "no class stands between the braces")
            .help("write the name of a class, as in {{model}}"));
    }
    if let Some((_, about)) = BUILT_IN_CLASSES.iter().find(|(built_in, _)| *built_in == name) {
        let message = format!("{{{{{name}}}}} has no words that could be searched for: it is {about}");
        return Err(ExpressionError::new(range, message).help(format!(
            "ask for it with a pattern beside the `regex`, such as `phrase = \"_* {{{name}}} _*\"`, or write out how it looks"
        )));
    }
    let unknown = || ExpressionError {
        unknown_class: Some(name.to_string()),
        ..ExpressionError::new(range.clone(), format!("there is no lexicon class `{name}`"))
    };
    let class = lexicon.class(name).ok_or_else(unknown)?;
    if words(class, lexicon).next().is_none() {
        return Err(ExpressionError::new(range, format!("the class `{name}` has no words"))
            .help("give the class words in a file under lexicon/, or take it out"));
    }
    Ok(class)
}

/// The words of a class and of those that belong to it.
fn words(class: ClassId, lexicon: &Lexicon) -> impl Iterator<Item = &str> {
    let of_class = lexicon.classes.iter().filter(move |other| other.lineage.has(class));
    of_class.flat_map(|class| class.words.iter().map(String::as_str))
}

/// The expression with a group of plain letters in place of each class, every byte where it was: what is
/// wrong with it can be told by its place.
pub(super) fn masked(source: &str, places: &[ClassPlace]) -> String {
    replaced(source, places, |place| format!("(?:{})", "a".repeat(place.range.len() - "(?:)".len())))
}

/// The expression with the words of each class in its place.
pub(super) fn expanded(source: &str, places: &[ClassPlace], lexicon: &Lexicon) -> String {
    replaced(source, places, |place| {
        let mut words: Vec<&str> = words(place.class, lexicon).collect();
        // The first alternative that matches is taken, and it shall be the longest.
        words.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
        words.dedup();
        let words: Vec<String> = words.into_iter().map(word).collect();
        format!("(?i-x:{})", words.join("|"))
    })
}

/// A word of the lexicon, whatever stands between its parts; words end where letters and digits do.
fn word(word: &str) -> String {
    let parts: Vec<String> = word.split([' ', '-']).filter(|part| !part.is_empty()).map(escape).collect();
    let edge = |character: Option<char>| match character.is_some_and(char::is_alphanumeric) {
        true => "\\b",
        false => "",
    };
    let inner = match parts.is_empty() {
        true => escape(word),
        false => parts.join("[\\s\\-]+"),
    };
    format!("{}{inner}{}", edge(word.chars().next()), edge(word.chars().next_back()))
}

fn replaced(source: &str, places: &[ClassPlace], by: impl Fn(&ClassPlace) -> String) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for place in places {
        text.push_str(&source[at..place.range.start]);
        text.push_str(&by(place));
        at = place.range.end;
    }
    text.push_str(&source[at..]);
    text
}
