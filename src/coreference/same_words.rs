//! Descriptions that repeat the words of one that already has names: "three base models", said again.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::names::says_more;
use super::paper::Sentence;
use super::sets::modifiers_and_noun;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, Kind};
use crate::detect::Way;

/// Most named descriptions with one noun that others are compared with.
const MOST_COMPARED: usize = 24;

/// Ties each description to the names of another one in the same words.
pub(super) fn tie_by_same_words(ties: &mut Ties<'_, '_>) {
    let open = ties.open();
    if open.is_empty() {
        return;
    }
    let mut named: HashMap<(String, bool), Vec<usize>, FixedState> = HashMap::default();
    for sentence in &ties.paper.sentences {
        for index in &sentence.described {
            let mention = ties.mention(*index);
            let tells = mention.kind == Kind::Described || mention.definite && !mention.plural;
            if tells && !ties.names_of(*index).is_empty() {
                let with_noun = named.entry((noun_of(ties, *index), mention.plural)).or_default();
                if with_noun.len() < MOST_COMPARED {
                    with_noun.push(*index);
                }
            }
        }
    }
    for (index, sentence) in open {
        if ties.is_other(index, &sentence.reading) || sentence.reported {
            continue;
        }
        let mention = ties.mention(index);
        let Some(others) = named.get(&(noun_of(ties, index), mention.plural)) else { continue };
        let fits = |other: &&usize| {
            if mention.plural {
                is_same_set(ties, index, **other)
            } else {
                is_taken_up_by(ties, index, sentence, **other)
                    || ties.mention(**other).kind == Kind::Described && says_no_more(ties, index, **other)
            }
        };
        // Less than half of a set, which a place names as examples, does not tell what it is elsewhere.
        let is_half = |other: &&usize| ties.is_half_of(**other, ties.names_of(**other).len());
        let fitting: Vec<usize> = others.iter().filter(fits).filter(is_half).copied().collect();
        let things = |index: usize| ties.things_of(ties.names_of(index));
        // A set has come to all its names where there are as many.
        let whole = ties
            .count_of(index)
            .and_then(|count| fitting.iter().copied().find(|other| ties.names_of(*other).len() == count));
        let most = whole.or_else(|| {
            let most = fitting.iter().copied().reduce(|best, other| {
                if ties.names_of(other).len() > ties.names_of(best).len() { other } else { best }
            })?;
            // Where they have come to different names, which of them is meant cannot be told.
            let of_most = things(most);
            let agree = |other: &usize| things(*other).iter().all(|thing| of_most.contains(thing));
            fitting.iter().all(agree).then_some(most)
        });
        let Some(most) = most else { continue };
        let names = ties.names_of(most).to_vec();
        let at = ties.mention(most).span;
        ties.set(
            index,
            &names,
            Some(naming(Way::SameWords, "it is named where the same words describe it", at)),
        );
    }
}

/// Gives sets of families the members that another set of as many has: "two API models (A, B)" where the paper elsewhere
/// says "the two, A-3 Flash and B-5".
pub(super) fn refine_families(ties: &mut Ties<'_, '_>) {
    let mut sets: Vec<(usize, Vec<usize>)> = Vec::new();
    for index in ties.paper.sentences.iter().flat_map(|sentence| &sentence.described) {
        let names = ties.names_of(*index);
        if ties.mention(*index).plural && names.len() > 1 && sets.len() < MOST_COMPARED {
            sets.push((*index, names.to_vec()));
        }
    }
    let text = |name: usize| ties.mention(name).written_name(ties.paper.prose);
    let extends = |member: usize, name: usize| says_more(text(member), text(name));
    let is_fuller = |set: &[usize], of: &[usize]| {
        let is_or_extends =
            |name: &usize| set.iter().any(|member| extends(*member, *name) || text(*member) == text(*name));
        set.len() == of.len()
            && of.iter().all(is_or_extends)
            && of.iter().any(|name| set.iter().any(|member| extends(*member, *name)))
    };
    let mut fuller = Vec::new();
    for (index, names) in &sets {
        let mut better = sets.iter().filter(|(_, set)| is_fuller(set, names)).map(|(_, set)| set);
        let Some(first) = better.next() else { continue };
        if better.all(|other| ties.things_of(other) == ties.things_of(first)) {
            fuller.push((*index, first.clone()));
        }
    }
    fuller.extend(members_of_families(ties));
    for (index, names) in fuller {
        let at = names.first().map_or(ties.mention(index).span, |name| ties.mention(*name).span);
        ties.set(index, &names, Some(naming(Way::SameWords, "another place has its full names", at)));
    }
}

/// Returns the sets that have the name of a family alone, with its members where the paper has as many as they count:
/// "both X models".
fn members_of_families(ties: &Ties<'_, '_>) -> Vec<(usize, Vec<usize>)> {
    let text = |name: usize| ties.mention(name).written_name(ties.paper.prose);
    let mut known: HashMap<&str, Vec<usize>, FixedState> = HashMap::default();
    let mut found = Vec::new();
    for index in ties.paper.sentences.iter().flat_map(|sentence| &sentence.described) {
        let &[family] = ties.names_of(*index) else { continue };
        let Some(count) = ties.count_of(*index) else { continue };
        if known.len() == MOST_COMPARED && !known.contains_key(text(family)) {
            continue;
        }
        let members = known.entry(text(family)).or_insert_with(|| {
            let firsts = ties.paper.names.things().map(|(first, _)| first);
            let all = firsts.filter(|name| says_more(text(*name), text(family)));
            let all: Vec<usize> = all.take(MOST_COMPARED).collect();
            ties.paper.names.distinct(ties.paper.prose, ties.detected, &all)
        });
        if members.len() == count {
            found.push((*index, members.clone()));
        }
    }
    found
}

/// Returns the noun that ends a description, in lower case. It is empty for nouns that say no more than
/// "system", which are interchangeable.
fn noun_of(ties: &Ties<'_, '_>, index: usize) -> String {
    let Some(sentence) = ties.paper.sentence(index) else { return String::new() };
    let reading = &sentence.reading;
    let (start, end) = reading.pieces_in(ties.mention(index).span);
    if (start..end).any(|at| reading.cue(at, Cue::SetNoun) == Some(end)) {
        return String::new();
    }
    end.checked_sub(1).map_or_else(String::new, |at| reading.text(at).to_lowercase())
}

/// Tests whether two sets with one noun are the same: equal counts and compatible modifiers or, if one has no
/// count, the same words.
fn is_same_set(ties: &Ties<'_, '_>, one: usize, other: usize) -> bool {
    match (ties.count_of(one), ties.count_of(other)) {
        (Some(count), Some(of_other)) => count == of_other && are_alike(ties, one, other),
        _ => words_of(ties, one) == words_of(ties, other) && words_of(ties, one).len() > 1,
    }
}

/// Tests whether the modifiers of one set include those of the other.
fn are_alike(ties: &Ties<'_, '_>, one: usize, other: usize) -> bool {
    match (modifiers_and_noun(ties, one), modifiers_and_noun(ties, other)) {
        (Some((one, _)), Some((other, _))) => {
            one.iter().all(|word| other.contains(word)) || other.iter().all(|word| one.contains(word))
        }
        _ => true,
    }
}

/// Tests whether another description has every word of this one, which is definite or has the very same
/// words, and has at least two words.
fn says_no_more(ties: &Ties<'_, '_>, index: usize, other: usize) -> bool {
    let (words, of_other) = (words_of(ties, index), words_of(ties, other));
    let definite = ties.mention(index).definite || words == of_other;
    definite && words.len() > 1 && words.iter().all(|word| of_other.contains(word))
}

/// Tests whether a later definite description takes this one up: "the commercial model" after "a commercial LLM". Their
/// nouns are taken as the same.
fn is_taken_up_by(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>, other: usize) -> bool {
    let is_introduced = other > index && ties.mention(other).definite && !ties.mention(index).definite;
    if !is_introduced || !sentence.tells_of_this_paper() {
        return false;
    }
    let mut modifiers = words_of(ties, other);
    modifiers.pop(); // the noun
    let words = words_of(ties, index);
    !modifiers.is_empty() && modifiers.iter().all(|word| words.contains(word))
}

/// Returns the words of a description without its determiner, in lower case.
fn words_of(ties: &Ties<'_, '_>, index: usize) -> Vec<String> {
    let text = ties.mention(index).span.of(ties.paper.prose);
    let words = text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    words.skip(1).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;
    use crate::coreference::tests::names_of;
    use crate::document::read_markdown;

    #[test]
    fn what_is_later_called_by_fewer_of_its_words_has_the_name_given_there() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let before = "# Method\n\nEach answer was rated by a large commercial LLM. It cost 20 dollars.\n\n";
        let cited = "# Related work\n\nMiller et al. (2025) used a large commercial LLM.\n\n# Method\n\n";
        for (before, later, expected) in [
            (before, "The commercial model is GPT-4.", "GPT-4"),
            (before, "The commercial LLM was GPT-4.", "GPT-4"),
            (before, "The cheap LLM was GPT-4.", ""),
            (cited, "The commercial LLM was GPT-4.", ""),
        ] {
            let document = read_markdown("p.md", format!("{before}{later}").into_bytes());
            assert_eq!(names_of(&engine, &document, "a large commercial LLM"), expected, "{before}{later}");
        }
    }
}
