//! Formulas for people. Prose keeps them in their notation, which rules read; where a sentence is shown, those
//! that are made of signs and letters alone are shown as they are printed.

use std::borrow::Cow;

use super::symbols::{MATHS_SIGNS, SYMBOLS};

/// Longest notation of a formula, in bytes.
const LONGEST: usize = 120;

/// Returns the text with each simple formula between dollars as it is printed: `$8\times$` as `8×`. Formulas
/// without a command, and those that are more than a line of signs, stay as they are.
pub fn readable_formulas(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut dollars = dollars(text);
    let mut open = dollars.next();
    while let Some(start) = open {
        open = dollars.next();
        let Some(end) = open else { break };
        if let Some(shown) = text.get(start + 1..end).and_then(printed) {
            out.push_str(&text[done..start]);
            out.push_str(&shown);
            done = end + 1;
            open = dollars.next();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Returns the offsets of the dollars that are no signs of a currency behind a backslash.
fn dollars(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('$').map(|(at, _)| at).filter(|at| !text[..*at].ends_with('\\'))
}

/// Returns a formula as it is printed; `None` if it has no command or one without a sign.
fn printed(formula: &str) -> Option<String> {
    if formula.len() > LONGEST || !formula.contains('\\') {
        return None;
    }
    let mut out = String::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' => {
                let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
                let length = letters.max(rest.chars().next()?.len_utf8());
                let (name, behind) = rest.split_at(length);
                out.push_str(sign(name)?);
                rest = behind;
            }
            '^' if rest.starts_with("\\circ") || rest.starts_with("{\\circ}") => {
                out.push('°');
                rest = rest.trim_start_matches('{')["\\circ".len()..].trim_start_matches('}');
            }
            '^' | '_' => {
                out.push(first);
                // Without its braces, an exponent of several signs would end too soon.
                let group = rest.strip_prefix('{').map_or("", |rest| rest.split('}').next().unwrap_or(rest));
                if !group.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    return None;
                }
            }
            '{' | '}' => {}
            '~' => out.push(' '),
            '&' | '\n' => return None,
            _ => out.push(first),
        }
    }
    Some(out)
}

/// Returns what a command prints in a formula.
fn sign(name: &str) -> Option<&'static str> {
    let tables = MATHS_SIGNS.iter().chain(SYMBOLS);
    tables.into_iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_formulas_are_shown_as_they_are_printed() {
        for (written, shown) in [
            ("is 3.1$\\times$ as large", "is 3.1× as large"),
            ("$8\\times$ and $\\sim 7$B, $\\geq 5\\%$", "8× and ∼ 7B, ≥ 5%"),
            ("$1.4 \\times 10^{11}$ at $90^\\circ$", "1.4 × 10^11 at 90°"),
            ("a $\\textbf{D}$ense ${\\times}$ $27{,}000\\,\\mu$", "a Dense × 27,000 μ"),
            ("costs \\$5, $\\pm 2$", "costs \\$5, ± 2"),
        ] {
            assert_eq!(readable_formulas(written), shown, "{written}");
        }
    }

    #[test]
    fn what_is_no_simple_formula_stays_as_it_is() {
        for text in [
            "from $5 to $7 a month",
            "$n$ of $m=5$ models",
            "$\\frac{1}{2}$",
            "$x_{i+1} \\times 2$",
            "$\\unknowncommand$ é $",
            "7\\times$ larger, cut at its start",
            "$\\",
            "",
        ] {
            assert_eq!(readable_formulas(text), text);
        }
        // A formula that was cut, or that stays, does not spoil the next.
        assert_eq!(readable_formulas("n$ and $\\frac12$ and $\\times$"), "n$ and $\\frac12$ and ×");
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_shown(text in "[$\\\\{}^_a-c é&~]{0,40}") {
            let shown = readable_formulas(&text);
            proptest::prop_assert!(shown.len() <= 8 * text.len());
        }
    }
}
