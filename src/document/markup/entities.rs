//! Character references: `&amp;`, `&#8211;`, `&eacute;`.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use memchr::memchr;

/// Length in bytes of the longest entity name.
const LONGEST: usize = 40;

/// Parses the entity at the start of a text that begins with `&`: its length in bytes and its meaning.
///
/// Only numeric references and the names of HTML are expanded, in XML too: a document's own declarations are
/// never expanded, so a small file cannot become a large text.
pub(super) fn entity(text: &str) -> Option<(usize, String)> {
    let window = text.as_bytes().get(1..text.len().min(LONGEST))?;
    let end = memchr(b';', window)? + 1;
    let name = text.get(1..end)?;
    let meaning = match name.strip_prefix('#') {
        None => named(name)?,
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            letter_of(code).to_string()
        }
    };
    Some((end + 1, meaning))
}

/// Returns the meaning of an entity name in HTML.
fn named(name: &str) -> Option<String> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let written = format!("&{name};");
    let Ok(Token::String(meant)) = Tokenizer::new(&written).next()? else { return None };
    let meant = String::from_utf8(meant.value.to_vec()).ok()?;
    // Of names that are none, at most a part has been put in: "&ampx;" as "&x;".
    (name == "semi" || !meant.ends_with(';')).then_some(meant)
}

/// Returns the character of a code. Codes without a Unicode character become U+FFFD, and those from 128 to
/// 159 are read as Windows-1252, as pages intend them.
fn letter_of(code: u32) -> char {
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(code).filter(|letter| *letter != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Expands all entities of a text.
pub(in crate::document) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (mut done, mut rest) = (text[..first].to_string(), &text[first..]);
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        done.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match entity(rest) {
            Some((length, meaning)) => {
                done.push_str(&meaning);
                length
            }
            None => {
                done.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    done.push_str(rest);
    Cow::Owned(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_stand_for_characters() {
        assert_eq!(decoded("a&amp;b &#8211; &#x2013; caf&eacute; &alpha; &#150;"), "a&b – – café α –");
        assert_eq!(decoded("plain"), "plain");
    }

    #[test]
    fn what_is_no_entity_stays_as_it_is() {
        assert_eq!(
            decoded("R&D, &lol9; &ampx; &; &#xZZ; &#1114112; &"),
            "R&D, &lol9; &ampx; &; &#xZZ; \u{FFFD} &"
        );
        assert_eq!(decoded("&#0;&#xD800;"), "\u{FFFD}\u{FFFD}");
    }
}
