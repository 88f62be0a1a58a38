//! The version, size and variant behind a name: "Llama 3.1 70B Instruct".

use std::ops::Range;

use super::token::Token;
use super::vocabulary::{Vocabulary, WordId};
use crate::catalogue::ClassSet;
use crate::document::ByteSpan;

/// Longest version of letters and digits, in bytes: "M2P1".
const LONGEST_CODE: usize = 4;

/// Extends a name over the version, size and variant behind it. `tokens` are those of its sentence; `variant`
/// is the class of words such as "turbo" and "instruct".
pub fn with_version(
    span: ByteSpan,
    tokens: &[Token],
    prose: &str,
    vocabulary: &Vocabulary,
    variant: ClassSet,
) -> ByteSpan {
    let mut end = span.end;
    let first = tokens.partition_point(|token| token.span.start < end);
    let mut sign = None;
    for token in &tokens[first..] {
        let gap = token.span.start - end;
        let word = token.span.of(prose);
        if gap == 0 && matches!(word, "/" | "+" | ":") && sign.is_none() {
            // "ViT-B/32", "qwen:7b": the number behind the sign decides; "HiFi-GAN+": the sign is the end
            sign = Some(word);
            if word == "+" {
                end = token.span.end;
                break;
            }
            continue;
        }
        if let Some(sign) = sign {
            // Behind a number a slash leads to another: "GPT-3.5/4"
            let letter = prose[..end].ends_with(|c: char| c.is_ascii_uppercase());
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let belongs = if sign == ":" { is_size(word) } else { number && letter && !is_size(word) };
            let glued = gap == 1 && belongs;
            end = if glued { token.span.end } else { end };
            break;
        }
        let is_variant = vocabulary.classes(token.word).has_any(variant);
        let belongs = if token.shape.joined {
            is_variant || token.shape.capital || word.bytes().any(|byte| byte.is_ascii_digit())
        } else {
            gap == 1
                && (is_size(word)
                    || is_code(word)
                        && token.word == WordId::default()
                        && !has_digit(&prose[span.start..end])
                    || is_variant && token.shape.capital
                    || is_version(word)
                        && !is_number_behind_version(word, span.start..end, prose)
                        && !is_share(prose, token.span))
        };
        if token.shape.sign || !belongs {
            break;
        }
        end = token.span.end;
    }
    ByteSpan::new(span.start, end)
}

/// Returns whether a name was extended by a version, so that it names another system than the catalogue's:
/// "Grok 4.3" is not "Grok". A size, a date, or a number of two digits, such as one of layers, is no version,
/// nor is anything behind a name that has a version of its own.
pub fn is_other_version(known: ByteSpan, extended: ByteSpan, prose: &str) -> bool {
    let Some(added) = prose.get(known.end..extended.end) else { return false };
    let has_version = known.of(prose).bytes().any(|byte| byte.is_ascii_digit());
    let mut words = added
        .split([' ', '-', '_', '\u{a0}', '\u{2009}', '\u{202f}', '\u{3000}', '\u{2011}'])
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let number = first.strip_prefix(['v', 'V']).unwrap_or(first);
    let sizes = first.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_digit));
    let is_number = is_code(first) && !sizes
        || match number.split_once('.') {
            Some((whole, part)) => [whole, part].into_iter().all(|digits| {
                (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            }),
            None => number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()),
        };
    !has_version && is_number
}

/// Extends a name over prefixes joined by a hyphen that make another name of it: "m-BERT", "Fashion-MNIST".
/// `tokens` are those of its sentence.
pub fn with_prefix(span: ByteSpan, tokens: &[Token], prose: &str) -> ByteSpan {
    let mut start = span.start;
    let mut at = tokens.partition_point(|token| token.span.start < start);
    while let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) {
        let hyphen = prose.get(before.span.end..start) == Some("-");
        let shape = before.shape;
        let written_so = shape.capital || shape.acronym || shape.mixed || before.span.len() == 1;
        if !hyphen || shape.sign || shape.number || !written_so {
            break;
        }
        start = before.span.start;
        at -= 1;
    }
    ByteSpan::new(start, span.end)
}

/// Extends a name to the words around it that hyphens join, if they end in a version: they spell a checkpoint, as
/// "multi-qa-mpnet-base-dot-v1" does.
pub fn with_checkpoint(span: ByteSpan, tokens: &[Token], prose: &str) -> ByteSpan {
    let is_joined = |one: usize, next: usize| prose.get(one..next) == Some("-");
    let first = tokens.partition_point(|token| token.span.start < span.start);
    let mut start = span.start;
    for token in tokens[..first].iter().rev() {
        if !is_joined(token.span.end, start) || token.shape.sign {
            break;
        }
        start = token.span.start;
    }
    let mut end = span.end;
    let mut last = "";
    for token in &tokens[tokens.partition_point(|token| token.span.start < end)..] {
        if !is_joined(end, token.span.start) || token.shape.sign {
            break;
        }
        end = token.span.end;
        last = token.span.of(prose);
    }
    let last = if last.is_empty() { prose[..end].rsplit('-').next().unwrap_or_default() } else { last };
    let is_version = last.strip_prefix(['v', 'V']).is_some_and(|version| {
        version.starts_with(|c: char| c.is_ascii_digit())
            && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    if is_version { ByteSpan::new(start, end) } else { span }
}

/// Tests whether a word is a number behind a name that already has a version or size: "Llama-3.1-70B 1.52".
fn is_number_behind_version(word: &str, name: Range<usize>, prose: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && prose.get(name).is_some_and(has_digit)
}

/// Tests whether a word is a version of letters and digits: "M2", "V3.1", "A3B".
fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let written_so =
        word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'.');
    word.len() <= LONGEST_CODE
        && (1..=2).contains(&digits)
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && written_so
}

/// Tests whether a number is a share or a count: "83 %", "6/6", "2 of 3".
fn is_share(prose: &str, number: ByteSpan) -> bool {
    let after = &prose[number.end..];
    let rest = after.trim_start_matches([' ', '\\', '\u{a0}', '\u{2009}', '\u{202f}']);
    let is_fraction = |rest: &str| rest.starts_with(|next: char| next.is_ascii_digit());
    rest.starts_with('%')
        || after.strip_prefix('/').is_some_and(is_fraction)
        || after.strip_prefix(" of ").is_some_and(is_fraction)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Tests whether a word is a size: "70B", "1.5b", "350M".
pub(super) fn is_size(word: &str) -> bool {
    let number = word.trim_end_matches(['B', 'b', 'M', 'm', 'T']);
    number.len() + 1 == word.len()
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Tests whether a word is a version ("3", "3.1") and no year, count or share ("0.89").
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']);
    let is_marked = number.is_some();
    let word = number.unwrap_or(word);
    let digits_and_points = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let short = match word.find('.') {
        Some(point) => point == 1 && word.len() <= 4, // "Grok 4.20", but "Grok 31.2" is a result
        None => word.len() <= 2,
    };
    // "v0.3", but "0.3" is a result
    let begins = |first: char| matches!(first, '1'..='9') || is_marked && first == '0' && word.contains('.');
    short && digits_and_points && word.starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon};
    use crate::detect::token::tokenise;

    #[test]
    fn what_hyphens_join_up_to_a_version_is_the_name_of_a_checkpoint() {
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: "".into() };
        let vocabulary = Vocabulary::new(&Lexicon::read(&[&file]).unwrap());
        let checkpoint = |name: &str, text: &str| {
            let mut tokens = Vec::new();
            tokenise(text, ByteSpan::new(0, text.len()), &vocabulary, &mut tokens);
            let start = text.find(name).unwrap();
            with_checkpoint(ByteSpan::new(start, start + name.len()), &tokens, text).of(text).to_string()
        };
        for (name, text, whole) in [
            ("mpnet-base", "use multi-qa-mpnet-base-dot-v1 here", "multi-qa-mpnet-base-dot-v1"),
            (
                "MiniLM-L12-v2",
                "use paraphrase-multilingual-MiniLM-L12-v2.",
                "paraphrase-multilingual-MiniLM-L12-v2",
            ),
            ("GPT-4", "non-GPT-4 models", "GPT-4"),
            ("Llama", "a Llama-based model of v2", "Llama"),
            ("GPT-4", "GPT-4", "GPT-4"),
        ] {
            assert_eq!(checkpoint(name, text), whole, "{text}");
        }
    }

    fn extended(name: &str, text: &str) -> String {
        let source = "[variant]\nabout='x'\nwords=['instruct', 'turbo']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: source.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let vocabulary = Vocabulary::new(&lexicon);
        let mut tokens = Vec::new();
        tokenise(text, ByteSpan::new(0, text.len()), &vocabulary, &mut tokens);
        let start = text.find(name).unwrap();
        let span = ByteSpan::new(start, start + name.len());
        let variant = ClassSet::one(lexicon.class("variant").unwrap());
        with_version(span, &tokens, text, &vocabulary, variant).of(text).to_string()
    }

    #[test]
    fn versions_sizes_and_variants_belong_to_the_name() {
        assert_eq!(extended("Llama", "use Llama 3.1 70B Instruct for it"), "Llama 3.1 70B Instruct");
        assert_eq!(extended("gpt-4o", "use gpt-4o-2024-08-06 for it"), "gpt-4o-2024-08-06");
        assert_eq!(extended("GPT-4", "GPT-4-Turbo."), "GPT-4-Turbo");
        assert_eq!(extended("Qwen", "Qwen 0.89 and Gemma"), "Qwen");
        assert_eq!(extended("MiniMax", "MiniMax M2P1 and"), "MiniMax M2P1");
        assert_eq!(extended("qwen2.5-coder", "qwen2.5-coder:14b."), "qwen2.5-coder:14b");
        assert_eq!(extended("ViT", "ViT-B/32 is"), "ViT-B/32");
    }

    #[test]
    fn a_version_names_another_system_and_a_size_does_not() {
        let is_other = |name: &str, text: &str| {
            is_other_version(ByteSpan::new(0, name.len()), ByteSpan::new(0, text.len()), text)
        };
        for (name, text) in [
            ("Kimi", "Kimi K2"),
            ("Grok", "Grok 4.3"),
            ("GPT", "GPT-5.5"),
            ("Vicuna", "Vicuna v2 7B"),
            ("Yi", "Yi-1.5-9B"),
        ] {
            assert!(is_other(name, text), "{text}");
        }
        for (name, text) in [
            ("GPT-4", "GPT-4-0613"),
            ("Gemma", "Gemma 7B"),
            ("ResNet", "ResNet-50"),
            ("Mixtral", "Mixtral-8x7B"),
            ("Llama 3", "Llama 3-8B"),
            ("gpt-4o", "gpt-4o-2024-08-06"),
            ("Opus", "Opus"),
        ] {
            assert!(!is_other(name, text), "{text}");
        }
    }

    #[test]
    fn words_behind_a_name_do_not() {
        assert_eq!(extended("GPT-4", "GPT-4-generated text"), "GPT-4");
        assert_eq!(extended("GPT-4", "GPT-4 instruct people in 2024"), "GPT-4");
        assert_eq!(extended("GPT-4", "GPT-4 500 times"), "GPT-4");
        assert_eq!(extended("GPT-3.5", "GPT-3.5/4 are"), "GPT-3.5");
        assert_eq!(extended("BERT", "BERT A100"), "BERT");
        assert_eq!(extended("Qwen3", "Qwen3-32B/235B are"), "Qwen3-32B");
        assert_eq!(extended("GPT-4", "GPT-4 P1"), "GPT-4");
        assert_eq!(extended("Qwen", "Qwen: 7 runs"), "Qwen");
        assert_eq!(extended("Llama", "Llama-3.1-70B 0.52 0.61"), "Llama-3.1-70B");
        assert_eq!(extended("GPT-4", "GPT-4 2 and"), "GPT-4");
        assert_eq!(extended("Qwen", "Qwen 31.2 and Gemma 8.5"), "Qwen");
        for share in ["Qwen 9\\%", "Qwen 9.5 %", "Qwen 6/6", "Qwen 2 of 3"] {
            assert_eq!(extended("Qwen", share), "Qwen");
        }
        assert_eq!(extended("Grok", "Grok 4.20 of it"), "Grok 4.20");
    }
}
