//! Checks for conditions that cannot hold together.

use byname::catalogue::{Check, Condition, Fault};

use super::meaning::meaning;
use super::site::Site;

/// Pairs of conditions of which a phrase meets at most one.
const OPPOSITES: &[(Condition, Condition)] = &[
    (Condition::Singular, Condition::Plural),
    (Condition::First, Condition::Later),
    (Condition::NamedBeside, Condition::NotNamedBeside),
    (Condition::Sized, Condition::NotSized),
    (Condition::Model, Condition::Dataset),
];

/// Reports contradictions that keep a rule from ever voting, although each of its parts can match.
pub(super) fn look(site: &Site<'_>, faults: &mut Vec<Fault>) {
    let when = &site.rule.when;
    let mut contradiction = |message: String, help: &str| {
        faults.push(site.warning_at_key(Check::Contradiction, "when", message).help(help));
    };
    for (one, other) in OPPOSITES {
        if when.contains(one) && when.contains(other) {
            let message = format!("the rule never votes: nothing is `{one}` and `{other}` at once");
            contradiction(message, "take one of them out; without either, the rule looks at both");
        }
    }
    if site.rule.names.is_some() && !when.is_empty() {
        contradiction(
            "the rule never votes: it looks at names, and no condition holds of names".to_string(),
            "take `when` out, or `names`",
        );
    }
    let (wanted, unless) = (&site.rule.wanted, &site.rule.unless);
    if let (Some(regex), Some(taken)) = (&wanted.regex, &unless.regex)
        && regex.source == taken.source
    {
        let message = "the rule never votes: `unless-regex` takes back all that `regex` finds".to_string();
        let warning = site.warning_at_key(Check::Contradiction, "unless-regex", message);
        faults.push(warning.help("narrow one of the two"));
    }
    for (key, wanted, unless) in [
        ("phrase", &wanted.phrase, &unless.phrase),
        ("before", &wanted.before, &unless.before),
        ("after", &wanted.after, &unless.after),
        ("sentence", &wanted.sentence, &unless.sentence),
    ] {
        let (Some(wanted), Some(unless)) = (wanted, unless) else { continue };
        if meaning(&wanted.pattern) == meaning(&unless.pattern) {
            let message = format!("the rule never votes: `unless-{key}` takes back all that `{key}` finds");
            let warning = site.warning_on(Check::Contradiction, unless, message);
            faults.push(warning.help("narrow one of the two patterns"));
        }
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Check;

    use crate::check::samples::{marked_of, warnings_of};

    #[test]
    fn conditions_that_exclude_each_other_are_marked() {
        for (keys, marked) in [
            ("phrase = '{one} {model}'\nwhen = ['singular', 'plural']", "when = ['singular', 'plural']"),
            ("names = 'model'\nbefore = 'we ran'\nwhen = ['first']", "when = ['first']"),
            ("regex = 'ab'\nunless-regex = 'ab'", "unless-regex = 'ab"),
            ("after = '(of | in) it'\nunless-after = '(in | of) it'", "(in | of) it"),
        ] {
            assert_eq!(marked_of(keys, Check::Contradiction), [marked], "{keys}");
        }
        assert!(warnings_of("phrase = '{one} {model}'\nwhen = ['singular', 'first']").is_empty());
    }
}
