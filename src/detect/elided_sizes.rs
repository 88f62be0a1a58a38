//! Sizes that stand for members of a family behind its name: "Qwen2.5-0.5B, 1.5B and 3B", "Llama 2 (7B, 13B,
//! 70B)", "Pythia-{70M, 160M}".

use super::elided::{Elided, after_separator};
use super::name_index::NameIndex;
use super::version::is_size;
use crate::document::ByteSpan;

/// Most sizes that follow a name.
const MOST: usize = 12;
/// Longest size, in bytes.
const LONGEST: usize = 8;

/// Returns the members that sizes behind a name of the catalogue stand for. `joins` selects words such as "and",
/// `may_follow` the words that may stand behind a list without brackets: behind any other the last number may be an
/// amount of something else.
pub(super) fn elided_sizes(
    prose: &str,
    name: ByteSpan,
    index: &NameIndex,
    joins: impl Fn(&str) -> bool,
    may_follow: impl Fn(&str) -> bool,
) -> Vec<Elided> {
    let base = name.of(prose);
    let tail = base.rfind(['-', ' ', '_']).map_or(0, |at| at + 1);
    let has_size = is_size(&base[tail..]);
    let rest = prose.get(name.end..).unwrap_or_default();
    let (opening, close, stem) = match rest.trim_start_matches('-').chars().next() {
        _ if has_size => (0, None, base[..tail].to_string()),
        Some('{') if rest.starts_with("-{") => (2, Some('}'), format!("{base}-")),
        Some(' ' | '\u{a0}') => match rest.trim_start_matches([' ', '\u{a0}']).strip_prefix('(') {
            Some(inside) => (rest.len() - inside.len(), Some(')'), format!("{base} ")),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let start = name.end + opening;
    let (sizes, end) = sizes_from(prose, start, has_size, joins);
    let rest = prose.get(end..).unwrap_or_default();
    let is_closed = match close {
        Some(close) => rest.starts_with(close),
        None => {
            let word = rest.strip_prefix([' ', '\n', '\u{a0}']).unwrap_or(rest);
            let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len()).min(LONGEST * 2);
            let word = word.get(..length).unwrap_or_default();
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')
                && (!word.starts_with(char::is_alphabetic) || may_follow(word))
        }
    };
    if !is_closed {
        return Vec::new();
    }
    let members = sizes.into_iter().map_while(|span| {
        let full = format!("{stem}{}", span.of(prose));
        let systems = index.beginning_of(&full)?.systems;
        Some(Elided { span, full, systems })
    });
    members.collect()
}

/// Reads sizes that commas, slashes and joining words part, from a byte on; `parted` if something must part the
/// first from what stands before. Returns their places and the end of the last.
fn sizes_from(
    prose: &str,
    start: usize,
    mut parted: bool,
    joins: impl Fn(&str) -> bool,
) -> (Vec<ByteSpan>, usize) {
    let (mut found, mut end) = (Vec::new(), start);
    while found.len() < MOST {
        let separator = after_separator(prose, end, &joins);
        let at = separator.unwrap_or(end);
        let rest = prose.get(at..).unwrap_or_default();
        let word = rest[..word_length(rest)].trim_end_matches('.');
        if !is_size(word) || parted && separator.is_none() {
            break;
        }
        found.push(ByteSpan::new(at, at + word.len()));
        end = at + word.len();
        parted = true;
    }
    (found, end)
}

/// Returns the length of the number or word that a text begins with; 0 for one longer than any size.
fn word_length(text: &str) -> usize {
    let length =
        text.bytes().take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.');
    let length = length.count();
    if length > LONGEST { 0 } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::SystemId;
    use crate::detect::name::KnownName;

    #[test]
    fn sizes_behind_a_name_are_members_of_its_family() {
        let known = |name| KnownName { name, system: SystemId(0), common_word: false, uses: 0 };
        let index = NameIndex::new([], [known("Orvex"), known("Ibis 3")].into_iter());
        let members = |text: &str, name: &str| {
            let start = text.find(name).unwrap();
            let span = ByteSpan::new(start, start + name.len());
            let found = elided_sizes(text, span, &index, |word| word == "and", |word| word == "models");
            assert!(found.iter().all(|member| member.full.ends_with(member.span.of(text))), "{found:?}");
            found.into_iter().map(|member| member.full).collect::<Vec<_>>().join(" | ")
        };
        for (text, name, expected) in [
            ("We ran Orvex-0.5B, 1.5B, and 3B models.", "Orvex-0.5B", "Orvex-1.5B | Orvex-3B"),
            ("We ran Orvex 2B and 9B.", "Orvex 2B", "Orvex 9B"),
            ("We ran Ibis 3 (7B, 13B/70B) and é.", "Ibis 3", "Ibis 3 7B | Ibis 3 13B | Ibis 3 70B"),
            ("We ran Orvex-{70M, 160M}", "Orvex", "Orvex-70M | Orvex-160M"),
            ("We ran Orvex-2B, 300B tokens long.", "Orvex-2B", ""),
            ("We ran Ibis 3 (7B, 4-bit).", "Ibis 3", ""),
            ("We ran Ibis 3 (7B parameters).", "Ibis 3", ""),
            ("We ran Ibis 3 9B.", "Ibis 3", ""),
            ("We ran Miro-2B and 9B.", "Miro-2B", ""),
            ("Orvex-2B and", "Orvex-2B", ""),
        ] {
            assert_eq!(members(text, name), expected, "{text}");
        }
    }
}
