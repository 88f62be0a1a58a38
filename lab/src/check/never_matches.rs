//! Checks for parts of patterns that no text can match.

use byname::catalogue::{Check, Fault, Lexicon};
use byname::detect::{Direction, PatternAnalysis, Unreachable};

use super::site::Site;

/// Reports every unit of a rule's patterns that no text can match.
pub(super) fn look(
    site: &Site<'_>,
    lexicon: &Lexicon,
    analysis: &mut PatternAnalysis,
    faults: &mut Vec<Fault>,
) {
    for (key, pattern) in site.patterns() {
        let is_phrase = key.ends_with("phrase") && site.rule.names.is_none();
        let direction = if key.ends_with("before") { Direction::Backward } else { Direction::Forward };
        let dead = analysis.dead_units(&pattern.pattern, direction, is_phrase);
        let whole = pattern.pattern.count();
        let mut rest = dead.as_slice();
        while let Some((first, why)) = rest.first() {
            let run =
                rest.iter().enumerate().take_while(|(at, (unit, other))| *unit == first + at && other == why);
            let length = run.count();
            rest = &rest[length..];
            let all = if length == whole { "this pattern" } else { "this part of the pattern" };
            let (cause, help) = cause_and_help(*why);
            let message = format!("no text can match {all}: {cause}");
            faults.push(
                site.warning(Check::NeverMatches, pattern, *first..first + length, lexicon, message)
                    .help(help),
            );
        }
    }
}

fn cause_and_help(why: Unreachable) -> (&'static str, &'static str) {
    match why {
        Unreachable::NoUnit => (
            "the tokeniser never produces this as one token",
            "write its parts apart, each sign between quotation marks",
        ),
        Unreachable::EmptyClass => ("no word belongs to the class", "give the class words, or take it out"),
        Unreachable::NoPath => (
            "with what stands beside it, it is one unit, or the phrase would end in no head word",
            "write a phrase that the lexicon lists in one piece, as in `(language model | vision model)`; let a phrase end in a head word",
        ),
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Check;

    use crate::check::samples::{marked_of, warnings_of};

    #[test]
    fn what_no_text_can_match_is_marked() {
        for (keys, marked) in [
            ("phrase = '{one} (big | \"at least\") {model}'", "\"at least\""),
            ("phrase = \"{one} (don't | do) {model}\"", "don't"),
            ("phrase = '{one} large (language | vision) model'", "language"),
            ("phrase = '{one} ({model} | quickly)'", "quickly"),
            ("phrase = '{one} {model}'\nbefore = 'large (language | x) model'", "language"),
        ] {
            assert_eq!(marked_of(keys, Check::NeverMatches), [marked], "{keys}");
        }
    }

    #[test]
    fn what_a_text_can_match_is_left_alone() {
        for keys in [
            "phrase = '{one} large language model'",
            "phrase = '{one} (language model | vision system)'",
            "phrase = '{one} _* {model}'\nafter = '\"(\" ... \")\"'",
            "phrase = '{one} {model}'\nbefore = \"the \\\"'s\\\" (state-of-the-art | e \\\".\\\" g \\\".\\\")\"",
        ] {
            assert_eq!(warnings_of(keys), Vec::<String>::new(), "{keys}");
        }
    }
}
