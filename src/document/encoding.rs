//! Detection of a text's encoding: UTF-8 by default, UTF-16 by its byte order mark, others by a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A supported text encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextEncoding {
    /// UTF-8; invalid bytes become U+FFFD.
    Utf8,
    /// UTF-16, little-endian if `low_first`, else big-endian.
    Utf16 { low_first: bool },
    /// An encoding with one byte per character.
    SingleByte(&'static Encoding),
    /// An encoding with several bytes for some characters, such as Shift_JIS.
    MultiByte(&'static Encoding),
}

/// Number of bytes at the start of a document that are searched for an encoding declaration.
const HEAD: usize = 2048;

/// Returns UTF-16 if the bytes begin with its byte order mark.
pub(super) fn utf16_mark(bytes: &[u8]) -> Option<TextEncoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(TextEncoding::Utf16 { low_first: true }),
        [0xFE, 0xFF, ..] => Some(TextEncoding::Utf16 { low_first: false }),
        _ => None,
    }
}

/// Detects the encoding of bytes that are not entirely valid UTF-8.
///
/// If valid non-ASCII characters are at least as many as invalid sequences, the latter count as damage.
/// Otherwise the document's own declaration decides, and then a guess from its bytes. Encodings with several
/// bytes per character are not guessed.
pub(super) fn encoding_of(bytes: &[u8]) -> TextEncoding {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad {
        return TextEncoding::Utf8;
    }
    let guess = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    let declared = declared(bytes);
    if let Some(encoding) = declared.filter(|encoding| !encoding.is_single_byte()) {
        return TextEncoding::MultiByte(encoding);
    }
    let encoding = declared.unwrap_or_else(guess);
    if encoding.is_single_byte() { TextEncoding::SingleByte(encoding) } else { TextEncoding::Utf8 }
}

/// Returns the encoding that an XML declaration or an HTML page declares, unless it is UTF-8 or UTF-16,
/// which the bytes have shown to be wrong.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?;
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = head.split_once("encoding=").or_else(|| head.split_once("charset="))?.1;
    let label = after.trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'', ' ', '?', '>', ';', '/']).next()?;
    // In an encoding with shift states, a byte alone says nothing of what it is.
    let is_known = |encoding: &&'static Encoding| encoding.is_ascii_compatible() && *encoding != UTF_8;
    Encoding::for_label(label.as_bytes()).filter(is_known)
}

/// Returns the character of each byte in a single-byte encoding.
pub(super) fn letters_of(encoding: &'static Encoding) -> [char; 256] {
    let mut letters = [char::REPLACEMENT_CHARACTER; 256];
    for (byte, letter) in (0..=u8::MAX).zip(&mut letters) {
        let bytes = [byte];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        *letter = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    letters
}

/// Returns the common name of an encoding.
pub(super) fn name_of(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Utf8 => "UTF-8",
        TextEncoding::Utf16 { .. } => "UTF-16",
        TextEncoding::SingleByte(encoding) if encoding == WINDOWS_1252 => "Windows-1252 (Latin-1)",
        TextEncoding::SingleByte(encoding) | TextEncoding::MultiByte(encoding) => encoding.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_bad_bytes_in_utf8_are_damage_and_not_another_encoding() {
        assert_eq!(encoding_of("na\u{EF}ve caf\u{E9} \u{2013}".as_bytes()), TextEncoding::Utf8);
        assert_eq!(encoding_of(b"na\xC3\xAFve caf\xC3\xA9 \xFF"), TextEncoding::Utf8);
    }

    #[test]
    fn latin_1_is_told_by_its_look() {
        let text = b"The na\xEFve approach of M\xFCller and Garc\xEDa \x96 it \x93works\x94";
        assert_eq!(encoding_of(text), TextEncoding::SingleByte(WINDOWS_1252));
    }

    #[test]
    fn a_document_may_say_its_encoding() {
        let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a>\xB3\xF3d\xBC</a>";
        assert_eq!(encoding_of(xml), TextEncoding::SingleByte(encoding_rs::ISO_8859_2));
        let html = b"<html><meta charset=windows-1251><p>\xEF\xF0\xE8\xE2\xE5\xF2";
        assert_eq!(encoding_of(html), TextEncoding::SingleByte(encoding_rs::WINDOWS_1251));
        let html = b"<html><meta charset=Shift_JIS><p>\x93\xFA\x96\x7B\x8C\xEA";
        assert_eq!(encoding_of(html), TextEncoding::MultiByte(encoding_rs::SHIFT_JIS));
    }
}
