//! Abbreviations that a paper explains as something other than a system, and measures that are called like one.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::joint::{before_joint, behind_joint};
use super::vocabulary::Vocabulary;
use crate::catalogue::{ClassSet, GrammarClasses, Lexicon};
use crate::document::{ByteSpan, ceil_to_character};

/// Bounds of the length of an abbreviation, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

/// Most bytes of the words that an abbreviation stands for.
const LONGEST_EXPANSION: usize = 400;
/// Most letters of a word that initials leave out: "of", "the".
const LONGEST_SMALL_WORD: usize = 3;

const BLANKS: [char; 3] = [' ', '~', '\u{a0}'];
/// The signs between the name of a measure and its value.
const BEFORE_A_VALUE: [char; 10] = [' ', '~', '\u{a0}', '$', '=', ':', '≈', '<', '>', '('];

/// The word classes that identify what an abbreviation stands for.
#[derive(Debug)]
pub(super) struct ExplainedWords {
    task_noun: ClassSet,
    measure: ClassSet,
    head: ClassSet,
    conjunction: ClassSet,
    of: ClassSet,
}

impl ExplainedWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        Self {
            task_noun: classes.task_noun,
            measure: classes.measure,
            head: classes.head,
            conjunction: classes.conjunction,
            of: classes.of,
        }
    }

    /// Returns whether an abbreviation stands in brackets behind the words that it abbreviates, the last of
    /// which names a measure or a task.
    pub(super) fn is_of_a_task(&self, prose: &str, span: ByteSpan, words: &Vocabulary) -> bool {
        expansion(prose, span).is_some_and(|expansion| words.is_in(last_word(expansion), self.task_noun))
    }

    /// Returns whether a name is that of a measure too.
    pub(super) fn names_a_measure(&self, text: &str, words: &Vocabulary) -> bool {
        is_abbreviation(text) && words.is_in(text, self.measure)
    }

    /// Returns whether the words around a name of a measure show that the measure is meant: "MAE of 2.1",
    /// "MAE and RMSE".
    pub(super) fn is_measured(&self, prose: &str, span: ByteSpan, words: &Vocabulary) -> bool {
        if !self.names_a_measure(span.of(prose), words) {
            return false;
        }
        let (before, after) = (&prose[..span.start], &prose[span.end..]);
        let next = behind_joint(after, words, self.conjunction);
        let last = before_joint(before, words, self.conjunction);
        self.is_given_a_value(after, words)
            || next.is_some_and(|next| words.is_in(first_word(next), self.measure))
            || last.is_some_and(|last| words.is_in(last_word(last), self.measure))
    }

    /// Returns whether a number follows: " of 2.1", " = 0.3", ": 4".
    fn is_given_a_value(&self, after: &str, words: &Vocabulary) -> bool {
        let rest = after.trim_start_matches(BLANKS);
        let word = first_word(rest);
        let rest = if words.is_in(word, self.of) { &rest[word.len()..] } else { rest };
        let rest = rest.trim_start_matches(BEFORE_A_VALUE);
        let is_arrow = rest.starts_with(['↓', '↑']);
        is_arrow || rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() < after.len()
    }

    /// Returns whether the words behind a name show that a system of this name is meant.
    pub(super) fn is_of_a_system(&self, prose: &str, span: ByteSpan, words: &Vocabulary) -> bool {
        let after = &prose[span.end..];
        after.starts_with('-')
            || after.strip_prefix(' ').is_some_and(|next| words.is_in(first_word(next), self.head))
    }

    /// Returns the abbreviations that stand for common nouns: "randomised trials (RTs)", "risk of bias (RoB)",
    /// "Intent Error Rate (IER)". The names of systems are mostly explained in capitals, and one thing that ends
    /// in a head such as "model" is one; several of them are a class.
    pub(super) fn common_nouns<'p>(
        &self,
        prose: &'p str,
        words: &Vocabulary,
    ) -> HashSet<&'p str, FixedState> {
        let mut found = HashSet::default();
        for open in memchr::memchr_iter(b'(', prose.as_bytes()) {
            let rest = &prose[open + 1..];
            let length = rest.bytes().take(*LENGTHS.end() + 2).take_while(u8::is_ascii_alphabetic).count();
            let text = &rest[..length];
            if found.contains(text) {
                continue;
            }
            let Some(expansion) = expansion(prose, ByteSpan::new(open + 1, open + 1 + length)) else {
                continue;
            };
            let mut rest = expansion.split([' ', '-', '\n']).skip(1);
            let is_small =
                rest.all(|word| word.is_empty() || word.starts_with(|first: char| first.is_lowercase()));
            let last = last_word(expansion);
            let is_class = last.ends_with('s') && text.ends_with('s');
            if is_small && (is_class || !words.is_in(last, self.head)) || words.is_in(last, self.task_noun) {
                found.insert(text);
                found.insert(text.strip_suffix('s').unwrap_or(text));
            }
        }
        found
    }
}

/// Tests whether a word is written in capitals and short enough for an abbreviation.
fn is_abbreviation(text: &str) -> bool {
    LENGTHS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Tests whether a word can be made of initials: "RTs", "RoB".
fn may_be_initials(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    LENGTHS.contains(&text.len())
        && capitals > 1
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Returns the words before a bracketed abbreviation whose initials it consists of. Small words such as "of" may
/// be left out of it, and other words may follow it in the bracket.
fn expansion(prose: &str, span: ByteSpan) -> Option<&str> {
    let text = span.of(prose);
    let short = text.strip_suffix('s').unwrap_or(text);
    let before = prose.get(..span.start)?.strip_suffix('(')?;
    // What has no blanks may be as long as the paper.
    let first = ceil_to_character(before, before.len().saturating_sub(LONGEST_EXPANSION));
    let before = before[first..].trim_end();
    if !may_be_initials(short) || !prose[span.end..].starts_with([')', ';', ',']) {
        return None;
    }
    let mut words = before.rsplit([' ', '-', '\n']).peekable();
    let begins_with =
        |word: &str, letter: u8| word.bytes().next().is_some_and(|first| first.eq_ignore_ascii_case(&letter));
    // Behind each word one sign, which parts it from the next.
    let mut length = 0;
    for (place, letter) in short.bytes().rev().enumerate() {
        let is_left_out = |word: &&str| {
            place > 0
                && (1..=LONGEST_SMALL_WORD).contains(&word.len())
                && word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !begins_with(word, letter)
        };
        if let Some(small) = words.next_if(is_left_out) {
            length += small.len() + 1;
        }
        let word = words.next().filter(|word| begins_with(word, letter))?;
        length += word.len() + 1;
    }
    before.get(before.len() + 1 - length..)
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;

    fn words() -> (ExplainedWords, Vocabulary) {
        let source = "[task-noun]\nabout='x'\nwords=['error']\n[measure]\nabout='x'\nwords=['mae','rmse','ned']\n\
                      [head]\nabout='x'\n[model]\nabout='x'\nin=['head']\nhead='model'\nwords=['network', 'networks']\n\
                      [conjunction]\nabout='x'\nwords=['and']\n[of]\nabout='x'\nwords=['of']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: source.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        (ExplainedWords::new(&lexicon), Vocabulary::new(&lexicon))
    }

    #[test]
    fn a_value_or_another_measure_beside_it_makes_a_name_a_measure() {
        let (explained, words) = words();
        let is_measured = |prose: &str| {
            let start = prose.find("MAE").unwrap();
            explained.is_measured(prose, ByteSpan::new(start, start + 3), &words)
        };
        for prose in [
            "an MAE of 2.1",
            "MAE = 0.3",
            "MAE: 4",
            "MAE and RMSE",
            "RMSE/MAE",
            "a | RMSE | MAE |",
            "MAE (↓)",
        ] {
            assert!(is_measured(prose), "{prose}");
        }
        for prose in ["MAE learns", "MAE and BERT", "MAE (2022)é", "MAE", "MAE2"] {
            assert!(!is_measured(prose) || prose.contains('('), "{prose}");
        }
    }

    #[test]
    fn an_abbreviation_of_small_words_is_a_common_noun() {
        let (explained, words) = words();
        let found = |prose: &'static str| {
            let mut found: Vec<&str> = explained.common_nouns(prose, &words).into_iter().collect();
            found.sort_unstable();
            found
        };
        assert_eq!(found("guided home visits (GHVs) and grain storage (GS)"), ["GHV", "GHVs", "GS"]);
        assert_eq!(found("Risk of bias (RoB; low), area under the curve (AUC)"), ["AUC", "RoB"]);
        assert_eq!(found("Intent Naming Error (INE)"), ["INE"], "a measure, whatever the capitals");
        assert_eq!(found("tree networks (TNs)"), ["TN", "TNs"], "a class of systems");
        assert_eq!(found("the Quiet Rain Corpus (QRC), a tree network (TN), home visits (TV)"), [""; 0]);
        assert_eq!(found("(AB) é(ABC) x (A"), [""; 0]);
    }
}
