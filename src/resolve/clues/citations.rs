//! Systems whose papers are cited beside a reference.

use super::reader::MOST_MENTIONS;
use super::{ClueReader, Clues, Proximity, SystemClue};
use crate::detect::{Detected, Mention};
use crate::document::{ByteSpan, Document};
use crate::resolve::grouping::Group;

/// Maximum distance in bytes at which a citation behind a mention belongs to it.
const CITATION_REACH: usize = 60;

impl ClueReader<'_> {
    /// Reads the systems whose papers are cited in the sentences of a group's mentions.
    pub(super) fn read_citations(
        &self,
        group: &Group,
        document: &Document,
        detected: &Detected,
        clues: &mut Clues<'_>,
    ) {
        for index in group.mentions.iter().take(MOST_MENTIONS) {
            let mention = &detected.mentions[*index];
            for citation in document.citations.iter().filter(|cited| mention.sentence.contains(cited.span)) {
                let place = if is_beside(citation.span, mention, detected) {
                    Proximity::Mention
                } else {
                    Proximity::Sentence
                };
                let works = citation.works.iter().filter_map(|work| document.bibliography.get(*work));
                for id in works.flat_map(|work| self.index.papers.systems(work)) {
                    let clue = SystemClue { id, place, span: citation.span };
                    match clues.cited.iter_mut().find(|seen| seen.id == id) {
                        Some(seen) if seen.place < place => *seen = clue,
                        Some(_) => {}
                        None => clues.cited.push(clue),
                    }
                }
            }
        }
    }
}

/// Tests whether a citation is within a mention or close behind it, with no other mention in between.
fn is_beside(citation: ByteSpan, mention: &Mention, detected: &Detected) -> bool {
    let near = mention.span.start <= citation.start && citation.start <= mention.span.end + CITATION_REACH;
    let between = |other: &Mention| other.span.start >= mention.span.end && other.span.end <= citation.start;
    near && !detected.mentions.iter().any(between)
}
