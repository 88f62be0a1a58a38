//! Assembly of letters into lines, in drawing order, since typesetting programs draw one column after the
//! other.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::glyphs::Glyph;
use crate::document::mend::is_unseen;
use crate::document::raised::{Raised, raised_before, written};

/// Minimum width of a gap between words, as a multiple of the size of the letters beside it.
const WORD_GAP: f64 = 0.16;
/// Minimum width of a gap that may occur between the letters of a word in a letterspaced line, such as those
/// of listings.
const SPREAD_GAP: f64 = 0.08;
/// Minimum width of a gap between the words of a letterspaced line.
const SPREAD_WORD_GAP: f64 = 0.4;
const LINE_GAP: f64 = 2.2;

/// A line of a column. Lengths are in points.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// The text with superscripts as drawn; empty if it is the same.
    pub(super) drawn: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
}

impl Line {
    /// Returns the text with superscripts as drawn.
    pub(super) fn drawn(&self) -> &str {
        if self.drawn.is_empty() { &self.text } else { &self.drawn }
    }
}

/// Assembles letters into lines.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<Open> = None;
    for glyph in glyphs {
        match &mut open {
            Some(line) if line.goes_on(&glyph) => line.push(&glyph),
            _ => {
                lines.extend(open.take().and_then(Open::finish));
                open = Some(Open::new(&glyph));
            }
        }
    }
    lines.extend(open.and_then(Open::finish));
    lines
}

/// A line under construction.
struct Open {
    line: Line,
    last: Glyph,
    /// Number of letters of each size.
    sizes: Vec<(f64, usize)>,
    gaps: Vec<Gap>,
    /// Start of the current superscript.
    raised: Option<usize>,
    /// The superscripts, and their form in the text.
    marks: Vec<(Range<usize>, String)>,
}

/// A gap between two letters that may separate words.
struct Gap {
    /// Its offset in the text.
    at: usize,
    /// Its width, as a multiple of the size of the letters beside it.
    width: f64,
    /// `true` if the PDF says that a word begins after it.
    begins: bool,
}

impl Open {
    fn new(glyph: &Glyph) -> Self {
        let line = Line {
            left: glyph.left,
            right: glyph.right,
            base: glyph.base,
            size: glyph.size,
            ..Line::default()
        };
        let mut open = Self {
            line,
            last: glyph.clone(),
            sizes: Vec::new(),
            gaps: Vec::new(),
            raised: None,
            marks: Vec::new(),
        };
        open.add(glyph);
        open
    }

    /// Returns whether a letter belongs to the line: on its baseline, or raised or lowered by less than a
    /// line.
    fn goes_on(&self, glyph: &Glyph) -> bool {
        let larger = glyph.size.max(self.last.size);
        let shift = (glyph.base - self.line.base).abs();
        let is_level = shift < 0.25 * larger || (shift < 0.6 * larger && is_script(glyph, &self.line));
        let gap = glyph.left - self.line.right;
        is_level && gap < LINE_GAP * larger && gap > -1.5 * larger
    }

    fn push(&mut self, glyph: &Glyph) {
        let is_raised =
            glyph.size < 0.85 * self.line.size && self.line.base - glyph.base > 0.2 * self.line.size;
        let is_blank = glyph.text.chars().all(char::is_whitespace);
        match self.raised {
            None if is_raised && !is_blank => self.raised = Some(self.line.text.len()),
            Some(_) if !is_raised || is_blank => {
                let is_glued = glyph.left - self.last.right < WORD_GAP * glyph.size.min(self.last.size);
                self.end_raised(glyph.text.chars().next().filter(|_| is_glued && !glyph.begins));
            }
            _ => {}
        }
        let gap = glyph.left - self.last.right;
        let size = glyph.size.min(self.last.size);
        let is_parted = self.line.text.ends_with(' ') || glyph.text.starts_with(' ');
        if !is_parted && gap > SPREAD_GAP * size {
            self.gaps.push(Gap { at: self.line.text.len(), width: gap / size, begins: glyph.begins });
        }
        // A base letter of the usual size sets the base, for a line may begin with a raised mark.
        if glyph.size > self.line.size * 1.2 {
            self.line.base = glyph.base;
            self.line.size = glyph.size;
        }
        self.line.right = self.line.right.max(glyph.right);
        self.add(glyph);
        self.last = glyph.clone();
    }

    /// Ends a superscript, whose kind depends on the text before it.
    fn end_raised(&mut self, after: Option<char>) {
        let Some(start) = self.raised.take() else { return };
        let (before, text) = self.line.text.split_at(start);
        // Blanks are put in later, where gaps part words.
        let parts = |gap: &&Gap| gap.at <= start && (gap.begins || gap.width > WORD_GAP);
        let word = self.gaps.iter().filter(parts).map(|gap| gap.at).max().unwrap_or(0);
        let kind = raised_before(before.get(word..).unwrap_or_default(), text, after);
        if kind != Raised::Text {
            self.marks.push((start..self.line.text.len(), written(kind, text)));
        }
    }

    fn add(&mut self, glyph: &Glyph) {
        if glyph.text.chars().all(char::is_whitespace) {
            if !self.line.text.ends_with(' ') {
                self.line.text.push(' ');
            }
            return;
        }
        // Ligatures, and letters of width or circle, are their letters.
        for letter in glyph.text.chars() {
            match letter {
                '\u{FB00}'..='\u{FB06}' => self.line.text.extend(letter.nfkc()),
                '\u{AD}' => self.line.text.push('-'),
                '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
                    self.line.text.extend(letter.nfkc());
                }
                letter if is_unseen(letter) => {}
                _ => self.line.text.push(letter),
            }
        }
        match self.sizes.iter_mut().find(|(size, _)| (size - glyph.size).abs() < 0.05) {
            Some((_, count)) => *count += 1,
            None => self.sizes.push((glyph.size, 1)),
        }
    }

    /// Returns the text with blanks between words. A line in which most letters have gaps is letterspaced,
    /// and its words are separated by wider gaps.
    fn parted(&self, marks: &[(Range<usize>, String)]) -> String {
        let letters: usize = self.sizes.iter().map(|(_, count)| count).sum();
        let is_spread =
            letters >= 12 && self.gaps.iter().filter(|gap| gap.width < SPREAD_WORD_GAP).count() * 2 > letters;
        let parts_words = |gap: &&Gap| match is_spread {
            true => gap.width > SPREAD_WORD_GAP,
            false => gap.begins || gap.width > WORD_GAP,
        };
        let mut text = String::with_capacity(self.line.text.len() + self.gaps.len());
        let mut done = 0;
        let in_mark = |at: usize| marks.iter().any(|(place, _)| place.start < at && at < place.end);
        let blanks = self
            .gaps
            .iter()
            .filter(parts_words)
            .filter(|gap| !in_mark(gap.at))
            .map(|gap| (gap.at..gap.at, " "));
        let mut changes: Vec<(Range<usize>, &str)> = blanks.collect();
        changes.extend(marks.iter().map(|(place, mark)| (place.clone(), mark.as_str())));
        changes.sort_by_key(|(place, _)| (place.start, place.end));
        for (place, change) in changes {
            text.push_str(&self.line.text[done..place.start]);
            text.push_str(change);
            done = place.end;
        }
        text.push_str(&self.line.text[done..]);
        text
    }

    fn finish(mut self) -> Option<Line> {
        self.end_raised(None);
        let text = self.parted(&self.marks);
        let drawn = if self.marks.is_empty() { String::new() } else { self.parted(&[]) };
        let Self { mut line, sizes, .. } = self;
        line.text = combined(text.trim());
        line.drawn = combined(drawn.trim());
        line.size = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(line.size, |(size, _)| size);
        (!line.text.is_empty()).then_some(line)
    }
}

fn is_script(glyph: &Glyph, line: &Line) -> bool {
    glyph.size < 0.85 * line.size || line.size < 0.85 * glyph.size
}

/// Combines accents drawn before or after their letters with them.
fn combined(text: &str) -> String {
    const ACCENTS: [(char, char); 8] = [
        ('´', '\u{301}'),
        ('`', '\u{300}'),
        ('¨', '\u{308}'),
        ('ˆ', '\u{302}'),
        ('˜', '\u{303}'),
        ('¸', '\u{327}'),
        ('ˇ', '\u{30C}'),
        ('˚', '\u{30A}'),
    ];
    if !text.contains(|letter| ACCENTS.iter().any(|(accent, _)| *accent == letter)) {
        return text.to_string();
    }
    let mut letters: Vec<char> = Vec::with_capacity(text.len());
    let mut pending = None;
    for letter in text.chars() {
        let mark = ACCENTS.iter().find(|(accent, _)| *accent == letter).map(|(_, mark)| *mark);
        match (mark, pending.take()) {
            // TeX draws the accent first, and the letter below it.
            (Some(mark), _) => pending = Some((letter, mark)),
            (None, Some((_, mark))) if letter.is_alphabetic() => {
                let whole: String =
                    [if letter == 'ı' { 'i' } else { letter }, mark].into_iter().nfc().collect();
                letters.extend(whole.chars());
            }
            (None, Some((accent, mark))) if letter == ' ' => pending = Some((accent, mark)),
            (None, accent) => {
                letters.extend(accent.map(|(accent, _)| accent));
                letters.push(letter);
            }
        }
    }
    letters.extend(pending.map(|(accent, _)| accent));
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns letters of width 5 and size 10 from a place on; `_` is a gap as wide as a letter.
    fn word(text: &str, left: f64, base: f64) -> Vec<Glyph> {
        let place = |(index, letter): (usize, char)| {
            let left = left + 5.0 * f64::from(u32::try_from(index).unwrap());
            let glyph =
                Glyph { text: letter.to_string(), left, right: left + 5.0, base, size: 10.0, begins: false };
            (letter != '_').then_some(glyph)
        };
        text.chars().enumerate().filter_map(place).collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn gaps_part_words_and_columns_and_steps_part_lines() {
        let glyphs =
            [word("a_large", 0.0, 10.0), word("right", 300.0, 10.0), word("model", 0.0, 22.0)].concat();
        assert_eq!(texts(glyphs), ["a large", "right", "model"]);
    }

    #[test]
    fn the_letters_of_a_spread_line_are_words() {
        let mut glyphs = Vec::new();
        let mut left = 0.0;
        for letter in "spread as listings are".chars() {
            if letter != ' ' {
                let mut drawn = word(&letter.to_string(), left, 10.0);
                drawn[0].begins = true;
                glyphs.extend(drawn);
            }
            left += 6.8;
        }
        assert_eq!(texts(glyphs), ["spread as listings are"]);
    }

    #[test]
    fn raised_marks_stay_in_their_line_and_are_no_part_of_a_word() {
        let mut glyphs = word("size", 0.0, 10.0);
        glyphs.push(Glyph { text: "2".into(), left: 20.0, right: 23.0, base: 6.0, size: 6.0, begins: false });
        glyphs.extend(word("x", 26.0, 10.0));
        assert_eq!(texts(glyphs), ["size[2] x"]);
        let mut glyphs = [word("the", 0.0, 10.0), word("R", 20.0, 10.0)].concat();
        glyphs.push(Glyph { text: "2".into(), left: 25.0, right: 28.0, base: 6.0, size: 6.0, begins: false });
        assert_eq!(texts(glyphs.clone()), ["the R^2"]);
        glyphs.extend(word("x", 28.0, 10.0));
        assert_eq!(texts(glyphs), ["the R2x"]);
    }

    #[test]
    fn ligatures_and_accents_are_letters() {
        assert_eq!(texts(word("e\u{FB03}cient", 0.0, 10.0)), ["efficient"]);
        assert_eq!(combined("Garc´ıa M¨uller ´ x `"), "García Müller x́ `");
    }
}
