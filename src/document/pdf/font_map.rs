//! Bounded reading and rewriting of a font's character map, since one line of a table may claim four billion
//! characters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::syntax::{Kind, Lexer, Token, is_nested};

/// Maximum number of characters of a font.
const LETTERS: usize = 0x1_0000;
/// Maximum number of steps through ranges, which may define the same characters again.
const STEPS: usize = 4 * LETTERS;
/// Maximum number of bytes that one character maps to.
const BYTES: usize = 512;

/// Maximum size in bytes of a table that is left unchanged.
const TABLE: usize = 1 << 20;

/// Returns whether a table maps no more characters than a font has, so that any reader may read it: all its
/// ranges are understood here, and their ends are written unambiguously.
fn is_plain(table: &[u8]) -> bool {
    let mut ranges = memchr::memmem::find_iter(table, b"beginbfrange").count();
    let mut letters = 0usize;
    let mut lexer = Lexer::new(table, 0);
    while let Some(token) = lexer.next() {
        if lexer.text(token) != b"beginbfrange" {
            continue;
        }
        ranges = ranges.saturating_sub(1);
        while let Some(first) = lexer.next().filter(|token| token.kind == Kind::Text) {
            let Some(last) = lexer.next().filter(|token| token.kind == Kind::Text) else { return false };
            if [first, last].iter().any(|token| lexer.text(*token).starts_with(b"(")) {
                return false;
            }
            let [first, last] = [first, last].map(|token| code_of(&string(&lexer, token)));
            letters = letters.saturating_add((last.saturating_sub(first) as usize).saturating_add(1));
            if lexer.next().is_some_and(|token| token.kind == Kind::ArrayOpen) {
                while lexer.next().is_some_and(|token| token.kind != Kind::ArrayClose) {}
            }
        }
    }
    ranges == 0 && letters <= LETTERS && table.len() <= TABLE && !is_nested(table)
}

/// Returns an equivalent table from characters to Unicode that maps no more of them than a font has.
pub(super) fn clean(table: &[u8]) -> Cow<'_, [u8]> {
    if is_plain(table) { Cow::Borrowed(table) } else { Cow::Owned(written_anew(table)) }
}

fn written_anew(table: &[u8]) -> Vec<u8> {
    let mut written = Vec::from(&b"/CMapName /X def\n"[..]);
    let letters = read(table);
    for (index, (code, text)) in letters.iter().enumerate() {
        if index % 100 == 0 {
            let count = (letters.len() - index).min(100);
            let end = if index == 0 { "" } else { "endbfchar\n" };
            written.extend_from_slice(format!("{end}{count} beginbfchar\n").as_bytes());
        }
        let text: String = text.iter().map(|byte| format!("{byte:02X}")).collect();
        written.extend_from_slice(format!("<{code:08X}> <{text}>\n").as_bytes());
    }
    if !letters.is_empty() {
        written.extend_from_slice(b"endbfchar\n");
    }
    written
}

/// Returns the characters of a table by their codes.
fn read(table: &[u8]) -> BTreeMap<u32, Vec<u8>> {
    let mut letters = BTreeMap::new();
    let mut left = STEPS;
    let mut lexer = Lexer::new(table, 0);
    while let Some(token) = lexer.next() {
        match lexer.text(token) {
            b"beginbfchar" => read_letters(&mut lexer, &mut letters),
            b"beginbfrange" => read_ranges(&mut lexer, &mut letters, &mut left),
            _ => {}
        }
    }
    letters
}

fn add(letters: &mut BTreeMap<u32, Vec<u8>>, code: u32, text: Vec<u8>) {
    let units = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    // What is no whole text in UTF-16 means nothing.
    let is_text = text.len().is_multiple_of(2) && char::decode_utf16(units).all(|letter| letter.is_ok());
    if is_text && text.len() <= BYTES && (letters.len() < LETTERS || letters.contains_key(&code)) {
        letters.insert(code, text);
    }
}

fn read_letters(lexer: &mut Lexer<'_>, letters: &mut BTreeMap<u32, Vec<u8>>) {
    while let Some(code) = lexer.next().filter(|token| token.kind == Kind::Text) {
        let Some(text) = lexer.next().filter(|token| token.kind == Kind::Text) else { return };
        add(letters, code_of(&string(lexer, code)), string(lexer, text));
    }
}

fn read_ranges(lexer: &mut Lexer<'_>, letters: &mut BTreeMap<u32, Vec<u8>>, left: &mut usize) {
    while let Some(first) = lexer.next().filter(|token| token.kind == Kind::Text) {
        let Some(last) = lexer.next().filter(|token| token.kind == Kind::Text) else { return };
        let (first, last) = (code_of(&string(lexer, first)), code_of(&string(lexer, last)));
        let Some(to) = lexer.next() else { return };
        match to.kind {
            Kind::Text => {
                let start = string(lexer, to);
                let (head, tail) = start.split_at(start.len().saturating_sub(2));
                let [high, low] = *tail else { continue };
                let from = u16::from_be_bytes([high, low]);
                // A font has no more letters, whatever its table claims.
                for (step, code) in (first..=last).take(LETTERS.min(*left)).enumerate() {
                    let unit = from.wrapping_add(u16::try_from(step).unwrap_or(u16::MAX));
                    *left -= 1;
                    add(letters, code, [head, &unit.to_be_bytes()].concat());
                }
            }
            Kind::ArrayOpen => {
                let mut code = first;
                while let Some(text) = lexer.next().filter(|token| token.kind == Kind::Text) {
                    if code <= last {
                        add(letters, code, string(lexer, text));
                    }
                    code = code.saturating_add(1);
                }
            }
            _ => return,
        }
    }
}

fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| (code << 8) | u32::from(*byte))
}

/// Returns the bytes of a hexadecimal string, or the literal bytes of one in brackets.
fn string(lexer: &Lexer<'_>, token: Token) -> Vec<u8> {
    let text = lexer.text(token);
    if text.starts_with(b"(") {
        return text.get(1..text.len().saturating_sub(1)).unwrap_or_default().to_vec();
    }
    let digits: Vec<u8> = text
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap_or_default())
        .collect();
    digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(table: &str) -> Vec<(u32, String)> {
        let text = |bytes: Vec<u8>| {
            let units = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        };
        read(table.as_bytes()).into_iter().map(|(code, bytes)| (code, text(bytes))).collect()
    }

    #[test]
    fn letters_and_ranges_say_what_they_stand_for() {
        let table = "/X def 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <01> <0041> \
                     <0002><00660069> endbfchar 2 beginbfrange <10> <12> <0061> <20><21>[<0042> <0043>] endbfrange";
        let expected = [(1, "A"), (2, "fi"), (16, "a"), (17, "b"), (18, "c"), (32, "B"), (33, "C")];
        let expected: Vec<_> = expected.into_iter().map(|(code, text)| (code, text.to_string())).collect();
        assert_eq!(letters(table), expected);
        let again = String::from_utf8(written_anew(table.as_bytes())).unwrap();
        assert_eq!(letters(&again), expected);
    }

    #[test]
    fn ranges_come_to_no_more_letters_than_a_font_has() {
        let range = "<00000000> <FFFFFFFF> <0000>\n";
        let found = read(format!("9 beginbfrange {} endbfrange", range.repeat(2000)).as_bytes());
        assert!((1000..=LETTERS).contains(&found.len()));
        let far: String =
            (0..100).map(|high| format!("<{high:02X}000000> <{high:02X}FFFFFF> <0000>\n")).collect();
        assert_eq!(read(format!("9 beginbfrange {far} endbfrange").as_bytes()).len(), LETTERS);
    }

    #[test]
    fn only_tables_that_mean_one_thing_are_left_as_they_are() {
        let plain = "/R (Adobe) def 1 beginbfrange <00> <FF> <0000> endbfrange";
        assert_eq!(clean(plain.as_bytes()), plain.as_bytes());
        for other in [
            plain.replace("<FF>", "<FFFFFFFF>"),
            plain.replace("<FF>", "(\\377\\377\\377\\377)"),
            plain.replace("1 begin", "1begin"),
            plain.replace("<0000>", "[<0000>] <00> <FFFFFF> <0000>"),
            format!("{plain}{}", "[".repeat(100)),
        ] {
            assert!(clean(other.as_bytes()).starts_with(b"/CMapName"), "{other}");
        }
    }

    #[test]
    fn brackets_in_brackets_are_no_harm() {
        assert_eq!(letters(&format!("{}1 beginbfchar <01> <0041>", "[(".repeat(100_000))), []);
        assert!(letters(&"[".repeat(100_000)).is_empty());
    }
}
