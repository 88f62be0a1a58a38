//! Sets that a list elsewhere in the paper fills: "six models", with the six under "Models."

use std::collections::{BTreeMap, BTreeSet};

use super::fillers::Fillers;
use super::listings::{Listing, listings, members};
use super::lists::Run;
use super::paper::Sentence;
use super::paragraph_sets::{in_next_sentence, itemised, later_in_paragraph, near, taken_up};
use super::reading::Reading;
use super::roles::role_by_noun;
use super::ties::{Ties, naming};
use crate::catalogue::Cue;
use crate::detect::Way;
use crate::document::ByteSpan;

/// Most lists of a paper that are compared with a set far from them.
const MOST_LISTINGS: usize = 200;
/// From this count on, a table hardly ever has as many rows as a set has members by chance.
const TELLING_COUNT: usize = 5;
/// Most names of a set that does not state its count.
pub(super) const MOST_NAMES: usize = 12;

/// Ties sets to the lists that fill them.
pub(super) fn tie_sets(ties: &mut Ties<'_, '_>, fillers: &Fillers) {
    let open: Vec<(usize, &Sentence<'_>)> =
        ties.open().into_iter().filter(|(index, _)| is_set(ties, *index)).collect();
    let short = ties.short_of_names();
    if open.is_empty() && short.is_empty() {
        return;
    }
    let listings = listings(ties, fillers);
    let far = &listings[..listings.len().min(MOST_LISTINGS)];
    let headed = under_headings(ties, fillers);
    for (index, sentence) in short {
        let by_role = role_by_noun(ties, index, sentence).is_some();
        let Some(place) = ties.paper.sentence_of[index] else { continue };
        let whole = in_sentence(ties, index, sentence)
            .or_else(|| whole_row(ties, index, sentence))
            .or_else(|| near(ties, index, place, &listings, by_role))
            .or_else(|| by_count(ties, index, far, by_role))
            .or_else(|| {
                // What its own sentence says is all that it says.
                let is_here = |name: &usize| ties.paper.sentence_of[*name] == Some(place);
                let from_afar = !ties.names_of(index).iter().any(is_here);
                from_afar.then(|| later_in_paragraph(ties, fillers, (index, by_role), place)).flatten()
            });
        if let Some((names, words, at)) = whole.filter(|(names, ..)| names.len() > ties.names_of(index).len())
        {
            ties.set(index, &names, Some(naming(Way::Set, words, at)));
        }
    }
    for (index, sentence) in open {
        if ties.is_other(index, &sentence.reading) || sentence.reported {
            continue;
        }
        let by_role = role_by_noun(ties, index, sentence).is_some();
        let Some(place) = ties.paper.sentence_of[index] else { continue };
        let found = in_sentence(ties, index, sentence)
            .or_else(|| in_next_sentence(ties, index, place))
            .or_else(|| near(ties, index, place, &listings, by_role))
            .or_else(|| itemised(ties, fillers, index, place))
            .or_else(|| taken_up(ties, index, place, &listings))
            .or_else(|| by_count(ties, index, far, by_role))
            .or_else(|| by_modifier(ties, index, far))
            .or_else(|| (!by_role).then(|| by_heading(ties, index, &headed)).flatten())
            .or_else(|| later_in_paragraph(ties, fillers, (index, by_role), place));
        // One name, or less than half of those told, is of something else, but in an abstract by itself.
        let is_brief = ties.paper.document.sections.is_empty();
        let is_enough = |names: &[usize]| {
            let is_most = names.len() > 1 && ties.is_half_of(index, names.len());
            let is_some = is_brief && names.len() > 1 && ties.count_of(index).is_some();
            // What studied systems are compared with, in other sentences, is none of them.
            let is_compared = |name: &usize| {
                ties.paper.sentence_of[*name] != Some(place) && fillers.plays_locally(ties, *name)
            };
            let is_studied = by_role || !names.iter().all(is_compared);
            (is_most || is_some) && is_studied && !are_of_fewer_families(ties, index, names)
        };
        if let Some((names, words, at)) = found.filter(|(names, ..)| is_enough(names)) {
            ties.set(index, &names, Some(naming(Way::Set, words, at)));
        }
    }
}

/// Tests whether a description is of families, and names are of fewer families than there are names: "three model
/// families" are not A-7B, A-13B and B.
pub(super) fn are_of_fewer_families(ties: &Ties<'_, '_>, index: usize, names: &[usize]) -> bool {
    let Some(sentence) = ties.paper.sentence(index) else { return false };
    let reading = &sentence.reading;
    let (_, end) = reading.pieces_in(ties.mention(index).span);
    if end.checked_sub(1).is_none_or(|noun| reading.cue(noun, Cue::Families).is_none()) {
        return false;
    }
    let stem = |name: &usize| {
        let text = ties.mention(*name).written_name(ties.paper.prose);
        text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase()
    };
    let stems: BTreeSet<String> = names.iter().map(stem).collect();
    stems.len() < names.len()
}

pub(super) type Found = Option<(Vec<usize>, &'static str, ByteSpan)>;

fn is_set(ties: &Ties<'_, '_>, index: usize) -> bool {
    ties.mention(index).plural
}

/// Returns the names under each heading that announces the systems under study.
fn under_headings(ties: &Ties<'_, '_>, fillers: &Fillers) -> BTreeMap<usize, Vec<usize>> {
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for sentence in ties.paper.sentences.iter().filter(|sentence| sentence.tells_of_this_paper()) {
        if let Some(heading) = sentence.heading.as_ref().filter(|heading| heading.heads_a_set()) {
            all.entry(heading.span.start).or_default().extend(sentence.names());
        }
    }
    for names in all.values_mut() {
        *names = members(ties, fillers, names);
    }
    all
}

/// Finds as many names as the set counts behind it in its sentence, whatever stands between them: "two models:
/// A through a hosted endpoint and B on our machines".
fn in_sentence(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>) -> Found {
    let count = ties.count_of(index)?;
    let reading = &sentence.reading;
    let (_, end) = reading.pieces_in(ties.mention(index).span);
    // "four models (A, B, C, and a smaller one) through D"
    let bracket = reading.after_bracket(end);
    let stop = if bracket > end + 1 { bracket } else { reading.pieces.len() };
    // "A with B": what a member is made of or runs on is none
    let is_part = |run: &Run| {
        [Cue::Agent, Cue::Governor].iter().any(|cue| reading.cue_before(run.start, *cue).is_some())
    };
    let behind = sentence.runs.iter().filter(|run| run.start >= end && run.end <= stop && !is_part(run));
    let behind: Vec<usize> = behind.flat_map(|run| run.names.iter().copied()).collect();
    let names = ties.distinct(&behind);
    let at = ties.mention(*names.first()?).span;
    // "13 models span A (2B, 7B), B (1B, 3B, 8B)": the members stand in the brackets
    let in_brackets = || {
        let all: Vec<usize> = (end..stop).filter_map(|at| reading.name(at)).collect();
        Some(ties.distinct(&all)).filter(|names| names.len() == count)
    };
    let names = if names.len() == count { Some(names) } else { in_brackets() };
    Some((names?, "as many names behind it in its sentence", at))
}

/// Finds the row of names of which a name that a set has is one, if it is as long as the set counts: "A and B are the two
/// models that we compare".
fn whole_row(ties: &Ties<'_, '_>, index: usize, sentence: &Sentence<'_>) -> Found {
    let count = ties.count_of(index)?;
    let first = ties.names_of(index).first()?;
    let row = sentence.runs.iter().find(|run| run.names.contains(first))?;
    let names = ties.distinct(&row.names);
    let at = ties.mention(*names.first()?).span;
    (names.len() == count).then_some((names, "as many names in a row with it", at))
}

/// Finds a list elsewhere with as many names as the set counts. Its introduction must share a modifier of the
/// set, or its noun if the set states a role without modifiers. Columns of tables need no shared words if the
/// count is at least [`TELLING_COUNT`] or the sentence points to a table; if they have as many rows as the
/// set counts, names for half of them are enough.
fn by_count(ties: &Ties<'_, '_>, index: usize, listings: &[Listing], by_role: bool) -> Found {
    let count = ties.count_of(index)?;
    let (modifiers, head) = modifiers_and_noun(ties, index)?;
    let reading = &ties.paper.sentence(index)?.reading;
    let points_to_table = reading.says(Cue::Table);
    let fitting = |listing: &&Listing| {
        let has = |word: &String| {
            // the head of a column is singular
            let mut words = listing.introduction.split(|c: char| !c.is_alphanumeric());
            words.any(|other| other == word || word.strip_suffix('s') == Some(other))
        };
        let fits = if modifiers.is_empty() { !by_role || has(&head) } else { modifiers.iter().any(has) };
        let is_table = listing.rows.is_some() && !by_role && (count >= TELLING_COUNT || points_to_table);
        listing.introduced && (fits || is_table)
    };
    let has_rows =
        |listing: &&Listing| listing.rows == Some(count) && is_most_of(ties, index, &listing.names);
    let fitting: Vec<&Listing> = listings.iter().filter(fitting).collect();
    let without_players = fitting.iter().filter(|listing| listing.names.len() == count);
    let exact =
        without_players.chain(&fitting).find_map(|listing| Some((listing.of_length(count)?, listing.at)));
    let part = || fitting.iter().copied().find(has_rows).map(|listing| (&*listing.names, listing.at));
    let (names, at) = exact.or_else(part)?;
    Some((names.to_vec(), "a list of as many in the paper", at))
}

/// Returns the modifiers of a set, without its number, and its noun: `closed` and `models` for "six closed
/// models". Returns `None` if the phrase has no noun of sets of models and none of a role.
pub(super) fn modifiers_and_noun(ties: &Ties<'_, '_>, index: usize) -> Option<(Vec<String>, String)> {
    let reading = &ties.paper.sentence(index)?.reading;
    let (start, end) = reading.pieces_in(ties.mention(index).span);
    let noun = (start..end).find(|at| reading.cue(*at, Cue::SetNoun) == Some(end));
    let noun = noun.or_else(|| (start..end).find(|at| reading.noun(*at).is_some()))?;
    let is_word = |at: &usize| {
        let text = reading.text(*at);
        let counts =
            text.bytes().all(|byte| byte.is_ascii_digit()) || Some(*at) == counting(ties, index, start);
        text.starts_with(char::is_alphabetic) && !counts && !is_plain(reading, *at)
    };
    let modifiers = (start..noun).filter(is_word).map(|at| reading.text(at).to_lowercase()).collect();
    Some((modifiers, reading.text(end - 1).to_lowercase()))
}

/// Returns the piece that counts the members of a set: the first one, or the one behind "the".
fn counting(ties: &Ties<'_, '_>, index: usize, start: usize) -> Option<usize> {
    ties.count_of(index)?;
    let reading = &ties.paper.sentence(index)?.reading;
    Some(if is_plain(reading, start) { start + 1 } else { start })
}

/// Finds a list that the same modifiers and noun introduce: "our proprietary models include A and B".
fn by_modifier(ties: &Ties<'_, '_>, index: usize, listings: &[Listing]) -> Found {
    let (modifiers, head) = modifiers_and_noun(ties, index)?;
    let phrase = format!("{} {head}", modifiers.join(" "));
    if modifiers.is_empty() {
        return None;
    }
    let introduces = |listing: &&Listing| listing.introduction.replace('-', " ").contains(phrase.as_str());
    let listing = listings.iter().find(introduces)?;
    let fits = ties.count_of(index).is_none() || is_most_of(ties, index, &listing.names);
    fits.then(|| (listing.names.clone(), "a list that the same words introduce", listing.at))
}

/// Tests whether there are at least two names, no more than the set counts and at least half as many.
fn is_most_of(ties: &Ties<'_, '_>, index: usize, names: &[usize]) -> bool {
    let fits = ties.count_of(index).is_some_and(|count| names.len() <= count);
    fits && names.len() > 1 && ties.is_half_of(index, names.len())
}

/// Tests whether a word before a noun only points: "our", "the", "another".
fn is_plain(reading: &Reading<'_>, at: usize) -> bool {
    [Cue::The, Cue::We, Cue::Other, Cue::It, Cue::They].iter().any(|cue| reading.cue(at, *cue).is_some())
}

/// Finds the systems under a heading "Models" that are as many as the set counts.
fn by_heading(ties: &Ties<'_, '_>, index: usize, headed: &BTreeMap<usize, Vec<usize>>) -> Found {
    let count = ties.count_of(index)?;
    let (at, names) = headed.iter().find(|(_, names)| names.len() == count)?;
    Some((names.clone(), "the systems under a heading of the paper", ByteSpan::new(*at, *at)))
}
