//! Descriptions that play a role which the paper fills by name.

use super::fillers::{Filler, Fillers, Strength};
use super::kinds::test_of_kind;
use super::paper::Sentence;
use super::reading::Reading;
use super::ties::{Ties, naming};
use super::words::{RoleId, Words};
use crate::catalogue::{Cue, Systems};
use crate::detect::{Gates, Way};

/// Most pieces between a verb and its agent: "judged five times by".
const LONGEST_DEED: usize = 6;

/// Most words such as "our" before a role.
const MOST_FILLERS: usize = 3;

/// Most pieces of a role that uses a description, with the noun behind it: "LLM as judge component".
const LONGEST_PLAYER: usize = 5;

/// The way in which a description states its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleCue {
    /// By its noun: "an LLM judge".
    Noun,
    /// By an action: "graded by an LLM".
    Deed,
}

/// Ties descriptions that play a role to the names that fill it.
pub(super) fn tie_by_role(
    ties: &mut Ties<'_, '_>,
    fillers: &Fillers,
    words: &Words,
    (gates, systems): (&Gates, &Systems),
) {
    for (index, sentence) in ties.open() {
        let Some((mut role, _)) = role_of(ties, index, sentence) else { continue };
        // What no name is called may be named by what it does: "a teacher to write the answers".
        if fillers.of(role).is_empty() {
            role = role_by_deed(ties, index, sentence).unwrap_or(role);
        }
        let is_elsewhere = words.is_local(role) || ties.is_other(index, &sentence.reading);
        if is_elsewhere || !sentence.tells_of_this_paper() {
            continue;
        }
        let all: Vec<&Filler> = {
            let is_of_kind = test_of_kind(ties, (gates, systems), index);
            fillers.of(role).iter().filter(|filler| filler.names.iter().all(&is_of_kind)).collect()
        };
        let Some((names, filler)) = choose(ties, index, &all) else { continue };
        // One name of a set is as good as none.
        let is_one_of_set = ties.mention(index).plural && names.len() == 1;
        if is_one_of_set || !ties.is_half_of(index, names.len()) {
            continue;
        }
        let way = format!("role {}", words.role_name(role));
        ties.set(index, &names, Some(naming(Way::Role, way, filler.at)));
    }
}

/// Returns the descriptions without a name that play a role of one system, for which the paper names none.
pub(super) fn in_unnamed_roles(ties: &Ties<'_, '_>, fillers: &Fillers, words: &Words) -> Vec<usize> {
    let is_unnamed = |index: usize, sentence: &Sentence<'_>| {
        let is_unnamed = |role: RoleId| !words.has_many(role) && fillers.of(role).is_empty();
        role_of(ties, index, sentence).is_some_and(|(role, _)| is_unnamed(role))
    };
    let open = ties.open().into_iter();
    open.filter(|(index, sentence)| is_unnamed(*index, sentence)).map(|(index, _)| index).collect()
}

/// Returns the role that a description plays, stated by a noun in it or by its action.
pub(super) fn role_of(
    ties: &Ties<'_, '_>,
    index: usize,
    sentence: &Sentence<'_>,
) -> Option<(RoleId, RoleCue)> {
    let by_noun = role_by_noun(ties, index, sentence).map(|role| (role, RoleCue::Noun));
    by_noun.or_else(|| role_by_deed(ties, index, sentence).map(|role| (role, RoleCue::Deed)))
}

/// Returns the role that the noun of a description states.
pub(super) fn role_by_noun(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>) -> Option<RoleId> {
    let reading = &sentence.reading;
    let (start, end) = reading.pieces_in(ties.mention(index).span);
    // The longest noun that ends last: "a reward model".
    let nouns = (start..end).filter_map(|at| reading.noun(at).filter(|(to, _)| *to <= end));
    let longest = nouns.max_by_key(|(to, _)| *to).or_else(|| longest_noun(reading, start, end));
    longest.map(|(_, role)| role)
}

fn role_by_deed(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>) -> Option<RoleId> {
    let reading = &sentence.reading;
    let (start, end) = reading.pieces_in(ties.mention(index).span);
    // "graded by an LLM", "judged five times by an LLM"
    if let Some(agent) = reading.cue_before(start, Cue::Agent) {
        for at in (agent.saturating_sub(LONGEST_DEED)..agent).rev() {
            if let Some((_, role)) = reading.doing(at, false).find(|(to, _)| *to <= agent) {
                return Some(role);
            }
            if !reading.pieces[at].first.is_alphanumeric() {
                break;
            }
        }
    }
    if let Some(purpose) = purpose_behind(reading, end) {
        for at in purpose..=purpose + 1 {
            let found = reading.doing(at, false).next().or_else(|| reading.doing(at, true).next());
            if let Some((_, role)) = found {
                return Some(role);
            }
        }
    }
    // "an LLM serves as our judge"
    let serves = reading.cue(end, Cue::AsRole).map(|after| reading.skip_fillers(after, MOST_FILLERS));
    if let Some((_, role)) = serves.and_then(|at| reading.noun(at)) {
        return Some(role);
    }
    // "the judge uses an LLM", "the judge component uses an LLM", "the judge is an LLM"
    if let Some(used) = [Cue::Use, Cue::Copula].iter().find_map(|cue| reading.cue_before(start, *cue)) {
        let nouns = (used.saturating_sub(LONGEST_PLAYER)..used).filter_map(|at| reading.noun(at));
        if let Some((_, role)) =
            nouns.filter(|(to, _)| *to <= used && used <= to + 1).max_by_key(|(to, _)| *to)
        {
            return Some(role);
        }
    }
    // "an LLM tags entities"
    let (_, role) = reading.doing(end, false).next()?;
    let object = reading.pieces.get(end + 1)?;
    let is_finite = reading.cue(end + 1, Cue::Agent).is_none() && object.first.is_alphabetic();
    is_finite.then_some(role)
}

/// Returns where the purpose of a description begins that ends before a piece: "an LLM *to tag* entities", "an LLM for
/// *tagging*", "an LLM is used *to tag*".
pub(super) fn purpose_behind(reading: &Reading<'_>, end: usize) -> Option<usize> {
    let used = || reading.cue(reading.cue(end, Cue::Copula)?, Cue::Use);
    reading.cue(used().unwrap_or(end), Cue::Purpose)
}

fn longest_noun(reading: &Reading<'_>, start: usize, end: usize) -> Option<(usize, RoleId)> {
    (start..end).find_map(|at| reading.noun(at).filter(|(to, _)| *to <= end + 1))
}

/// Chooses the names that fill a role for a description, with the filler that gives the first of them.
fn choose<'f>(ties: &Ties<'_, '_>, index: usize, fillers: &[&'f Filler]) -> Option<(Vec<usize>, &'f Filler)> {
    let strongest = fillers.iter().map(|filler| filler.strength).max()?;
    let fitting = |least: Strength| {
        let all: Vec<&'f Filler> = fillers
            .iter()
            .copied()
            .filter(|filler| filler.strength >= least && fits(ties, index, filler))
            .collect();
        all
    };
    let names_of = |fillers: &[&Filler]| {
        let all: Vec<usize> = fillers.iter().flat_map(|filler| filler.names.iter().copied()).collect();
        let all = ties.of_its_size(index, &all);
        ties.paper.names.distinct(ties.paper.prose, ties.detected, &all)
    };
    let strong = fitting(strongest.min(Strength::Said));
    let first = strong.first().copied()?;
    let names = names_of(&strong);
    if ties.mention(index).plural {
        return match ties.count_of(index) {
            // One place may fill the set where all of them together say too much.
            Some(count) if names.len() > count => {
                let whole = |filler: &&&Filler| names_of(&[**filler]).len() == count;
                fillers.iter().find(whole).map(|filler| (names_of(&[*filler]), *filler))
            }
            Some(count) if names.len() < count => {
                let more = fitting(Strength::Deed);
                let wider = names_of(&more);
                Some((if wider.len() <= count { wider } else { names }, first))
            }
            _ => Some((names, first)),
        };
    }
    if names.len() == 1 {
        return Some((names, first));
    }
    // Of several, those that are told under the same heading.
    let sentence = ties.paper.sentence(index)?;
    let near: Vec<&'f Filler> = strong
        .iter()
        .copied()
        .filter(|filler| {
            filler
                .names
                .first()
                .and_then(|name| ties.paper.sentence(*name))
                .is_some_and(|other| other.part == sentence.part)
        })
        .collect();
    let names = names_of(&near);
    let first = near.first().copied()?;
    (names.len() == 1).then_some((names, first))
}

/// Tests whether a filler lies outside of the description and has names of a matching size.
fn fits(ties: &Ties<'_, '_>, index: usize, filler: &Filler) -> bool {
    !ties.mention(index).span.overlaps(filler.at) && !ties.of_its_size(index, &filler.names).is_empty()
}
