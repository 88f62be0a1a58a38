//! Lists of names in a paper that can fill a set: rows of names in sentences, columns of tables, headings and lines in a row.

use super::fillers::Fillers;
use super::reading::Reading;
use super::tables::columns;
use super::ties::Ties;
use crate::catalogue::Cue;
use crate::document::{ByteSpan, floor_to_character};

/// Most characters of the sign or the number of an item.
const LONGEST_SIGN: usize = 5;
/// Longest rest of a row of a table in plain text, in bytes.
const LONGEST_ROW: usize = 200;
/// Most pieces before a list that count as its introduction.
const LONGEST_INTRODUCTION: usize = 16;
/// Fewest members of a list that includes role players: a pair can always be made of what studies and what is
/// studied.
const FEWEST_WITH_PLAYERS: usize = 3;

/// A list of names that can fill a set.
#[derive(Debug)]
pub(super) struct Listing {
    pub names: Vec<usize>,
    /// The names, with those that play a role in the study. Empty if all names in the list play one.
    with_players: Vec<usize>,
    /// The index of its sentence.
    pub sentence: usize,
    /// The words that lead to it, in lower case; empty under a heading alone.
    pub introduction: String,
    /// Set when a noun of sets, a heading or a verb of study leads to it.
    pub introduced: bool,
    /// For a column of a table: its number of rows, with a name in them or not.
    pub rows: Option<usize>,
    pub at: ByteSpan,
}

impl Listing {
    /// Returns its names if there are `count` of them. Names that play a role in the study are left out
    /// unless they make up the number.
    pub fn of_length(&self, count: usize) -> Option<&[usize]> {
        let whole = self.with_players.len() == count && count >= FEWEST_WITH_PLAYERS;
        if self.names.len() == count { Some(&self.names) } else { whole.then_some(&self.with_players) }
    }
}

/// Collects every list of two or more names in sentences about this paper's own work, and in tables.
pub(super) fn listings(ties: &Ties<'_, '_>, fillers: &Fillers) -> Vec<Listing> {
    let mut found = Vec::new();
    for (place, sentence) in ties.paper.sentences.iter().enumerate() {
        if !sentence.tells_of_this_paper() {
            continue;
        }
        let reading = &sentence.reading;
        let headed = sentence.heading.as_ref().is_some_and(Reading::heads_a_set);
        for (number, run) in sentence.runs.iter().enumerate() {
            let is_denied = reading.has_cue(0, run.start, Cue::Negation) || is_left_out(reading, run.end);
            if run.names.len() < 2 || is_denied {
                continue;
            }
            let (names, with_players) = members_and_players(ties, fillers, &run.names);
            if names.len() < 2 && with_players.len() < FEWEST_WITH_PLAYERS {
                continue;
            }
            let before = number.checked_sub(1).map_or(0, |before| sentence.runs[before].end);
            let from = before.max(run.start.saturating_sub(LONGEST_INTRODUCTION));
            let start = reading.pieces.get(from).map_or(0, |piece| piece.span.start);
            let words = ByteSpan::new(start, reading.pieces[run.start].span.start);
            let says_set = reading.has_cue(from, run.start, Cue::SetNoun);
            let studied =
                reading.has_cue(0, run.start, Cue::We) && reading.has_cue(from, run.start, Cue::Study);
            found.push(Listing {
                names,
                with_players,
                sentence: place,
                introduction: words.of(ties.paper.prose).to_lowercase(),
                introduced: says_set || headed || studied,
                rows: None,
                at: reading.pieces[run.start].span,
            });
        }
    }
    found.extend(headings_in_a_row(ties, fillers));
    found.extend(lines_in_a_row(ties, fillers));
    for column in columns(ties) {
        let (names, with_players) = members_and_players(ties, fillers, &column.names);
        if names.len() > 1 || with_players.len() >= FEWEST_WITH_PLAYERS {
            found.push(Listing {
                at: ties.mention(column.names[0]).span,
                with_players,
                introduction: column.heads.of(ties.paper.prose).to_lowercase(),
                introduced: column.says_systems,
                rows: Some(column.length),
                sentence: column.sentence,
                names,
            });
        }
    }
    found.sort_by_key(|listing| (listing.sentence, listing.at.start));
    found
}

/// Tests whether it is said of what ends here that it was not run: "were not tested".
fn is_left_out(reading: &Reading<'_>, at: usize) -> bool {
    let not = reading.cue(at, Cue::Copula).and_then(|after| reading.cue(after, Cue::Negation));
    not.is_some_and(|after| [Cue::Study, Cue::Use].iter().any(|cue| reading.cue(after, *cue).is_some()))
}

/// Returns the names of a run that can be members of a set under study: one for each thing, without the
/// authors' own systems and those that play a role in the study.
pub(super) fn members(ties: &Ties<'_, '_>, fillers: &Fillers, names: &[usize]) -> Vec<usize> {
    members_and_players(ties, fillers, names).0
}

/// Returns the members, and the members with the role players. If all names play a role, they are the members
/// and the second list is empty.
fn members_and_players(ties: &Ties<'_, '_>, fillers: &Fillers, names: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut all = ties.distinct(names);
    all.retain(|name| !ties.paper.names.is_own(*name));
    let members: Vec<usize> = all.iter().copied().filter(|name| !fillers.plays(ties, *name)).collect();
    // A list in which all have a part is of that part.
    if members.is_empty() { (all, Vec::new()) } else { (members, all) }
}

/// Collects the names of headings that follow one another and each consist of a name: the systems under study, each with a
/// paragraph of its own.
fn headings_in_a_row(ties: &Ties<'_, '_>, fillers: &Fillers) -> Vec<Listing> {
    let sections = &ties.paper.document.sections;
    let follows = |last: usize, part: usize| {
        let between = sections.get(last + 1..part).unwrap_or_default();
        last < part && between.iter().all(|section| section.heading.is_none())
    };
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut last = None;
    for (place, sentence) in
        ties.paper.sentences.iter().enumerate().filter(|(_, sentence)| sentence.tells_of_this_paper())
    {
        let (Some(name), Some(part)) = (sentence.name_as_heading(), sentence.part) else { continue };
        let goes_on = last.replace(part).is_some_and(|last| follows(last, part));
        match rows.last_mut().filter(|_| goes_on) {
            Some((_, row)) => row.push(name),
            None => rows.push((place, vec![name])),
        }
    }
    let listing = |(place, row): (usize, Vec<usize>)| unled(ties, fillers, &row, place, true);
    rows.into_iter().filter_map(listing).collect()
}

/// Collects the names that each begin a line, one line after the other, with nothing behind them or what is no word: the
/// rows of a table or the items of a list in plain text.
fn lines_in_a_row(ties: &Ties<'_, '_>, fillers: &Fillers) -> Vec<Listing> {
    let prose = ties.paper.prose;
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    // Where the line behind the last of them begins.
    let mut next_line = None;
    let sentences = ties.paper.sentences.iter().enumerate();
    for (place, sentence) in sentences.filter(|(_, sentence)| sentence.tells_of_this_paper()) {
        for name in sentence.names() {
            let Some((start, end)) = line_begun_by(prose, ties.mention(name).span) else { continue };
            let goes_on = next_line.replace(end + 1) == Some(start);
            match rows.last_mut().filter(|_| goes_on) {
                Some((_, row)) => row.push(name),
                None => rows.push((place, vec![name])),
            }
        }
    }
    rows.into_iter().filter_map(|(place, row)| unled(ties, fillers, &row, place, false)).collect()
}

/// Returns the line that a name begins, apart from the sign or the number of an item, if no word follows the name. Only
/// so much is looked at as a row or an item may have.
fn line_begun_by(prose: &str, name: ByteSpan) -> Option<(usize, usize)> {
    let mut before = prose[..name.start].char_indices().rev().take(LONGEST_SIGN + 1);
    let start = match before.find(|(_, sign)| *sign == '\n' || sign.is_alphabetic()) {
        Some((at, '\n')) => at + 1,
        Some(_) => return None,
        None => 0,
    };
    let reach = floor_to_character(prose, (name.end + LONGEST_ROW).min(prose.len()));
    let rest = &prose[name.end..reach];
    let end = name.end + rest.find('\n').or((reach == prose.len()).then_some(rest.len()))?;
    let is_near = name.start - start <= LONGEST_SIGN * 4; // bytes of a character
    let is_whole = !prose[name.end..end].trim_start().starts_with(char::is_alphabetic);
    (is_near && is_whole).then_some((start, end))
}

/// Returns the listing of names that no words lead to; `None` for fewer than two.
fn unled(
    ties: &Ties<'_, '_>,
    fillers: &Fillers,
    row: &[usize],
    sentence: usize,
    introduced: bool,
) -> Option<Listing> {
    let (names, with_players) = members_and_players(ties, fillers, row);
    let at = ties.mention(*names.first()?).span;
    let introduction = String::new();
    (names.len() > 1).then_some(Listing {
        names,
        with_players,
        sentence,
        introduction,
        introduced,
        rows: None,
        at,
    })
}
