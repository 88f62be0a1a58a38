//! The words of a text around a mention.

use std::cell::Cell;

use super::clues::Proximity;
use super::words::WordId;
use crate::document::ByteSpan;

/// The words of a text that entries contain too, each with its nearest place.
#[derive(Debug, Clone)]
pub(super) struct WordClues {
    /// Each word once, in the order of the text.
    pub found: Vec<WordId>,
    occurrences: Vec<WordOccurrence>,
    /// The index of each word in `occurrences`, counted from 1; 0 for words that the text does not contain.
    slots: Vec<u16>,
    /// Number of words read; those of neighbouring sentences count in part.
    pub read: f64,
}

/// An occurrence of a word in the text.
#[derive(Debug, Clone, Copy)]
struct WordOccurrence {
    place: Proximity,
    span: Option<ByteSpan>,
    gain: f64,
}

/// Number of words for which there is room from the start: few sentences have more that entries contain too.
const ROOM: usize = 64;

thread_local! {
    /// The slots of the last clues of this thread, all of them 0 again: there is one for each word of a catalogue.
    static SPARE: Cell<Vec<u16>> = const { Cell::new(Vec::new()) };
}

impl Default for WordClues {
    fn default() -> Self {
        let (found, occurrences) = (Vec::with_capacity(ROOM), Vec::with_capacity(ROOM));
        Self { found, occurrences, slots: SPARE.take(), read: 0.0 }
    }
}

impl Drop for WordClues {
    fn drop(&mut self) {
        let mut slots = std::mem::take(&mut self.slots);
        for word in &self.found {
            slots[*word as usize] = 0; // each of them was set there
        }
        // Where threads end, it may be gone.
        let _ = SPARE.try_with(|spare| spare.set(slots));
    }
}

impl WordClues {
    /// Adds a word and its place; the nearest place of a word counts. Words beyond 65,535 different ones,
    /// more than in a long book, are ignored.
    pub fn add(&mut self, word: WordId, place: Proximity, span: Option<ByteSpan>) {
        let at = word as usize;
        if self.slots.len() <= at {
            self.slots.resize((at + 1).next_power_of_two(), 0); // since most texts go on to larger ones
        }
        match self.slots[at] {
            0 => {
                let Ok(slot) = u16::try_from(self.occurrences.len() + 1) else { return };
                self.slots[at] = slot;
                self.found.push(word);
                self.occurrences.push(WordOccurrence { place, span, gain: 0.0 });
            }
            slot => {
                let occurrence = &mut self.occurrences[usize::from(slot) - 1];
                if occurrence.place < place {
                    (occurrence.place, occurrence.span) = (place, span);
                }
            }
        }
    }

    /// Sets the contribution of each word to an entry that contains it.
    pub fn set_gains(&mut self, gain_of: impl Fn(WordId, Proximity) -> f64) {
        for (word, occurrence) in self.found.iter().zip(&mut self.occurrences) {
            occurrence.gain = gain_of(*word, occurrence.place);
        }
    }

    fn occurrence(&self, word: WordId) -> Option<&WordOccurrence> {
        let slot = self.slots.get(word as usize).copied().unwrap_or(0);
        self.occurrences.get(usize::from(slot).checked_sub(1)?)
    }

    /// Iterates over those words of an entry that the text has, each with its contribution.
    pub fn gains_of<'w>(&'w self, words: &'w [WordId]) -> impl Iterator<Item = (WordId, f64)> {
        let slots = self.slots.as_slice();
        words.iter().filter_map(move |word| match slots.get(*word as usize) {
            None | Some(0) => None, // as most words
            Some(slot) => Some((*word, self.occurrences.get(usize::from(*slot) - 1)?.gain)),
        })
    }

    /// Returns the position of a word in the prose; `None` for a word of the title.
    pub fn span(&self, word: WordId) -> Option<ByteSpan> {
        self.occurrence(word).and_then(|occurrence| occurrence.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_of_a_word_counts() {
        let mut words = WordClues::default();
        let (far, near) = (ByteSpan::new(40, 44), ByteSpan::new(3, 7));
        words.add(5, Proximity::Neighbour, Some(far));
        words.add(5, Proximity::Sentence, Some(near));
        words.add(5, Proximity::Neighbour, Some(far));
        words.set_gains(|_, place| if place == Proximity::Sentence { 2.0 } else { 1.0 });
        assert_eq!((words.found.as_slice(), words.span(5), words.span(4)), (&[5][..], Some(near), None));
        assert_eq!(words.gains_of(&[4, 5, 9]).collect::<Vec<_>>(), [(5, 2.0)]);
    }
}
