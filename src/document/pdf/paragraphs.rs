//! Assembly of lines into paragraphs, headings and the title.

use super::front::read_front;
use super::lines::Line;
use crate::document::headings::{Heading, heading_of};
use crate::document::hyphens::{Hyphen, WholeWords};
use crate::document::{ByteSpan, Document, Section, SectionKind};

/// Maximum length of a heading in bytes.
const HEADING: usize = 120;

/// Writes the prose of all pages into a document, with its sections, its title and the starts of its pages.
pub(super) fn assemble(document: &mut Document, pages: &[Vec<Line>]) {
    let body = body_size(pages);
    let words = WholeWords::of(pages.iter().flatten().map(|line| line.text.as_str()));
    let title_size = title_size(pages, body);
    let headings = heading_sizes(pages, body);
    let mut writer =
        Writer { document, words, body, headings, last: None, title: Vec::new(), front: Some(Vec::new()) };
    for (number, page) in pages.iter().enumerate() {
        writer.document.pages.push(writer.document.prose.len());
        for (index, line) in page.iter().enumerate() {
            let is_title = number == 0 && title_size.is_some_and(|size| (line.size - size).abs() < 0.3);
            writer.line(line, page.get(index + 1), is_title);
        }
    }
    writer.finish();
}

/// Returns the font size of the running text: the largest of the common sizes. References and listings are
/// set smaller, and may be the longer part of a paper.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = Vec::new();
    for line in pages.iter().flatten() {
        match sizes.iter_mut().find(|(size, _)| (size - line.size).abs() < 0.2) {
            Some((_, count)) => *count += line.text.len(),
            None => sizes.push((line.size, line.text.len())),
        }
    }
    let most = sizes.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let common = sizes.into_iter().filter(|(_, count)| *count * 3 >= most).map(|(size, _)| size);
    common.max_by(f64::total_cmp).unwrap_or(10.0)
}

/// Returns the sizes of numbered headings that are larger than the text.
fn heading_sizes(pages: &[Vec<Line>], body: f64) -> Vec<f64> {
    let large = pages.iter().flatten().filter(|line| line.size > body * 1.08);
    large
        .filter(|line| heading_of(&line.text, true).is_some_and(|heading| heading.is_numbered))
        .map(|line| line.size)
        .collect()
}

/// Returns the size of the title: the largest in the upper half of the first page.
fn title_size(pages: &[Vec<Line>], body: f64) -> Option<f64> {
    let page = pages.first()?;
    let lowest = page.iter().map(|line| line.base).fold(0.0, f64::max);
    let upper = page.iter().filter(|line| line.base < lowest * 0.55 && has_words(&line.text));
    let largest = upper.map(|line| line.size).fold(0.0, f64::max);
    (largest > body * 1.1).then_some(largest)
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= 4
}

/// Returns whether a line belongs to a sentence: most of its words begin in lower case.
fn is_running_text(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let lower = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    words >= 5 && lower * 2 >= words && !text.contains('@')
}

struct Writer<'d> {
    document: &'d mut Document,
    words: WholeWords,
    body: f64,
    /// The sizes of numbered headings, which headings without a number share.
    headings: Vec<f64>,
    /// The lines between the title and the first heading; `None` once that part has ended.
    front: Option<Vec<Line>>,
    /// The previous line.
    last: Option<Line>,
    title: Vec<String>,
}

impl Writer<'_> {
    fn line(&mut self, line: &Line, next: Option<&Line>, is_title: bool) {
        let heading = self
            .heading(line)
            .filter(|heading| !is_title && !self.is_of_authors(heading, next))
            .or_else(|| self.opening(line, next).filter(|_| !is_title));
        self.note_front(line, is_title, heading.is_some());
        let starts = heading.is_some() || self.starts_paragraph(line);
        if self.document.prose.is_empty() {
        } else if starts {
            self.document.prose.push_str("\n\n");
        } else if !self.join_word(line) {
            self.document.prose.push('\n');
        } else {
            self.last = Some(line.clone());
            return;
        }
        let start = self.document.prose.len();
        // A page begins with its first line, and not with the break before it.
        if let Some(page) = self.document.pages.last_mut().filter(|page| **page + 2 >= start) {
            *page = start;
        }
        self.document.prose.push_str(&line.text);
        let end = self.document.prose.len();
        if is_title {
            self.title.push(line.text.clone());
            match self.document.sections.last_mut() {
                Some(last) if last.kind == SectionKind::Title => last.span.end = end,
                _ => self.section(SectionKind::Title, None, 0, ByteSpan::new(start, end)),
            }
        } else if let Some(heading) = heading {
            self.close_section(start);
            self.section(SectionKind::Body, Some(heading.text), heading.depth, ByteSpan::new(start, end));
        }
        self.last = Some(line.clone());
    }

    /// Returns whether a large line that looks like a heading names authors, since no running text follows
    /// it.
    fn is_of_authors(&self, heading: &Heading, next: Option<&Line>) -> bool {
        self.front.is_some() && !heading.is_numbered && !next.is_some_and(|next| is_running_text(&next.text))
    }

    /// Recognises the heading of the abstract, which may be no larger than its text: one word that stands
    /// alone between the authors and the first running text.
    fn opening(&self, line: &Line, next: Option<&Line>) -> Option<Heading> {
        let text = line.text.trim_end_matches(['.', ':']);
        let is_word = text.len() >= 4 && text.chars().all(char::is_alphabetic);
        let is_first = self.front.as_ref().is_some_and(|front| !front.is_empty());
        let stands_before_text =
            next.is_some_and(|next| next.base - line.base > 0.5 * line.size && is_running_text(&next.text));
        (is_first && is_word && stands_before_text).then(|| Heading {
            text: text.to_string(),
            depth: 1,
            is_numbered: false,
        })
    }

    /// Collects the lines between the title and the first heading of the first page, which hold the authors.
    fn note_front(&mut self, line: &Line, is_title: bool, is_heading: bool) {
        let is_first_page = self.document.pages.len() <= 1;
        if is_title || !is_first_page || self.title.is_empty() {
            if !is_first_page {
                self.front = None;
            }
            return;
        }
        let Some(front) = &mut self.front else { return };
        if !is_heading && !is_running_text(&line.text) {
            front.push(line.clone());
            return;
        }
        let lines = std::mem::take(front);
        self.front = None;
        read_front(self.document, &lines);
    }

    fn section(&mut self, kind: SectionKind, heading: Option<String>, depth: u8, span: ByteSpan) {
        self.document.sections.push(Section { kind, heading, depth, span });
    }

    /// Ends the current section.
    fn close_section(&mut self, at: usize) {
        if let Some(last) = self.document.sections.last_mut().filter(|last| last.heading.is_some()) {
            last.span.end = at.max(last.span.end);
        }
    }

    /// Recognises a heading: a short line that is larger than the text, or numbered.
    fn heading(&self, line: &Line) -> Option<Heading> {
        let is_large = line.size > self.body * 1.08
            && (self.headings.is_empty()
                || self.headings.iter().any(|size| (size - line.size).abs() < 0.05 * size));
        if line.text.len() > HEADING || !has_words(&line.text) || line.size < self.body * 0.97 {
            return None;
        }
        // A line of the text that begins with a number is none: something stands right before it.
        let is_apart = self.last.as_ref().is_none_or(|last| {
            let step = line.base - last.base;
            step < 0.0 || step > 1.45 * self.body
        });
        heading_of(&line.text, is_large).filter(|heading| is_large || (is_apart && heading.is_numbered))
    }

    /// Returns whether a line begins a paragraph: after a wider step, in another size, indented, or in a new
    /// column.
    fn starts_paragraph(&self, line: &Line) -> bool {
        let Some(last) = &self.last else { return true };
        let step = line.base - last.base;
        let larger = line.size.max(last.size);
        if (line.size - last.size).abs() > 0.12 * larger {
            return true;
        }
        // On the same line or above: the next column or page, in which a sentence may go on.
        if step < 0.5 * larger {
            let goes_on =
                line.text.starts_with(char::is_lowercase) && !last.text.ends_with(['.', ':', '?', '!']);
            return !goes_on;
        }
        let is_indented = line.left > last.left + 0.7 * larger && line.left < last.left + 4.0 * larger;
        step > 1.6 * larger
            || (is_indented && last.text.ends_with(['.', ':', '?', '!', ')']))
            || step > 6.0 * larger
    }

    /// Joins a word hyphenated at the end of the previous line; the rest of the line follows on the next.
    /// Returns `false` if no word is hyphenated.
    fn join_word(&mut self, line: &Line) -> bool {
        let prose = &mut self.document.prose;
        let Some((second, rest)) = first_word(&line.text) else { return false };
        match self.words.join(prose, second) {
            None => return false,
            Some(Hyphen::Stays) => {}
            Some(Hyphen::Goes) => _ = prose.pop(),
        }
        prose.push_str(second);
        if !rest.is_empty() {
            prose.push('\n');
            prose.push_str(rest.trim_start());
        }
        true
    }

    fn finish(self) {
        let end = self.document.prose.len();
        if let Some(last) = self.document.sections.last_mut().filter(|last| last.heading.is_some()) {
            last.span.end = end;
        }
        let title = self.title.join(" ");
        if has_words(&title) {
            self.document.title = Some(title.replace("- ", "-"));
        }
    }
}

/// Splits a line into its first word, with the punctuation after it, and the rest.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(' ').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}
