//! The `ActualText` of marked content, which replaces its letters: for a ligature without a meaning in its
//! font, or a formula.
//!
//! The PDF reader does not support it. So the reduced content encodes it in strokes, since all others are
//! left out: the points of the path are the letters, and a filled path ends the replaced letters.

use pdf_extract::{Path, PathOp};

use super::syntax::{Kind, Lexer, Token};

/// Maximum number of letters; a longer text describes a picture or a page.
const LETTERS: usize = 200;

/// Ends the replaced letters.
pub(super) const END: &[u8] = b"f\n";

/// Returns the replacement text in a dictionary; `None` if it is only a blank or a hyphen, which the places
/// of the letters determine better.
pub(super) fn replacement(content: &Lexer<'_>, dictionary: Token) -> Option<String> {
    let inside = content.text(dictionary);
    let mut lexer = Lexer::new(inside, 0);
    while let Some(token) = lexer.next() {
        if token.kind == Kind::Name && lexer.text(token) == b"/ActualText" {
            let string = lexer.next().filter(|token| token.kind == Kind::Text)?;
            let text = decoded(&bytes_of(lexer.text(string)));
            let is_text = text.contains(char::is_alphanumeric) && !text.contains(char::is_control);
            return Some(text).filter(|text| is_text && text.chars().count() <= LETTERS);
        }
    }
    None
}

/// Encodes a text in strokes.
pub(super) fn strokes(text: &str) -> Vec<u8> {
    let mut strokes = Vec::new();
    for letter in text.chars() {
        strokes.extend_from_slice(format!("{} 0 m\n", u32::from(letter)).as_bytes());
    }
    strokes.extend_from_slice(b"S\n");
    strokes
}

/// Decodes the text of a stroke.
pub(super) fn text_of(path: &Path) -> String {
    let letters = path.ops.iter().filter_map(|point| match point {
        // A number that is no letter is none that was written here.
        PathOp::MoveTo(letter, _) => char::from_u32(*letter as u32),
        _ => None,
    });
    letters.collect()
}

/// Returns the bytes of a string in its source form.
fn bytes_of(written: &[u8]) -> Vec<u8> {
    let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    if written.starts_with(b"<") {
        let digits = inside.iter().filter_map(|byte| char::from(*byte).to_digit(16));
        let digits: Vec<u8> = digits.map(|digit| u8::try_from(digit).unwrap_or_default()).collect();
        return digits
            .chunks(2)
            .map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or_default())
            .collect();
    }
    let (mut bytes, mut rest) = (Vec::new(), inside.iter().copied().peekable());
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b'r') => bytes.push(b'\r'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'b') => bytes.push(8),
            Some(b'f') => bytes.push(12),
            Some(b'\n') | None => {}
            Some(first @ b'0'..=b'7') => {
                let mut code = u16::from(first - b'0');
                for _ in 0..2 {
                    let Some(digit) = rest.next_if(|byte| (b'0'..=b'7').contains(byte)) else { break };
                    code = code * 8 + u16::from(digit - b'0');
                }
                bytes.push(u8::try_from(code & 0xFF).unwrap_or_default());
            }
            Some(other) => bytes.push(other),
        }
    }
    bytes
}

fn decoded(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return String::from_utf16_lossy(&units.collect::<Vec<_>>());
    }
    match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(text) => String::from_utf8_lossy(text).into_owned(),
        None => bytes.iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dictionary: &str) -> Option<String> {
        let lexer = Lexer::new(dictionary.as_bytes(), 0);
        replacement(&lexer, Token { kind: Kind::DictionaryOpen, start: 0, end: dictionary.len() })
    }

    #[test]
    fn strings_are_read_in_all_their_forms() {
        for (dictionary, text) in [
            ("<</ActualText(ffi)>>", "ffi"),
            ("<</Lang(en)/ActualText <FEFF00660066>/E(x)>>", "ff"),
            ("<</ActualText(a\\(b\\)\\143)>>", "a(b)c"),
            ("<</ActualText(\\376\\377\\000f)>>", "f"),
            ("<</ActualText<EFBBBFC3A9>>>", "é"),
        ] {
            assert_eq!(of(dictionary).as_deref(), Some(text), "{dictionary}");
        }
        for none in [
            "<</ActualText<FEFF00AD>>>",
            "<</ActualText( )>>",
            "<</ActualText()>>",
            "<</Alt(x)>>",
            "<</ActualText",
            "<</ActualText(a\\nb)>>",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(of(&format!("<</ActualText({})>>", "x".repeat(201))), None);
    }
}
