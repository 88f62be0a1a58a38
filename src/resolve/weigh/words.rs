//! Evidence from words that the text shares with an entry.

use super::super::clues::Proximity;
use super::super::index::Index;
use super::super::word_clues::WordClues;
use super::super::words::WordId;
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::WordWeights;

/// Maximum number of words quoted in the evidence.
const QUOTED: usize = 6;
/// Number of words in the texts for which word shares are counted: abstracts.
const WORDS_OF_ABSTRACT: f64 = 180.0;

impl Scorer<'_> {
    /// Weighs the words of an entry, both those that the text contains and those that it lacks.
    pub(super) fn weigh_words(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let found = &candidate.clues.words;
        self.weigh_series(candidate, evidence);
        let words = candidate.words;
        if found.read == 0.0 || words.is_empty() {
            return;
        }
        let weights = &self.weights.words;
        let (mut sum, mut absent) = (0.0, words.len());
        let mut best: Option<(f64, WordId)> = None;
        for (word, gain) in found.gains_of(words) {
            absent -= 1;
            sum += gain;
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, word));
            }
        }
        sum += weights.unsaid * absent as f64 * candidate.reading.log_missed;
        let part = if candidate.clues.announcing { 1.0 } else { weights.using };
        let weight = (weights.strength * part * sum).clamp(-weights.least, weights.most);
        let span = best.and_then(|(_, word)| found.span(word));
        evidence.note_at("words", weight, span, || {
            let mut shared: Vec<(f64, WordId)> =
                found.gains_of(words).map(|(word, gain)| (gain, word)).collect();
            shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let quoted: Vec<&str> =
                shared.iter().take(QUOTED).map(|(_, word)| self.index.vocabulary.word(*word)).collect();
            match quoted.is_empty() {
                true => "none of the words by which it is described".to_string(),
                false => format!("described by the words {}", quoted.join(", ")),
            }
        });
    }

    /// Weighs the word of a mention with which the names of several systems begin.
    fn weigh_series(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let Some((word, span)) = &candidate.clues.series else { return };
        if self.index.series.holds(word, candidate.id) {
            evidence.note_at("series", self.weights.words.series, Some(*span), || {
                format!("its name begins with {word}, as the text says")
            });
        }
    }
}

/// Returns the length of what was read, in abstracts.
fn length(found: &WordClues) -> f64 {
    found.read / WORDS_OF_ABSTRACT
}

/// Returns the logarithm of the probability that a text on a system lacks a given word of its entry.
pub(super) fn log_missed(found: &WordClues, weights: &WordWeights) -> f64 {
    (1.0 - weights.said).ln() * length(found)
}

/// Sets what the words of a text contribute to entries that contain them.
///
/// An abstract contains a word by chance with the probability of the word's share, and in addition if it
/// describes the system whose entry has the word. Each word contributes the logarithm of the ratio of the two
/// probabilities. A text of a different length has the probabilities of that many abstracts.
pub(in crate::resolve) fn set_word_gains(found: &mut WordClues, index: &Index, weights: &WordWeights) {
    let (length, missed) = (length(found), log_missed(found, weights).exp());
    found.set_gains(|word, place| {
        let left = match place {
            Proximity::Neighbour => weights.neighbour,
            Proximity::Sentence => 1.0,
            Proximity::Mention => weights.mention,
        };
        let share = f64::from(index.share[word as usize]).clamp(1e-5, 0.99);
        let by_chance = 1.0 - (1.0 - share).powf(length);
        left * ((by_chance + (1.0 - by_chance) * (1.0 - missed)) / by_chance).ln()
    });
}
