//! Anchors: the head words and the beginnings of names, found in one pass over a prose.

use std::collections::BTreeSet;

use super::first_runs::{CLASS, first_run, with_byte};
use super::name::NameMention;
use super::name_index::NameIndex;
use crate::catalogue::{Lexicon, QuantityWords};
use crate::document::{ByteSpan, floor_to_character};

/// The search for names and head words.
///
/// A prose is examined where its words begin. The letters or digits that stand there choose the anchors that
/// can follow, so that other words, which are most, cost one look at a table.
#[derive(Debug)]
pub struct Anchors {
    /// Letters that turn a number before them into a size: "7B".
    of_sizes: Vec<u8>,
}

/// The names and heads that anchors lead to in a prose.
#[derive(Debug, Default)]
pub struct AnchoredThings {
    /// Names of the catalogue, in order and without overlaps.
    pub names: Vec<NameMention>,
    /// The byte offsets of head words and sizes, in order.
    pub heads: Vec<usize>,
}

/// Returns the words by which mentions are found: those that end one, and scales of sizes.
pub(super) fn head_words(lexicon: &Lexicon, quantities: &QuantityWords) -> BTreeSet<String> {
    let heads = lexicon.classes.iter().filter(|class| class.head.is_some());
    let heads = heads.flat_map(|class| &class.words);
    let heads = heads.map(|word| word.rsplit([' ', '-']).next().unwrap_or(word).to_ascii_lowercase());
    // "a two-billion-parameter policy": a scale whose letter means parameters may be one in words.
    let of_sizes = quantities.scales.iter().filter(|scale| !scale.alone.is_empty());
    heads.chain(of_sizes.flat_map(|scale| &scale.words).cloned()).collect()
}

impl Anchors {
    /// Collects the letters of sizes.
    pub fn new(quantities: &QuantityWords) -> Self {
        let symbols = quantities.scales.iter().flat_map(|scale| &scale.alone);
        let of_sizes = symbols.filter_map(|symbol| <[u8; 1]>::try_from(symbol.as_bytes()).ok()).flatten();
        Self { of_sizes: of_sizes.collect() }
    }

    /// Finds the names and head words of a prose.
    pub fn find(&self, prose: &str, index: &NameIndex) -> AnchoredThings {
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
            let mut is_head = false;
            // Where a longer anchor leads to nothing, a shorter one may: "LLM of Paris".
            for (begun, anchor) in index.standing_at(&bytes[at..], run).into_iter().flatten() {
                if anchor.is_head {
                    if !bytes.get(at + anchor.length()).is_some_and(u8::is_ascii_alphanumeric) {
                        found.heads.push(at);
                        is_head = true;
                        break;
                    }
                } else if let Some(name) = anchor.leads_to.and_then(|names| begun.name_at(prose, at, names)) {
                    beyond = Some(name);
                    break;
                }
            }
            if beyond.is_none() && !is_head && after_run == after_word {
                beyond = broken_name(prose, at, run, index);
            }
            if let Some(name) = beyond {
                let name = name_that_goes_further(prose, index, &name).unwrap_or(name);
                next = name.span.end.max(after_word);
                found.names.push(name);
            }
            at = next;
        }
    }
}

/// Most bytes of a broken name.
const LONGEST_BROKEN: usize = 60;

/// Returns the name that begins with a broken word: at the end of a line, with the hyphen left in it
/// ("Triv-iaQA"), or behind capitals ("LJ Speech"). `run` is the length and the hash of what stands at `at`.
fn broken_name(prose: &str, at: usize, run: (usize, u32), index: &NameIndex) -> Option<NameMention> {
    let bytes = &prose.as_bytes()[at..];
    let &[sign, next] = bytes.get(run.0..run.0 + 2)? else { return None };
    let first = &bytes[..run.0];
    let is_broken = match sign {
        b'-' => first.first().is_some_and(u8::is_ascii_uppercase) && next.is_ascii_alphabetic(),
        b' ' => {
            let is_word = bytes.get(run.0 + 2).is_some_and(u8::is_ascii_lowercase);
            first.iter().all(u8::is_ascii_uppercase) && next.is_ascii_uppercase() && is_word
        }
        _ => false,
    };
    if !is_broken || run.0 < 2 {
        return None;
    }
    let second = bytes[run.0 + 1..].iter().take_while(|byte| CLASS[usize::from(**byte)] == 1);
    let hash = second.fold(run.1, |hash, byte| with_byte(hash, *byte));
    if !index.may_begin(hash) {
        return None; // as most words
    }
    let end = floor_to_character(prose, at + LONGEST_BROKEN);
    let joined = [&prose[at..at + run.0], prose.get(at + run.0 + 1..end)?].concat();
    let standing = index.standing_at(joined.as_bytes(), first_run(joined.as_bytes()))?;
    let names = standing.filter_map(|(begun, anchor)| begun.name_at(&joined, 0, anchor.leads_to?));
    let name = names.filter(|name| name.span.end > run.0).max_by_key(|name| name.span.end)?;
    // A title has a capital in both parts of "Cross-Task" too.
    let capitals = name.span.of(&joined).bytes().filter(u8::is_ascii_uppercase).count();
    let fewest = if sign == b'-' && next.is_ascii_uppercase() { 3 } else { 2 };
    (capitals >= fewest).then(|| NameMention { span: ByteSpan::new(at, at + name.span.end + 1), ..name })
}

/// Returns a name that begins inside of another one and ends behind it: "OpenAI GPT" is a name, but
/// "OpenAI GPT-4" contains "GPT-4".
fn name_that_goes_further(prose: &str, index: &NameIndex, name: &NameMention) -> Option<NameMention> {
    let bytes = prose.as_bytes();
    let class = |at: usize| CLASS[usize::from(bytes[at])];
    let begins = (name.span.start + 1..name.span.end).filter(|at| class(*at) == 1 && class(at - 1) == 0);
    for at in begins {
        let standing = index.standing_at(&bytes[at..], first_run(&bytes[at..]));
        for (begun, anchor) in standing.into_iter().flatten() {
            let names = anchor.leads_to.filter(|_| !anchor.is_head);
            if let Some(inner) = names.and_then(|names| begun.name_at(prose, at, names)) {
                if inner.span.end > name.span.end {
                    // "GTE-Qwen2-7B" is a name of its own
                    return Some(NameMention { after_maker: bytes[at - 1] != b'-', ..inner });
                }
                break;
            }
        }
    }
    None
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
            "OrvexNet",
            "LJSpeech",
        ];
        let known =
            names.iter().map(|name| KnownName { name, system: SystemId(0), common_word: false, uses: 0 });
        let heads = head_words(&lexicon, &sizes());
        let is_ordinary = |word: &str| word == "language" || word == "open";
        let index = NameIndex::new(heads.iter().map(String::as_str), known);
        let index = index.beginning_ordinary(is_ordinary);
        let found = Anchors::new(&sizes()).find(prose, &index);
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
    fn a_name_broken_by_a_hyphen_or_behind_capitals_is_found_and_a_title_is_not() {
        assert_eq!(find("Or-vexNet, ORVEX-NET and Orvex-NET").0, ["Or-vexNet", "ORVEX-NET", "Orvex-NET"]);
        assert_eq!(find("on LJ Speech and").0, ["LJ Speech"]);
        for text in
            ["or-vexNet", "Orvex-Net", "Orvex Net", "Or-vexNets9", "Or-", "Or-v", "Or-ve\u{e9}", "LJ SPEECH"]
        {
            assert!(find(text).0.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_head_word_ends_where_its_word_ends() {
        assert_eq!(find("LLM LLMs"), (vec![], vec![0]));
    }
}
