//! Classification of superscripts behind a word: exponents, citation or note marks, trademark signs.

use super::character_boundary::ceil_to_character;

/// The kind of a superscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raised {
    /// Ordinary text: the "st" of "1st".
    Text,
    /// The power of a number or a unit.
    Exponent,
    /// Numbers of cited works, which are not part of the word.
    Citation,
    /// A mark without meaning in the sentence.
    Mark,
}

/// Units and functions that take exponents.
const UNITS: &[&str] =
    &["cm", "mm", "km", "nm", "dm", "kg", "ms", "ha", "log", "ln", "sin", "cos", "exp", "Hz"];
/// Trademark signs.
const TRADE: &[&str] = &["TM", "SM", "®", "™", "©", "(R)", "R"];
/// Suffixes of ordinal numbers.
const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "e", "er", "o", "a", "ème", "re"];

/// Longest word looked at before a superscript, in bytes.
const LONGEST_WORD: usize = 100;

/// Classifies a superscript by the text right before it.
pub(super) fn raised(before: &str, text: &str) -> Raised {
    let text = text.trim();
    // No word is longer, and a text may be one word of a million superscripts.
    let before = &before[ceil_to_character(before, before.len().saturating_sub(LONGEST_WORD))..];
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '[', '"', '“', '‘', '$']);
    let Some(last) = word.chars().next_back() else { return Raised::Text };
    let is_number = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || ".,×·*x^−–-/∼~".contains(c));
    // A star behind a single letter is a part of a formula.
    if !text.is_empty()
        && word.chars().nth(1).is_some()
        && text.chars().all(|c| "†‡§¶*∗#♠♣♦♥⋆★✉∥‖,; ".contains(c))
    {
        return Raised::Mark;
    }
    if TRADE.contains(&text) && last.is_alphanumeric() && (text != "R" || word.len() > 2) {
        return Raised::Mark;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let is_list = text.chars().all(|c| c.is_ascii_digit() || ",;–-− ".contains(c));
        // The letters or digits that the word ends in.
        let end = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let has_power = is_number || end.chars().count() == 1 && last.is_alphabetic() || UNITS.contains(&end);
        return match is_list {
            true if has_power => Raised::Exponent,
            true if last.is_alphanumeric() || ".,;:)]”\"'’%".contains(last) => Raised::Citation,
            _ => Raised::Text,
        };
    }
    let is_signed = text
        .strip_prefix(['-', '−', '–', '+'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_signed && last.is_alphanumeric() {
        return Raised::Exponent;
    }
    if is_number && ORDINALS.contains(&text) {
        return Raised::Text;
    }
    let is_letters = text
        .split([',', ' '])
        .all(|letter| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()));
    // "3" of "Llama 3" is no unit that a letter belongs to.
    let is_version = is_number && before.len() > word.len();
    if is_letters && (word.len() > 2 || is_version) && (last.is_alphanumeric() || ".,;:)”".contains(last)) {
        Raised::Mark
    } else {
        Raised::Text
    }
}

/// Like [`raised`], with the character that follows: a superscript inside a word is part of the word.
pub(super) fn raised_before(before: &str, text: &str, after: Option<char>) -> Raised {
    if after.is_some_and(char::is_alphabetic) { Raised::Text } else { raised(before, text) }
}

/// Returns the text to write into the prose for a superscript.
pub(super) fn written(kind: Raised, text: &str) -> String {
    match kind {
        Raised::Text => text.to_string(),
        Raised::Exponent => format!("^{}", text.trim()),
        Raised::Citation => format!("[{}]", text.trim()),
        Raised::Mark => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_citations_and_marks_are_told_apart() {
        for (before, text, kind) in [
            ("with 10", "6", Raised::Exponent),
            ("1.75×10", "11", Raised::Exponent),
            ("10", "-3", Raised::Exponent),
            ("an area of 5 m", "2", Raised::Exponent),
            ("of 5 cm", "2", Raised::Exponent),
            ("s", "−1", Raised::Exponent),
            ("R", "2", Raised::Exponent),
            ("We asked GPT-4", "4", Raised::Citation),
            ("and Claude", "2,3", Raised::Citation),
            ("a language model.", "1–3", Raised::Citation),
            ("(see T5)", "7", Raised::Citation),
            ("the 1", "st", Raised::Text),
            ("ChatGPT", "TM", Raised::Mark),
            ("Jane Doe", "†", Raised::Mark),
            ("a chatbot", "a", Raised::Mark),
            ("Llama 2", "b", Raised::Mark),
            ("Claude 3", "a,b", Raised::Mark),
            ("x", "n", Raised::Text),
            ("let A", "⋆", Raised::Text),
            ("alone ", "3", Raised::Text),
            ("", "3", Raised::Text),
        ] {
            assert_eq!(raised(before, text), kind, "{before}^{text}");
        }
    }
}
