//! Words that the text shares with an entry.

use super::super::clues::Place;
use super::super::words::WordId;
use super::{Ledger, Pan, Scales};

/// The most words that the evidence quotes.
const QUOTED: usize = 6;
/// The words of the texts that shares are counted in: abstracts.
const WORDS_OF_ABSTRACT: f64 = 180.0;

impl Scales<'_> {
    /// Weighs the words of an entry, those that the text holds and those that it does not.
    ///
    /// An abstract holds a word by chance with the word's share, and besides where it speaks of the
    /// system whose entry has the word. Each word adds the log of the two chances' ratio, and a
    /// text of another length has the chances of as many abstracts.
    pub(super) fn weigh_words(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let found = &pan.clues.words;
        self.weigh_series(pan, ledger);
        let words = self.index.words(pan.id);
        if found.read == 0.0 || words.is_empty() {
            return;
        }
        let weights = &self.weights.words;
        let length = found.read / WORDS_OF_ABSTRACT;
        let missed = (1.0 - weights.said).powf(length);
        let gain = |word: WordId| {
            let left = match found.place(word)? {
                Place::Neighbour => weights.neighbour,
                Place::Sentence | Place::Mention => 1.0,
            };
            let share = f64::from(self.index.share[word as usize]).clamp(1e-5, 0.99);
            let by_chance = 1.0 - (1.0 - share).powf(length);
            Some(left * ((by_chance + (1.0 - by_chance) * (1.0 - missed)) / by_chance).ln())
        };
        let (mut sum, mut absent) = (0.0, 0usize);
        for word in words {
            match gain(*word) {
                Some(gain) => sum += gain,
                None => absent += 1,
            }
        }
        sum += weights.unsaid * absent as f64 * missed.ln();
        let part = if pan.clues.announcing { 1.0 } else { weights.using };
        let weight = (weights.strength * part * sum).clamp(-weights.least, weights.most);
        let best = words.iter().filter_map(|word| gain(*word).map(|gain| (gain, *word)));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let span = best.and_then(|(_, word)| found.span(word));
        ledger.note_at("words", weight, span, || {
            let mut shared: Vec<(f64, WordId)> =
                words.iter().filter_map(|word| gain(*word).map(|gain| (gain, *word))).collect();
            shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let quoted: Vec<&str> =
                shared.iter().take(QUOTED).map(|(_, word)| self.index.vocabulary.word(*word)).collect();
            match quoted.is_empty() {
                true => "none of the words by which it is described".to_string(),
                false => format!("described by the words {}", quoted.join(", ")),
            }
        });
    }
    /// The word of a mention with which names of several systems begin.
    fn weigh_series(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let Some((word, span)) = &pan.clues.series else { return };
        if self.index.series.holds(word, pan.id) {
            ledger.note_at("series", self.weights.words.series, Some(*span), || {
                format!("its name begins with {word}, as the text says")
            });
        }
    }
}
