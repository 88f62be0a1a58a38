//! Anchors: the head words and the beginnings of names, found in one pass over a prose.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::first_runs::{CLASS, FirstRuns, first_run, hashes_of_beginnings};
use super::name::{NameBook, NameMention};
use crate::catalogue::{Lexicon, QuantityWords};

/// All head words and beginnings of names, by the hash of their first run of letters or digits.
///
/// A prose is examined where its words begin. The letters or digits that stand there choose the anchors that
/// can follow, so that other words, which are most, cost one look at a table.
#[derive(Debug)]
pub struct Anchors {
    /// The anchors that a run may lead to, longest first. Runs seldom share a hash, and anchors are compared in
    /// whole.
    by_run: HashMap<u32, Vec<Anchor>, FixedState>,
    first_runs: FirstRuns,
    /// Letters that turn a number before them into a size: "7B".
    of_sizes: Vec<u8>,
}

/// A text to be found, in lower case.
#[derive(Debug, Clone)]
struct Anchor {
    text: Arc<str>,
    /// The last byte of the text, beside its length: most anchors of a run are ruled out without their text.
    last: u8,
    /// `true` if names begin with it, `false` if it is a head word.
    begins_names: bool,
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
    fn new(text: &str, begins_names: bool) -> Self {
        Self { text: text.into(), last: text.bytes().next_back().unwrap_or_default(), begins_names }
    }

    /// Returns whether bytes begin with it, in any case.
    fn begins(&self, bytes: &[u8]) -> bool {
        let there = bytes.get(..self.text.len()).unwrap_or_default();
        let ends_same = there.last().is_some_and(|last| last.to_ascii_lowercase() == self.last);
        ends_same && there.eq_ignore_ascii_case(self.text.as_bytes())
    }
}

impl Anchors {
    /// Collects the anchors of a lexicon, of the scales of sizes, and of the names of a catalogue.
    pub fn new(lexicon: &Lexicon, quantities: &QuantityWords, names: &NameBook) -> Self {
        let mut anchors = Vec::new();
        let mut head_words: HashSet<Box<str>, FixedState> = HashSet::default();
        let heads = lexicon.classes.iter().filter(|class| class.head.is_some());
        for word in heads.flat_map(|class| &class.words) {
            let word = word.rsplit([' ', '-']).next().unwrap_or(word).to_ascii_lowercase();
            if head_words.insert(word.as_str().into()) {
                anchors.push(Anchor::new(&word, false));
            }
        }
        // "a two-billion-parameter policy": a scale whose letter means parameters may be one in words.
        let of_sizes = quantities.scales.iter().filter(|scale| !scale.alone.is_empty());
        for word in of_sizes.flat_map(|scale| &scale.words) {
            if head_words.insert(word.as_str().into()) {
                anchors.push(Anchor::new(word, false));
            }
        }
        let of_names = names.anchors().map(|text| Anchor::new(text, true));
        anchors.extend(of_names.filter(|anchor| !head_words.contains(&*anchor.text)));

        // A name in the plural, and names written together, are longer runs.
        let mut runs: Vec<Vec<u8>> = anchors.iter().map(|anchor| run_of(&anchor.text).to_vec()).collect();
        runs.sort_unstable();
        runs.dedup();
        let plurals = runs.iter().map(|run| [run, &b"s"[..]].concat());
        let joined = names.joined_beginnings().map(|beginning| run_of(&beginning).to_ascii_lowercase());
        let longer: Vec<Vec<u8>> = plurals.chain(joined).collect();
        runs.extend(longer);
        let first_runs = FirstRuns::new(runs.iter().map(AsRef::as_ref));

        let mut by_run: HashMap<u32, Vec<Anchor>, FixedState> = HashMap::default();
        for anchor in anchors {
            by_run.entry(first_run(anchor.text.as_bytes()).1).or_default().push(anchor);
        }
        add_beginnings_of_runs(&mut by_run, &runs);
        for anchors in by_run.values_mut() {
            anchors.sort_by(|one, other| (other.text.len(), &one.text).cmp(&(one.text.len(), &other.text)));
        }
        let symbols = quantities.scales.iter().flat_map(|scale| &scale.alone);
        let of_sizes = symbols.filter_map(|symbol| <[u8; 1]>::try_from(symbol.as_bytes()).ok()).flatten();
        Self { by_run, first_runs, of_sizes: of_sizes.collect() }
    }

    /// Iterates, longest first, over the anchors at the start of `bytes`, whose first run has this hash.
    fn standing_at<'a>(&'a self, bytes: &'a [u8], hash: u32) -> impl Iterator<Item = &'a Anchor> {
        let anchors = self.first_runs.may_hold(hash).then(|| self.by_run.get(&hash)).flatten();
        anchors.into_iter().flatten().filter(|anchor| anchor.begins(bytes))
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
            let (length, hash) = first_run(&bytes[at..]);
            let after_run = at + length;
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
            for anchor in self.standing_at(&bytes[at..], hash) {
                if anchor.begins_names {
                    if let Some(name) = book.name_at(prose, at, &anchor.text) {
                        beyond = Some(name);
                        break;
                    }
                } else if !bytes.get(at + anchor.text.len()).is_some_and(u8::is_ascii_alphanumeric) {
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
            for anchor in self.standing_at(&bytes[at..], first_run(&bytes[at..]).1) {
                let inner = anchor.begins_names.then(|| book.name_at(prose, at, &anchor.text)).flatten();
                if let Some(inner) = inner {
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

/// Makes every run lead to the anchors that are a shorter run: "llamas" to "llama".
fn add_beginnings_of_runs(by_run: &mut HashMap<u32, Vec<Anchor>, FixedState>, runs: &[Vec<u8>]) {
    let is_run = |anchor: &&Anchor| run_of(&anchor.text).len() == anchor.text.len();
    let whole = by_run.iter().filter_map(|(hash, anchors)| {
        let whole: Vec<Anchor> = anchors.iter().filter(is_run).cloned().collect();
        (!whole.is_empty()).then_some((*hash, whole))
    });
    let whole: HashMap<u32, Vec<Anchor>, FixedState> = whole.collect();
    for run in runs {
        let hashes = hashes_of_beginnings(run);
        let Some((of_run, shorter)) = hashes.split_last() else { continue };
        for (last, hash) in shorter.iter().enumerate() {
            let mut begun = whole.get(hash).into_iter().flatten();
            let Some(anchor) = begun.find(|anchor| anchor.text.as_bytes() == &run[..=last]) else {
                continue;
            };
            let anchors = by_run.entry(*of_run).or_default();
            if !anchors.iter().any(|known| known.text == anchor.text) {
                anchors.push(anchor.clone());
            }
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
