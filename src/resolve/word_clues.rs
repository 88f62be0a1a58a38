//! The words of a text around a mention, and the years that it tells of.

use super::clues::Place;
use super::paper::YEARS;
use super::words::{WordId, for_each_word};
use crate::document::ByteSpan;

/// The words of a text that entries have too, and the nearest place of each.
#[derive(Debug, Clone, Default)]
pub(super) struct WordClues {
    /// Each word once, in the order of the text.
    pub found: Vec<WordId>,
    places: Vec<Option<(Place, Option<ByteSpan>)>>,
    /// How many words were read; those of neighbouring sentences count in part.
    pub read: f64,
}

impl WordClues {
    /// Adds a word and where it stands; the nearest place of a word counts.
    pub fn add(&mut self, word: WordId, place: Place, span: Option<ByteSpan>) {
        let at = word as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, None);
        }
        if self.places[at].is_none() {
            self.found.push(word);
        }
        if self.places[at].is_none_or(|(before, _)| before < place) {
            self.places[at] = Some((place, span));
        }
    }

    /// Where a word stands, if the text has it.
    pub fn place(&self, word: WordId) -> Option<Place> {
        self.places.get(word as usize).copied().flatten().map(|(place, _)| place)
    }

    /// The bytes of the prose in which a word stands; none for one of the title.
    pub fn span(&self, word: WordId) -> Option<ByteSpan> {
        self.places.get(word as usize).copied().flatten().and_then(|(_, span)| span)
    }
}

/// Years of a text, without those of citations and other bracketed asides.
pub(super) fn years_outside_brackets(text: &str, years: &mut Vec<i16>) {
    let mut depth = 0usize;
    for part in text.split_inclusive(['(', ')', '[', ']']) {
        let (words, bracket) = part.split_at(part.len() - usize::from(part.ends_with(['(', ')', '[', ']'])));
        if depth == 0 {
            for_each_word(words, |_, written| {
                let year = (written.len() == 4).then(|| written.parse::<i16>().ok()).flatten();
                years.extend(year.filter(|year| YEARS.contains(year)));
            });
        }
        match bracket {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
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
        assert_eq!((words.found.as_slice(), words.place(5)), (&[5][..], Some(Place::Sentence)));
        assert_eq!((words.span(5), words.span(4), words.place(9)), (Some(near), None, None));
    }

    #[test]
    fn years_of_citations_are_not_told_years() {
        let mut years = Vec::new();
        years_outside_brackets("In 2021 (Holm, 2015; [2016]) it was new, and 1,999 came in 2022", &mut years);
        assert_eq!(years, [2021, 2022]);
    }
}
