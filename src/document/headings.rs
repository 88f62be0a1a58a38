//! Recognition of headings by their form, where the format does not mark them.

/// A heading, split into its number and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// The text without its number.
    pub(super) text: String,
    /// The level by its number: 1 for "2", 2 for "2.1".
    pub(super) depth: u8,
    pub(super) is_numbered: bool,
}

/// Parses a line as a heading. A dotted number, the letter of an appendix or a Roman numeral may come first;
/// the text then begins in upper case and does not end like a sentence. If `is_marked`, the line stands out,
/// and so may have more than a few words.
pub(super) fn heading_of(line: &str, is_marked: bool) -> Option<Heading> {
    let line = line.trim();
    let (number, rest) = number_of(line);
    let text = rest.trim();
    let words = text.split_whitespace().count();
    // "References:", "3. Models and data:", not "We ask for:"
    let may_have_colon = number.is_some() || words <= 2;
    let text = text.strip_suffix(':').filter(|_| may_have_colon && !is_marked).unwrap_or(text);
    let begins = text.starts_with(|letter: char| letter.is_uppercase() || (is_marked && letter.is_numeric()));
    let ends = text.ends_with(['.', ',', ';', ':', '-']) && !is_marked;
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if !begins
        || ends
        || words > if is_marked { 20 } else { 10 }
        || letters * 2 < text.chars().count()
        || letters < 3
    {
        return None;
    }
    let depth = number.map_or(1, |number| {
        let parts = number.split('.').filter(|part| !part.is_empty()).count();
        u8::try_from(parts).unwrap_or(u8::MAX).max(1)
    });
    Some(Heading { text: text.to_string(), depth, is_numbered: number.is_some() })
}

/// Returns whether a line is the number of a heading that stands on the next line.
pub(super) fn is_number_of_heading(line: &str) -> bool {
    line.len() <= 8 && !line.contains(' ') && number_of(&format!("{line} X")).0.is_some()
}

/// Splits a heading into its number, if any, and the rest.
fn number_of(line: &str) -> (Option<&str>, &str) {
    let Some((first, rest)) = line.split_once(' ') else { return (None, line) };
    let bare = first.trim_end_matches(['.', ':', ')']);
    let is_number =
        |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman =
        |part: &str| !part.is_empty() && part.len() <= 5 && part.bytes().all(|byte| b"IVX".contains(&byte));
    let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut parts = bare.split('.');
    let begins = parts.next().is_some_and(|part| is_number(part) || is_roman(part) || is_letter(part));
    // "A model" and "I think" begin no appendix: of a letter, a mark must follow, or a number.
    let is_bare_letter = (is_letter(bare) || is_roman(bare)) && bare == first;
    if begins && parts.all(is_number) && (!is_bare_letter || rest.starts_with(char::is_uppercase)) {
        (Some(bare), rest)
    } else {
        (None, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_taken_apart() {
        let found = |line: &str| {
            heading_of(line, false).map(|heading| (heading.text, heading.depth, heading.is_numbered))
        };
        assert_eq!(found("1 Introduction"), Some(("Introduction".into(), 1, true)));
        assert_eq!(found("2.1. Data sets"), Some(("Data sets".into(), 2, true)));
        assert_eq!(found("A.3 Prompts"), Some(("Prompts".into(), 2, true)));
        assert_eq!(found("IV. RESULTS"), Some(("RESULTS".into(), 1, true)));
        assert_eq!(found("References"), Some(("References".into(), 1, false)));
        assert_eq!(found("References:"), Some(("References".into(), 1, false)));
        assert_eq!(found("7. Works cited here:"), Some(("Works cited here".into(), 1, true)));
        assert_eq!(found("A model of ours"), Some(("A model of ours".into(), 1, false)));
    }

    #[test]
    fn sentences_and_numbers_are_no_headings() {
        for line in [
            "3 of them failed",
            "They fall into:",
            "We ask a model.",
            "12.5 13.4 99",
            "and so on",
            "2020",
            "",
        ] {
            assert_eq!(heading_of(line, false), None, "{line}");
        }
    }
}
