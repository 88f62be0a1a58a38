//! Entities: `&amp;`, `&#8211;`, `&eacute;`.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::escape::resolve_html5_entity;

/// Bytes of the longest name that any entity has.
const LONGEST: usize = 40;

/// What an entity stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Letter(char),
    Text(&'static str),
}

impl Meaning {
    pub(super) fn push_to(self, text: &mut String) {
        match self {
            Self::Letter(letter) => text.push(letter),
            Self::Text(meant) => text.push_str(meant),
        }
    }
}

/// The entity at the start of a text, which begins with `&`: its length in bytes and what it stands for.
///
/// Only characters by number and the names that HTML knows are entities, in XML too: what a document
/// declares for itself is never put in, so a small file cannot become a large text.
pub(super) fn entity(text: &str) -> Option<(usize, Meaning)> {
    let window = text.as_bytes().get(1..text.len().min(LONGEST))?;
    let end = memchr(b';', window)? + 1;
    let name = text.get(1..end)?;
    let meaning = match name.strip_prefix('#') {
        None => Meaning::Text(resolve_html5_entity(name)?),
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Meaning::Letter(letter_of(code))
        }
    };
    Some((end + 1, meaning))
}

/// The character of a number. Numbers that Unicode has no letter for are read as U+FFFD, and those
/// from 128 to 159 as in Windows-1252, since that is what pages mean by them.
fn letter_of(code: u32) -> char {
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(code).filter(|letter| *letter != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text with all its entities put in.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (mut done, mut rest) = (text[..first].to_string(), &text[first..]);
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        done.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match entity(rest) {
            Some((length, meaning)) => {
                meaning.push_to(&mut done);
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
        assert_eq!(decoded("a&amp;b &#8211; &#x2013; caf&eacute; &#150;"), "a&b – – café –");
        assert_eq!(decoded("plain"), "plain");
    }

    #[test]
    fn what_is_no_entity_stays_as_it_is() {
        assert_eq!(decoded("R&D, &lol9; &; &#xZZ; &#1114112; &"), "R&D, &lol9; &; &#xZZ; \u{FFFD} &");
        assert_eq!(decoded("&#0;&#xD800;"), "\u{FFFD}\u{FFFD}");
    }
}
