//! Names that detection saw beside a description, reduced to those that name it.

use super::lists::Run;
use super::names::{Trust, says_more};
use super::other_names::Place;
use super::paper::Sentence;
use super::predicates::within;
use super::reading::Reading;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, Kind};
use crate::detect::Way;

/// Keeps, of the names beside each description, those that name a system. Labels in capitals, authors of
/// citations and tools that the description only makes use of are dropped.
pub(super) fn keep_names_beside(ties: &mut Ties<'_, '_>) {
    keep_names_of_anaphora(ties);
    for (place, sentence) in ties.paper.sentences.iter().enumerate() {
        for index in &sentence.described {
            let mention = ties.mention(*index);
            if mention.named_by.is_empty() {
                continue;
            }
            let names = names_beside(ties, *index, place);
            let at = names.first().map_or(mention.span, |name| ties.mention(*name).span);
            if !ties.set(*index, &names, Some(naming(Way::Beside, "the name stands beside it", at))) {
                ties.clear(*index);
            }
        }
    }
}

/// Reduces the names beside each anaphoric mention to those of systems.
fn keep_names_of_anaphora(ties: &mut Ties<'_, '_>) {
    for (index, mention) in ties.detected.mentions.iter().enumerate() {
        let points_back = mention.kind == Kind::Anaphoric && mention.entity_type == ties.paper.entity_type;
        if points_back && !mention.named_by.is_empty() {
            let names = ties.paper.trusted(&mention.named_by);
            ties.set(index, &names, None);
        }
    }
}

fn names_beside(ties: &Ties<'_, '_>, index: usize, place: usize) -> Vec<usize> {
    let place = Place::new(ties, index, place);
    let Place { sentence, mention, start, end, .. } = place;
    let reading = &sentence.reading;
    let mut known: Vec<usize> =
        mention.named_by.iter().copied().filter(|name| place.may_be_its(*name)).collect();
    if known.first().is_some_and(|name| place.is_aside(*name)) {
        known.clear();
    }
    let is_alone = is_subject_behind(sentence, known.first(), end);
    known.truncate(if is_alone { 1 } else { known.len() });
    let Some(first) = known.first().copied() else { return Vec::new() };
    let trust = |name: &usize| ties.paper.names.get(*name).map(|name| name.trust);
    let is_tool = |name: &usize| trust(name) == Some(Trust::Software);
    // "the Orvex baseline (34 points, Miro 36)" is Orvex; "two Orvex models, Orvex-7B and Miro" the first; "a
    // TensorFlow model called Orvex" is named behind it.
    if let Some(inside) = within(ties, reading, index).filter(|name| !is_tool(name)) {
        // "Orvex 1B, 3B and 7B models"
        let (at, _) = reading.pieces_in(ties.mention(inside).span);
        let row = sentence.run_at(at).filter(|row| mention.plural && row.end < end && row.names.len() > 1);
        if let Some(row) = row {
            return row.names.clone();
        }
        let text = |name: usize| ties.mention(name).written_name(ties.paper.prose);
        let members: Vec<usize> =
            known.into_iter().filter(|name| says_more(text(*name), text(inside))).collect();
        return if members.is_empty() { vec![inside] } else { members };
    }
    let (at, _) = reading.pieces_in(ties.mention(first).span);
    let opened = ['(', '—', '–', ':'].iter().any(|sign| reading.is(end, *sign));
    if at >= end && !opened && is_made_use_of(reading, end, at) {
        return Vec::new();
    }
    // A whole row belongs to it, sizes that stand for names included.
    let row = sentence.runs.iter().find(|run| run.names.contains(&first));
    let mut names = known.clone();
    // "X, Y and Z, our three models", "X and Y (both hosted models)"
    let is_apposed = |row: &&Run| {
        start.checked_sub(1).is_some_and(|sign| {
            sign == row.end && [',', '(', '—', '–'].iter().any(|opening| reading.is(sign, *opening))
        })
    };
    let leads_to_it = |row: &&Run| {
        row.start >= end || reading.cue_before(start, Cue::AsRole) == Some(row.end) || is_apposed(row)
    };
    if let Some(row) = row.filter(leads_to_it).filter(|_| mention.plural && !is_alone) {
        let more = row.names.iter().filter(|name| !known.contains(name));
        names.extend(more.copied());
    }
    let is_plain = !ties.may_be_software(index, reading);
    let trusted = ties.paper.trusted(&names);
    if !trusted.is_empty() {
        // "three classifiers (SVM, Orvex, Miro)": as many as it counts, bare capitals included.
        if at >= end && ties.count_of(index) == Some(known.len()) {
            return known;
        }
        // "such as A, B and C, DRX does so": the label is the subject of what follows
        let ends_before = |name: &usize| {
            let (at, _) = reading.pieces_in(ties.mention(*name).span);
            at > end && reading.is(at - 1, ',') && reading.has_cue(end, at, Cue::List)
        };
        // "three VLMs (OrvexOCR, Miro-VLM and ABX)": what stands in one list is of one sort.
        let labels = names.len() - trusted.len();
        let is_row = row.is_some_and(|row| names.iter().all(|name| row.names.contains(name)));
        let is_one_sort = trusted.len() > 1 || labels == 1 && !names.iter().any(is_tool) || is_row;
        if mention.plural && at >= end && is_one_sort {
            return names.into_iter().filter(|name| trusted.contains(name) || !ends_before(name)).collect();
        }
        // "a coding agent (Orvex Code with Orvex 2)" is both, "a model (Orvex 2, in Orvex Serve)" is one.
        let software = |name: &usize| !is_plain && is_tool(name);
        return names.into_iter().filter(|name| trusted.contains(name) || software(name)).collect();
    }
    // "an LLM (via Orvex Cloud)": what a model is reached through is not its name
    let is_reached = is_plain && reading.cue_before(at, Cue::Agent).is_some();
    if names.iter().all(is_tool) && (!is_plain || at < start || opened && !is_reached) {
        return names;
    }
    // Bare capitals name it in apposition ("NERO, a large model"), behind a copula and alone in a bracket; in a
    // list they are labels.
    let alone = known.len() == 1 && !mention.plural && !reading.is(end, ':');
    let bracketed = reading.is(end, '(') && at == end + 1 && reading.is(at + 1, ')');
    // "the baseline is $S_0$" is a formula
    let predicated = reading.cue(end, Cue::Copula) == Some(at) && !reading.is(at + 1, '_');
    let is_placed = at < start || bracketed || predicated || is_apposed_behind(reading, end, at);
    if alone && is_placed && trust(&first) == Some(Trust::Weak) { known } else { Vec::new() }
}

/// Tests for ", X," and "(i.e., X)" behind a description.
fn is_apposed_behind(reading: &Reading<'_>, end: usize, at: usize) -> bool {
    let start = reading.cue(end + 1, Cue::Members).unwrap_or(end + 1);
    let start = if reading.is(start, ',') { start + 1 } else { start };
    let closes = |open, close| reading.is(end, open) && start == at && reading.is(at + 1, close);
    closes(',', ',') && reading.cue(at + 2, Cue::List).is_none() && reading.name(at + 2).is_none()
        || closes('(', ')')
}

/// Tests whether a comma parts two names behind a description of which the second is the subject of what follows: "for
/// small models like X, Y improves".
fn is_subject_behind(sentence: &Sentence<'_>, first: Option<&usize>, end: usize) -> bool {
    let reading = &sentence.reading;
    let row = sentence.runs.iter().find(|run| run.start >= end && run.names.first() == first);
    let Some(row) = row.filter(|row| row.names.len() == 2) else { return false };
    let Some(second) = (row.start + 1..row.end).find(|at| reading.name(*at) == Some(row.names[1])) else {
        return false;
    };
    let next = reading.pieces.get(row.end);
    let goes_on =
        next.is_some_and(|next| next.first.is_lowercase()) && reading.cue(row.end, Cue::List).is_none();
    goes_on && reading.is(second - 1, ',') && reading.has_cue(end, row.start, Cue::Members)
}

/// Tests whether the words that lead to a name present it as a tool rather than as a name of the description:
/// "an LLM that we run with MLX". A bracket, a comma or a copula leads to names again.
fn is_made_use_of(reading: &Reading<'_>, from: usize, name: usize) -> bool {
    let agents = (from..name).rev().find(|at| reading.cue(*at, Cue::Agent).is_some());
    let Some(agent) = agents else { return false };
    let leads_back = |at: usize| {
        let piece = &reading.pieces[at];
        piece.name.is_some()
            || !piece.first.is_alphanumeric()
            || reading.cue(at, Cue::Copula).is_some()
            || reading.cue(at, Cue::Members).is_some()
    };
    // "ranging from X to Y" leads to members
    let ranges = agent > from && reading.cue(agent - 1, Cue::Members).is_some();
    !ranges && !(agent + 1..name).any(leads_back)
}
