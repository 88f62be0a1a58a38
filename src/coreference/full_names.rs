//! Short forms of names, replaced by the full name that the paper gives elsewhere: "Orvex 8B" and "Orvex 3.1 8B".

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::stem::Stem;
use super::ties::Ties;
use crate::detect::Way;

/// Most names with the same words that a short form is compared with.
const MOST_COMPARED: usize = 64;

/// What parts the words of a name.
const SIGNS: [char; 4] = [' ', '-', '_', '/'];

/// The names of a paper by their words without version and size, each once.
type ByWords = HashMap<String, Vec<(Stem, usize)>, FixedState>;

/// Replaces the short names of descriptions by the only full name of each in what the paper tells of its own work. What
/// stands beside a description is left as it is written there.
pub(super) fn write_out(ties: &mut Ties<'_, '_>) {
    let short: Vec<(usize, Vec<usize>)> = ties
        .tied()
        .filter(|(_, tie)| tie.naming.as_ref().is_some_and(|naming| naming.way != Way::Beside))
        .map(|(index, tie)| (index, tie.names.clone()))
        .collect();
    if short.is_empty() {
        return;
    }
    let known = names_by_words(ties);
    for (index, names) in short {
        let full: Vec<usize> =
            names.iter().map(|name| full_name(ties, &known, *name).unwrap_or(*name)).collect();
        if full != names && ties.distinct(&full).len() == names.len() {
            ties.respell(index, full);
        }
    }
}

fn names_by_words(ties: &Ties<'_, '_>) -> ByWords {
    let mut known = ByWords::default();
    for sentence in ties.paper.sentences.iter().filter(|sentence| sentence.tells_of_this_paper()) {
        for name in sentence.names().filter(|name| !ties.paper.names.is_own(*name)) {
            let stem = Stem::of(ties.mention(name).written_name(ties.paper.prose));
            let alike = known.entry(stem.words()).or_default();
            if alike.len() < MOST_COMPARED && !alike.iter().any(|(other, _)| *other == stem) {
                alike.push((stem, name));
            }
        }
    }
    known
}

/// Returns the shortest of the names that write a name out, if each of them writes out the one before it. A maker in
/// front may be left out: "Acme Orvex Flash" and "Orvex 2.5 Flash". One word alone is a family's.
fn full_name(ties: &Ties<'_, '_>, known: &ByWords, name: usize) -> Option<usize> {
    let written_out = |name: &str| {
        let stem = Stem::of(name);
        let is_family = !stem.has_version() && !name.contains(SIGNS);
        let alike = known.get(&stem.words()).filter(|_| !is_family)?;
        let mut fuller: Vec<&(Stem, usize)> =
            alike.iter().filter(|(other, _)| stem.is_written_out_by(other)).collect();
        fuller.sort_by_key(|(full, _)| full.numbers());
        let is_chain = fuller.windows(2).all(|pair| pair[0].0.is_written_out_by(&pair[1].0));
        fuller.first().filter(|_| is_chain).map(|(_, name)| *name)
    };
    let text = ties.mention(name).written_name(ties.paper.prose);
    written_out(text).or_else(|| written_out(text.split_once(SIGNS)?.1))
}
