//! Names as keys: fast maps keyed by text, and a normal form for spellings of one name.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;

/// A map keyed by text. The keys come from catalogue files, so it needs no defence against chosen keys.
pub(crate) type NameMap<T> = HashMap<Box<str>, T, FixedState>;

/// Returns a name in lower case without spaces, hyphens, dashes and underscores, so that spellings of one
/// name are equal.
pub fn spelling_key(name: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
    if name.bytes().all(plain) {
        return Cow::Borrowed(name);
    }
    if name.is_ascii() {
        let kept = name.bytes().filter(|byte| !matches!(byte, b' ' | b'-' | b'_'));
        let mut key = String::with_capacity(name.len());
        key.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        return Cow::Owned(key);
    }
    let kept = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{2010}'..='\u{2013}'));
    Cow::Owned(kept.flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        assert_eq!(spelling_key("GPT-4 Turbo"), spelling_key("gpt4-turbo"));
        assert_ne!(spelling_key("GPT-3.5"), spelling_key("GPT-35"));
    }
}
