//! Identifiers of programs and domain names, whose words are no words of the sentence.

use crate::document::ByteSpan;

/// Returns whether a phrase is, or is joined to, an identifier or a domain name: `a_soft_judge`,
/// `lom.agc.gov.my`.
pub fn is_in_code(prose: &str, phrase: ByteSpan) -> bool {
    let bytes = prose.as_bytes();
    has_underscore(phrase.of(prose))
        || is_glued(bytes.get(..phrase.start).unwrap_or_default().iter().rev())
        || is_glued(bytes.get(phrase.end..).unwrap_or_default().iter())
}

/// Returns whether an underscore stands between two letters or digits.
pub fn has_underscore(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'_', bytes).any(|at| {
        let is_part = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        at.checked_sub(1).is_some_and(is_part) && is_part(at + 1)
    })
}

/// Returns whether a word is a part of an identifier: an underscore joins it to a word that `may_follow` does not
/// take for a variant of a name. "USE" in `USE_TZ`, "claude" in `claude_retrieval`, but not "bert" in
/// `bert_base_uncased` nor "BERT" in `Bio_BERT`.
pub fn is_in_identifier(prose: &str, span: ByteSpan, may_follow: impl Fn(&str) -> bool) -> bool {
    let letters = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let next = prose[span.end..].strip_prefix('_').unwrap_or_default();
    let next = next.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let last = prose[..span.start].strip_suffix('_').unwrap_or_default();
    let last = last.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_prefix = last.starts_with(|first: char| first.is_ascii_uppercase())
        && last.bytes().any(|byte| byte.is_ascii_lowercase());
    letters(next) && !may_follow(next) || letters(last) && !is_prefix && !may_follow(last)
}

/// Tests whether the bytes begin with an underscore and a letter or digit, or with a full stop and a small
/// letter. Between two sentences, small letters are joined by a full stop only by mistake.
fn is_glued<'a>(mut bytes: impl Iterator<Item = &'a u8>) -> bool {
    match (bytes.next(), bytes.next()) {
        (Some(b'_'), Some(next)) => next.is_ascii_alphanumeric(),
        (Some(b'.'), Some(next)) => next.is_ascii_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_code(prose: &str, phrase: &str) -> bool {
        let start = prose.find(phrase).unwrap();
        is_in_code(prose, ByteSpan::new(start, start + phrase.len()))
    }

    #[test]
    fn identifiers_and_domains_are_code() {
        assert!(is_code("run a_soft_judge now", "a_soft_judge"));
        assert!(is_code("run soft_judge now", "judge"));
        assert!(is_code("the lom.agc.gov.my dataset", "my dataset"));
        assert!(is_code("call a model.generate", "a model"));
    }

    #[test]
    fn a_name_with_another_word_behind_an_underscore_is_part_of_an_identifier() {
        let is_part = |prose: &str, name: &str| {
            let start = prose.find(name).unwrap();
            is_in_identifier(prose, ByteSpan::new(start, start + name.len()), |word| word == "base")
        };
        for (prose, name) in
            [("set USE_TZ now", "USE"), ("claude_retrieval.py", "claude"), ("é results_claude", "claude")]
        {
            assert!(is_part(prose, name), "{prose}");
        }
        for (prose, name) in [
            ("bert_base_uncased", "bert"),
            ("Bio_BERT", "BERT"),
            ("llama_2_7b", "llama"),
            ("the BERT_", "BERT"),
            ("é_BERT", "BERT"),
            ("BERT", "BERT"),
        ] {
            assert!(!is_part(prose, name), "{prose}");
        }
    }

    #[test]
    fn words_of_sentences_are_none() {
        assert!(!is_code("We ask a model. It fails.", "a model"));
        assert!(!is_code("We ask a model.It fails.", "a model"));
        assert!(!is_code("(a model) of x_1", "a model"));
    }
}
