//! Coordinated names: "A (Smith, 2024), B and the hosted C".

use super::names::PaperNames;
use super::reading::Reading;
use crate::catalogue::Cue;
use crate::detect::{Detected, size_in_name};

/// Most pieces between two names of a run, apart from commas and conjunctions.
const LONGEST_GAP: usize = 5;

/// Most words inserted between two names: "A and, in the second part, B".
const LONGEST_INSERTION: usize = 6;

/// Coordinated names, or a single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The index of its first piece.
    pub start: usize,
    /// The index of the piece after it; remarks in brackets belong to it.
    pub end: usize,
    /// The mentions of its names, and of the names that bare sizes in the run stand for.
    pub names: Vec<usize>,
}

/// Returns the runs of names in a sentence, in order.
pub(super) fn runs(reading: &Reading<'_>, names: &PaperNames, detected: &Detected) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < reading.pieces.len() {
        let Some(name) = reading.name(at) else {
            at += 1;
            continue;
        };
        let mut run = Run { start: at, end: at + 1, names: vec![name] };
        let mut base = name;
        loop {
            run.end = after_origin(reading, after_remark(reading, run.end));
            let Some(next) = next_member(reading, run.end) else { break };
            match reading.name(next) {
                Some(name) => {
                    run.names.push(name);
                    base = name;
                    run.end = next + 1;
                }
                // "Pythia-410M, 1.4B and 2.8B"
                None => match with_size(reading, next, base, names, detected) {
                    Some(name) => {
                        run.names.push(name);
                        run.end = next + 1;
                    }
                    None => break,
                },
            }
        }
        at = run.end;
        found.push(run);
    }
    found
}

/// Returns the piece after the bracketed remarks that may follow a name.
fn after_remark(reading: &Reading<'_>, mut at: usize) -> usize {
    loop {
        let after = reading.after_bracket(at);
        if after <= at + 1 {
            return at; // nothing opens here, or nothing closes it
        }
        at = after;
    }
}

/// Returns the piece after the noun that may follow a name, and the remarks behind it: "the X system (XS) [3]".
pub(super) fn after_head(reading: &Reading<'_>, at: usize) -> usize {
    let noun = reading.cue(at, Cue::SetNoun).or_else(|| reading.cue(at, Cue::Head));
    after_remark(reading, noun.unwrap_or(at))
}

/// Returns the piece after what says whose a name is: "A from Acme [3]". Returns `at` itself where nothing does.
fn after_origin(reading: &Reading<'_>, at: usize) -> usize {
    let Some(maker) = reading.cue(at, Cue::Maker) else { return at };
    let is_house = reading.pieces.get(maker).is_some_and(|piece| {
        piece.first.is_uppercase() && (piece.name.is_none() || says_whose(reading, maker))
    });
    if is_house { after_remark(reading, maker + 1) } else { at }
}

/// Returns the comma after a short phrase on how a member was run: "A in two modes, B and C". Returns `at`
/// itself where no such phrase starts there.
fn after_manner(reading: &Reading<'_>, at: usize) -> usize {
    if reading.cue(at, Cue::Agent).or_else(|| reading.cue(at, Cue::Governor)).is_none() {
        return at;
    }
    // "A from Orvex; B from Miro": a maker may have the name of a system
    let is_word = |at: &usize| reading.pieces.get(*at).is_some_and(|piece| piece.first.is_alphanumeric());
    let end_of_words = |is_part: &dyn Fn(&usize) -> bool| {
        let end = at + (at..=at + LONGEST_INSERTION).take_while(is_part).count();
        let names = (at..end).filter(|at| reading.name(*at).is_some()).count();
        let is_maker = names == 0 || names == 1 && end == at + 2;
        is_maker.then(|| after_remark(reading, end))
    };
    let leads_on = |end: &usize| {
        (reading.is(*end, ',') || reading.is(*end, ';'))
            && (reading.name(end + 1).is_some() || reading.cue(end + 1, Cue::List).is_some())
    };
    // "A for structure and B"
    let binds = |at: &usize| reading.cue(*at, Cue::List);
    let is_bound = |end: &usize| binds(end).is_some_and(|next| reading.name(next).is_some());
    let before_bond = || end_of_words(&|at| is_word(at) && binds(at).is_none());
    end_of_words(&is_word).filter(leads_on).or_else(|| before_bond().filter(is_bound)).unwrap_or(at)
}

/// Tests whether a name only states the maker of the name, or the version, before it: "Sonnet 4 from Anthropic",
/// "R1 from DeepSeek".
pub(super) fn says_whose(reading: &Reading<'_>, name: usize) -> bool {
    let is_named = |at: usize| {
        let text = reading.text(at);
        let is_version = text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.ends_with(|last: char| last.is_ascii_digit());
        reading.name(at).is_some() || is_version
    };
    reading
        .cue_before(name, Cue::Maker)
        .is_some_and(|governor| governor + 1 == name && governor.checked_sub(1).is_some_and(is_named))
}

/// Returns the piece after a remark of a few words that ends in a comma and precedes a name, where the comma
/// before the remark was taken for that of the run.
fn after_insertion(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let is_word = |at: &usize| {
        reading.pieces.get(*at).is_some_and(|piece| piece.name.is_none() && piece.first.is_alphabetic())
    };
    let length = (at..at + LONGEST_INSERTION + 1).take_while(is_word).count();
    let end = at + length;
    let fits = (1..=LONGEST_INSERTION).contains(&length) && reading.is(at - 1, ',') && reading.is(end, ',');
    fits.then_some(end + 1).filter(|after| reading.name(*after).is_some())
}

/// Returns the next name of a run, or a size that stands for one, behind a comma or "and".
fn next_member(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    // "Sonnet 4 +33.3 pp, Qwen3": what was measured stands behind a name
    for _ in 0..LONGEST_GAP {
        let piece = reading.pieces.get(next)?;
        let is_number = piece.first.is_ascii_digit() || matches!(piece.first, '+' | '−' | '%' | '\\');
        let unit = next > at && piece.span.len() <= 2 && piece.name.is_none() && piece.first.is_alphabetic();
        if !is_number && !unit || piece.name.is_some() {
            break;
        }
        next += 1;
    }
    // "a Qwen3-4B model with 8-bit weights, and Qwen3-8B"
    let noun = [Cue::SetNoun, Cue::Families, Cue::Component].iter().find_map(|cue| reading.cue(next, *cue));
    next = after_manner(reading, after_remark(reading, noun.unwrap_or(next)));
    let bound = next;
    let mut comma = false;
    for _ in 0..3 {
        // "A > B" ranks them
        if [',', ';', '&', '/', '>', '<'].iter().any(|sign| reading.is(next, *sign)) {
            comma = true;
            next += 1;
        } else if let Some(end) = reading.cue(next, Cue::List) {
            comma = true;
            next = end;
        } else {
            break;
        }
    }
    if !comma || next == bound {
        return None;
    }
    // "A and, in the second part, B"
    if let Some(after) = after_insertion(reading, next) {
        next = after;
    }
    let start = reading.skip_fillers(next, 3);
    if reading.name(start).is_some() || is_size(reading.text(start)) {
        return Some(start);
    }
    // "OpenAI's GPT-4", "Alibaba Qwen3": the maker, and no more
    let maker = reading.pieces.get(start)?;
    let name = if matches!(reading.text(start + 1), "'s" | "’s") { start + 2 } else { start + 1 };
    (maker.first.is_uppercase() && reading.name(name).is_some()).then_some(name)
}

fn is_size(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && size_in_name(text).is_some()
}

/// Returns the name that a bare size stands for behind another member of its family.
fn with_size(
    reading: &Reading<'_>,
    at: usize,
    base: usize,
    names: &PaperNames,
    detected: &Detected,
) -> Option<usize> {
    let text = detected.mentions.get(base)?.written_name(reading.prose);
    let size = reading.text(at);
    let end = text.rfind(|c: char| c.is_ascii_digit() || c == '.')?;
    let start = text[..end].rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(0, |at| at + 1);
    let old = text.get(start..end + 2)?;
    is_size(old).then(|| names.written(&text.replacen(old, size, 1)))?
}
