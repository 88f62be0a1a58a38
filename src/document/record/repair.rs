//! Repair of almost-JSON that some programs write: NaN and infinite numbers, lone surrogates, control
//! characters in strings.

/// The note on a repaired record.
pub(super) const NOTE: &str = "this is not quite JSON; NaN and Infinity were read as null, half letters as U+FFFD, control characters as they stand";

/// Returns the line with these faults repaired; `None` if it has none of them.
pub(super) fn repaired(line: &str) -> Option<String> {
    let mut mended = String::with_capacity(line.len() + 16);
    let (mut in_string, mut changed, mut rest) = (false, false, line);
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '"' => {
                in_string = !in_string;
                mended.push(letter);
            }
            '\\' if in_string => {
                let (taken, written) = escape(rest);
                length = taken;
                changed |= written.is_some();
                mended.push_str(written.unwrap_or(&rest[..taken]));
            }
            letter if in_string && letter.is_control() && letter.is_ascii() => {
                changed = true;
                mended.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            'N' | 'I' | '-' if !in_string => {
                match ["NaN", "Infinity", "-Infinity", "-NaN"].iter().find(|word| rest.starts_with(**word)) {
                    Some(word) => {
                        (length, changed) = (word.len(), true);
                        mended.push_str("null");
                    }
                    None => mended.push(letter),
                }
            }
            _ => mended.push(letter),
        }
        rest = &rest[length..];
    }
    changed.then_some(mended)
}

/// Returns the length of an escape in bytes, and its replacement if it is a lone surrogate.
fn escape(text: &str) -> (usize, Option<&'static str>) {
    let unit = |text: &str| u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let whole = 1 + text[1..].chars().next().map_or(0, char::len_utf8);
    match unit(text) {
        Some(0xD800..=0xDBFF) => match text.get(6..).and_then(unit) {
            Some(0xDC00..=0xDFFF) => (12, None),
            _ => (6, Some("\\ufffd")),
        },
        Some(0xDC00..=0xDFFF) => (6, Some("\\ufffd")),
        Some(_) => (6, None),
        None => (whole, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_no_json_is_changed() {
        for (line, mended) in [
            (r#"{"a":NaN,"b":[-Infinity,Infinity]}"#, Some(r#"{"a":null,"b":[null,null]}"#)),
            (
                r#"{"a":"lone \ud83d and \ude00 and \ud83d\ude00"}"#,
                Some(r#"{"a":"lone \ufffd and \ufffd and \ud83d\ude00"}"#),
            ),
            ("{\"a\":\"x\ty\"}", Some("{\"a\":\"x\\u0009y\"}")),
            (r#"{"a":"NaN \" Infinity \\","b":-1}"#, None),
            (r#"{"a":"\u00e9\n"}"#, None),
        ] {
            assert_eq!(repaired(line).as_deref(), mended, "{line}");
        }
    }
}
