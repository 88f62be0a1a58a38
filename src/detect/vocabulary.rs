//! The words that the catalogue knows, each with its classes.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::{ClassSet, Lexicon};

/// A word's, or a listed phrase's, place in the vocabulary; 0 is every word that is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct WordId(pub u32);

/// Words longer than this are never looked up: no lexicon has them.
const LONGEST_WORD: usize = 48;

#[derive(Debug)]
struct ListedPhrase {
    rest: Box<[WordId]>,
    id: WordId,
}

/// Words and listed phrases ("state of the art") with their classes.
#[derive(Debug)]
pub struct Vocabulary {
    ids: HashMap<Box<[u8]>, WordId, FixedState>,
    classes: Vec<ClassSet>,
    /// Whether a listed phrase begins with the word: most words need no further look.
    begins_phrase: Vec<bool>,
    /// By first word; the longest phrase first.
    phrases: HashMap<WordId, Vec<ListedPhrase>, FixedState>,
}

impl Vocabulary {
    /// The words of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut vocabulary = Self {
            ids: HashMap::default(),
            classes: vec![ClassSet::default()],
            begins_phrase: Vec::new(),
            phrases: HashMap::default(),
        };
        for class in &lexicon.classes {
            for word in &class.words {
                let id = vocabulary.add_phrase(word);
                if id != WordId(0) {
                    vocabulary.classes[id.0 as usize].extend(class.lineage);
                }
            }
        }
        vocabulary.begins_phrase = vec![false; vocabulary.classes.len()];
        for (first, phrases) in &mut vocabulary.phrases {
            vocabulary.begins_phrase[first.0 as usize] = true;
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        vocabulary
    }

    /// The id of a word in lower case, made if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word.as_bytes()) {
            return *id;
        }
        let id = WordId(self.classes.len() as u32); // a catalogue has far fewer than 2^32 words
        self.classes.push(ClassSet::default());
        self.ids.insert(word.as_bytes().into(), id);
        id
    }

    fn add_phrase(&mut self, phrase: &str) -> WordId {
        let words: Vec<WordId> = split_words(phrase).map(|word| self.intern(word)).collect();
        let Some((first, rest)) = words.split_first() else { return WordId(0) };
        if rest.is_empty() {
            return *first;
        }
        let listed = self.phrases.entry(*first).or_default();
        if let Some(known) = listed.iter().find(|known| *known.rest == *rest) {
            return known.id;
        }
        let id = WordId(self.classes.len() as u32);
        self.classes.push(ClassSet::default());
        listed.push(ListedPhrase { rest: rest.into(), id });
        id
    }

    /// Looks a word of the text up, whatever its case.
    pub fn look_up(&self, word: &str) -> WordId {
        if word.len() > LONGEST_WORD {
            return WordId(0);
        }
        let mut buffer = [0; LONGEST_WORD];
        if word.is_ascii() {
            let lower = &mut buffer[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            self.ids.get(&*lower).copied().unwrap_or_default()
        } else {
            self.ids.get(word.to_lowercase().as_bytes()).copied().unwrap_or_default()
        }
    }

    /// The classes of a word or listed phrase.
    pub fn classes(&self, word: WordId) -> ClassSet {
        self.classes.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The longest listed phrase that begins with `words`: its id and how many words it takes.
    pub fn phrase_at(&self, mut words: impl Iterator<Item = WordId> + Clone) -> Option<(WordId, usize)> {
        let first = words.next()?;
        if !self.begins_phrase.get(first.0 as usize).copied().unwrap_or_default() {
            return None;
        }
        let listed = self.phrases.get(&first)?;
        listed
            .iter()
            .find(|phrase| phrase.rest.iter().copied().eq(words.clone().take(phrase.rest.len())))
            .map(|phrase| (phrase.id, phrase.rest.len() + 1))
    }
}

/// Cuts a lexicon entry as text is cut: at spaces and hyphens, signs standing alone.
fn split_words(phrase: &str) -> impl Iterator<Item = &str> {
    let only_hyphens = phrase.bytes().all(|byte| byte == b'-');
    let gaps: &[char] = if only_hyphens { &[] } else { &[' ', '-'] };
    phrase.split(gaps).filter(|word| !word.is_empty()).flat_map(|word| {
        let is_part = |c: char| c.is_alphanumeric();
        let mut pieces = Vec::new();
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let length = if is_part(first) {
                rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())
            } else if rest.starts_with("'s") {
                2
            } else {
                first.len_utf8()
            };
            pieces.push(&rest[..length]);
            rest = &rest[length..];
        }
        pieces
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;

    #[test]
    fn the_longest_listed_phrase_wins_and_hyphens_are_spaces() {
        let text = "[a]\nabout='x'\nwords=['state', 'state of', 'state-of-the-art']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let vocabulary = Vocabulary::new(&Lexicon::read(&[&file]).unwrap());
        let words: Vec<WordId> =
            ["State", "OF", "the", "art", "x"].iter().map(|word| vocabulary.look_up(word)).collect();
        assert_eq!(words[4], WordId(0));
        assert_eq!(vocabulary.phrase_at(words.iter().copied()).unwrap().1, 4);
        assert_eq!(vocabulary.phrase_at(words[..3].iter().copied()).unwrap().1, 2);
        assert_eq!(vocabulary.phrase_at(words[1..].iter().copied()), None);
    }

    #[test]
    fn entries_are_cut_as_text_is() {
        assert_eq!(split_words("--").collect::<Vec<_>>(), ["-", "-"]);
        assert_eq!(split_words("e.g.").collect::<Vec<_>>(), ["e", ".", "g", "."]);
        assert_eq!(split_words("world's best-known").collect::<Vec<_>>(), ["world", "'s", "best", "known"]);
    }
}
