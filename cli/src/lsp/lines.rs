//! Positions as the protocol counts them: lines and, within a line, code units, both from 0.

use byname::document::floor_to_character;
use gen_lsp_types::{Position, PositionEncodingKind, Range};

/// The code unit that positions count within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every client supports.
    #[default]
    Utf16,
}

impl Encoding {
    /// Chooses bytes if the client offers them, which saves the conversion; otherwise UTF-16.
    pub(super) fn agreed(offered: &[&str]) -> Self {
        if offered.contains(&"utf-8") { Self::Utf8 } else { Self::Utf16 }
    }

    /// Returns the encoding as the protocol names it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }

    fn length_of(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
        }
    }
}

/// Offsets at which the lines of a text begin. A line ends with a line feed, a carriage return, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a text in one pass.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        Self { starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect() }
    }

    /// Returns the position of a byte offset; an offset within a character counts as the start of the
    /// character.
    pub(super) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = floor_to_character(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start..offset).unwrap_or_default();
        Position { line: narrow(line), character: narrow(encoding.length(before)) }
    }

    /// Returns the range between two byte offsets.
    pub(super) fn range(&self, text: &str, start: usize, end: usize, encoding: Encoding) -> Range {
        Range { start: self.position(text, start, encoding), end: self.position(text, end, encoding) }
    }

    /// Returns the byte offset of a position. A position past the end of a line gives the end of that line,
    /// one past the last line the end of the text, and one within a character the start of the character.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(line) = self.line(text, position.line) else { return text.len() };
        let mut left = position.character as usize;
        let mut offset = self.starts.get(position.line as usize).copied().unwrap_or(text.len());
        for letter in line.chars() {
            let length = encoding.length_of(letter);
            if left < length {
                break;
            }
            left -= length;
            offset += letter.len_utf8();
        }
        offset
    }

    /// Returns a line without its line break.
    pub(super) fn line<'t>(&self, text: &'t str, line: u32) -> Option<&'t str> {
        let start = *self.starts.get(line as usize)?;
        let end = self.starts.get(line as usize + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn bytes_and_units_of_utf_16_are_counted() {
        let text = "né 😀 x\r\nzwei\rdrei\n";
        let lines = Lines::new(text);
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(text, x, Encoding::Utf8), at(0, 9));
        assert_eq!(lines.position(text, x, Encoding::Utf16), at(0, 6));
        assert_eq!(lines.offset(text, at(0, 6), Encoding::Utf16), x);
        assert_eq!(lines.position(text, text.find("rei").unwrap(), Encoding::Utf16), at(2, 1));
        assert_eq!(lines.position(text, text.len(), Encoding::Utf16), at(3, 0));
    }

    #[test]
    fn places_that_are_none_are_the_nearest_that_are() {
        let text = "a😀\r\nb";
        let lines = Lines::new(text);
        assert_eq!(lines.offset(text, at(0, 2), Encoding::Utf16), 1, "within a letter");
        assert_eq!(lines.offset(text, at(0, 99), Encoding::Utf16), 5, "before the line break");
        assert_eq!(lines.offset(text, at(9, 0), Encoding::Utf8), text.len());
        assert_eq!(lines.position(text, 99, Encoding::Utf8), at(1, 1));
    }

    #[test]
    fn bytes_are_agreed_on_where_the_client_offers_them() {
        assert_eq!(Encoding::agreed(&["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(Encoding::agreed(&["utf-32"]), Encoding::Utf16);
        assert_eq!(Encoding::agreed(&[]), Encoding::Utf16);
    }

    proptest! {
        #[test]
        fn every_byte_is_found_again(text in "[ab😀é\r\n]{0,30}") {
            let lines = Lines::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                for (offset, letter) in text.char_indices().filter(|(_, letter)| !matches!(letter, '\r' | '\n')) {
                    let found = lines.offset(&text, lines.position(&text, offset, encoding), encoding);
                    prop_assert_eq!(found, offset, "{} {:?}", letter, encoding);
                }
            }
        }
    }
}
