//! Names behind a slash or "and" that omit the part they share with the name before: "GPT-4o/4.1", "Gemini 2.5
//! Flash and Pro".

use super::address::beginning;
use super::name_index::NameIndex;
use super::version::is_size;
use crate::catalogue::SystemId;
use crate::document::ByteSpan;

/// Most names that follow one, each behind a slash.
const MOST: usize = 8;
/// Most signs, blanks and words between two members.
const LONGEST_SEPARATOR: usize = 5;
/// Longest word behind a slash, in bytes, that can be part of a name.
const LONGEST_MEMBER: usize = 24;

/// A name of which the text writes only the end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Elided {
    /// Its place in the text.
    pub span: ByteSpan,
    /// The full name.
    pub full: String,
    /// The systems with this name, most used first.
    pub systems: Vec<SystemId>,
}

/// Returns the names that follow a name of the catalogue, each behind a slash, a comma or "and", up to the first
/// word that does not complete a beginning of it to a known name. `is_variant` selects words such as "instruct":
/// without a slash only a capitalised one of them is a name. `joins` selects words such as "and".
pub(super) fn elided(
    prose: &str,
    name: ByteSpan,
    index: &NameIndex,
    is_variant: impl Fn(&str) -> bool,
    joins: impl Fn(&str) -> bool,
) -> Vec<Elided> {
    let mut found: Vec<Elided> = Vec::new();
    let mut end = name.end;
    while let Some(start) = after_separator(prose, end, &joins).filter(|_| found.len() < MOST) {
        let rest = prose.get(start..).unwrap_or_default();
        let by_slash = prose.get(end..start) == Some("/");
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let member = rest[..length].trim_end_matches(['.', '-']);
        let is_capitalised = member.starts_with(|first: char| first.is_ascii_uppercase());
        let is_other_word = !(by_slash || is_capitalised && is_variant(member));
        if member.is_empty() || member.len() > LONGEST_MEMBER || is_other_word {
            break;
        }
        let base = found.last().map_or(name.of(prose), |last| last.full.as_str());
        let whole = stems(base).find_map(|stem| {
            let full = format!("{stem}{member}");
            let known = index.beginning_of(&full)?;
            // Behind what the catalogue knows only the member's own size and variant may stand.
            let added = full.get(known.span.end..).filter(|added| by_slash || added.is_empty())?;
            let fits = added.trim_start_matches(['-', ' ']).len() <= member.len()
                && added.split('-').all(|part| part.is_empty() || is_size(part) || is_variant(part));
            fits.then_some((full, known.systems))
        });
        let Some((full, systems)) = whole else { break };
        let span = ByteSpan::new(start, start + member.len());
        end = span.end;
        found.push(Elided { span, full, systems });
    }
    found
}

/// Returns the end of what parts two members of a list at a byte: "/", ", ", " and ", ", and ". Blanks alone part
/// nothing.
pub(super) fn after_separator(prose: &str, start: usize, joins: &impl Fn(&str) -> bool) -> Option<usize> {
    let (mut at, mut is_parted) = (start, false);
    for _ in 0..LONGEST_SEPARATOR {
        let rest = prose.get(at..).unwrap_or_default();
        let word = beginning(rest, LONGEST_MEMBER, |byte| byte.is_ascii_alphabetic());
        if rest.starts_with([',', '/']) {
            (at, is_parted) = (at + 1, true);
        } else if rest.starts_with([' ', '\n']) {
            at += 1;
        } else if !word.is_empty() && at > start && joins(word) {
            (at, is_parted) = (at + word.len(), true);
        } else {
            break;
        }
    }
    is_parted.then_some(at)
}

/// Iterates, longest first, over the beginnings of a name that the next may share: they end before a word or
/// number.
fn stems(name: &str) -> impl Iterator<Item = &str> {
    let bytes = name.as_bytes();
    let parts = move |at: &usize| {
        let (before, next) = (bytes[at - 1], bytes[*at]);
        matches!(before, b'-' | b' ' | b'_') || before.is_ascii_alphabetic() && next.is_ascii_digit()
    };
    (1..name.len()).rev().filter(parts).filter_map(|at| name.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::name::KnownName;

    fn members(text: &str, name: &str) -> Vec<String> {
        let names = ["Orvex-4o", "Orvex-4o mini", "Orvex 4.1", "Miro 2.5 Flash", "Miro 2.5 Pro", "Ibis 3"];
        let known = names.iter().enumerate().map(|(index, name)| KnownName {
            name,
            system: SystemId(index as u32),
            common_word: false,
            uses: 0,
        });
        let index = NameIndex::new([], known);
        let start = text.find(name).unwrap();
        let span = ByteSpan::new(start, start + name.len());
        let found =
            elided(text, span, &index, |word| matches!(word, "instruct" | "Pro"), |word| word == "and");
        found
            .into_iter()
            .map(|member| {
                assert!(member.full.ends_with(member.span.of(text)), "{member:?}");
                assert!(!member.systems.is_empty(), "{member:?}");
                member.full
            })
            .collect()
    }

    #[test]
    fn what_stands_behind_a_slash_is_completed_to_a_known_name() {
        assert_eq!(members("We ran Orvex-4o-mini/4o/4.1.", "Orvex-4o-mini"), ["Orvex-4o", "Orvex-4.1"]);
        assert_eq!(members("(Miro-2.5-Flash/Pro)", "Miro-2.5-Flash"), ["Miro-2.5-Pro"]);
        assert_eq!(members("Miro 2.5 Pro/Flash", "Miro 2.5 Pro"), ["Miro 2.5 Flash"]);
        assert_eq!(
            members("Ibis-3-8B/70B/400B-instruct", "Ibis-3-8B"),
            ["Ibis-3-70B", "Ibis-3-400B-instruct"]
        );
        assert_eq!(members("Miro 2.5 Flash, and Pro win", "Miro 2.5 Flash"), ["Miro 2.5 Pro"]);
    }

    #[test]
    fn what_makes_no_known_name_is_none() {
        for (text, name) in [
            ("Orvex-4o/human labels", "Orvex-4o"),
            ("Orvex-4o / 4.1", "Orvex-4o"),
            ("Ibis-3/32", "Ibis-3"),
            ("Miro 2.5 Flash and pro", "Miro 2.5 Flash"),
            ("Orvex-4o and 4.1", "Orvex-4o"),
            ("Ibis 3 and Pro", "Ibis 3"),
            ("Miro 2.5 Pro/", "Miro 2.5 Pro"),
            ("Ibis 3/é", "Ibis 3"),
        ] {
            assert_eq!(members(text, name), [""; 0], "{text}");
        }
    }
}
