//! Interned texts of saved results, safe to show and of bounded length.

use std::collections::HashMap;

use byname::report::visible;

/// An interner: texts, each with a number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    list: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Texts {
    /// Returns the number of a text, which is added if it is new.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// Returns the text with a number; an empty text if there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |text| text)
    }

    /// Returns the number of a text that was added before.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// Iterates over all texts, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|text| &**text)
    }
}

/// Makes control characters of a text visible, and cuts it after `most` characters.
pub(super) fn shown(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

/// Makes control characters of a text visible, and cuts it at its beginning to `most` characters.
pub(super) fn shown_end(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        Some((start, cut)) => format!("…{}", visible(&text[start + cut.len_utf8()..])),
        None => visible(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number() {
        let mut texts = Texts::default();
        assert_eq!((texts.number("a"), texts.number("b"), texts.number("a")), (0, 1, 0));
        assert_eq!((texts.get(1), texts.get(7), texts.find("b"), texts.find("c")), ("b", "", Some(1), None));
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn long_texts_are_cut_between_characters_and_nothing_acts() {
        assert_eq!((shown("één", 2), shown("één", 3)), ("éé…".to_string(), "één".to_string()));
        assert_eq!((shown_end("één", 2), shown_end("één", 3)), ("…én".to_string(), "één".to_string()));
        assert_eq!(shown("a\u{202e}b", 9), "a\\u{202e}b");
    }
}
