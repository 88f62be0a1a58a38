//! Words near a reference that entries of the catalogue contain too.

use super::{ClueReader, Clues, Proximity};
use crate::document::ByteSpan;
use crate::resolve::words::{for_each_word, is_plain_number};

/// Maximum number of names starting before a word that are checked, since one name can be inside another.
const NAMES_AROUND: usize = 3;

impl ClueReader<'_> {
    /// Returns the word that is capitalised in a part of the prose and with which names of several systems
    /// begin. The first word of a sentence does not count, since it is always capitalised.
    pub(super) fn series(
        &self,
        part: ByteSpan,
        sentence: ByteSpan,
        prose: &str,
    ) -> Option<(String, ByteSpan)> {
        let text = part.of(prose);
        let mut found = None;
        for_each_word(text, |folded, written| {
            let at = part.start + (written.as_ptr() as usize - text.as_ptr() as usize);
            let capital = written.starts_with(char::is_uppercase) && at > sentence.start;
            if found.is_none() && capital && !self.index.series.of(folded).is_empty() {
                found = Some((written.to_string(), ByteSpan::new(at, at + written.len())));
            }
        });
        found.map(|(written, span)| (written.to_lowercase(), span))
    }

    /// Reads the words of a text that begins at `start` of the prose, or of a title if `start` is `None`.
    /// Words inside `names`, the spans of systems and organisations in the order of the prose, are skipped,
    /// since they describe what is named; words inside `near` are the mention's own.
    pub(super) fn read_text(
        &self,
        text: &str,
        place: Proximity,
        start: Option<usize>,
        names: &[ByteSpan],
        near: &[ByteSpan],
        clues: &mut Clues<'_>,
    ) {
        let in_name = |span: &ByteSpan| {
            let after = names.partition_point(|name| name.start <= span.start);
            names[..after].iter().rev().take(NAMES_AROUND).any(|name| name.contains(*span))
        };
        let counts = if place == Proximity::Neighbour { self.weights.words.neighbour } else { 1.0 };
        for_each_word(text, |folded, written| {
            clues.words.read += counts;
            let known = (!is_plain_number(folded)).then(|| self.index.vocabulary.id(folded)).flatten();
            let telling = |word: &u32| self.index.rarity[*word as usize] > self.weights.words.common as f32;
            if let Some(word) = known.filter(telling) {
                let span = start.map(|start| {
                    let at = start + (written.as_ptr() as usize - text.as_ptr() as usize);
                    ByteSpan::new(at, at + written.len())
                });
                if !span.as_ref().is_some_and(in_name) {
                    let with_mention = span.is_some_and(|span| near.iter().any(|near| near.contains(span)));
                    clues.words.add(word, if with_mention { Proximity::Mention } else { place }, span);
                }
            }
        });
    }
}
