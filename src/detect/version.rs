//! The version, size and variant behind a name: "Llama 3.1 70B Instruct".

use super::token::Token;
use super::vocabulary::Vocabulary;
use crate::catalogue::ClassSet;
use crate::document::ByteSpan;

/// Extends a name over the version, size and variant behind it. `tokens` are those of its sentence,
/// `variant` is the class of words such as "turbo" and "instruct".
pub fn with_version(
    span: ByteSpan,
    tokens: &[Token],
    prose: &str,
    vocabulary: &Vocabulary,
    variant: ClassSet,
) -> ByteSpan {
    let mut end = span.end;
    let first = tokens.partition_point(|token| token.span.start < end);
    for token in &tokens[first..] {
        let gap = token.span.start - end;
        let word = token.span.of(prose);
        let is_variant = vocabulary.classes(token.word).has_any(variant);
        let belongs = if token.shape.joined {
            is_variant || token.shape.capital || word.bytes().any(|byte| byte.is_ascii_digit())
        } else {
            gap == 1 && (is_size(word) || is_variant && token.shape.capital || is_version(word))
        };
        if token.shape.sign || !belongs {
            break;
        }
        end = token.span.end;
    }
    ByteSpan::new(span.start, end)
}

/// Whether a word is a size: "70B", "1.5b", "350M".
fn is_size(word: &str) -> bool {
    let number = word.trim_end_matches(['B', 'b', 'M', 'm', 'T']);
    number.len() + 1 == word.len()
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a word is a version: "3", "3.1", and no year or count.
fn is_version(word: &str) -> bool {
    let digits_and_points = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let short = if word.contains('.') { word.len() <= 4 } else { word.len() <= 2 };
    short && digits_and_points && word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon};
    use crate::detect::token::tokenise;

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
    }

    #[test]
    fn words_behind_a_name_do_not() {
        assert_eq!(extended("GPT-4", "GPT-4-generated text"), "GPT-4");
        assert_eq!(extended("GPT-4", "GPT-4 instruct people in 2024"), "GPT-4");
        assert_eq!(extended("GPT-4", "GPT-4 500 times"), "GPT-4");
    }
}
