//! PDF: its letters are assembled into lines, paragraphs and headings.
//!
//! A PDF has letters with places but no text. The prose is made from them, so offsets count the bytes of
//! that prose, which `byname text` prints; the page is reported with them. Lines of the page end in line
//! feeds, a word hyphenated at a line end is joined, and a blank line separates paragraphs. Running heads,
//! page numbers and sideways text are left out.

mod actual_text;
mod content;
mod font_map;
mod front;
mod furniture;
mod glyphs;
mod guard;
mod lines;
mod paragraphs;
mod structure;
mod syntax;
mod unpack;

use super::dating::settle_date;
use super::{Document, ReadError, ReadLimits, ReadNote, SourceText};
use glyphs::pages;

/// Reads a PDF. The second value is the reason why it may be incomplete: pages that cannot be read, or more
/// pages or letters than the limits.
///
/// # Errors
/// Returns an error if it is broken or encrypted, holds no letters, or unpacks to too much.
pub fn read_pdf(
    id: impl Into<String>,
    bytes: &[u8],
    limits: ReadLimits,
) -> Result<(Document, Option<ReadError>), ReadError> {
    guard::check_streams(bytes, limits)?;
    let mut file = guard::load(bytes, limits)?;
    let info = guard::information(&file);
    structure::prepare(&mut file, limits)?;
    let read = pages(&file, limits);
    if read.pages.iter().all(Vec::is_empty) {
        return Err(read.fault.unwrap_or_else(|| {
            let message =
                "this PDF holds no letters, only pictures of pages; make its text readable (OCR) first";
            ReadError::new("no-text", message)
        }));
    }
    let mut pages: Vec<_> = read.pages.into_iter().map(lines::lines).collect();
    furniture::remove(&mut pages);
    let mut document = Document::called(id);
    paragraphs::assemble(&mut document, &pages);
    if document.title.is_none() {
        document.title = info.title;
    }
    document.arxiv = read.arxiv;
    settle_date(&mut document, None);
    document.source = SourceText::default();
    if read.unread > 0 {
        let noun = if read.unread == 1 { "letter has" } else { "letters have" };
        document.notes.push(ReadNote {
            kind: "unreadable-letters",
            message: format!("{} {noun} no meaning in their font and were left out", read.unread),
        });
    }
    Ok((document, read.fault))
}

#[cfg(test)]
#[path = "pdf_tests.rs"]
mod tests;
