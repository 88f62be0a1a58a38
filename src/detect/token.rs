//! Segmentation of a sentence into tokens: words, numbers and signs.

use super::vocabulary::{Vocabulary, WordId};
use crate::document::ByteSpan;

/// Orthographic features of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Begins with a capital letter.
    pub capital: bool,
    /// Two or more letters, all of them capitals (a final plural s may be small).
    pub acronym: bool,
    /// Capitals inside among small letters, or letters with digits, as in coined names: RePAQ, word2vec, o3.
    pub mixed: bool,
    /// Begins with a digit: 12, 3.5, 7B.
    pub number: bool,
    /// Joined to the token before it by a hyphen or an underscore.
    pub joined: bool,
    /// A sign, not a word.
    pub sign: bool,
}

/// A word, a number or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its place in the prose.
    pub span: ByteSpan,
    /// Its entry in the vocabulary.
    pub word: WordId,
    /// Its orthographic features.
    pub shape: Shape,
}

/// Cuts a sentence of `text` into tokens and adds them to `tokens`.
///
/// White space, braces, dollar signs, tildes, asterisks, backquotes and TeX commands with an argument yield
/// no token, so that `\emph{GPT}` reads like its argument.
pub fn tokenise(text: &str, sentence: ByteSpan, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    let bytes = &text.as_bytes()[..sentence.end.min(text.len())];
    let mut at = sentence.start;
    let (mut joined, mut in_formula) = (false, false);
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        if byte == b' ' {
            at += 1;
            joined = false;
            continue;
        }
        if may_go_on(byte) {
            let small = small_letters(bytes, at);
            let is_whole = small.end > at && !bytes.get(small.end).is_some_and(|next| may_go_on(*next));
            let end = if is_whole { small.end } else { word_end(text, bytes, at) };
            if end > at {
                let word = match small.packed.filter(|_| is_whole) {
                    Some(letters) => vocabulary.look_up_small(letters),
                    None => vocabulary.look_up(&text[at..end]),
                };
                let shape = if is_whole { Shape::default() } else { shape_of(&text[at..end]) };
                let shape = Shape { joined, ..shape };
                tokens.push(Token { span: ByteSpan::new(at, end), word, shape });
                at = end;
                if bytes.get(at) == Some(&b' ') {
                    continue; // as most words
                }
                let hyphen = hyphen_length(bytes, at);
                joined = hyphen > 0 && bytes.get(at + hyphen).is_some_and(|next| may_go_on(*next));
                at += if joined { hyphen } else { 0 };
                continue;
            }
        }
        in_formula ^= byte == b'$';
        if byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b'$' | b'~' | b'*' | b'`') {
            at += 1;
            joined = false;
            continue;
        }
        if byte == b'\\' {
            at = command_end(bytes, at);
            let has_argument = bytes.get(at) == Some(&b'{');
            if !has_argument && at > start + 1 {
                // A macro of the authors' may stand for a name. Symbols of formulas and `\%` stand for none.
                let is_macro = bytes[start + 1].is_ascii_alphabetic();
                let shape = Shape { mixed: is_macro && !in_formula, sign: !is_macro, ..Shape::default() };
                tokens.push(Token { span: ByteSpan::new(start, at), word: WordId(0), shape });
            }
            joined = false;
            continue;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
        let sign = &text[start..at];
        if sign.chars().all(char::is_whitespace) {
            joined = false;
            continue;
        }
        // A possessive is one sign, whichever apostrophe it is written with.
        let mut word = None;
        if matches!(sign, "'" | "’") && follows_possessor(text, tokens, start) {
            if bytes.get(at) == Some(&b's') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                at += 1;
            }
            word = Some(vocabulary.look_up("'s"));
        }
        let shape = Shape { sign: true, ..Shape::default() };
        let word = word.unwrap_or_else(|| vocabulary.look_up(sign));
        tokens.push(Token { span: ByteSpan::new(start, at), word, shape });
        joined = false;
    }
}

/// Returns whether an apostrophe at `at` stands right behind a word, or behind the bracket that ends a citation and
/// is followed by the ending: "(Brown et al., 2020)'s".
fn follows_possessor(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(last) = tokens.last().filter(|last| last.span.end == at) else { return false };
    if !last.shape.sign {
        return true;
    }
    let ending = text.get(at..).unwrap_or_default().trim_start_matches(['\'', '’']);
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    matches!(last.span.of(text), ")" | "]") && ending.strip_prefix('s').is_some_and(ends)
}

fn command_end(bytes: &[u8], start: usize) -> usize {
    let letters = bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 { next_boundary(bytes, start + 1) } else { start + 1 + letters }
}

/// Returns the end of the character that begins at `at`.
fn next_boundary(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end += 1;
    }
    end.min(bytes.len())
}

/// Returns the length, in bytes, of the hyphen or underscore at `at`; 0 if there is none.
fn hyphen_length(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'-' | b'_', ..] => 1,
        [0xE2, 0x80, 0x90 | 0x91, ..] => 3, // as typesetting has it
        // "an encoder–decoder model"; between figures it makes a range
        [0xE2, 0x80, 0x93, after, ..] if after.is_ascii_alphabetic() => {
            let is_behind_letter =
                at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphabetic());
            if is_behind_letter { 3 } else { 0 }
        }
        _ => 0,
    }
}

/// Returns whether a character continues a word of letters with case, as names have. Letters of caseless
/// scripts stand right beside such words, and raised figures mark notes.
pub(super) fn goes_on_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_raised(c) && !is_caseless(c)
}

/// Returns whether a character is a raised or circled figure.
fn is_raised(c: char) -> bool {
    matches!(c, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{2079}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}')
}

/// Returns whether a character is a letter of a script without capitals.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// A run of small ASCII letters, which most words are.
struct SmallLetters {
    /// The byte behind it.
    end: usize,
    /// The letters, the first in the lowest byte, if they are fewer than 8.
    packed: Option<u64>,
}

/// Reads the run of small letters at `start`, eight bytes at once.
fn small_letters(bytes: &[u8], start: usize) -> SmallLetters {
    let mut end = start;
    while let Some(eight) = bytes[end..].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        let others = other_than_small_letters(eight);
        let letters = (others.trailing_zeros() / 8) as usize;
        if letters < 8 {
            let is_all = end == start;
            let packed = is_all.then_some(eight & ((1 << (8 * letters)) - 1));
            return SmallLetters { end: end + letters, packed };
        }
        end += 8;
    }
    end += bytes[end..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    SmallLetters { end, packed: None }
}

/// Returns a number with the upper bit of each byte set that is no small letter: sums set the upper bits of bytes
/// that lie beyond a bound.
const fn other_than_small_letters(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const UPPER: u64 = 0x80 * EACH;
    let lower = bytes & !UPPER;
    let from_a = lower + (0x80 - b'a' as u64) * EACH;
    let beyond_z = lower + (0x7F - b'z' as u64) * EACH;
    (bytes | !from_a | beyond_z) & UPPER
}

/// Returns whether a byte may be of a word, behind a small letter too.
fn may_go_on(byte: u8) -> bool {
    MAY_GO_ON[usize::from(byte)]
}

const MAY_GO_ON: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0x80;
        byte += 1;
    }
    table
};

fn word_end(text: &str, bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let caseless = bytes[start] >= 0x80 && text[start..].chars().next().is_some_and(is_caseless);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() && !caseless {
            at += 1;
        } else if *byte >= 0x80 {
            match text[at..].chars().next() {
                Some(c) if caseless && is_caseless(c) || !caseless && goes_on_word(c) => at += c.len_utf8(),
                _ => break,
            }
        } else if matches!(byte, b'.' | b',')
            && at > start
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn shape_of(word: &str) -> Shape {
    let mut shape = Shape::default();
    let (mut small, mut capitals, mut digits, mut capital_inside) = (0, 0, 0, false);
    if word.is_ascii() {
        for byte in word.bytes() {
            small += usize::from(byte.is_ascii_lowercase());
            capitals += usize::from(byte.is_ascii_uppercase());
            digits += usize::from(byte.is_ascii_digit());
        }
        shape.capital = word.starts_with(|first: char| first.is_ascii_uppercase());
        capital_inside = capitals > usize::from(shape.capital);
    } else {
        for (index, c) in word.chars().enumerate() {
            if c.is_ascii_digit() {
                digits += 1;
            } else if c.is_uppercase() {
                shape.capital |= index == 0;
                capital_inside |= index > 0;
                capitals += 1;
            } else if c.is_alphabetic() {
                small += 1;
            }
        }
    }
    let begins_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
    shape.number = begins_with_digit;
    let plural = small == 1 && capitals >= 2 && word.ends_with('s');
    shape.acronym = capitals >= 2 && (small == 0 || plural);
    shape.mixed = !begins_with_digit
        && (!shape.acronym && (capital_inside && small > 0 || digits > 0 && small + capitals > 0)
            || shape.acronym && digits > 0);
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Lexicon;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<(String, Shape)> {
        let vocabulary = Vocabulary::new(&Lexicon::read(&[]).unwrap());
        let mut tokens = Vec::new();
        tokenise(text, ByteSpan::new(0, text.len()), &vocabulary, &mut tokens);
        tokens.iter().map(|token| (token.span.of(text).to_string(), token.shape)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn letters_are_the_same_read_eight_at_a_time() {
        for text in [
            "",
            "a",
            "model",
            "models,",
            "language models",
            "transformers",
            "abcdefgh",
            "az{`@",
            "maße",
            "GPT",
        ] {
            let SmallLetters { end, packed } = small_letters(text.as_bytes(), 0);
            assert_eq!(end, text.bytes().take_while(u8::is_ascii_lowercase).count(), "{text}");
            let mut eight = [0; 8];
            eight[..end.min(8)].copy_from_slice(&text.as_bytes()[..end.min(8)]);
            assert!(packed.is_none_or(|packed| packed == u64::from_le_bytes(eight)), "{text}");
        }
    }

    #[test]
    fn hyphens_part_words_and_mark_the_second_as_joined() {
        let tokens = cut("closed-source LLM");
        assert_eq!(tokens.iter().map(|(_, shape)| shape.joined).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn typeset_hyphens_are_hyphens() {
        let tokens = cut("closed\u{2011}source un\u{2010}released");
        assert_eq!(
            tokens.iter().map(|(_, shape)| shape.joined).collect::<Vec<_>>(),
            [false, true, false, true]
        );
    }

    #[test]
    fn a_dash_between_letters_joins_words_and_one_between_figures_does_not() {
        let joined = |text: &str| cut(text).iter().map(|(_, shape)| shape.joined).collect::<Vec<_>>();
        assert_eq!(joined("encoder\u{2013}decoder"), [false, true]);
        assert!(!joined("7B\u{2013}13B, 2019\u{2013}2021, it \u{2013} a").contains(&true));
    }

    #[test]
    fn scripts_and_raised_marks_part_words() {
        assert_eq!(words("用ChatGPT生成"), ["用", "ChatGPT", "生成"]);
        assert_eq!(
            words("language model\u{b3} and 10\u{b9}"),
            ["language", "model", "\u{b3}", "and", "10", "\u{b9}"]
        );
        assert_eq!(words("naïve Ångström Ωmega"), ["naïve", "Ångström", "Ωmega"]);
    }

    #[test]
    fn numbers_keep_their_points_and_possessives_stand_alone() {
        assert_eq!(words("GPT-3.5's 1,024."), ["GPT", "3.5", "'s", "1,024", "."]);
        assert_eq!(words("models’ size"), ["models", "’", "size"]);
        assert_eq!(
            words("of [7]'s and Poe (2020)’s"),
            ["of", "[", "7", "]", "'s", "and", "Poe", "(", "2020", ")", "’s"]
        );
        assert_eq!(words("'(a)' 'some'"), ["'", "(", "a", ")", "'", "'", "some", "'"]);
    }

    #[test]
    fn tex_commands_are_looked_through() {
        assert_eq!(
            words(r"\emph{GPT-4} and $137$B with \ours"),
            ["GPT", "4", "and", "137", "B", "with", r"\ours"]
        );
    }

    #[test]
    fn symbols_of_formulas_are_not_written_as_names() {
        let mixed = |text: &str| cut(text).into_iter().filter(|(_, shape)| shape.mixed).map(|(word, _)| word);
        assert_eq!(mixed(r"\ours wins by $\Delta$ and \mine").collect::<Vec<_>>(), [r"\ours", r"\mine"]);
        assert_eq!(mixed(r"$\beta \to \pi_0$, 5\% of \{x\}").count(), 0);
    }

    #[test]
    fn shapes_tell_coined_names_from_words() {
        let shape = |word: &str| cut(word)[0].1;
        assert!(shape("RePAQ").mixed && shape("word2vec").mixed && shape("o3").mixed);
        assert!(shape("LLMs").acronym && !shape("LLMs").mixed && shape("BERT").acronym);
        assert!(!shape("Models").mixed && shape("Models").capital);
        assert!(shape("12").number && !shape("70M").mixed);
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_on_character_bounds(text in "\\PC{0,60}|[a-z\\\\{}$'’.\u{2013}é -]{0,40}") {
            let vocabulary = Vocabulary::new(&Lexicon::read(&[]).unwrap());
            let mut tokens = Vec::new();
            tokenise(&text, ByteSpan::new(0, text.len()), &vocabulary, &mut tokens);
            let mut last = 0;
            for token in tokens {
                prop_assert!(token.span.start >= last && token.span.end > token.span.start);
                prop_assert!(text.get(token.span.start..token.span.end).is_some());
                last = token.span.end;
            }
        }
    }
}
