//! The lines of a paper around a mention, cut to the width of a screen.

use std::ops::Range;

use super::visible::push_visible;
use crate::document::{ByteSpan, LineIndex, floor_to_character};

/// Maximum number of characters shown of a line.
const WIDTH: usize = 100;
/// Number of characters shown before the mention in a line that is longer than that.
const BEFORE: usize = 40;
/// Maximum number of bytes shown of a mention.
const MENTION: usize = 400;
const CUT: char = '…';

/// Lines to show, and the position of the mention in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The number of the first line.
    pub(super) line: usize,
    /// The lines, cut and safe to print.
    pub(super) text: String,
    /// The mention in `text`, one range per line.
    pub(super) marks: Vec<Range<usize>>,
}

impl Excerpt {
    /// Creates the excerpt of the lines around `span`, a range of `text`.
    pub(super) fn new(text: &str, lines: &LineIndex<'_>, span: ByteSpan) -> Self {
        let span = ByteSpan::new(span.start, span.end.min(floor_to_character(text, span.start + MENTION)));
        let (first, last) = (lines.position(span.start).line, lines.position(span.end).line);
        let mut excerpt = Self { line: first, text: String::new(), marks: Vec::new() };
        for line in first..=last {
            if line > first {
                excerpt.text.push('\n');
            }
            let whole = ByteSpan::new(lines.line_start(line), lines.line_end(line));
            let start = span.start.max(whole.start);
            let mark = ByteSpan::new(start, span.end.min(whole.end).max(start));
            excerpt.push_line(text, whole, mark);
        }
        excerpt
    }

    fn push_line(&mut self, text: &str, line: ByteSpan, mark: ByteSpan) {
        let short = line.len() <= WIDTH || line.of(text).chars().nth(WIDTH).is_none();
        let start = if short { line.start } else { back(text, line.start, mark.start, BEFORE) };
        let room = WIDTH.saturating_sub(BEFORE + mark.of(text).chars().count()).max(BEFORE / 2);
        let end = if short { line.end } else { forth(text, mark.end, line.end, room) };

        if start > line.start {
            self.text.push(CUT);
        }
        self.push(&text[start..mark.start]);
        let from = self.text.len();
        self.push(mark.of(text));
        if self.text.len() > from {
            self.marks.push(from..self.text.len());
        }
        self.push(&text[mark.end..end]);
        if end < line.end {
            self.text.push(CUT);
        }
    }

    fn push(&mut self, text: &str) {
        text.chars().for_each(|character| push_visible(&mut self.text, character));
    }
}

/// Returns the start of a word about `count` characters before `at`.
fn back(text: &str, from: usize, at: usize, count: usize) -> usize {
    let part = &text[from..at];
    let Some((cut, _)) = part.char_indices().rev().nth(count) else { return from };
    from + part[cut..].find(' ').map_or(cut, |blank| cut + blank + 1)
}

/// Returns the end of a word about `count` characters after `at`.
fn forth(text: &str, at: usize, to: usize, count: usize) -> usize {
    let part = &text[at..to];
    let Some((cut, _)) = part.char_indices().nth(count) else { return to };
    at + part[..cut].rfind(' ').unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, mention: &str) -> Excerpt {
        let start = text.find(mention).unwrap();
        Excerpt::new(text, &LineIndex::new(text), ByteSpan::new(start, start + mention.len()))
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let cut = excerpt("one\nwe use a large model here\r\ntwo", "a large model");
        assert_eq!((cut.line, cut.text.as_str()), (2, "we use a large model here"));
        assert_eq!((cut.marks.len(), cut.marks[0].clone()), (1, 7..20));
    }

    #[test]
    fn a_long_line_is_cut_at_words_on_both_sides() {
        let text = format!("{}a large model{}", "é word ".repeat(2000), " and more".repeat(2000));
        let cut = excerpt(&text, "a large model");
        assert!(cut.text.chars().count() <= WIDTH + 2, "{}", cut.text);
        assert_eq!(&cut.text[cut.marks[0].clone()], "a large model");
        assert!(cut.text.starts_with("…word") && cut.text.ends_with("e…"), "{}", cut.text);
    }

    #[test]
    fn a_mention_over_a_line_break_is_marked_on_both_lines() {
        let cut = excerpt("we use a large\nlanguage model here", "a large\nlanguage model");
        assert_eq!(cut.text, "we use a large\nlanguage model here");
        let marked: Vec<&str> = cut.marks.iter().map(|mark| &cut.text[mark.clone()]).collect();
        assert_eq!(marked, ["a large", "language model"]);
    }

    #[test]
    fn control_characters_are_escaped_and_marks_move_with_them() {
        let cut = excerpt("\u{1b}[31m a \u{7}model", "a \u{7}model");
        assert_eq!(cut.text, "\\u{1b}[31m a \\u{7}model");
        assert_eq!(&cut.text[cut.marks[0].clone()], "a \\u{7}model");
    }
}
