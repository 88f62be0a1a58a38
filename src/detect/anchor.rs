//! Anchors: the head words and the beginnings of names, found in one pass over a prose.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::first_runs::{CLASS, FirstRuns, first_run};
use super::name::{NameBook, NameMention};
use crate::catalogue::{Lexicon, QuantityWords};

/// All head words and beginnings of names, indexed by their first run of letters or digits.
///
/// A prose is examined where its words begin. The letters or digits that stand there choose the anchors that
/// can follow, so that other words, which are most, cost one look-up in a table.
#[derive(Debug)]
pub struct Anchors {
    /// The anchors of each run, longest first. Runs are in lower case.
    by_run: HashMap<Box<[u8]>, Vec<Anchor>, FixedState>,
    first_runs: FirstRuns,
    /// Letters that turn a number before them into a size: "7B".
    of_sizes: Vec<u8>,
}

/// A text to be found, in lower case.
#[derive(Debug, Clone)]
struct Anchor {
    text: Box<str>,
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

impl Anchors {
    /// Collects the anchors of a lexicon, of the scales of sizes, and of the names of a catalogue.
    pub fn new(lexicon: &Lexicon, quantities: &QuantityWords, names: &NameBook) -> Self {
        let mut anchors = Vec::new();
        let mut head_words: HashSet<Box<str>, FixedState> = HashSet::default();
        let heads = lexicon.classes.iter().filter(|class| class.head.is_some());
        for word in heads.flat_map(|class| &class.words) {
            let word = word.rsplit([' ', '-']).next().unwrap_or(word).to_ascii_lowercase();
            if head_words.insert(word.as_str().into()) {
                anchors.push(Anchor { text: word.into(), begins_names: false });
            }
        }
        let of_names = names.anchors().map(|text| Anchor { text: text.into(), begins_names: true });
        anchors.extend(of_names.filter(|anchor| !head_words.contains(&anchor.text)));

        let mut by_run: HashMap<Box<[u8]>, Vec<Anchor>, FixedState> = HashMap::default();
        for anchor in anchors {
            let run = run_of(&anchor.text);
            match by_run.get_mut(run) {
                Some(known) => known.push(anchor),
                None => drop(by_run.insert(run.into(), vec![anchor])),
            }
        }
        for anchors in by_run.values_mut() {
            anchors.sort_by(|one, other| (other.text.len(), &one.text).cmp(&(one.text.len(), &other.text)));
        }
        // A name in the plural, and names written together, are longer runs.
        let mut runs: HashSet<Box<[u8]>, FixedState> = HashSet::default();
        for run in by_run.keys() {
            runs.extend([run.clone(), [run, &b"s"[..]].concat().into()]);
        }
        runs.extend(
            names.joined_beginnings().map(|beginning| run_of(&beginning).to_ascii_lowercase().into()),
        );
        let first_runs = FirstRuns::new(runs.iter().map(AsRef::as_ref));
        add_beginnings_of_runs(&mut by_run, runs);
        let symbols = quantities.scales.iter().flat_map(|scale| &scale.alone);
        let of_sizes = symbols.filter_map(|symbol| <[u8; 1]>::try_from(symbol.as_bytes()).ok()).flatten();
        Self { by_run, first_runs, of_sizes: of_sizes.collect() }
    }

    /// Iterates, longest first, over the anchors at the start of `bytes`, whose first run has this length and
    /// hash. `lowered` is a reusable buffer.
    fn standing_at<'a>(
        &'a self,
        bytes: &'a [u8],
        (length, hash): (usize, u32),
        lowered: &mut Vec<u8>,
    ) -> impl Iterator<Item = &'a Anchor> {
        let anchors = self.first_runs.may_hold(hash).then(|| {
            lowered.clear();
            lowered.extend(bytes[..length].iter().map(u8::to_ascii_lowercase));
            self.by_run.get(lowered.as_slice())
        });
        anchors.flatten().into_iter().flatten().filter(move |anchor| {
            let (text, after) = (anchor.text.as_bytes(), length);
            // The run they have in common, or are a part of; behind it most differ at once.
            let (Some(wanted), Some(there)) = (text.get(after), bytes.get(after)) else {
                return text.len() <= after;
            };
            wanted.eq_ignore_ascii_case(there)
                && bytes
                    .get(after..text.len())
                    .is_some_and(|there| there.eq_ignore_ascii_case(&text[after..]))
        })
    }

    /// Finds the names and head words of a prose.
    pub fn find(&self, prose: &str, book: &NameBook) -> AnchoredThings {
        let bytes = prose.as_bytes();
        let (mut found, mut lowered) = (AnchoredThings::default(), Vec::new());
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
            for anchor in self.standing_at(&bytes[at..], run, &mut lowered) {
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
                let name = self.name_that_goes_further(prose, book, &name, &mut lowered).unwrap_or(name);
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
        lowered: &mut Vec<u8>,
    ) -> Option<NameMention> {
        let bytes = prose.as_bytes();
        let class = |at: usize| CLASS[usize::from(bytes[at])];
        let begins = (name.span.start + 1..name.span.end).filter(|at| class(*at) == 1 && class(at - 1) == 0);
        for at in begins {
            for anchor in self.standing_at(&bytes[at..], first_run(&bytes[at..]), lowered) {
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
fn add_beginnings_of_runs(
    by_run: &mut HashMap<Box<[u8]>, Vec<Anchor>, FixedState>,
    runs: HashSet<Box<[u8]>, FixedState>,
) {
    let is_run = |anchor: &&Anchor| run_of(&anchor.text).len() == anchor.text.len();
    let whole: HashMap<Box<[u8]>, Anchor, FixedState> = by_run
        .iter()
        .filter_map(|(run, anchors)| Some((run.clone(), anchors.iter().find(is_run)?.clone())))
        .collect();
    for run in runs {
        let shorter: Vec<Anchor> =
            (1..run.len()).rev().filter_map(|end| whole.get(&run[..end])).cloned().collect();
        let anchors = by_run.entry(run).or_default();
        for anchor in shorter {
            if !anchors.iter().any(|known| known.text == anchor.text) {
                anchors.push(anchor); // shorter than all of the run itself
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
