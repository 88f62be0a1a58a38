//! Checks for alternatives that another one includes, and for pattern ends that require nothing.

use byname::catalogue::{Check, Element, Fault, Lexicon, Pattern, RulePattern};
use byname::detect::PatternAnalysis;

use super::meaning::meaning;
use super::site::Site;

/// Reports alternatives that change nothing, and optional parts at an open end.
pub(super) fn look(
    site: &Site<'_>,
    lexicon: &Lexicon,
    analysis: &mut PatternAnalysis,
    faults: &mut Vec<Fault>,
) {
    for (key, pattern) in site.patterns() {
        let mut found = Vec::new();
        walk(&pattern.pattern, 0, lexicon, analysis, &mut found);
        for (at, length) in found {
            let message = "another alternative of the same bracket matches all of this".to_string();
            faults.push(
                site.warning(Check::NeedlessAlternative, pattern, at..at + length, lexicon, message)
                    .help("take it out, or the wider one if that says too much"),
            );
        }
        open_ends(site, key, pattern, lexicon, faults);
    }
}

/// Collects needless alternatives, each as the number of its first unit and its number of units.
fn walk(
    pattern: &Pattern,
    first: usize,
    lexicon: &Lexicon,
    analysis: &mut PatternAnalysis,
    found: &mut Vec<(usize, usize)>,
) {
    let parts = match pattern {
        Pattern::Unit(_) => return,
        Pattern::Repeat { inner, .. } => return walk(inner, first, lexicon, analysis, found),
        Pattern::Sequence(parts) | Pattern::Choice(parts) => parts,
    };
    let mut at = first;
    for (index, part) in parts.iter().enumerate() {
        let others = || parts.iter().enumerate().filter(|(other, _)| *other != index);
        if matches!(pattern, Pattern::Choice(_))
            && others().any(|(other, wide)| {
                meaning(wide) == meaning(part) && other < index || is_wider(wide, part, lexicon, analysis)
            })
        {
            found.push((at, part.count()));
        }
        walk(part, at, lexicon, analysis, found);
        at += part.count();
    }
}

/// Returns whether `wide` and `narrow` are single units and `wide` matches everything that `narrow` does, and
/// more.
fn is_wider(wide: &Pattern, narrow: &Pattern, lexicon: &Lexicon, analysis: &mut PatternAnalysis) -> bool {
    let (Pattern::Unit(wide), Pattern::Unit(narrow)) = (wide, narrow) else { return false };
    match (wide, narrow) {
        (Element::Any, narrow) => *narrow != Element::Any,
        (Element::Class(class), Element::Word(word)) => analysis.classes_of(word).has(*class),
        (Element::Class(class), Element::Class(other)) => {
            class != other
                && lexicon.classes.get(usize::from(other.0)).is_some_and(|other| other.lineage.has(*class))
        }
        _ => false,
    }
}

/// Reports optional parts at the far end of a pattern. A pattern is matched outwards from the phrase, or
/// anywhere in the sentence, so a part that may be missing at its far end changes nothing.
fn open_ends(site: &Site<'_>, key: &str, pattern: &RulePattern, lexicon: &Lexicon, faults: &mut Vec<Fault>) {
    let Pattern::Sequence(parts) = &pattern.pattern else { return };
    let anywhere = key.ends_with("sentence");
    let units = pattern.pattern.count();
    let length = |part: Option<&Pattern>| part.filter(|part| part.can_be_empty()).map(Pattern::count);
    let ends = [
        (anywhere || key.ends_with("before")).then(|| length(parts.first())).flatten().map(|count| 0..count),
        (anywhere || key.ends_with("after"))
            .then(|| length(parts.last()))
            .flatten()
            .map(|count| units - count..units),
    ];
    for range in ends.into_iter().flatten() {
        let message = format!("`{key}` matches with or without this part, so it changes nothing");
        let warning = site.warning(Check::NeedlessPart, pattern, range, lexicon, message);
        faults.push(warning.help("take it out"));
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Check;

    use crate::check::samples::marked_of;

    #[test]
    fn an_alternative_that_another_includes_is_marked() {
        for (keys, marked) in [
            ("phrase = '{one} (given | granted | given) {model}'", "given"),
            ("phrase = '{one} (big | _) {model}'", "big"),
            ("phrase = '{one} _* ({model} | model)'", "model"),
            (
                "phrase = '{one} {model}'\nafter = '(of (us | them) | of (them | us)) {model}'",
                "of (them | us",
            ),
        ] {
            assert_eq!(marked_of(keys, Check::NeedlessAlternative), [marked], "{keys}");
        }
    }

    #[test]
    fn an_optional_part_at_the_far_end_is_marked_and_one_at_the_phrase_is_not() {
        let marked = |keys: &str| marked_of(keys, Check::NeedlessPart);
        assert_eq!(marked("phrase = '{one} {model}'\nbefore = '... we ran'"), ["..."]);
        assert_eq!(marked("phrase = '{one} {model}'\nafter = 'of ours (or theirs)?'"), ["or theirs"]);
        assert_eq!(marked("sentence = '_* we ran {model}*'"), ["_", "{model}"]);
        assert!(marked("phrase = '{one} {model}'\nbefore = 'we ran ...'").is_empty());
    }
}
