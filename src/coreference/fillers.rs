//! Places where a paper fills a role by name: "the judge is X", "X serves as judge", "graded by X", "Judge.
//! X".

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::lists::Run;
use super::names::ThingId;
use super::paper::Sentence;
use super::reading::Reading;
use super::tables;
use super::ties::Ties;
use super::words::{RoleId, Words};
use crate::catalogue::Cue;
use crate::document::ByteSpan;

/// Most pieces between the name of a role and the copula behind it.
const LONGEST_SUBJECT: usize = 6;
/// Most modifiers of a role: "the second automatic judge".
const MOST_MODIFIERS: usize = 4;
/// Most pieces between "use" and the name, and between the name and its purpose.
const LONGEST_USE: usize = 7;

/// Explicitness with which a text fills a role, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// By an action: "graded by X", "we use X for grading".
    Deed,
    /// By a name next to the role: "the X judge".
    Beside,
    /// In so many words, or under a heading that consists of the role.
    Said,
}

/// The names that fill a role at one place.
#[derive(Debug, Clone)]
pub(super) struct Filler {
    pub role: RoleId,
    pub names: Vec<usize>,
    pub strength: Strength,
    /// The words that fill the role.
    pub at: ByteSpan,
}

/// All fillers of roles in a paper.
#[derive(Debug, Default)]
pub(super) struct Fillers {
    by_role: HashMap<RoleId, Vec<Filler>, FixedState>,
    playing: HashSet<ThingId, FixedState>,
    /// What plays a role that changes from place to place.
    local: HashSet<ThingId, FixedState>,
}

/// Most fillers kept of one role. A paper fills a role a few times; the rest of a very long text is dropped.
const MOST_FILLERS: usize = 48;

impl Fillers {
    /// Collects the fillers of a paper.
    pub fn new(ties: &Ties<'_, '_>, words: &Words) -> Self {
        let mut fillers = Self::default();
        let mut headed = None;
        for (place, sentence) in ties.paper.sentences.iter().enumerate() {
            if !sentence.tells_of_this_paper() {
                continue;
            }
            fillers.by_heading(ties, sentence, &mut headed);
            // Both ways lead to names of the same sentence, and half of all sentences have none.
            if !sentence.runs.is_empty() {
                let pieces = 0..sentence.reading.pieces.len();
                let others: Vec<usize> =
                    pieces.clone().flat_map(|at| fillers.by_noun(ties, sentence, at)).collect();
                pieces.for_each(|at| fillers.by_deed(ties, sentence, at, &others));
            }
            fillers.by_described(ties, place);
        }
        for (role, name, at) in tables::players(ties) {
            fillers.add(ties, Filler { role, names: vec![name], strength: Strength::Said, at });
        }
        let of_local = fillers.by_role.iter().filter(|(role, _)| words.is_local(**role));
        let names = of_local.flat_map(|(_, fillers)| fillers).flat_map(|filler| &filler.names);
        fillers.local = names.filter_map(|name| Some(ties.paper.names.get(*name)?.thing)).collect();
        fillers
    }

    /// Returns the fillers of a role, in the order of the text.
    pub fn of(&self, role: RoleId) -> &[Filler] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Returns whether the paper gives a name any role.
    pub fn plays(&self, ties: &Ties<'_, '_>, name: usize) -> bool {
        ties.paper.names.get(name).is_some_and(|name| self.playing.contains(&name.thing))
    }

    /// Returns whether the paper gives a name a role that changes from place to place: "the baseline X".
    pub fn plays_locally(&self, ties: &Ties<'_, '_>, name: usize) -> bool {
        ties.paper.names.get(name).is_some_and(|name| self.local.contains(&name.thing))
    }

    fn play(&mut self, ties: &Ties<'_, '_>, names: &[usize]) {
        let known = names.iter().filter_map(|name| ties.paper.names.get(*name));
        self.playing.extend(known.map(|name| name.thing));
    }

    fn add(&mut self, ties: &Ties<'_, '_>, filler: Filler) {
        let mut names = ties.paper.trusted(&filler.names);
        self.play(ties, &names);
        let known = self.by_role.entry(filler.role).or_default();
        if known.len() >= MOST_FILLERS {
            return;
        }
        // What the authors made is told as theirs, and is none of the others that play a role.
        names.retain(|name| !ties.paper.names.is_own(*name) && !is_denied(ties, *name));
        if !names.is_empty() {
            known.push(Filler { names, ..filler });
        }
    }

    /// Adds the first names under a heading that consists of a role: "Judge. We use X."
    fn by_heading(&mut self, ties: &Ties<'_, '_>, sentence: &Sentence<'_>, headed: &mut Option<usize>) {
        let Some(heading) = &sentence.heading else { return };
        let Some(run) = sentence.runs.first() else { return };
        if *headed == Some(heading.span.start) {
            return;
        }
        *headed = Some(heading.span.start);
        if let Some(role) = heading.heading_role() {
            let at = heading.span;
            self.add(ties, Filler { role, names: run.names.clone(), strength: Strength::Said, at });
        }
    }

    /// Adds fillers of a role stated by its noun: "the judge is X", "judge: X", "X as the judge", "the X
    /// judge". Returns the names that play the role beside somebody else: "X as a second judge".
    fn by_noun(&mut self, ties: &Ties<'_, '_>, sentence: &Sentence<'_>, at: usize) -> Vec<usize> {
        let reading = &sentence.reading;
        let Some((end, role)) = reading.noun(at) else { return Vec::new() };
        // "reward model" is one role, and its "model" no other
        if at > 0
            && (at.saturating_sub(3)..at).any(|before| reading.noun(before).is_some_and(|(to, _)| to > at))
        {
            return Vec::new();
        }
        let span = ByteSpan::new(reading.pieces[at].span.start, reading.pieces[end - 1].span.end);
        let start = start_of_phrase(reading, at);
        if reading.has_cue(start, at, Cue::Flesh) {
            return Vec::new();
        }
        let found = said_behind(sentence, end).or_else(|| said_before(sentence, start));
        let found = found.or_else(|| used_in_role(sentence, start, end));
        let found = found.or_else(|| {
            let name = reading.name(at.checked_sub(1)?)?;
            Some((vec![name], Strength::Beside))
        });
        if let Some((names, strength)) = found {
            // "A second judge (X)" plays the role and is not the one that is meant by "the judge".
            if reading.has_cue(start, at, Cue::Other) {
                self.play(ties, &names);
                return names;
            }
            self.add(ties, Filler { role, names, strength, at: span });
        }
        Vec::new()
    }

    /// Adds fillers of a role stated by an action, without the names that play it beside somebody else:
    /// "graded by X", "we use X to grade", "for grading we use X".
    fn by_deed(&mut self, ties: &Ties<'_, '_>, sentence: &Sentence<'_>, at: usize, others: &[usize]) {
        let reading = &sentence.reading;
        let mut found: Vec<(RoleId, Vec<usize>)> = Vec::new();
        for (end, role) in reading.doing(at, false) {
            // "graded by X", "graded twice by X", not "the failure rate, with X"
            let is_word = reading.pieces.get(end).is_some_and(|piece| piece.first.is_alphanumeric());
            let behind = (end..=end + 1).filter(|_| is_word).find_map(|agent| reading.cue(agent, Cue::Agent));
            let behind = behind.or_else(|| means(reading, at, end));
            let agent = behind.and_then(|after| sentence.run_at(reading.skip_fillers(after, 3)));
            let purpose =
                (at.saturating_sub(1)..=at).rev().find_map(|to| reading.cue_before(to, Cue::Purpose));
            let used = || used_name(sentence, purpose?);
            let done = || doer(sentence, at, end);
            if let Some(names) = agent.map(|run| run.names.clone()).or_else(used).or_else(done) {
                found.push((role, names));
            }
        }
        for (end, role) in reading.doing(at, true) {
            if let Some(names) = giver(sentence, end) {
                found.push((role, names));
                continue;
            }
            let purpose =
                (at.saturating_sub(2)..=at).rev().find_map(|to| reading.cue_before(to, Cue::Purpose));
            let Some(purpose) = purpose else { continue };
            let names = used_name(sentence, purpose).or_else(|| {
                let used = (end..(end + LONGEST_USE).min(reading.pieces.len()))
                    .find_map(|at| reading.cue(at, Cue::Use))?;
                sentence.run_at(reading.skip_fillers(used, 3)).map(|run| run.names.clone())
            });
            found.extend(names.map(|names| (role, names)));
        }
        let at = reading.pieces[at].span;
        found.retain(|(_, names)| !names.iter().any(|name| others.contains(name)));
        for (role, names) in found {
            self.add(ties, Filler { role, names, strength: Strength::Deed, at });
        }
    }

    /// Adds descriptions that already have names and either contain the noun of a role ("the baseline of
    /// Smith et al., which we call X") or are predicated of it ("Generators are two models: A, B").
    fn by_described(&mut self, ties: &Ties<'_, '_>, place: usize) {
        let sentence = &ties.paper.sentences[place];
        let reading = &sentence.reading;
        for index in &sentence.described {
            let names = ties.names_of(*index);
            if names.is_empty() {
                continue;
            }
            let mention = ties.mention(*index);
            let (start, end) = reading.pieces_in(mention.span);
            let within = (start..end).rev().find_map(|at| reading.noun(at)).map(|(_, role)| role);
            let before = (start.saturating_sub(2)..=start).find_map(|at| reading.cue_before(at, Cue::Copula));
            let predicated = before.and_then(|copula| {
                (copula.saturating_sub(3)..copula)
                    .find_map(|at| reading.noun(at).filter(|(end, _)| *end == copula))
            });
            // "X as a second judge" is not the one that is meant by "the judge".
            if ties.is_other(*index, reading) {
                self.play(ties, names);
                continue;
            }
            for role in within.into_iter().chain(predicated.map(|(_, role)| role)) {
                let names = names.to_vec();
                self.add(ties, Filler { role, names, strength: Strength::Said, at: mention.span });
            }
        }
    }
}

/// Finds the start of the phrase around the noun of a role, with at most [`MOST_MODIFIERS`] modifiers.
fn start_of_phrase(reading: &Reading<'_>, noun: usize) -> usize {
    let mut start = noun;
    for _ in 0..MOST_MODIFIERS {
        let Some(before) = start.checked_sub(1) else { break };
        let piece = &reading.pieces[before];
        let is_tie = [Cue::Copula, Cue::AsRole, Cue::Agent, Cue::Use, Cue::Purpose, Cue::List, Cue::Governor]
            .iter()
            .any(|cue| reading.cue_before(start, *cue).is_some());
        if piece.name.is_some() || !piece.first.is_alphanumeric() || is_tie {
            break;
        }
        start = before;
    }
    start
}

/// Tests whether the clause up to a name denies something: "it does not use rerankers such as X".
pub(super) fn is_denied(ties: &Ties<'_, '_>, name: usize) -> bool {
    let Some(sentence) = ties.paper.sentence(name) else { return false };
    let reading = &sentence.reading;
    let (end, _) = reading.pieces_in(ties.mention(name).span);
    let begins_clause = |at: &usize| {
        let has_subject = [Cue::We, Cue::The, Cue::It].iter().any(|cue| reading.cue(at + 1, *cue).is_some());
        reading.is(*at, ';') || reading.is(*at, ',') && has_subject
    };
    let start = (0..end).rfind(begins_clause).unwrap_or_default();
    reading.has_cue(start, end, Cue::Negation)
}

/// Finds names behind a role: "the judge is X", "the judge (X)", "judge: X", "our judge, X,".
fn said_behind(sentence: &Sentence<'_>, end: usize) -> Option<(Vec<usize>, Strength)> {
    let reading = &sentence.reading;
    // "the judge model", "judge LLM"
    let end = reading.cue(end, Cue::SetNoun).unwrap_or(end);
    let row = |at: usize| sentence.run_at(at).map(|run| run.names.clone());
    if reading.is(end, '(') {
        let inside = reading.cue(end + 1, Cue::Members).unwrap_or(end + 1);
        if let Some(names) = row(reading.skip_fillers(inside, 2)) {
            return Some((names, Strength::Said));
        }
    }
    let end = reading.after_bracket(end);
    if reading.is(end, ':') || reading.is(end, '|') || reading.is(end, '—') || reading.is(end, '–') {
        let after = reading.skip_fillers(end + 1, 3);
        let after = reading.cue(after, Cue::Use).map_or(after, |used| reading.skip_fillers(used, 3));
        return row(after).map(|names| (names, Strength::Said));
    }
    if reading.is(end, ',') {
        // "our judge, X, scores", not "without the judge, X wins"
        let run = sentence.run_at(reading.skip_fillers(end + 1, 2))?;
        let closed = reading
            .pieces
            .get(run.end)
            .is_none_or(|piece| piece.name.is_none() && !piece.first.is_alphanumeric());
        return closed.then(|| (run.names.clone(), Strength::Beside));
    }
    if let Some(names) = row(end) {
        return Some((names, Strength::Beside));
    }
    for at in end..(end + LONGEST_SUBJECT).min(reading.pieces.len()) {
        if let Some(after) = reading.copula(at) {
            // "is X", "is set to X", "is implemented with X"
            let lead = [Cue::Through, Cue::Set].iter().find_map(|cue| reading.cue(after, *cue));
            return row(reading.skip_fillers(lead.unwrap_or(after), 3)).map(|names| (names, Strength::Said));
        }
        let piece = &reading.pieces[at];
        if !piece.first.is_alphanumeric() || piece.name.is_some() {
            return None;
        }
    }
    None
}

/// Finds names before a role: "X is the judge", "X serves as judge", "we use X as the judge", "X, our judge".
fn said_before(sentence: &Sentence<'_>, start: usize) -> Option<(Vec<usize>, Strength)> {
    let reading = &sentence.reading;
    let adverb = |at: usize| (0..2).find_map(|adverbs| sentence.run_before(at.checked_sub(adverbs)?));
    if let Some(role) = reading.cue_before(start, Cue::AsRole) {
        // "X at temperature 0 serves as the judge"
        let opens = |run: &&Run| start > role + 1 && reading.skip_fillers(0, 2) == run.start;
        let subject = || sentence.runs.first().filter(opens).filter(|_| sentence.runs.len() == 1);
        let names = adverb(role).or_else(subject).map(|run| run.names.clone());
        let names = names.or_else(|| used_name(sentence, role));
        return names.map(|names| (names, Strength::Said));
    }
    if let Some(copula) = reading.cue_before(start, Cue::Copula) {
        let run = adverb(copula)?;
        let governed = reading.cue_before(run.start, Cue::Governor).is_some();
        return (!governed).then(|| (run.names.clone(), Strength::Said));
    }
    let comma = start.checked_sub(1).filter(|at| reading.is(*at, ','))?;
    let run = sentence.runs.iter().find(|run| run.end == comma)?;
    let named = reading.cue(start, Cue::The).is_some() || reading.cue(start, Cue::We).is_some();
    (named && run.names.len() == 1).then(|| (run.names.clone(), Strength::Beside))
}

/// Finds names behind a role that opens the sentence: "As the judge, we use X."
fn used_in_role(sentence: &Sentence<'_>, start: usize, end: usize) -> Option<(Vec<usize>, Strength)> {
    let reading = &sentence.reading;
    reading.cue_before(start, Cue::AsRole).or_else(|| reading.cue_before(start, Cue::Purpose))?;
    let used = (end..end + LONGEST_SUBJECT).find_map(|at| reading.cue(at, Cue::Use))?;
    let run = sentence.run_at(reading.skip_fillers(used, 3))?;
    Some((run.names.clone(), Strength::Said))
}

/// Finds what leads to the means of an action of the authors behind its object: "we grade all answers with". What a text
/// is taken from is no means.
pub(super) fn means(reading: &Reading<'_>, verb: usize, end: usize) -> Option<usize> {
    let is_ours = (verb.saturating_sub(2)..=verb).any(|at| reading.cue_before(at, Cue::We).is_some());
    let of_object = |at: &usize| {
        reading.pieces.get(*at).is_some_and(|piece| piece.name.is_none() && piece.first.is_alphanumeric())
    };
    let mut behind = (end..end + LONGEST_USE).take_while(of_object).filter(|_| is_ours);
    behind.find_map(|at| reading.cue(at, Cue::Agent).filter(|_| reading.cue(at, Cue::Maker).is_none()))
}

/// Finds the name that does what a verb says to an object: "X labels every post".
fn doer(sentence: &Sentence<'_>, verb: usize, end: usize) -> Option<Vec<usize>> {
    let leads = |run: &&Run| run.names.len() == 1 && sentence.reading.after_bracket(run.end) == verb;
    let run = sentence.runs.iter().find(leads)?;
    let governed = sentence.reading.cue_before(run.start, Cue::Governor).is_some();
    (!governed && sentence.reading.cue(end, Cue::Object).is_some()).then(|| run.names.clone())
}

/// Finds the names that give what a role gives: "judgments come from X", "the scoring was done by X".
fn giver(sentence: &Sentence<'_>, end: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let behind = |agent: usize| sentence.run_at(reading.skip_fillers(agent, 3)).map(|run| run.names.clone());
    for at in end..end + LONGEST_SUBJECT {
        if let Some(after) = reading.cue(at, Cue::Source) {
            return behind(after);
        }
        if let Some(copula) = reading.cue(at, Cue::Copula) {
            // "was done by", "was always done by"
            let agent = (copula + 1..=copula + 2).find_map(|at| reading.cue(at, Cue::Agent));
            return agent.and_then(behind);
        }
        if reading.name(at).is_some() || !reading.pieces.get(at)?.first.is_alphanumeric() {
            return None;
        }
    }
    None
}

/// Finds the names used for a purpose: "we use X (2024) to", "X was used to".
pub(super) fn used_name(sentence: &Sentence<'_>, purpose: usize) -> Option<Vec<usize>> {
    let reading = &sentence.reading;
    let run = sentence.runs.iter().rfind(|run| run.end <= purpose && purpose - run.end <= LONGEST_USE)?;
    let between_clear = (run.end..purpose).all(|at| !reading.ends_clause(at));
    let from = run.start.saturating_sub(LONGEST_USE);
    let used = (from..run.start).any(|at| reading.cue(at, Cue::Use).is_some_and(|end| end <= run.start));
    let passive = reading.has_cue(run.end, purpose, Cue::Use);
    (between_clear && (used || passive)).then(|| run.names.clone())
}
