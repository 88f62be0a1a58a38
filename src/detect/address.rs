//! Addresses of models and people, and paths of files, in which words stand that are names elsewhere.

use super::name::NameMention;
use crate::document::ByteSpan;

/// Longest owner behind the name in an address, in bytes: "-llama", "-community".
const LONGEST_OWNER: usize = 12;
/// Most bytes of an address that are read.
const LONGEST_ADDRESS: usize = 80;

/// Returns whether a name is a part of an e-mail address, or of the path of a file: "claude/train.sh".
pub(super) fn is_in_path(before: &str, after: &str) -> bool {
    let is_mail = after.strip_prefix('@').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let path =
        beginning(after, LONGEST_ADDRESS, |byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    let path = path.trim_end_matches('.');
    let is_ending = |ending: &str| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    is_mail
        || before.ends_with('@')
        || path.starts_with('/') && path.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending))
}

/// Returns whether a name is the host of a web address, or some word in its path: "https://orvex.com/blog",
/// "https://x.org/why-orvex-wins". What begins a part of the path is the name of what is there.
pub(super) fn is_in_web_address(before: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/:%?=&#@+".contains(&byte);
    let address = ending(before, LONGEST_ADDRESS, is_part);
    let Some((_, rest)) = address.split_once("://") else { return false };
    !rest.contains('/') || !rest.ends_with('/')
}

/// Returns whether a name is the owner in the address of a model: "meta-llama/Llama-3-8B".
pub(super) fn owns_address(before: &str, text: &str, after: &str) -> bool {
    let owner = beginning(after, LONGEST_OWNER, |byte| byte.is_ascii_alphabetic() || byte == b'-');
    let Some(address) = after[owner.len()..].strip_prefix('/') else { return false };
    let address = beginning(address, LONGEST_ADDRESS, is_part);
    let family = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let family = &text.as_bytes()[..family];
    let (hub, address) = (address, address.as_bytes());
    let begins_word = !before.ends_with(|c: char| c.is_alphanumeric());
    let is_lower = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if begins_word && is_lower(text) && is_lower(owner) && is_model_of_hub(hub) {
        return true;
    }
    begins_word
        && !family.is_empty()
        && address.len() > text.len()
        && (0..=address.len() - family.len().min(address.len())).any(|at| {
            address.get(at..at + family.len()).is_some_and(|part| part.eq_ignore_ascii_case(family))
                && (at == 0 || !address[at - 1].is_ascii_alphanumeric())
        })
}

/// Returns whether a part of an address is written as models on a hub are: "all-MiniLM-L6-v2".
fn is_model_of_hub(part: &str) -> bool {
    let hyphens = part.bytes().filter(|byte| *byte == b'-').count();
    hyphens > 1 || hyphens > 0 && part.bytes().any(|byte| byte.is_ascii_digit())
}

/// Extends a name to the whole of the address that it stands in: "facebook/bart-large-mnli",
/// "roberta-large-mnli". `names` are those of the sentence, of which this is one.
pub(super) fn whole_address(span: ByteSpan, prose: &str, names: &[NameMention]) -> ByteSpan {
    let (before, after) = (&prose[..span.start], &prose[span.end..]);
    let tail = beginning(after, LONGEST_ADDRESS, is_part).trim_end_matches(['.', '-', '_']);
    let lead = ending(before, LONGEST_ADDRESS, is_part);
    let lead = if lead.is_empty() || lead.ends_with('-') { lead } else { return span };
    let whole = ByteSpan::new(span.start - lead.len(), span.end + tail.len());
    let is_joined = tail.is_empty() || tail.starts_with(['-', '_']);
    let owner = owner_before(prose, whole.start);
    let first = names.partition_point(|name| name.span.end < whole.start);
    let is_end_of_one = |at: usize| names.get(first).is_some_and(|name| name.span.end == at);
    let is_owned = owner.is_some_and(|owner| !is_end_of_one(owner.end)) && is_model_of_hub(whole.of(prose));
    if is_joined && is_owned {
        return whole;
    }
    let is_small = span.of(prose).bytes().all(|byte| !byte.is_ascii_uppercase());
    let next = names.partition_point(|name| name.span.start <= span.end);
    let in_tail = names[next..].iter().take_while(|name| name.span.end <= whole.end);
    let goes_on = in_tail.into_iter().any(|name| prose[..name.span.start].ends_with('-'));
    if is_joined && is_small && goes_on { ByteSpan::new(span.start, whole.end) } else { span }
}

/// Returns the place of the owner before a name at a byte of the prose: "facebook/bart-large".
pub(crate) fn owner_before(prose: &str, name: usize) -> Option<ByteSpan> {
    let owner = prose.get(..name)?.strip_suffix('/')?;
    let start = owner.len() - ending(owner, LONGEST_ADDRESS, is_part).len();
    let is_path = owner[..start].ends_with(['/', ':', '\\']);
    (start + 1 < owner.len() && !is_path).then(|| ByteSpan::new(start, owner.len()))
}

/// Returns the end of a text that consists of certain ASCII characters, at most `most` bytes.
fn ending(text: &str, most: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let length = text.bytes().rev().take(most).take_while(|byte| byte.is_ascii() && is_part(*byte)).count();
    &text[text.len() - length..]
}

/// Returns whether a byte can stand in the name of an owner or a model on a hub.
pub(super) fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

/// Returns the beginning of a text that consists of certain ASCII characters, at most `most` bytes.
pub(super) fn beginning(text: &str, most: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let length = text.bytes().take(most).take_while(|byte| byte.is_ascii() && is_part(*byte)).count();
    &text[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(prose: &str, names: &[&str]) -> String {
        let names: Vec<NameMention> = names
            .iter()
            .map(|name| {
                let start = prose.find(name).unwrap();
                let span = ByteSpan::new(start, start + name.len());
                NameMention {
                    span,
                    systems: Vec::new(),
                    after_maker: false,
                    other_version: false,
                    entity_type: None,
                }
            })
            .collect();
        whole_address(names[0].span, prose, &names).of(prose).to_string()
    }

    #[test]
    fn the_model_of_an_owner_is_one_name() {
        assert_eq!(whole("ask acme/orvex-large-qa now", &["orvex-large"]), "orvex-large-qa");
        assert_eq!(whole("ask acme-ai/pair-orvex-v2-base.", &["orvex"]), "pair-orvex-v2-base");
        assert_eq!(whole("ask Acme/Orvex-2B-Chat-AWQ é", &["Orvex-2B"]), "Orvex-2B-Chat-AWQ");
        assert_eq!(whole("orvex-large-birdqa é", &["orvex-large", "birdqa"]), "orvex-large-birdqa");
    }

    #[test]
    fn only_what_begins_a_part_of_the_path_of_a_web_address_is_named() {
        for before in ["see https://", "see https://mini", "(https://x.org/why-", "https://x.org/a?b="] {
            assert!(is_in_web_address(before), "{before}");
        }
        for before in ["", "é", "see https://x.org/acme/", "x.org/", "ask https://x.org/a ", "either/"] {
            assert!(!is_in_web_address(before), "{before}");
        }
    }

    #[test]
    fn what_is_joined_to_a_name_in_a_sentence_is_none_of_it() {
        assert_eq!(whole("Orvex-based", &["Orvex"]), "Orvex");
        assert_eq!(whole("Orvex-BirdQA", &["Orvex", "BirdQA"]), "Orvex");
        assert_eq!(whole("é/Orvex-based", &["Orvex"]), "Orvex");
        assert_eq!(whole("and/Orvex-based", &["Orvex"]), "Orvex");
        assert_eq!(whole("see x.org/acme/orvex-2-b", &["orvex"]), "orvex");
    }

    #[test]
    fn an_owner_in_small_letters_is_told_by_what_it_owns() {
        assert!(owns_address("", "miro-tools", "/all-Orvex-L6-v2 is"));
        assert!(!owns_address("", "miro", "/orvex is"));
        assert!(!owns_address("", "Miro", "/all-Orvex-L6-v2"), "alternatives");
    }
}
