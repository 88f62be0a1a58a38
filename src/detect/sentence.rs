//! Segmentation of prose into sentences.

use super::vocabulary::Vocabulary;
use crate::catalogue::ClassSet;
use crate::document::{ByteSpan, floor_to_character};

/// Longest sentence, in bytes; a longer one is cut, so that no stage has to process an endless one.
const LONGEST_SENTENCE: usize = 4_000;

/// Cuts a prose into sentences, in order. None is empty or contains a paragraph break, and together they
/// contain everything except white space.
///
/// `abbreviation` is the class of words whose full stop does not end a sentence ("e.g.", "et al.").
pub fn sentences(prose: &str, vocabulary: &Vocabulary, abbreviation: ClassSet) -> Vec<ByteSpan> {
    let bytes = prose.as_bytes();
    let mut sentences = Vec::with_capacity(prose.len() / 120 + 1);
    let mut start = 0;
    let mut from = 0;
    while let Some(found) = memchr::memchr3(b'.', b'\n', b'?', &bytes[from..]) {
        let at = from + found;
        from = at + 1;
        let ends = match bytes[at] {
            b'\n' => {
                let rest = &bytes[at + 1..];
                let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                rest.get(blank) == Some(&b'\n')
            }
            b'.' => ends_sentence(bytes, at) && !is_abbreviation(prose, at, vocabulary, abbreviation),
            _ => ends_sentence(bytes, at),
        };
        if ends {
            push(prose, start, at + 1, &mut sentences);
            start = at + 1;
        }
    }
    push(prose, start, prose.len(), &mut sentences);
    sentences
}

/// Cuts the sentences for which `is_row` holds at line ends, into rows of a table or lines of a listing.
pub fn with_rows(sentences: Vec<ByteSpan>, prose: &str, is_row: impl Fn(usize) -> bool) -> Vec<ByteSpan> {
    let mut cut = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if !is_row(sentence.start) {
            cut.push(sentence);
            continue;
        }
        let mut start = sentence.start;
        for row in sentence.of(prose).split('\n') {
            push(prose, start, start + row.len(), &mut cut);
            start += row.len() + 1;
        }
    }
    cut
}

/// Returns whether white space and the start of a new sentence follow the sign at `at`.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    let mut next = at + 1;
    while bytes.get(next).is_some_and(|byte| matches!(byte, b'"' | b'\'' | b')' | b']')) {
        next += 1;
    }
    let space = bytes[next..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match bytes.get(next + space) {
        None => true,
        Some(byte) => space > 0 && !byte.is_ascii_lowercase() && !matches!(byte, b',' | b';'),
    }
}

/// Returns whether the full stop at `at` belongs to an abbreviation or an initial.
fn is_abbreviation(prose: &str, at: usize, vocabulary: &Vocabulary, abbreviation: ClassSet) -> bool {
    let bytes = prose.as_bytes();
    let length = bytes[..at].iter().rev().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if length == 0 {
        return false;
    }
    let word = &prose[at - length..at];
    if length == 1 {
        // "e.g.", "i.e.", an initial; but "model A." does end a sentence, and "B." a size
        return at >= 2 && (bytes[at - 2] == b'.' || word.starts_with(|c: char| c.is_ascii_lowercase()));
    }
    vocabulary.is_in(word, abbreviation)
}

fn push(prose: &str, start: usize, end: usize, sentences: &mut Vec<ByteSpan>) {
    let text = &prose[start..end];
    let mut start = start + (text.len() - text.trim_start().len());
    let end = start + prose[start..end].trim_end().len();
    while end - start > LONGEST_SENTENCE {
        let cut = floor_to_character(prose, start + LONGEST_SENTENCE);
        let cut = prose[start..cut].rfind(' ').map_or(cut, |space| start + space + 1);
        sentences.push(ByteSpan::new(start, cut));
        start = cut;
    }
    if start < end {
        sentences.push(ByteSpan::new(start, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Lexicon};
    use proptest::prelude::*;

    fn cut(prose: &str) -> Vec<&str> {
        let file = CatalogueFile {
            shown: "l".into(),
            path: "l".into(),
            text: "[abbreviation]\nabout='x'\nwords=['al', 'fig']".into(),
        };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let vocabulary = Vocabulary::new(&lexicon);
        let spans = sentences(prose, &vocabulary, lexicon.set_of("abbreviation"));
        spans.into_iter().map(|span| span.of(prose)).collect()
    }

    #[test]
    fn full_stops_of_abbreviations_numbers_and_initials_end_nothing() {
        assert_eq!(
            cut("We ran it (e.g. GPT 3.5). Smith et al. Did so. See Fig. 2 now."),
            ["We ran it (e.g. GPT 3.5).", "Smith et al. Did so.", "See Fig. 2 now."]
        );
        assert_eq!(cut("The largest has 137B. It won."), ["The largest has 137B.", "It won."]);
    }

    #[test]
    fn a_blank_line_ends_a_sentence_and_a_single_newline_does_not() {
        assert_eq!(cut("A title\n \nWe ran\na model"), ["A title", "We ran\na model"]);
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_cover_all_words_and_stay_short(prose in "(\\PC|[.?\n a-zA-Z]){0,200}|[a é]{4000,4100}") {
            let vocabulary = Vocabulary::new(&Lexicon::read(&[]).unwrap());
            let mut last = 0;
            for span in sentences(&prose, &vocabulary, ClassSet::default()) {
                prop_assert!(prose[last..span.start].trim().is_empty());
                prop_assert!(span.start < span.end && span.len() <= LONGEST_SENTENCE);
                last = span.end;
            }
            prop_assert!(prose[last..].trim().is_empty());
        }
    }
}
