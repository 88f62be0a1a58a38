//! Descriptions and names that are used for the same: "an assistant to answer the letters", and elsewhere "we used X to
//! answer the letters". The roles have words of their own; here any action will do, if it is worded the same.

use std::collections::BTreeMap;

use super::fillers::{is_denied, means, used_name};
use super::kinds::test_of_kind;
use super::reading::Reading;
use super::roles::purpose_behind;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, Systems};
use crate::detect::{Gates, Way};

/// An action and what it is done to: the first two words of a purpose, in lower case, without fillers.
type Deed = [String; 2];

/// Ties single descriptions to the only name that does the same.
pub(super) fn tie_by_deed(ties: &mut Ties<'_, '_>, gates: &Gates, systems: &Systems) {
    let mut named: Option<BTreeMap<Deed, Vec<usize>>> = None;
    for (index, sentence) in ties.open() {
        let reading = &sentence.reading;
        let is_elsewhere = ties.is_other(index, reading) || !sentence.tells_of_this_paper();
        if ties.mention(index).plural || is_elsewhere {
            continue;
        }
        let (_, end) = reading.pieces_in(ties.mention(index).span);
        let Some(deed) = purpose_behind(reading, end).and_then(|at| deed_at(reading, at)) else { continue };
        let named = named.get_or_insert_with(|| named_deeds(ties));
        let mut names = ties.distinct(named.get(&deed).map_or(&[], Vec::as_slice));
        names.retain(test_of_kind(ties, (gates, systems), index));
        if let [name] = names[..] {
            let at = ties.mention(name).span;
            ties.set(index, &[name], Some(naming(Way::Role, "what does the same elsewhere", at)));
        }
    }
}

/// Returns the names of others by what they are used for.
fn named_deeds(ties: &Ties<'_, '_>) -> BTreeMap<Deed, Vec<usize>> {
    let mut found: BTreeMap<Deed, Vec<usize>> = BTreeMap::new();
    for sentence in ties.paper.sentences.iter().filter(|sentence| sentence.tells_of_this_paper()) {
        if sentence.runs.is_empty() {
            continue;
        }
        let reading = &sentence.reading;
        for at in 0..reading.pieces.len() {
            let by_purpose = || {
                let after = reading.cue(at, Cue::Purpose)?;
                Some((deed_at(reading, after)?, used_name(sentence, at)?))
            };
            let by_means = || {
                let behind = means(reading, at, at + 1)?;
                let run = sentence.run_at(reading.skip_fillers(behind, 3))?;
                Some((deed_at(reading, at)?, run.names.clone()))
            };
            if let Some((deed, names)) = by_purpose().or_else(by_means) {
                let of_others = names
                    .into_iter()
                    .filter(|name| !ties.paper.names.is_own(*name) && !is_denied(ties, *name));
                found.entry(deed).or_default().extend(of_others);
            }
        }
    }
    found
}

/// Reads an action at a piece.
fn deed_at(reading: &Reading<'_>, at: usize) -> Option<Deed> {
    let word = |at: usize| {
        let piece =
            reading.pieces.get(at).filter(|piece| piece.name.is_none() && piece.first.is_alphabetic())?;
        let is_tie =
            [Cue::Purpose, Cue::Governor, Cue::List].iter().any(|cue| reading.cue(at, *cue).is_some());
        (!is_tie).then(|| piece.span.of(reading.prose).to_lowercase())
    };
    let verb = word(at)?;
    let object = [Cue::Object, Cue::We].iter().find_map(|cue| reading.cue(at + 1, *cue)).unwrap_or(at + 1);
    Some([verb, word(reading.skip_fillers(object, 3))?])
}
