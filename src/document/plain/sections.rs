//! Headings of plain text: lines that stand alone and look like one.

use crate::document::headings::{heading_of, is_number_of_heading};
use crate::document::{ByteSpan, Section, SectionKind};

/// Minimum number of lines of a whole paper; shorter texts have no headings.
const LINES: usize = 20;
/// Maximum length of a heading in bytes.
const HEADING: usize = 80;
/// Maximum number of words of a heading directly followed by its text.
const FIRST_LINE: usize = 3;

/// Returns the sections of a prose. A heading without a number has a depth of 0, since its level is unknown.
pub(super) fn of_prose(prose: &str) -> Vec<Section> {
    if memchr::memchr_iter(b'\n', prose.as_bytes()).nth(LINES - 1).is_none() {
        return Vec::new();
    }
    let mut sections: Vec<Section> = Vec::new();
    // Numbers may stand in a line of their own, before the heading.
    let mut number: Option<&str> = None;
    for (start, paragraph) in paragraphs(prose) {
        let line = paragraph.trim();
        let before = number.take();
        let Some(line) = heading_line(line) else { continue };
        if is_number_of_heading(line) {
            number = Some(line);
            continue;
        }
        let written = before.map_or_else(|| line.to_string(), |number| format!("{number} {line}"));
        let Some(heading) = heading_of(&written, false) else { continue };
        if let Some(last) = sections.last_mut() {
            last.span.end = start;
        }
        let depth = if heading.is_numbered { heading.depth } else { 0 };
        let span = ByteSpan::new(start, prose.len());
        sections.push(Section { kind: SectionKind::Body, heading: Some(heading.text), depth, span });
    }
    sections
}

/// Returns the line of a paragraph that may be a heading: its only line, or a first line of few words before
/// the beginning of a sentence or of a list.
fn heading_line(paragraph: &str) -> Option<&str> {
    let Some((first, rest)) = paragraph.split_once('\n') else {
        return (paragraph.len() <= HEADING).then_some(paragraph);
    };
    let first = first.trim_end();
    let is_plain = first.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
    let is_short = first.len() <= HEADING && first.split(' ').count() <= FIRST_LINE;
    let begins = rest.trim_start().starts_with(|letter: char| letter.is_uppercase() || letter == '[');
    (is_plain && is_short && begins).then_some(first)
}

/// Splits a prose at blank lines and returns each paragraph with its offset.
fn paragraphs(prose: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    prose.split("\n\n").map(move |paragraph| {
        let start = at;
        at += paragraph.len() + 2;
        (start + paragraph.len() - paragraph.trim_start().len(), paragraph)
    })
}
