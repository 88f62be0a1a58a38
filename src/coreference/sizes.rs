//! Sizes as identity: "the 235B model" is the one name of the paper that carries that size.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::fillers::Fillers;
use super::names::ThingId;
use super::paper::Paper;
use super::reading::Reading;
use super::roles::role_of;
use super::stem::Stem;
use super::ties::{Ties, naming};
use crate::catalogue::{Measure, SystemId, Systems, Trait};
use crate::detect::{Way, same_size, size_in_name};

/// The most pieces behind a description among which its size may stand.
const FARTHEST_SIZE: usize = 8;
/// The most pieces before it among which the size of another one is looked for.
const FARTHEST_OTHER: usize = 40;
/// Most names of one size that are considered.
const MOST_OF_ONE_SIZE: usize = 32;

/// Ties descriptions that state a size to the name that carries it.
pub(super) fn tie_by_size(ties: &mut Ties<'_, '_>, fillers: &Fillers, systems: &Systems) {
    let sized = SizedNames::new(ties.paper, systems);
    for (index, sentence) in ties.open() {
        let Some(size) = ties.size_of(index) else { continue };
        // One that belongs to somebody is not whatever else is of its size.
        let owned = ties.mention(index).attributes.values_of(Trait::Organisation).next().is_some();
        let pieces = sentence.reading.pieces_in(ties.mention(index).span);
        let is_other_size = is_of_what_stands_before(&sentence.reading, pieces, size);
        if owned || is_other_size || sentence.reported || ties.is_other(index, &sentence.reading) {
            continue;
        }
        let named = sized.of(size);
        let by_role = role_of(ties, index, sentence).map(|(role, _)| {
            let names: Vec<usize> =
                fillers.of(role).iter().flat_map(|filler| filler.names.iter().copied()).collect();
            let fits = |name: &usize| named.iter().any(|other| is_one_thing(ties.paper, *name, *other));
            names.into_iter().filter(fits).collect::<Vec<usize>>()
        });
        let has_size =
            |name: &usize| ties.paper.names.get(*name)?.size.filter(|other| same_size(*other, size));
        let names_here = sentence.names();
        let here: Vec<usize> = names_here.filter(|name| has_size(name).is_some()).collect();
        let choice = only_one(ties, &sharing_words(ties, index, &here))
            .or_else(|| only_one(ties, &sharing_words(ties, index, &named)))
            .or_else(|| only_one(ties, &here))
            .or_else(|| by_role.and_then(|names| only_one(ties, &names)))
            .or_else(|| only_one(ties, &named))
            .or_else(|| only_one(ties, &written_with_size(ties, &named)))
            .or_else(|| {
                let thing = |name: &usize| ties.paper.names.get(*name).map(|name| name.thing);
                let is_near = |name: &usize| {
                    thing(name).is_some_and(|thing| sized.parts.contains(&(thing, sentence.part)))
                };
                let near: Vec<usize> = named.iter().copied().filter(is_near).collect();
                only_one(ties, &near)
            });
        if let Some(name) = choice {
            let at = ties.mention(name).span;
            ties.set(
                index,
                &[name],
                Some(naming(Way::Size, "of the systems named in the paper only this one has its size", at)),
            );
        }
    }
}

/// Tests whether a size stands before a description and not in it or right behind it: "the 7B results use the variant".
fn is_of_what_stands_before(reading: &Reading<'_>, (start, end): (usize, usize), size: f64) -> bool {
    let states_it = |at: usize| size_in_name(reading.text(at)).is_some_and(|other| same_size(other, size));
    (start.saturating_sub(FARTHEST_OTHER)..start).any(states_it)
        && !(start..reading.pieces.len().min(end + FARTHEST_SIZE)).any(states_it)
}

/// The names of a paper by size: the one that they state or, failing that, the only one of their system.
struct SizedNames {
    by_size: Vec<(f64, usize)>,
    /// The sections in which each thing is named.
    parts: HashSet<(ThingId, Option<usize>), FixedState>,
}

impl SizedNames {
    fn new(paper: &Paper<'_>, systems: &Systems) -> Self {
        let only = |system: Option<SystemId>| match system
            .and_then(|id| systems.get(id))?
            .amounts(Measure::Parameters)
        {
            [only] => Some(*only),
            _ => None,
        };
        let mut by_size: Vec<(f64, usize)> = paper
            .names
            .things()
            .flat_map(|(index, name)| {
                let sizes = [name.size.or_else(|| only(name.system)), name.product];
                sizes.into_iter().flatten().map(move |size| (size, index))
            })
            .collect();
        by_size.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut parts = HashSet::default();
        for sentence in &paper.sentences {
            let names = sentence.runs.iter().flat_map(|run| &run.names);
            let things =
                names.filter_map(|name| paper.names.get(*name)).map(|name| (name.thing, sentence.part));
            parts.extend(things);
        }
        Self { by_size, parts }
    }

    /// Returns the names of a size, in the order of the text.
    fn of(&self, size: f64) -> Vec<usize> {
        let from = self.by_size.partition_point(|(other, _)| *other < size && !same_size(*other, size));
        let fitting = self.by_size[from..].iter().take_while(|(other, _)| same_size(*other, size));
        let mut names: Vec<usize> = fitting.map(|(_, name)| *name).take(MOST_OF_ONE_SIZE).collect();
        names.sort_unstable();
        names
    }
}

fn is_one_thing(paper: &Paper<'_>, one: usize, other: usize) -> bool {
    match (paper.names.get(one), paper.names.get(other)) {
        (Some(one), Some(other)) => one.thing == other.thing,
        _ => false,
    }
}

/// Returns the names that state their size themselves.
fn written_with_size(ties: &Ties<'_, '_>, named: &[usize]) -> Vec<usize> {
    let tells = |name: &&usize| ties.paper.names.get(**name).is_some_and(|name| name.size.is_some());
    named.iter().filter(tells).copied().collect()
}

/// Returns the names that share a word with the description besides its size: "the 8B Instruct model".
fn sharing_words(ties: &Ties<'_, '_>, index: usize, named: &[usize]) -> Vec<usize> {
    let phrase = ties.mention(index).span.of(ties.paper.prose).to_lowercase();
    let words: Vec<&str> = phrase
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && size_in_name(word).is_none())
        .collect();
    let shares = |name: &&usize| {
        let text = ties.mention(**name).span.of(ties.paper.prose).to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part))
    };
    named.iter().filter(shares).copied().collect()
}

/// Returns the shortest name if all are the same up to and including their size: of "Orvex-2-8B" and
/// "Orvex-2-8B-Base" the first.
fn only_one(ties: &Ties<'_, '_>, names: &[usize]) -> Option<usize> {
    let text = |name: usize| ties.mention(name).span.of(ties.paper.prose);
    let stems: Vec<Stem> = names.iter().map(|name| Stem::of(text(*name))).collect();
    let told = stems.iter().find(|stem| stem.has_version()).or_else(|| stems.first())?;
    let is_one = stems.iter().all(|stem| stem.is_like(told));
    names.iter().copied().filter(|_| is_one).min_by_key(|name| text(*name).len())
}
