//! The words of a text around a mention.

use super::clues::Proximity;
use super::words::WordId;
use crate::document::ByteSpan;

/// The words of a text that entries contain too, each with its nearest place.
#[derive(Debug, Clone, Default)]
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

    /// Returns the contribution of a word to an entry that contains it, if the text has the word.
    pub fn gain(&self, word: WordId) -> Option<f64> {
        self.occurrence(word).map(|occurrence| occurrence.gain)
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
        assert_eq!((words.found.as_slice(), words.gain(5), words.span(5)), (&[5][..], Some(2.0), Some(near)));
        assert_eq!((words.gain(4), words.gain(9), words.span(4)), (None, None, None));
    }
}
