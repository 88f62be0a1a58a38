//! Anchors: the head words and the beginnings of names, found in one pass over a prose.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use super::name::{NameBook, NameMention};
use crate::catalogue::Lexicon;

/// One automaton of all head words and beginnings of names.
///
/// It is run from the start of every word whose first letters or digits are those of some anchor, so
/// that other words, which are most, cost one look at a table.
#[derive(Debug)]
pub struct Anchors {
    automaton: AhoCorasick,
    /// For each anchor what names begin with it; none for a head word.
    beginnings: Vec<Option<Box<str>>>,
    /// The head words in lower case, to be found where a name only seemed to begin.
    head_words: HashSet<Box<[u8]>>,
    first_runs: FirstRuns,
}

/// What the anchors of a prose lead to.
#[derive(Debug, Default)]
pub struct AnchoredThings {
    /// Names of the catalogue, in order, none overlapping another.
    pub names: Vec<NameMention>,
    /// Where head words begin, in order.
    pub heads: Vec<usize>,
}

impl Anchors {
    /// The anchors of a lexicon and of the names of a catalogue.
    ///
    /// # Errors
    ///
    /// When the anchors do not fit one automaton, which takes millions of names.
    pub fn new(lexicon: &Lexicon, names: &NameBook) -> Result<Self, aho_corasick::BuildError> {
        let mut patterns: Vec<&str> = Vec::new();
        let mut beginnings = Vec::new();
        let mut head_words = HashSet::new();
        let heads = lexicon.classes.iter().filter(|class| class.head.is_some());
        for word in heads.flat_map(|class| &class.words) {
            let word = word.rsplit([' ', '-']).next().unwrap_or(word);
            patterns.push(word);
            beginnings.push(None);
            head_words.insert(word.to_ascii_lowercase().into_bytes().into_boxed_slice());
        }
        let mut of_names: Vec<&str> = names.anchors().collect();
        of_names.sort_unstable(); // the same automaton at every start
        for beginning in of_names {
            patterns.push(beginning);
            beginnings.push(Some(beginning.into()));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .dense_depth(4)
            .build(&patterns)?;
        Ok(Self { automaton, beginnings, head_words, first_runs: FirstRuns::new(&patterns, names) })
    }

    /// Finds the names and head words of a prose.
    pub fn find(&self, prose: &str, book: &NameBook) -> AnchoredThings {
        let bytes = prose.as_bytes();
        let mut found = AnchoredThings::default();
        let mut at = 0;
        loop {
            at += bytes[at..].iter().take_while(|byte| !WORD[usize::from(**byte)]).count();
            if at >= bytes.len() {
                return found;
            }
            let after_word = at + bytes[at..].iter().take_while(|byte| WORD[usize::from(**byte)]).count();
            if !self.first_runs.may_begin(&bytes[at..]) {
                at = after_word;
                continue;
            }
            let input = Input::new(prose).span(at..bytes.len()).anchored(Anchored::Yes);
            let Some(anchor) = self.automaton.find(input) else {
                at = after_word;
                continue;
            };
            let mut next = after_word;
            match &self.beginnings[anchor.pattern().as_usize()] {
                None => {
                    if !bytes.get(anchor.end()).is_some_and(u8::is_ascii_alphanumeric) {
                        found.heads.push(at);
                    }
                }
                Some(beginning) => {
                    if let Some(name) = book.name_at(prose, at, beginning) {
                        next = name.span.end.max(after_word);
                        found.names.push(name);
                    } else if self.head_words.contains(&*bytes[at..after_word].to_ascii_lowercase()) {
                        found.heads.push(at);
                    }
                }
            }
            at = next;
        }
    }
}

/// Whether a byte is a letter or a digit of ASCII.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The runs of letters or digits that anchors begin with, whatever their case, as a table of bits.
#[derive(Debug)]
struct FirstRuns(Box<[u64]>);

/// Bits of the table, as a power of two: few enough to stay in a processor's cache, and many more
/// than a catalogue has names.
const TABLE_BITS: u32 = 17;

impl FirstRuns {
    fn new(patterns: &[&str], names: &NameBook) -> Self {
        let mut table = Self(vec![0; 1 << (TABLE_BITS - 6)].into_boxed_slice());
        for pattern in patterns {
            let run = first_run(pattern.as_bytes());
            table.set(run);
            table.set(&[run, b"s"].concat()); // a name in the plural
        }
        names.joined_beginnings().for_each(|beginning| table.set(first_run(beginning.as_bytes())));
        table
    }

    fn set(&mut self, run: &[u8]) {
        let (word, bit) = place(run);
        self.0[word] |= 1 << bit;
    }

    /// Whether an anchor may begin where `bytes` begins.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let (word, bit) = place(first_run(bytes));
        self.0[word] >> bit & 1 == 1
    }
}

/// The letters, or the digits, that a text begins with.
fn first_run(bytes: &[u8]) -> &[u8] {
    let digits = bytes.first().is_some_and(u8::is_ascii_digit);
    let in_run = |byte: &&u8| if digits { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
    &bytes[..bytes.iter().take_while(in_run).count()]
}

/// The place of a run in the table: the hash FNV-1a of its letters, whatever their case.
fn place(run: &[u8]) -> (usize, u32) {
    let hash = run
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193));
    let bit = (hash ^ hash >> TABLE_BITS) & ((1 << TABLE_BITS) - 1);
    ((bit >> 6) as usize, bit & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, SystemId};
    use crate::detect::KnownName;

    fn find(prose: &str) -> (Vec<&str>, Vec<usize>) {
        let text = "[model]\nabout='x'\nhead='model'\nwords=['language models', 'llm']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let names = [
            "Llama Guard",
            "Shap-E",
            "GPT-4",
            "Language Models for Dialog Applications",
            "T5",
            "Open GPT-Z",
            "LLM of Lyon",
        ];
        let known =
            names.iter().map(|name| KnownName { name, system: SystemId(0), common_word: false, uses: 0 });
        let book = NameBook::new(known, |word| word == "language" || word == "open");
        let found = Anchors::new(&lexicon, &book).unwrap().find(prose, &book);
        (found.names.iter().map(|name| name.span.of(prose)).collect(), found.heads)
    }

    #[test]
    fn a_longer_anchor_that_fails_hides_no_head_and_no_name() {
        assert_eq!(find("language models err"), (vec![], vec![9]));
        assert_eq!(find("open GPT-4"), (vec!["GPT-4"], vec![]));
        assert_eq!(find("the LLM of Paris"), (vec![], vec![4]));
    }

    #[test]
    fn anchors_begin_at_words_only() {
        assert_eq!(find("xGPT-4 myllm, but (gpt-4) and T5-LLM"), (vec!["gpt-4", "T5"], vec![33]));
    }

    #[test]
    fn a_name_written_together_is_found_and_an_ordinary_word_is_not() {
        assert_eq!(find("LlamaGuard takes the shape of T5s").0, ["LlamaGuard", "T5s"]);
    }

    #[test]
    fn a_head_word_ends_where_its_word_ends() {
        assert_eq!(find("LLM LLMs"), (vec![], vec![0]));
    }
}
