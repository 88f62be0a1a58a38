//! Checks for rules that have to be tried at every phrase.

use byname::catalogue::{Check, Fault};
use byname::detect::PatternAnalysis;

use super::site::Site;

/// Reports a rule whose patterns can all match without any particular word or class, so that no phrase can be
/// skipped for the lack of one.
pub(super) fn look(site: &Site<'_>, analysis: &mut PatternAnalysis, faults: &mut Vec<Fault>) {
    let wanted = &site.rule.wanted;
    if wanted.regex.is_some() {
        return; // tried where that matches, and a check of its own
    }
    let patterns = || wanted.patterns().map(|(_, pattern)| pattern);
    let Some(first) = patterns().next() else { return };
    if patterns().all(|pattern| analysis.needs_nothing(&pattern.pattern)) {
        let message =
            "the rule is slow: it needs no particular word, so it is tried at every phrase".to_string();
        faults.push(
            site.warning_on(Check::SlowPattern, first, message)
                .help("let a word or a class stand in it that every match must hold"),
        );
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Check;

    use crate::check::samples::marked_of;

    #[test]
    fn a_rule_that_needs_no_word_is_told() {
        for (keys, marked) in [
            ("phrase = '(big | _) _'", &["(big | _) _"][..]),
            ("phrase = '_ _'\nafter = '(of | _) _'", &["_ _"]),
            ("phrase = '_ _'\nafter = '(of | in) _'", &[]),
            ("phrase = '_* {model}'", &[]),
        ] {
            assert_eq!(marked_of(keys, Check::SlowPattern), marked, "{keys}");
        }
    }
}
