//! Short forms of names, replaced by the full name that the paper gives elsewhere: "Orvex 8B" and "Orvex 3.1 8B".

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::ties::Ties;
use crate::detect::{Way, size_in_name};

/// Most names with one first word that a short form is compared with.
const MOST_COMPARED: usize = 64;

/// The names of a paper by their first word, in lower case, each spelling once.
type ByFirstWord = HashMap<String, Vec<(Vec<String>, usize)>, FixedState>;

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
    let known = names_by_first_word(ties);
    for (index, names) in short {
        let full: Vec<usize> =
            names.iter().map(|name| full_name(ties, &known, *name).unwrap_or(*name)).collect();
        if full != names && ties.distinct(&full).len() == names.len() {
            ties.respell(index, full);
        }
    }
}

fn names_by_first_word(ties: &Ties<'_, '_>) -> ByFirstWord {
    let mut known = ByFirstWord::default();
    for sentence in ties.paper.sentences.iter().filter(|sentence| sentence.tells_of_this_paper()) {
        for name in sentence.names().filter(|name| !ties.paper.names.is_own(*name)) {
            let words = words_of(ties.mention(name).written_name(ties.paper.prose));
            let Some(first) = words.first() else { continue };
            let with_first = known.entry(first.clone()).or_default();
            if with_first.len() < MOST_COMPARED && !with_first.iter().any(|(other, _)| *other == words) {
                with_first.push((words, name));
            }
        }
    }
    known
}

/// Returns the shortest of the names that write a name out, if each of them writes out the one before it. A maker in
/// front may be left out: "Acme Orvex Flash" and "Orvex 2.5 Flash".
fn full_name(ties: &Ties<'_, '_>, known: &ByFirstWord, name: usize) -> Option<usize> {
    let words = words_of(ties.mention(name).written_name(ties.paper.prose));
    let written_out = |words: &[String]| {
        let with_first = known.get(words.first()?)?;
        let mut fuller: Vec<&(Vec<String>, usize)> =
            with_first.iter().filter(|(other, _)| writes_out(other, words)).collect();
        fuller.sort_by_key(|(words, _)| words.len());
        let is_chain = fuller.windows(2).all(|pair| inserted(&pair[1].0, &pair[0].0).is_some());
        fuller.first().filter(|_| is_chain).map(|(_, name)| *name)
    };
    written_out(&words).or_else(|| written_out(words.get(1..).filter(|rest| rest.len() > 1)?))
}

/// Returns the words of a name in lower case: `orvex`, `3.1`, `8b` for "Orvex-3.1 8B".
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in name.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|part| !part.is_empty()) {
        let number = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (letters, rest) = part.split_at(number);
        words.extend([letters, rest].into_iter().filter(|word| !word.is_empty()).map(str::to_lowercase));
    }
    words
}

/// Tests whether a name is another one with its version or its size, and nothing else: "Orvex 2 8B Base" may be another
/// system than "Orvex 8B". One word alone is a family's.
fn writes_out(full: &[String], short: &[String]) -> bool {
    let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    let is_size = |word: &String| size_in_name(word).is_some();
    let has_version = short.iter().any(|word| is_number(word) && !is_size(word));
    let has_size = short.iter().any(is_size);
    let may_be_added =
        |word: &&String| if is_size(word) { !has_size } else { !has_version && is_number(word) };
    let more = inserted(full, short).filter(|more| short.len() > 1 && !more.is_empty());
    more.is_some_and(|more| more.iter().all(may_be_added))
}

/// Returns the words that one name has besides those of another, if it has these in their order.
fn inserted<'a>(full: &'a [String], short: &[String]) -> Option<Vec<&'a String>> {
    let mut rest = short.iter().peekable();
    let more = full.iter().filter(|word| rest.next_if(|next| next == word).is_none()).collect();
    rest.peek().is_none().then_some(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_adds_a_version_or_a_size_and_no_word_of_its_own() {
        let writes_out = |full: &str, short: &str| writes_out(&words_of(full), &words_of(short));
        for (full, short) in
            [("Orvex 3.1 8B", "Orvex 8B"), ("Orvex-2.5-Flash", "Orvex Flash"), ("Orvex-2-7b", "orvex2")]
        {
            assert!(writes_out(full, short), "{full} {short}");
        }
        for (full, short) in [
            ("Orvex 3", "Orvex"),
            ("Orvex Guard 3 8B", "Orvex 8B"),
            ("Orvex 2 8B Base", "Orvex 8B"),
            ("Orvex-4-turbo", "Orvex-4"),
            ("Orvex 3 70B", "Orvex 8B"),
            ("Orvex 8B", "Orvex 3.1"),
            ("Orvex", "Orvex"),
            ("Orvex-2-13B", "Orvex-2-7B"),
        ] {
            assert!(!writes_out(full, short), "{full} {short}");
        }
    }
}
