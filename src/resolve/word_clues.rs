//! The words of a text around a mention.

use super::clues::Place;
use super::words::WordId;
use crate::document::ByteSpan;

/// The words of a text that entries have too, and the nearest place of each.
#[derive(Debug, Clone, Default)]
pub(super) struct WordClues {
    /// Each word once, in the order of the text.
    pub found: Vec<WordId>,
    told: Vec<Told>,
    /// The place of each word in `told`, from 1; 0 for words that the text does not hold.
    slots: Vec<u16>,
    /// How many words were read; those of neighbouring sentences count in part.
    pub read: f64,
}

/// A word that the text holds.
#[derive(Debug, Clone, Copy)]
struct Told {
    place: Place,
    span: Option<ByteSpan>,
    gain: f64,
}

impl WordClues {
    /// Adds a word and where it stands; the nearest place of a word counts. What comes after as many
    /// different words as a long book holds is passed over.
    pub fn add(&mut self, word: WordId, place: Place, span: Option<ByteSpan>) {
        let at = word as usize;
        if self.slots.len() <= at {
            self.slots.resize(at + 1, 0);
        }
        match self.slots[at] {
            0 => {
                let Ok(slot) = u16::try_from(self.told.len() + 1) else { return };
                self.slots[at] = slot;
                self.found.push(word);
                self.told.push(Told { place, span, gain: 0.0 });
            }
            slot => {
                let told = &mut self.told[usize::from(slot) - 1];
                if told.place < place {
                    (told.place, told.span) = (place, span);
                }
            }
        }
    }

    /// Sets what each word adds to an entry that holds it.
    pub fn set_gains(&mut self, gain_of: impl Fn(WordId, Place) -> f64) {
        for (word, told) in self.found.iter().zip(&mut self.told) {
            told.gain = gain_of(*word, told.place);
        }
    }

    fn told(&self, word: WordId) -> Option<&Told> {
        let slot = self.slots.get(word as usize).copied().unwrap_or(0);
        self.told.get(usize::from(slot).checked_sub(1)?)
    }

    /// What a word adds to an entry that holds it, if the text has it.
    pub fn gain(&self, word: WordId) -> Option<f64> {
        self.told(word).map(|told| told.gain)
    }

    /// The bytes of the prose in which a word stands; none for one of the title.
    pub fn span(&self, word: WordId) -> Option<ByteSpan> {
        self.told(word).and_then(|told| told.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_of_a_word_counts() {
        let mut words = WordClues::default();
        let (far, near) = (ByteSpan::new(40, 44), ByteSpan::new(3, 7));
        words.add(5, Place::Neighbour, Some(far));
        words.add(5, Place::Sentence, Some(near));
        words.add(5, Place::Neighbour, Some(far));
        words.set_gains(|_, place| if place == Place::Sentence { 2.0 } else { 1.0 });
        assert_eq!((words.found.as_slice(), words.gain(5), words.span(5)), (&[5][..], Some(2.0), Some(near)));
        assert_eq!((words.gain(4), words.gain(9), words.span(4)), (None, None, None));
    }
}
