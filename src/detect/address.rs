//! Addresses of models and people, and paths of files, in which words stand that are names elsewhere.

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

/// Returns whether a name is the owner in the address of a model: "meta-llama/Llama-3-8B".
pub(super) fn owns_address(before: &str, text: &str, after: &str) -> bool {
    let owner = beginning(after, LONGEST_OWNER, |byte| byte.is_ascii_alphabetic() || byte == b'-');
    let Some(address) = after[owner.len()..].strip_prefix('/') else { return false };
    let address =
        beginning(address, LONGEST_ADDRESS, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let address = address.as_bytes();
    let family = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let family = &text.as_bytes()[..family];
    let begins_word = !before.ends_with(|c: char| c.is_alphanumeric());
    begins_word
        && !family.is_empty()
        && address.len() > text.len()
        && (0..=address.len() - family.len().min(address.len())).any(|at| {
            address.get(at..at + family.len()).is_some_and(|part| part.eq_ignore_ascii_case(family))
                && (at == 0 || !address[at - 1].is_ascii_alphanumeric())
        })
}

/// Returns the beginning of a text that consists of certain ASCII characters, at most `most` bytes.
fn beginning(text: &str, most: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let length = text.bytes().take(most).take_while(|byte| byte.is_ascii() && is_part(*byte)).count();
    &text[..length]
}
