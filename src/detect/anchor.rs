//! Anchors: the head words and the beginnings of names, found in one pass over a prose.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;

use super::first_runs::{CLASS, FirstRuns, first_run, hash_beyond, hashes_of_beginnings};
use super::name::{BegunNames, NameBook, NameMention};
use crate::catalogue::{Lexicon, QuantityWords};

/// All head words and beginnings of names, by the hash of their first run of letters or digits.
///
/// A prose is examined where its words begin. The letters or digits that stand there choose the anchors that
/// can follow, so that other words, which are most, cost one look at a table. Many names begin with a common
/// word: of the anchors that go on for two bytes or more behind their run, these bytes choose too.
#[derive(Debug)]
pub struct Anchors {
    /// The texts of all anchors, in lower case.
    texts: String,
    /// The anchors that a run may lead to stand together, longest first.
    anchors: Vec<Anchor>,
    /// Where these stand. Runs seldom share a hash, and anchors are compared in whole.
    by_run: HashMap<u32, Range<u32>, FixedState>,
    first_runs: FirstRuns,
    /// The runs of anchors that go further, with the two bytes behind them.
    further: FirstRuns,
    /// Letters that turn a number before them into a size: "7B".
    of_sizes: Vec<u8>,
}

/// A text to be found.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// Its place among the texts of all anchors.
    start: u32,
    length: u16,
    /// The last byte of the text, beside its length: most anchors of a run are ruled out without their text.
    last: u8,
    /// The names that begin with it; `None` if it is a head word.
    names: Option<BegunNames>,
}

/// The names and heads that anchors lead to in a prose.
#[derive(Debug, Default)]
pub struct AnchoredThings {
    /// Names of the catalogue, in order and without overlaps.
    pub names: Vec<NameMention>,
    /// The byte offsets of head words and sizes, in order.
    pub heads: Vec<usize>,
}

impl Anchor {
    fn text(self, texts: &str) -> &str {
        let start = self.start as usize;
        &texts[start..start + usize::from(self.length)]
    }

    /// Returns whether bytes begin with it, in any case.
    fn begins(self, bytes: &[u8], texts: &str) -> bool {
        let there = bytes.get(..usize::from(self.length)).unwrap_or_default();
        let ends_same = there.last().is_some_and(|last| last.to_ascii_lowercase() == self.last);
        ends_same && there.eq_ignore_ascii_case(self.text(texts).as_bytes())
    }
}

impl Anchors {
    /// Collects the anchors of a lexicon, of the scales of sizes, and of the names of a catalogue.
    pub fn new(lexicon: &Lexicon, quantities: &QuantityWords, names: &NameBook) -> Self {
        let mut collected = Collected::default();
        let heads = lexicon.classes.iter().filter(|class| class.head.is_some());
        let heads = heads.flat_map(|class| &class.words);
        let heads = heads.map(|word| word.rsplit([' ', '-']).next().unwrap_or(word).to_ascii_lowercase());
        // "a two-billion-parameter policy": a scale whose letter means parameters may be one in words.
        let of_sizes = quantities.scales.iter().filter(|scale| !scale.alone.is_empty());
        let of_sizes = of_sizes.flat_map(|scale| &scale.words).cloned();
        let head_words: HashSet<String, FixedState> = heads.chain(of_sizes).collect();
        head_words.iter().for_each(|word| collected.add(word, None));
        let of_names = names.anchors().filter(|(anchor, _)| !head_words.contains(*anchor));
        of_names.for_each(|(anchor, names)| collected.add(anchor, Some(names)));

        let (runs, of_runs) = collected.all_runs(names);
        let first_runs = FirstRuns::new(of_runs.iter().map(|run| &runs[run.clone()]));
        let mut led_to = collected.of_own_runs();
        let further = FirstRuns::of_hashes(collected.hashes_beyond());
        collected.add_beginnings_of_runs(of_runs.iter().map(|run| &runs[run.clone()]), &mut led_to);
        // By the hash of the run, and the longest first; two anchors of one length never begin the same text.
        led_to.sort_unstable();
        led_to.dedup();
        let mut by_run: HashMap<u32, Range<u32>, FixedState> =
            HashMap::with_capacity_and_hasher(collected.anchors.len(), FixedState::default());
        let mut start = 0;
        for of_run in led_to.chunk_by(|one, other| one.hash == other.hash) {
            let end = start + of_run.len() as u32; // far fewer than 2^32 anchors
            by_run.insert(of_run[0].hash, start..end);
            start = end;
        }
        let anchors = led_to.iter().map(|led_to| collected.anchors[led_to.anchor as usize]).collect();
        let symbols = quantities.scales.iter().flat_map(|scale| &scale.alone);
        let of_sizes = symbols.filter_map(|symbol| <[u8; 1]>::try_from(symbol.as_bytes()).ok()).flatten();
        Self { texts: collected.texts, anchors, by_run, first_runs, further, of_sizes: of_sizes.collect() }
    }

    /// Iterates, longest first, over the anchors at the start of `bytes`, whose first run has this length and
    /// hash.
    fn standing_at<'a>(&'a self, bytes: &'a [u8], run: (usize, u32)) -> impl Iterator<Item = &'a Anchor> {
        let whole = Some(run.1).filter(|hash| self.first_runs.may_hold(*hash));
        let further = whole.and_then(|_| hash_beyond(bytes, run)).filter(|hash| self.further.may_hold(*hash));
        let anchors = further.map_or(&[][..], |hash| self.led_to(hash)).iter();
        let anchors = anchors.chain(whole.map_or(&[][..], |hash| self.led_to(hash)));
        anchors.filter(|anchor| anchor.begins(bytes, &self.texts))
    }

    fn led_to(&self, hash: u32) -> &[Anchor] {
        let range = self.by_run.get(&hash);
        range.and_then(|range| self.anchors.get(range.start as usize..range.end as usize)).unwrap_or_default()
    }

    /// Finds the names and head words of a prose.
    pub fn find(&self, prose: &str, book: &NameBook) -> AnchoredThings {
        let bytes = prose.as_bytes();
        let mut found = AnchoredThings::default();
        let mut at = 0;
        loop {
            at += bytes[at..].iter().take_while(|byte| CLASS[usize::from(**byte)] == 0).count();
            if at >= bytes.len() {
                return found;
            }
            let run = first_run(&bytes[at..]);
            let after_run = at + run.0;
            let after_word = after_run
                + bytes[after_run..].iter().take_while(|byte| CLASS[usize::from(**byte)] != 0).count();
            let (mut next, mut beyond) = (after_word, None);
            if after_run + 1 == after_word
                && bytes[at].is_ascii_digit()
                && self.of_sizes.contains(&bytes[after_run])
            {
                found.heads.push(at);
            }
            // Where a longer anchor leads to nothing, a shorter one may: "LLM of Paris".
            for anchor in self.standing_at(&bytes[at..], run) {
                if let Some(names) = anchor.names {
                    if let Some(name) = book.name_at(prose, at, names) {
                        beyond = Some(name);
                        break;
                    }
                } else if !bytes.get(at + usize::from(anchor.length)).is_some_and(u8::is_ascii_alphanumeric) {
                    found.heads.push(at);
                    break;
                }
            }
            if let Some(name) = beyond {
                let name = self.name_that_goes_further(prose, book, &name).unwrap_or(name);
                next = name.span.end.max(after_word);
                found.names.push(name);
            }
            at = next;
        }
    }

    /// Returns a name that begins inside of another one and ends behind it: "OpenAI GPT" is a name, but
    /// "OpenAI GPT-4" contains "GPT-4".
    fn name_that_goes_further(
        &self,
        prose: &str,
        book: &NameBook,
        name: &NameMention,
    ) -> Option<NameMention> {
        let bytes = prose.as_bytes();
        let class = |at: usize| CLASS[usize::from(bytes[at])];
        let begins = (name.span.start + 1..name.span.end).filter(|at| class(*at) == 1 && class(at - 1) == 0);
        for at in begins {
            for anchor in self.standing_at(&bytes[at..], first_run(&bytes[at..])) {
                if let Some(inner) = anchor.names.and_then(|names| book.name_at(prose, at, names)) {
                    if inner.span.end > name.span.end {
                        return Some(NameMention { after_maker: true, ..inner });
                    }
                    break;
                }
            }
        }
        None
    }
}

/// An anchor that a run leads to. The order is by the hash of the run, the longest anchor first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LedTo {
    hash: u32,
    shorter_by: u16,
    anchor: u32,
}

/// The anchors, before it is known which runs lead to them.
#[derive(Debug, Default)]
struct Collected {
    texts: String,
    anchors: Vec<Anchor>,
}

impl Collected {
    /// Adds an anchor. A text too long for any paper is left out.
    fn add(&mut self, text: &str, names: Option<BegunNames>) {
        let Ok(length) = u16::try_from(text.len()) else { return };
        let last = text.bytes().next_back().unwrap_or_default();
        let start = self.texts.len() as u32; // all texts are far shorter than 2^32
        self.texts.push_str(text);
        self.anchors.push(Anchor { start, length, last, names });
    }

    /// Returns the runs of all anchors, and those of names in the plural and of names written together, which are
    /// longer; as ranges of bytes.
    fn all_runs(&self, names: &NameBook) -> (Vec<u8>, Vec<Range<usize>>) {
        let (mut bytes, mut runs) = (Vec::new(), Vec::new());
        let of_anchors = self.anchors.iter().map(|anchor| run_of(anchor.text(&self.texts)));
        let distinct: HashSet<&[u8], FixedState> = of_anchors.collect();
        for run in distinct {
            let start = bytes.len();
            bytes.extend_from_slice(run);
            runs.push(start..bytes.len());
            bytes.push(b's');
            runs.push(start..bytes.len());
        }
        let mut joined = String::new();
        for beginning in names.joined_beginnings() {
            joined.clear();
            beginning.iter().for_each(|part| joined.push_str(part));
            let start = bytes.len();
            bytes.extend(run_of(&joined).to_ascii_lowercase());
            runs.push(start..bytes.len());
        }
        (bytes, runs)
    }

    fn led_to(&self, hash: u32, anchor: u32) -> LedTo {
        LedTo { hash, shorter_by: u16::MAX - self.anchors[anchor as usize].length, anchor }
    }

    /// Iterates over the texts of the anchors with the lengths and hashes of their runs.
    fn with_runs(&self) -> impl Iterator<Item = (&[u8], (usize, u32))> {
        let texts = self.anchors.iter().map(|anchor| anchor.text(&self.texts).as_bytes());
        texts.map(|text| (text, first_run(text)))
    }

    /// Iterates over the hashes of runs and what stands behind them in anchors that go further.
    fn hashes_beyond(&self) -> impl Iterator<Item = u32> {
        self.with_runs().filter_map(|(text, run)| hash_beyond(text, run))
    }

    /// Makes the run of each anchor lead to it, with what stands behind it if the anchor goes further.
    fn of_own_runs(&self) -> Vec<LedTo> {
        let hashes = self.with_runs().map(|(text, run)| hash_beyond(text, run).unwrap_or(run.1));
        hashes.zip(0..).map(|(hash, anchor)| self.led_to(hash, anchor)).collect()
    }

    /// Makes every run lead to the anchors that are a shorter run: "llamas" to "llama".
    fn add_beginnings_of_runs<'r>(&self, runs: impl Iterator<Item = &'r [u8]>, led_to: &mut Vec<LedTo>) {
        let texts = self.anchors.iter().map(|anchor| anchor.text(&self.texts));
        let whole = texts.zip(0..).filter(|(text, _)| run_of(text).len() == text.len());
        let whole: HashMap<&[u8], u32, FixedState> =
            whole.map(|(text, anchor)| (text.as_bytes(), anchor)).collect();
        let may_be_whole = FirstRuns::new(whole.keys().copied());
        for run in runs {
            let hashes = hashes_of_beginnings(run);
            let Some((of_run, shorter)) = hashes.split_last() else { continue };
            let known = shorter.iter().enumerate().filter(|(_, hash)| may_be_whole.may_hold(**hash));
            let begun = known.filter_map(|(last, _)| whole.get(&run[..=last]));
            led_to.extend(begun.map(|anchor| self.led_to(*of_run, *anchor)));
        }
    }
}

/// Returns the letters, or the digits, that a text begins with.
fn run_of(text: &str) -> &[u8] {
    &text.as_bytes()[..first_run(text.as_bytes()).0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, SystemId};
    use crate::detect::KnownName;

    /// Scales of which only "B" makes a size on its own.
    fn sizes() -> QuantityWords {
        let text = "[[scale]]\nfactor=1e9\nsymbols=['B', 'b']\nalone=['B']";
        let file = CatalogueFile { shown: "q".into(), path: "q".into(), text: text.into() };
        QuantityWords::read(&[&file], &Lexicon::default()).unwrap()
    }

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
            "GPT-4 for Lyon",
            "Zeta-V2",
            "Acme GPT",
        ];
        let known =
            names.iter().map(|name| KnownName { name, system: SystemId(0), common_word: false, uses: 0 });
        let book = NameBook::new(known, |word| word == "language" || word == "open");
        let found = Anchors::new(&lexicon, &sizes(), &book).find(prose, &book);
        (found.names.iter().map(|name| name.span.of(prose)).collect(), found.heads)
    }

    #[test]
    fn a_size_is_an_anchor_where_its_letter_ends_the_word() {
        assert_eq!(find("a 7B, a 1.3B, 7b, 7Bx, 7, B, 7 B"), (vec![], vec![2, 10]));
    }

    #[test]
    fn a_longer_anchor_that_fails_hides_no_head_and_no_name() {
        assert_eq!(find("language models err"), (vec![], vec![9]));
        assert_eq!(find("open GPT-4"), (vec!["GPT-4"], vec![]));
        assert_eq!(find("the LLM of Paris"), (vec![], vec![4]));
        assert_eq!(find("GPT-4 for Paris"), (vec!["GPT-4"], vec![]));
    }

    #[test]
    fn a_maker_hides_no_longer_name() {
        assert_eq!(find("Acme GPT-4, Acme-GPT-4 and Acme GPT").0, ["GPT-4", "GPT-4", "Acme GPT"]);
    }

    #[test]
    fn anchors_begin_at_words_only() {
        assert_eq!(find("xGPT-4 myllm, but (gpt-4) and T5-LLM"), (vec!["gpt-4", "T5"], vec![33]));
    }

    #[test]
    fn a_name_written_together_is_found_and_an_ordinary_word_is_not() {
        assert_eq!(find("LlamaGuard and ZetaV2 take the shape of T5s").0, ["LlamaGuard", "ZetaV2", "T5s"]);
    }

    #[test]
    fn a_head_word_ends_where_its_word_ends() {
        assert_eq!(find("LLM LLMs"), (vec![], vec![0]));
    }
}
