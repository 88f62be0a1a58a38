//! The authors and their organisations, which are between the title and the first heading.

use super::lines::Line;
use crate::document::Document;
use crate::document::bibliography::date_of;
use crate::document::latex::{AuthorCommand, AuthorFacts, Piece, tell};
use crate::document::paper_facts::{add_author, add_organisation};

/// Maximum number of lines with authors and organisations.
const LINES: usize = 40;
/// Maximum length in bytes of such a line.
const LINE: usize = 160;

/// Reads authors, organisations and a date with a month.
pub(super) fn read_front(document: &mut Document, lines: &[Line]) {
    if lines.len() > LINES {
        return;
    }
    let mut facts = AuthorFacts::default();
    let mut pieces = Vec::new();
    let mut last: Option<&Line> = None;
    for line in lines.iter().filter(|line| line.drawn().len() <= LINE) {
        if let Some(date) = date_of(line.drawn()).filter(|date| date.to_string().len() > 4) {
            document.date = document.date.or(Some(date));
            continue;
        }
        // Each author may have a block of lines, and the blocks stand beside each other.
        if let Some(last) = last {
            let step = line.base - last.base;
            pieces.push(match () {
                () if step < -0.5 * line.size => Piece::Next,
                () if step < 0.5 * line.size => Piece::Gap,
                () => Piece::Line,
            });
        }
        last = Some(line);
        add_pieces(line.drawn(), &mut pieces);
    }
    tell(&mut facts, AuthorCommand::Names, pieces);
    facts.finish();
    facts.authors.iter().for_each(|name| add_author(document, name));
    facts.organisations.iter().for_each(|name| add_organisation(document, name));
}

/// Splits a line into text and superscript marks, which are right beside a word.
fn add_pieces(line: &str, pieces: &mut Vec<Piece>) {
    let is_mark = |letter: char| letter.is_ascii_digit() || "*∗†‡§¶♠♣♡♢⋆".contains(letter);
    let mut text = String::new();
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        // Marks are glued to a word at one side, with commas between them; numbers of streets are not.
        let is_glued =
            text.is_empty() || text.ends_with(|before: char| before.is_alphabetic() || before == '.');
        let is_before = letters.peek().is_some_and(|next| next.is_alphabetic());
        if is_mark(letter) && (is_glued || is_before) && !line.contains('@') {
            let mut mark = letter.to_string();
            while let Some(next) = letters.next_if(|next| is_mark(*next) || *next == ',') {
                mark.push(next);
            }
            let ends_part = mark.ends_with(',');
            if !text.trim().is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            text.clear();
            pieces.push(Piece::Mark(mark));
            if ends_part {
                text.push_str(", ");
            }
        } else {
            text.push(letter);
        }
    }
    if !text.trim().is_empty() {
        pieces.push(Piece::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads lines of size 10 with the given bases.
    fn read_placed(lines: &[(&str, f64)]) -> Document {
        let line = |(text, base): &(&str, f64)| Line {
            text: (*text).to_string(),
            base: *base,
            size: 10.0,
            ..Line::default()
        };
        let mut document = Document::default();
        read_front(&mut document, &lines.iter().map(line).collect::<Vec<_>>());
        document
    }

    fn read(lines: &[&str]) -> Document {
        let bases = (1..).map(|row| 12.0 * f64::from(row));
        read_placed(&lines.iter().copied().zip(bases).collect::<Vec<_>>())
    }

    #[test]
    fn blocks_of_authors_stand_beside_each_other() {
        let document = read_placed(&[
            ("Ada Byron", 10.0),
            ("Example University", 22.0),
            ("Ben Okri", 10.0),
            ("Sample Labs", 22.0),
        ]);
        assert_eq!(document.authors, ["Ada Byron", "Ben Okri"]);
        assert_eq!(document.organisations, ["Example University", "Sample Labs"]);
    }

    #[test]
    fn marks_tell_names_from_organisations() {
        let document =
            read(&["Ada Byron1, Ben Okri2,∗", "1Example University, 2Sample Labs", "ada@example.edu"]);
        assert_eq!(document.authors, ["Ada Byron", "Ben Okri"]);
        assert_eq!(document.organisations, ["Example University", "Sample Labs"]);
    }

    #[test]
    fn a_line_with_a_month_is_the_date() {
        let document = read(&["Ada Byron", "Sample Labs", "Preprint, 3 August 2021"]);
        assert_eq!(document.date.unwrap().to_string(), "2021-08");
        assert_eq!(document.organisations, ["Sample Labs"]);
    }
}
