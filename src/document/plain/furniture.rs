//! The lines of each page without running heads and feet, page numbers and line numbers.

use std::collections::{HashMap, HashSet};

use super::FORM_FEED;
use crate::document::ByteSpan;

/// Number of lines at the top and at the bottom of a page that may be running heads and feet.
const EDGE: usize = 3;
/// Number of lines on a page that hold only a number from which they count as line numbers; no running text
/// has as many.
const NUMBERED_LINES: usize = 25;

/// The lines of a page, as byte spans of the text. Empty ones separate paragraphs.
pub(super) type Page = Vec<ByteSpan>;

/// Splits a text into pages, without the lines that recur at the edges of many pages.
pub(super) fn pages(text: &str) -> Vec<Page> {
    let mut start = 0;
    let mut pages: Vec<Page> = Vec::new();
    for part in text.split(FORM_FEED) {
        pages.push(lines(text, ByteSpan::new(start, start + part.len())));
        start += part.len() + FORM_FEED.len_utf8();
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let keys: HashSet<String> =
            edges(text, page).into_iter().map(|line| key(page[line].of(text))).collect();
        keys.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    // On left and right pages, heads differ.
    let often = (pages.len() / 4).max(2);
    for page in &mut pages {
        let edges = edges(text, page);
        let is_outermost = |line: usize| edges.first() == Some(&line) || edges.last() == Some(&line);
        let returns = |line: usize, shown: &str| {
            let words = key(shown);
            edges.contains(&line)
                && !words.is_empty()
                && seen.get(&words).is_some_and(|count| *count >= often)
        };
        let numbered = page.iter().filter(|line| is_line_number(line.of(text))).count() >= NUMBERED_LINES;
        let kept = page.iter().enumerate().filter(|(line, span)| {
            let shown = span.of(text);
            !(returns(*line, shown)
                || (is_outermost(*line) && is_page_number(shown))
                || (numbered && is_line_number(shown)))
        });
        *page = kept.map(|(_, span)| *span).collect();
    }
    pages
}

/// Returns the lines of a part of the text, without trailing blanks.
fn lines(text: &str, part: ByteSpan) -> Page {
    let mut at = part.start;
    let mut lines = Vec::new();
    for line in part.of(text).split('\n') {
        lines.push(ByteSpan::new(at, at + line.trim_end().len()));
        at += line.len() + 1;
    }
    lines
}

/// Returns the indexes of the first and the last non-blank lines of a page.
fn edges(text: &str, page: &[ByteSpan]) -> Vec<usize> {
    let filled: Vec<usize> = (0..page.len()).filter(|line| !page[*line].of(text).trim().is_empty()).collect();
    if filled.len() <= 2 * EDGE {
        return filled;
    }
    [&filled[..EDGE], &filled[filled.len() - EDGE..]].concat()
}

/// Returns a line without its digits and blanks.
fn key(line: &str) -> String {
    line.chars().filter(|letter| !letter.is_ascii_digit() && !letter.is_whitespace()).collect()
}

fn is_page_number(line: &str) -> bool {
    let number = line.trim().trim_matches(['-', '–', ' ']);
    !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a line is a line number, which has three or four digits.
fn is_line_number(line: &str) -> bool {
    let number = line.trim();
    matches!(number.len(), 3 | 4) && number.bytes().all(|byte| byte.is_ascii_digit())
}
