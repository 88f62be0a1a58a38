//! LaTeX papers for tests.

use super::{LatexPaper, Members, read_latex};
use crate::document::{ByteSpan, Document, Places, ReadLimits};

/// Reads a paper of files that all can be read; the first is its main file.
pub(super) fn read_files(files: &[(&str, &str)]) -> LatexPaper {
    let members =
        Members(files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect());
    let (main, text) = files[0];
    read_latex(main, main, text.as_bytes().to_vec(), &members, ReadLimits::default()).unwrap()
}

/// Reads a paper of one file without faults.
pub(super) fn read(text: &str) -> Document {
    let paper = read_files(&[("a.tex", text)]);
    assert_eq!(paper.error, None);
    paper.document
}

/// Returns the prose of a paper of one file.
pub(super) fn prose(text: &str) -> String {
    read(text).prose
}

/// Returns the source text from which a piece of prose was read.
pub(super) fn source_of(document: &Document, piece: &str) -> String {
    let start =
        document.prose.find(piece).unwrap_or_else(|| panic!("`{piece}` is not in {}", document.prose));
    let places = Places::new(document);
    let span = ByteSpan::new(start, start + piece.len());
    places.in_text(span).of(places.lines(span).text()).to_string()
}
