//! Words that the text shares with an entry.

use super::super::clues::Place;
use super::super::index::Index;
use super::super::word_clues::WordClues;
use super::super::words::WordId;
use super::{Ledger, Pan, Scales};
use crate::catalogue::WordWeights;

/// The most words that the evidence quotes.
const QUOTED: usize = 6;
/// The words of the texts that shares are counted in: abstracts.
const WORDS_OF_ABSTRACT: f64 = 180.0;

impl Scales<'_> {
    /// Weighs the words of an entry, those that the text holds and those that it does not.
    pub(super) fn weigh_words(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let found = &pan.clues.words;
        self.weigh_series(pan, ledger);
        let words = self.index.words(pan.id);
        if found.read == 0.0 || words.is_empty() {
            return;
        }
        let weights = &self.weights.words;
        let (mut sum, mut absent) = (0.0, 0usize);
        let mut best: Option<(f64, WordId)> = None;
        for word in words {
            match found.gain(*word) {
                Some(gain) => {
                    sum += gain;
                    if best.is_none_or(|(most, _)| gain > most) {
                        best = Some((gain, *word));
                    }
                }
                None => absent += 1,
            }
        }
        sum += weights.unsaid * absent as f64 * pan.reading.log_missed;
        let part = if pan.clues.announcing { 1.0 } else { weights.using };
        let weight = (weights.strength * part * sum).clamp(-weights.least, weights.most);
        let span = best.and_then(|(_, word)| found.span(word));
        ledger.note_at("words", weight, span, || {
            let mut shared: Vec<(f64, WordId)> =
                words.iter().filter_map(|word| found.gain(*word).map(|gain| (gain, *word))).collect();
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

/// How many abstracts are as long as what was read.
fn length(found: &WordClues) -> f64 {
    found.read / WORDS_OF_ABSTRACT
}

/// The log of the chance that a text on a system misses a word of its entry.
pub(super) fn log_missed(found: &WordClues, weights: &WordWeights) -> f64 {
    (1.0 - weights.said).ln() * length(found)
}

/// Sets what the words of a text add to entries that hold them.
///
/// An abstract holds a word by chance with the word's share, and besides where it speaks of the
/// system whose entry has the word. Each word adds the log of the two chances' ratio, and a
/// text of another length has the chances of as many abstracts.
pub(in crate::resolve) fn set_word_gains(found: &mut WordClues, index: &Index, weights: &WordWeights) {
    let (length, missed) = (length(found), log_missed(found, weights).exp());
    found.set_gains(|word, place| {
        let left = match place {
            Place::Neighbour => weights.neighbour,
            Place::Sentence => 1.0,
            Place::Mention => weights.mention,
        };
        let share = f64::from(index.share[word as usize]).clamp(1e-5, 0.99);
        let by_chance = 1.0 - (1.0 - share).powf(length);
        left * ((by_chance + (1.0 - by_chance) * (1.0 - missed)) / by_chance).ln()
    });
}
