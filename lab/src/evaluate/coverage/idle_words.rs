//! Words of the lexicon that occur in no example and no test.

use byname::Engine;
use byname::catalogue::Lexicon;

use super::{IdleWords, TextTest};

/// Returns the text of every example and test.
pub(super) fn texts<'a>(engine: &'a Engine, own: usize, tests: &'a [TextTest]) -> Vec<&'a str> {
    let examples = engine.catalogue().rules.iter().take(own).flat_map(|rule| &rule.examples);
    examples
        .map(|example| example.text.as_str())
        .chain(tests.iter().map(|test| test.text.text.as_str()))
        .collect()
}

/// Returns the words that occur in none of the texts, by class, and the number of all words.
pub(super) fn idle_words(lexicon: &Lexicon, texts: &[&str]) -> (Vec<IdleWords>, usize) {
    let plain: Vec<String> = texts.iter().map(|text| plain_words(text)).collect();
    let all = plain.join("\n");
    let mut total = 0;
    let mut classes = Vec::new();
    for class in lexicon.classes.iter().filter(|class| !class.words.is_empty()) {
        total += class.words.len();
        let words: Vec<String> =
            class.words.iter().filter(|word| !all.contains(&plain_words(word))).cloned().collect();
        if !words.is_empty() {
            classes.push(IdleWords { class: class.name.clone(), of: class.words.len(), words });
        }
    }
    (classes, total)
}

/// Returns the words and signs of a text, each between blanks, in lower case; hyphens count as blanks.
fn plain_words(text: &str) -> String {
    let mut plain = String::from(" ");
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            '-' | ' ' | '\n' | '\t' if plain.ends_with(' ') => {}
            '-' | ' ' | '\n' | '\t' => plain.push(' '),
            _ if character.is_alphanumeric() || character == '\'' => plain.push(character),
            _ => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
                plain.push(character);
                plain.push(' ');
            }
        }
    }
    // A possessive ending is a word of its own.
    format!(" {} ", format!("{plain} ").replace("'s ", " 's ").trim())
}
