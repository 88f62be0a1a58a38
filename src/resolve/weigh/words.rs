//! Words that the text shares with the phrases of an entry.

use super::super::clues::Place;
use super::super::words::WordId;
use super::{Ledger, Pan, Scales};

impl Scales<'_> {
    pub(super) fn weigh_words(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let words = &pan.clues.words;
        if words.found.is_empty() {
            return;
        }
        let weights = &self.weights.words;
        let left = |word: WordId| {
            words.place(word).map(|place| match place {
                Place::Neighbour => weights.neighbour,
                Place::Sentence | Place::Mention => 1.0,
            })
        };
        let (mut best, mut all, mut best_phrase) = (0.0f64, 0.0f64, None);
        for phrase in self.index.phrases(pan.id) {
            let (mut shared, mut total) = (0.0, 0.0);
            for word in phrase {
                let rarity = (f64::from(self.index.rarity[*word as usize]) - weights.common).max(0.0);
                total += rarity;
                shared += left(*word).map_or(0.0, |left| left * rarity);
            }
            if shared > 0.0 {
                // A phrase of which the text holds one word of five is likely there by chance.
                let weight = shared * (shared / total).sqrt();
                all += weight;
                if weight > best {
                    (best, best_phrase) = (weight, Some(phrase));
                }
            }
        }
        let weight = (weights.strength * (best + weights.further * (all - best))).min(weights.most);
        if let Some(phrase) = best_phrase {
            ledger.note("words", weight, || {
                let mut shared: Vec<&str> = phrase
                    .iter()
                    .filter(|word| left(**word).is_some())
                    .map(|word| self.index.vocabulary.word(*word))
                    .collect();
                shared.truncate(6);
                format!("described by the words {}", shared.join(", "))
            });
        }
    }
}
