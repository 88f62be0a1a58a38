//! Words that look like the name of a system in a paper but are none: labels of the paper's own parts ("C4"
//! beside C1 to C3, "Step 2"), TeX commands (`\Phi`), authors ("Wan et al."), owners in the address of a
//! model, persons, measures, and abbreviations that the paper explains otherwise ("mean absolute error (MAE)").

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::address::{is_in_path, is_in_web_address, owns_address};
use super::code::is_in_identifier;
use super::explained::ExplainedWords;
use super::name::NameMention;
use super::naming::is_year;
use super::people::{People, PeopleWords};
use super::vocabulary::Vocabulary;
use crate::catalogue::{ClassSet, GrammarClasses, Lexicon};
use crate::document::{ByteSpan, ceil_to_character};

/// Fewest other numbers with the same letter that make a letter with a number a label.
const SIBLINGS: u32 = 2;
/// Fewest digits of a date.
const DATE: usize = 6;
/// Most bytes between two names of a list: ", and ".
const LONGEST_JOINT: usize = 6;
/// Most bytes of the citation of a work.
const LONGEST_CITATION: usize = 80;
/// Most labels and joining words of a list before the last label.
const LONGEST_LIST: usize = 16;

/// The word classes that identify labels.
#[derive(Debug)]
pub struct LabelWords {
    label_noun: ClassSet,
    hardware: ClassSet,
    doubtful: ClassSet,
    maker: ClassSet,
    variant: ClassSet,
    people: PeopleWords,
    pub(super) explained: ExplainedWords,
}

/// The labels of one paper.
#[derive(Debug, Default)]
pub struct Labels {
    /// For each capital letter, the numbers up to 63 that stand behind it, as bits.
    numbers: [u64; 26],
    /// Words before a number, such as "step", with the numbers that stand behind them as bits.
    stems: HashMap<String, u64, FixedState>,
    /// Names that stand for something else in this paper.
    explained: Vec<String>,
    people: People,
}

impl LabelWords {
    /// Looks up the classes in a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        Self {
            label_noun: classes.label_noun,
            hardware: classes.hardware_noun,
            doubtful: classes.doubtful_name,
            maker: lexicon.set_of("maker"),
            variant: classes.variant,
            people: PeopleWords::new(lexicon),
            explained: ExplainedWords::new(lexicon),
        }
    }

    /// Removes the names that are labels, and returns the rest with the labels of the paper.
    pub fn sift(
        &self,
        prose: &str,
        names: Vec<NameMention>,
        words: &Vocabulary,
    ) -> (Vec<NameMention>, Labels) {
        let labels = self.of_paper(prose, &names, words);
        let mut names = names;
        self.retain_names(prose, &mut names, &labels, words);
        (names, labels)
    }

    /// Removes the names that are labels or makers.
    pub fn retain_names(
        &self,
        prose: &str,
        names: &mut Vec<NameMention>,
        labels: &Labels,
        words: &Vocabulary,
    ) {
        let is_kept = |at: usize| {
            let (span, next) = (names[at].span, names.get(at + 1));
            let makes_next = next.is_some_and(|next| next.span.start == span.end + 1)
                && prose.get(span.end..=span.end) == Some(" ")
                && self.is_maker(span.of(prose), words);
            !makes_next && !self.is_house(prose, span, words) && self.is_name(prose, span, labels, words)
        };
        let kept: Vec<bool> = (0..names.len()).map(is_kept).collect();
        let mut kept = kept.into_iter();
        names.retain(|_| kept.next().unwrap_or(true));
    }

    /// Returns whether a name is that of a maker too: "Acme" in "Acme Orvex 2".
    fn is_maker(&self, text: &str, words: &Vocabulary) -> bool {
        words.is_in(text, self.maker) || self.makes_maker(text, "AI", words)
    }

    /// Returns whether a name is the beginning of that of a house: "Orvex" in "Orvex AI".
    fn is_house(&self, prose: &str, span: ByteSpan, words: &Vocabulary) -> bool {
        let Some(next) = prose[span.end..].strip_prefix([' ', '~', '\u{a0}']) else { return false };
        let next = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
        next.starts_with(char::is_uppercase) && self.makes_maker(span.of(prose), next, words)
    }

    fn makes_maker(&self, text: &str, next: &str, words: &Vocabulary) -> bool {
        let pair = [text, next].map(|word| words.look_up(word));
        let found = words.phrase_at(pair.into_iter());
        found.is_some_and(|(phrase, length)| length == 2 && words.classes(phrase).has_any(self.maker))
    }

    fn of_paper(&self, prose: &str, names: &[NameMention], words: &Vocabulary) -> Labels {
        let people = self.people.of_paper(prose, names, words);
        let mut labels = Labels { people, ..Labels::default() };
        // Of names that are seldom those of systems: what the paper shows to be one, and what not.
        let (mut of_systems, mut of_none) = (Vec::new(), Vec::new());
        if names.iter().any(|name| letter_and_number(name.span.of(prose)).is_some()) {
            labels.numbers = numbers_of_letters(prose, names);
        }
        for (at, name) in names.iter().enumerate() {
            let text = name.span.of(prose);
            if let Some((stem, _)) = self.stem_and_number(text, words)
                && !labels.stems.contains_key(&stem)
            {
                let numbers = numbers_behind(prose, &stem);
                labels.stems.insert(stem, numbers);
            }
            if self.explained.is_of_a_task(prose, name.span, words) {
                push_new(&mut labels.explained, text);
            }
            let is_doubtful = words.is_in(text, self.doubtful);
            if !is_doubtful && !self.explained.names_a_measure(text, words) {
                continue;
            }
            // A word may be listed or cited for what it is else.
            let is_short = letter_and_number(text).is_some();
            let is_shown = is_short && (is_listed(prose, names, at) || is_cited(&prose[name.span.end..]));
            if is_shown || self.explained.is_of_a_system(prose, name.span, words) {
                push_new(&mut of_systems, text);
            } else if is_doubtful || self.explained.is_measured(prose, name.span, words) {
                push_new(&mut of_none, text);
            }
        }
        of_none.retain(|name| !of_systems.contains(name));
        labels.explained.append(&mut of_none);
        labels
    }

    /// Returns whether a name of the catalogue stands for its system at this place.
    pub fn is_name(&self, prose: &str, span: ByteSpan, labels: &Labels, words: &Vocabulary) -> bool {
        let (Some(before), Some(after)) = (prose.get(..span.start), prose.get(span.end..)) else {
            return true;
        };
        let text = span.of(prose);
        !(before.ends_with('\\')
            || labels.explained.iter().any(|explained| explained == text)
            || is_author(after)
            || owns_address(before, text, after)
            || self.people.is_other(prose, span, &labels.people, words)
            || self.explained.is_measured(prose, span, words)
            || is_in_path(before, after)
            || is_in_web_address(before)
            || is_in_identifier(prose, span, |word| words.is_in(word, self.variant))
            || self.is_label(text, before, after, labels, words))
    }

    fn is_label(&self, text: &str, before: &str, after: &str, labels: &Labels, words: &Vocabulary) -> bool {
        if let Some((letter, number)) = letter_and_number(text) {
            let others = labels.numbers[usize::from(letter - b'A')] & !(1 << number);
            let next =
                after.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
            let last = before
                .strip_suffix([' ', '~'])
                .and_then(|rest| rest.rsplit(|c: char| !c.is_alphabetic()).next());
            let is = |word: Option<&str>, class| word.is_some_and(|word| words.is_in(word, class));
            return others.count_ones() >= SIBLINGS
                || is(next, self.hardware)
                || is(last, self.hardware)
                || is(last, self.label_noun)
                || is(noun_of_list(before), self.label_noun)
                || is_between_labels(before, after);
        }
        // "Xeon E5-2690 v4": the number of a product
        let product = text.split_once('-').filter(|(begun, _)| letter_and_number(begun).is_some());
        if product.is_some_and(|(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count() > 2) {
            return true;
        }
        let Some((stem, number)) = self.stem_and_number(text, words) else { return false };
        // As a name it is written with a capital and a hyphen.
        let is_written_as_name = text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains('-');
        let others = labels.stems.get(&stem).map_or(0, |numbers| numbers & !(1 << number));
        !is_written_as_name || others.count_ones() >= SIBLINGS
    }

    /// Returns the word and the number of a label such as "Step 2".
    fn stem_and_number(&self, text: &str, words: &Vocabulary) -> Option<(String, u32)> {
        let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let number =
            text[end..].trim_start_matches([' ', '-', '_', '\u{a0}']).parse().ok().filter(|n| *n < 64)?;
        let is_label_noun = end > 1 && words.is_in(&text[..end], self.label_noun);
        is_label_noun.then(|| (text[..end].to_ascii_lowercase(), number))
    }

    /// Returns whether words that the paper may use as a name are a label of its parts ("C3", "v8",
    /// "seed42"), a house or a team of authors ("DeepSeek-AI").
    pub fn is_coined_label(&self, name: &str, words: &Vocabulary) -> bool {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-'));
        // Houses and authors: "DeepSeek-AI"; commands of TeX; dates and numbers of runs: "20240131T0900".
        if name.ends_with("-AI")
            || name.ends_with(" Team")
            || name.starts_with('\\')
            || begins_with_date(name)
            || is_citation_key(name)
        {
            return true;
        }
        let numbered = stem.len() < name.len() && name.ends_with(|c: char| c.is_ascii_digit());
        numbered
            && (stem.len() == 1 && !name.contains('.')
                || matches!(stem, "v" | "V")
                || words.is_in(stem, self.label_noun))
    }
}

/// Returns whether a name stands in a list with another one that is no letter with a number.
fn is_listed(prose: &str, names: &[NameMention], at: usize) -> bool {
    let span = names[at].span;
    let telling = |at: usize| {
        let span = names.get(at)?.span;
        Some(span).filter(|span| letter_and_number(span.of(prose)).is_none())
    };
    let is_near = |from: usize, to: usize| from < to && to - from <= LONGEST_JOINT;
    at.checked_sub(1).and_then(telling).is_some_and(|before| is_near(before.end, span.start))
        || telling(at + 1).is_some_and(|after| is_near(span.end, after.start))
}

/// Returns whether the citation of a work follows: "(Gu et al., 2022)", "[12]".
fn is_cited(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '~', '\u{a0}']);
    if let Some(inside) = after.strip_prefix('[') {
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        return digits > 0 && inside[digits..].starts_with([']', ',']);
    }
    let Some(inside) = after.strip_prefix('(') else { return false };
    let inside = &inside[..ceil_to_character(inside, inside.len().min(LONGEST_CITATION))];
    let Some(end) = inside.find(')') else { return false };
    let inside = &inside[..end];
    inside.starts_with(char::is_uppercase) && inside.rsplit([' ', ',']).next().is_some_and(is_year)
}

fn push_new(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_string());
    }
}

/// Returns whether a word is the key of a work in a bibliography: "smith2024judges".
fn is_citation_key(name: &str) -> bool {
    let is_small = |byte: &u8| byte.is_ascii_lowercase();
    let author = name.bytes().take_while(|byte| is_small(byte)).count();
    let (year, title) = name[author..].split_at_checked(4).unwrap_or_default();
    author > 1 && is_year(year) && title.bytes().take_while(|byte| is_small(byte)).count() > 2
}

/// Returns whether a word begins with as many digits as a date.
fn begins_with_date(name: &str) -> bool {
    name.bytes().take_while(u8::is_ascii_digit).count() >= DATE
}

/// Returns the letter and the number of a label such as "C4".
fn letter_and_number(text: &str) -> Option<(u8, u32)> {
    let (letter, digits) = (*text.as_bytes().first()?, text.get(1..)?);
    let number = digits.parse().ok().filter(|number| *number < 64 && digits.len() <= 2)?;
    letter.is_ascii_uppercase().then_some((letter, number))
}

/// Returns, for each capital letter, the numbers behind it that are no part of a name.
fn numbers_of_letters(prose: &str, names: &[NameMention]) -> [u64; 26] {
    let bytes = prose.as_bytes();
    let is_part = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let (mut numbers, mut name) = ([0u64; 26], 0);
    for at in
        std::iter::once(0).chain(memchr::memchr_iter(b' ', bytes).map(|at| at + 1)).chain(other_starts(bytes))
    {
        let letter = bytes.get(at).copied().unwrap_or_default();
        if !letter.is_ascii_uppercase() {
            continue;
        }
        let digits = bytes[at + 1..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=2).contains(&digits) || is_part(Some(at + 1 + digits)) || is_part(at.checked_sub(1)) {
            continue;
        }
        // Both lists of starts are in order; the second begins anew.
        if names.get(name).is_none_or(|found| found.span.start > at) {
            name = names.partition_point(|found| found.span.end <= at);
        }
        while names.get(name).is_some_and(|found| found.span.end <= at) {
            name += 1;
        }
        let number: u32 = prose[at + 1..at + 1 + digits].parse().unwrap_or(64);
        if number < 64 && names.get(name).is_none_or(|found| found.span.start > at) {
            numbers[usize::from(letter - b'A')] |= 1 << number;
        }
    }
    numbers
}

/// Iterates over the offsets right after signs other than blanks, where words can begin.
fn other_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr3_iter(b'\n', b'(', b'/', bytes)
        .chain(memchr::memchr3_iter(b'{', b'|', b',', bytes))
        .map(|at| at + 1)
}

/// Returns the numbers behind a word, with or without a blank or a hyphen between them.
fn numbers_behind(prose: &str, stem: &str) -> u64 {
    let (bytes, mut numbers) = (prose.as_bytes(), 0);
    let Some((first, rest)) = stem.as_bytes().split_first() else { return 0 };
    for at in memchr::memchr2_iter(*first, first.to_ascii_uppercase(), bytes) {
        let end = at + stem.len();
        if !bytes.get(at + 1..end).is_some_and(|found| found.eq_ignore_ascii_case(rest)) {
            continue;
        }
        let gap = usize::from(matches!(bytes.get(end), Some(b' ' | b'-' | b'~' | b'_')));
        let digits = bytes[end + gap..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if let Some(number) =
            prose[end + gap..end + gap + digits].parse::<u32>().ok().filter(|number| *number < 64)
        {
            numbers |= 1 << number;
        }
    }
    numbers
}

/// Returns whether the text behind a name makes it an author: "et al", "Team", "-AI".
fn is_author(after: &str) -> bool {
    let rest = after.strip_prefix([' ', '\u{a0}', '~', '\n', ',']).unwrap_or(after);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let is_word = |word: &str| {
        rest.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    is_word("et al")
        || after.starts_with(' ') && is_word("Team")
        || after.strip_prefix('-').is_some_and(|rest| {
            rest.strip_prefix("AI").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Returns whether labels of any letters stand on both sides in a list: "F3, C4, P3".
fn is_between_labels(before: &str, after: &str) -> bool {
    let is_alphanumeric = |c: char| c.is_alphanumeric();
    let last = before.strip_suffix(", ").and_then(|before| before.rsplit(|c| !is_alphanumeric(c)).next());
    let next = after.strip_prefix(", ").and_then(|after| after.split(|c| !is_alphanumeric(c)).next());
    [last, next].iter().all(|word| word.is_some_and(|word| letter_and_number(word).is_some()))
}

/// Returns the word before a list of labels that goes on at the end of a text: "Vertebrae" of "Vertebrae C3
/// and", "Criteria" of "Criteria (C1)–(".
fn noun_of_list(before: &str) -> Option<&str> {
    let mut rest = before;
    let mut has_label = false;
    for _ in 0..LONGEST_LIST {
        rest = rest.trim_end_matches([' ', '~', ',', ';', '/', '(', ')', '&', '-', '–']);
        let start =
            rest.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| ceil_to_character(rest, at + 1));
        let word = &rest[start..];
        let is_label = letter_and_number(word).is_some();
        // "and", "or", "to"
        let joins = (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_label && !joins {
            return has_label.then_some(word);
        }
        has_label |= is_label;
        rest = &rest[..start];
    }
    None
}

#[cfg(test)]
#[path = "labels_tests.rs"]
mod tests;
