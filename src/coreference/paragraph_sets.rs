//! Sets that names in their own paragraph fill.

use super::fillers::Fillers;
use super::listings::{Listing, members};
use super::names::PaperName;
use super::paper::Sentence;
use super::sets::{Found, MOST_NAMES};
use super::ties::Ties;
use crate::catalogue::Cue;

/// Largest distance, in sentences, from a set to a list in its paragraph that fills it.
const NEAR: usize = 3;
/// Most names behind a set that may make up its number.
const MOST_FOLLOWING: usize = 200;
/// Most sentences of a paragraph, from that of the set on, that are searched for names.
const LONGEST_REACH: usize = 12;

/// Finds the first list behind a set in its paragraph.
pub(super) fn near(
    ties: &Ties<'_, '_>,
    index: usize,
    place: usize,
    listings: &[Listing],
    by_role: bool,
) -> Found {
    let here = &ties.paper.sentences[place];
    let end = ties.mention(index).span.end;
    let first = listings.partition_point(|listing| listing.sentence < place);
    let within = listings[first..].iter().take_while(|listing| listing.sentence <= place + NEAR);
    let behind = within.filter(|listing| {
        let sentence = &ties.paper.sentences[listing.sentence];
        listing.at.start >= end && sentence.paragraph == here.paragraph
    });
    // "Across all models, ...; the two open ones (A and B)": a part, which has a description of its own
    let is_taken = |listing: &Listing| {
        let others = ties.paper.sentences[listing.sentence].described.iter().filter(|other| **other != index);
        let mut of_others = others.flat_map(|other| ties.names_of(*other));
        listing.names.first().is_some_and(|first| of_others.any(|name| name == first))
    };
    let fitting = |listing: &Listing| match ties.count_of(index) {
        Some(count) => listing.of_length(count).map(<[usize]>::to_vec),
        None => {
            let fits = listing.introduced && !by_role && listing.names.len() <= MOST_NAMES;
            (fits && !is_taken(listing)).then(|| listing.names.clone())
        }
    };
    let (names, at) = behind.into_iter().find_map(|listing| Some((fitting(listing)?, listing.at)))?;
    Some((names, "a list behind it in its paragraph", at))
}

/// Finds as many names as the set counts in the sentence behind its own: "Two models fail. A does so early, and B late".
/// In another paragraph, two may be so by chance.
pub(super) fn in_next_sentence(ties: &Ties<'_, '_>, index: usize, place: usize) -> Found {
    let here = &ties.paper.sentences[place];
    let is_here = |next: &&Sentence<'_>| {
        next.paragraph == here.paragraph || ties.count_of(index).is_some_and(|count| count > 2)
    };
    let tells = |next: &&Sentence<'_>| next.tells_of_this_paper() && !next.reading.says(Cue::Negation);
    let next = ties.paper.sentences.get(place + 1).filter(is_here).filter(tells)?;
    let names = ties.distinct(&next.names().collect::<Vec<_>>());
    let at = ties.mention(*names.first()?).span;
    let fits = here.is_followed_by(next) && here.runs.is_empty() && ties.count_of(index) == Some(names.len());
    fits.then_some((names, "as many names in the next sentence", at))
}

/// Finds the names that open the items of the list that a set leads to: "We ran two models:", with a paragraph for
/// each of them.
pub(super) fn itemised(ties: &Ties<'_, '_>, fillers: &Fillers, index: usize, place: usize) -> Found {
    let here = &ties.paper.sentences[place];
    let last = here.reading.pieces.len().checked_sub(1)?;
    let leads = here.reading.is(last, ':');
    let behind = &ties.paper.sentences[place + 1..];
    let is_item = |item: &&Sentence<'_>| item.paragraph == item.reading.span.start;
    // Where a full stop ends it, the items stand right behind it.
    if !leads && !behind.first().is_some_and(|first| is_item(&first) && here.is_followed_by(first)) {
        return None;
    }
    // What is said of an item may stand in a paragraph of its own.
    let items = behind.iter().take(LONGEST_REACH).filter(is_item).filter(|item| !item.runs.is_empty());
    let names = items.map_while(|item| item.runs.first().filter(|run| run.start <= 1));
    let names: Vec<usize> = names.flat_map(|run| run.names.iter().copied()).collect();
    let names = members(ties, fillers, &names);
    let at = ties.mention(*names.first()?).span;
    let fits = match ties.count_of(index) {
        Some(count) => names.len() == count,
        None => leads && (2..=MOST_NAMES).contains(&names.len()),
    };
    fits.then_some((names, "the list that it leads to", at))
}

/// Finds the last list before a set in its paragraph that has as many names, if the set takes up one: "the three
/// models", "all three models".
pub(super) fn taken_up(ties: &Ties<'_, '_>, index: usize, place: usize, listings: &[Listing]) -> Found {
    let here = &ties.paper.sentences[place];
    let mention = ties.mention(index);
    let (start, _) = here.reading.pieces_in(mention.span);
    let takes_up = mention.definite || here.reading.cue(start, Cue::Object).is_some();
    let count = ties.count_of(index).filter(|_| takes_up)?;
    let end = listings.partition_point(|listing| listing.at.start < mention.span.start);
    let before = listings[..end].iter().rev().take_while(|listing| listing.sentence + NEAR >= place);
    let in_paragraph =
        |listing: &&Listing| ties.paper.sentences[listing.sentence].paragraph == here.paragraph;
    let (names, at) =
        before.filter(in_paragraph).find_map(|listing| Some((listing.of_length(count)?, listing.at)))?;
    Some((names.to_vec(), "a list before it in its paragraph", at))
}

/// Finds names that follow in the paragraph and belong to no other set: results name the members of a set one
/// by one.
pub(super) fn later_in_paragraph(
    ties: &Ties<'_, '_>,
    fillers: &Fillers,
    (index, by_role): (usize, bool),
    place: usize,
) -> Found {
    let mention = ties.mention(index);
    let here = &ties.paper.sentences[place];
    let behind = ties.paper.sentences[place..]
        .iter()
        .take(LONGEST_REACH)
        .take_while(|sentence| sentence.paragraph == here.paragraph);
    let taken = taken_in(ties, here.paragraph, place);
    let tells = |sentence: &&Sentence<'_>| {
        let reading = &sentence.reading;
        !sentence.reported && !reading.says(Cue::Negation)
    };
    let is_known = |name: &PaperName| name.system.is_some() || name.size.is_some();
    let fits = |name: &usize| {
        ties.mention(*name).span.start > mention.span.end
            && ties.paper.names.get(*name).is_some_and(is_known)
            && (by_role || !fillers.plays(ties, *name))
    };
    let (mut all, mut whole): (Vec<usize>, _) = (Vec::new(), None);
    for sentence in behind.filter(tells) {
        all.extend(sentence.names().filter(fits));
        if whole.is_some() || all.len() > MOST_FOLLOWING {
            continue;
        }
        // "five judges. Two of them are A and B. The other three are C, D and E"
        let so_far = ties.distinct(&all);
        let are_all = ties.count_of(index) == Some(so_far.len());
        whole = are_all.then_some(so_far);
    }
    let free: Vec<usize> = all.iter().copied().filter(|name| !taken.contains(name)).collect();
    let names = whole.unwrap_or_else(|| members(ties, fillers, &free));
    let names: Vec<usize> = names.into_iter().filter(|name| !ties.paper.names.is_own(*name)).collect();
    let at = names.first().map(|name| ties.mention(*name).span)?;
    // An abstract by itself names only the best of them.
    let is_brief = ties.paper.document.sections.is_empty();
    let is_whole = match ties.count_of(index) {
        Some(count) if by_role || !is_brief => names.len() == count,
        Some(count) => names.len() <= count,
        None => is_brief && names.len() <= MOST_NAMES && !by_role,
    };
    is_whole.then_some((names, "names that follow in its paragraph", at))
}

/// Returns the names of other sets in the paragraph. Single descriptions do not count: a member may be
/// described by itself too ("the best").
fn taken_in(ties: &Ties<'_, '_>, paragraph: usize, place: usize) -> Vec<usize> {
    let sentences = ties.paper.sentences[place..]
        .iter()
        .take(LONGEST_REACH)
        .take_while(|sentence| sentence.paragraph == paragraph);
    let sets =
        sentences.flat_map(|sentence| &sentence.described).filter(|index| ties.mention(**index).plural);
    sets.flat_map(|index| ties.names_of(*index).iter().copied()).collect()
}
