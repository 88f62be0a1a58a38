//! Positions of the characters of a TOML string in its source file.

use std::ops::Range;

use crate::document::floor_to_character;

/// Returns the offset in `source` of byte `at` of the TOML string that is written at `span`, quotation marks
/// included: an escape such as `\"` is longer in the file than in the text.
pub(super) fn offset_in_source(source: &str, span: Range<usize>, at: usize) -> usize {
    let written = source.get(span.clone()).unwrap_or_default();
    let quote = written.chars().next().unwrap_or('\'');
    let is_long = written.len() >= 6 && written.bytes().take(3).all(|byte| byte == quote as u8);
    let mut place = if is_long { 3 } else { 1 };
    if is_long {
        let rest = written.get(place..).unwrap_or_default();
        place += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    }
    let mut read = 0;
    loop {
        let rest = written.get(place..).unwrap_or_default();
        let Some(next) = rest.chars().next() else { break };
        let (length, meant) = if next == '\\' && quote == '"' { escape(rest) } else { one(next) };
        // A line that is broken off means nothing, so it stands before the character.
        if read >= at && meant > 0 {
            break;
        }
        place += length;
        read += meant;
    }
    span.start + floor_to_character(written, place)
}

fn one(character: char) -> (usize, usize) {
    (character.len_utf8(), character.len_utf8())
}

/// Returns the length in bytes of an escape in the file and in the text.
fn escape(rest: &str) -> (usize, usize) {
    let digits = match rest.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        // A line that is broken off goes on at the next word.
        Some(b'\n' | b'\r' | b' ' | b'\t') => {
            return (1 + rest[1..].len() - rest[1..].trim_start().len(), 0);
        }
        Some(_) => return (2, 1),
        None => return (1, 1),
    };
    let code = rest.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::Spanned;

    use super::*;

    fn place_of(source: &str, wanted: char) -> usize {
        let read: std::collections::BTreeMap<String, Spanned<String>> = toml::from_str(source).unwrap();
        let text = &read["a"];
        offset_in_source(source, text.span(), text.get_ref().find(wanted).unwrap())
    }

    #[test]
    fn escapes_and_long_texts_are_counted_as_they_are_written() {
        for source in [
            "a = 'bc X'",
            r#"a = "\"(\" X""#,
            r#"a = "\u00e9\U0001F600\t X""#,
            "a = '''\nb X'''",
            "a = \"\"\"b \\\n   X\"\"\"",
        ] {
            assert_eq!(place_of(source, 'X'), source.find('X').unwrap(), "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_place_in_it(source in "[\"'\\\\xuU0-9a-fé\n ]{0,20}", at in 0usize..30) {
            let place = offset_in_source(&source, 0..source.len(), at);
            prop_assert!(place <= source.len().max(1) && source.is_char_boundary(place.min(source.len())));
        }
    }
}
