//! Checks for rules with the same meaning.

use std::collections::HashMap;

use byname::catalogue::{Check, Fault, Pattern};

use super::site::Site;

/// Reports every rule that looks for the same as an earlier one and votes for the same kind.
pub(super) fn look(sites: &[Site<'_>], faults: &mut Vec<Fault>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for site in sites {
        let rule = site.rule;
        let mut patterns: Vec<String> =
            site.patterns().map(|(key, pattern)| format!("{key}: {}", meaning(&pattern.pattern))).collect();
        for (key, regex) in [("regex", &rule.wanted.regex), ("unless-regex", &rule.unless.regex)] {
            patterns.extend(regex.as_ref().map(|regex| format!("{key}: {} {}", regex.source, rule.scope)));
        }
        let mut when = rule.when.clone();
        when.sort_unstable();
        let says = format!(
            "{} {:?} {when:?} {:?} {:?} {}",
            rule.kind,
            rule.names,
            rule.sections,
            rule.paper.keys(),
            patterns.join("; ")
        );
        match seen.get(says.as_str()) {
            Some(other) => {
                let message = format!("the rule says the same as `{other}`: both vote, so it counts twice");
                let fault = match site.patterns().next() {
                    Some((_, pattern)) => site.warning_on(Check::SameMeaning, pattern, message),
                    None if rule.wanted.regex.is_some() => {
                        site.warning_at_key(Check::SameMeaning, "regex", message)
                    }
                    None => site.warning_at_key(Check::SameMeaning, "when", message),
                };
                faults.push(fault.help("delete one of them, and give the other the weight that is meant"));
            }
            None => {
                seen.insert(says, &rule.name);
            }
        }
    }
}

/// Returns a normal form of a pattern: patterns with equal normal forms match the same. The order of
/// alternatives, needless brackets and repeated alternatives do not count.
pub(super) fn meaning(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Unit(element) => format!("{element:?}"),
        Pattern::Sequence(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Pattern::Sequence(_) => {
                        let inner = meaning(part);
                        inner[1..inner.len() - 1].to_string()
                    }
                    _ => meaning(part),
                })
                .collect();
            format!("<{}>", parts.join(" "))
        }
        Pattern::Choice(options) => {
            let mut options: Vec<String> = options.iter().flat_map(options_of).map(meaning).collect();
            options.sort_unstable();
            options.dedup();
            if options.len() == 1 { options.remove(0) } else { format!("({})", options.join(" | ")) }
        }
        Pattern::Repeat { inner, optional, many } => match inner.as_ref() {
            Pattern::Repeat { inner, optional: inner_optional, many: inner_many } => {
                let (optional, many) = (*optional || *inner_optional, *many || *inner_many);
                meaning(&Pattern::Repeat { inner: inner.clone(), optional, many })
            }
            inner => {
                let sign = match (optional, many) {
                    (true, true) => "*",
                    (true, false) => "?",
                    (false, true) => "+",
                    (false, false) => "",
                };
                format!("{}{sign}", meaning(inner))
            }
        },
    }
}

/// Returns the alternatives of an option that is a choice itself, flattened; else the option alone.
fn options_of(option: &Pattern) -> Vec<&Pattern> {
    match option {
        Pattern::Choice(options) => options.iter().flat_map(options_of).collect(),
        option => vec![option],
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::ClassId;

    use super::*;
    use crate::check::samples::warnings_of_rules;

    #[test]
    fn the_form_of_a_pattern_does_not_count() {
        let same = |one: &str, other: &str| {
            let of = |text: &str| meaning(&Pattern::parse(text, |_| Some(ClassId(1))).unwrap());
            of(one) == of(other)
        };
        assert!(same("a (b | c) d", "a (c | b | b) d"));
        assert!(same("a (b c)", "a b c"));
        assert!(same("(a | (b | c))", "c | b | a"));
        assert!(same("(a+)?", "a*"));
        assert!(!same("a (b | c)", "(a b | c)"));
        assert!(!same("a b", "b a"));
        assert!(!same("(a b)? c", "a b? c"));
    }

    #[test]
    fn the_later_of_two_rules_with_one_meaning_is_marked() {
        let rules = [
            ("described/one", "phrase = '{one} (big | huge) {model}'"),
            ("described/two", "phrase = '{one} (huge | big) {model}'"),
            ("own/three", "phrase = '{one} (huge | big) {model}'"),
        ];
        let warnings = warnings_of_rules(&rules);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0]
                .starts_with("x/rules/described/two.toml:3:10: the rule says the same as `described/one`")
        );
    }
}
