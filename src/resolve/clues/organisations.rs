//! Organisations that a paper names near a reference.

use super::{ClueReader, Clues, OrganisationClue, Proximity};
use crate::catalogue::Kind;
use crate::detect::{Detected, Mention};
use crate::document::{ByteSpan, Document};
use crate::resolve::nearby::starting_in;
use crate::resolve::organisation_finder::OrganisationCue;

/// Most bytes between a mention and the maker told right after it: "a model that was put out by Acme".
const WIDEST_GAP: usize = 24;

impl ClueReader<'_> {
    /// Reads the organisations in a part of the prose, except a maker's name inside a system's name and a
    /// hardware maker in the name of its hardware. What stands in one of the spans `near`, or right after it,
    /// is with the mention. The spans of their names are added to `names`.
    pub(super) fn read_organisations(
        &self,
        (scope, place): (ByteSpan, Proximity),
        near: &[ByteSpan],
        document: &Document,
        detected: &Detected,
        names: &mut Vec<ByteSpan>,
        clues: &mut Clues<'_>,
    ) {
        let text = scope.of(&document.prose);
        let before = names.len();
        self.finder.find(text, |id, telling, meanings, at| {
            let span = ByteSpan::new(scope.start + at.start, scope.start + at.end);
            let inside = |mention: &Mention| mention.kind == Kind::Named && mention.span.overlaps(span);
            if telling == OrganisationCue::Name {
                if starting_in(&detected.mentions, scope, |mention| mention.span).any(inside) {
                    return;
                }
                names.push(span);
                if self.is_of_hardware(text.get(at.end..).unwrap_or_default()) {
                    return;
                }
            }
            let is_beside = |mention: &ByteSpan| {
                (mention.start..=mention.end.saturating_add(WIDEST_GAP)).contains(&span.start)
            };
            let place = if near.iter().any(is_beside) { Proximity::Mention } else { place };
            match clues.organisations.iter_mut().find(|seen| seen.id == id && seen.telling == telling) {
                Some(seen) if seen.place < place => (seen.place, seen.span) = (place, span),
                Some(_) => {}
                None => {
                    let written = at.of(text).to_string();
                    clues.organisations.push(OrganisationClue {
                        id,
                        telling,
                        meanings,
                        written,
                        place,
                        span,
                    });
                }
            }
        });
        if names.len() > before {
            names.sort_unstable();
        }
    }

    /// Returns whether the words after an organisation's name denote its hardware or its cloud: "NVIDIA
    /// A100", "Google Cloud".
    pub(super) fn is_of_hardware(&self, rest: &str) -> bool {
        let next = rest.trim_start_matches([' ', '-', '\u{a0}']);
        let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
        let word = next[..end].to_lowercase();
        rest.len() > next.len()
            && self.weights.organisation.hardware.iter().any(|listed| {
                *listed == word || word.strip_suffix('s').is_some_and(|singular| singular == listed)
            })
    }
}
