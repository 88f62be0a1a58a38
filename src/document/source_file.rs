//! The files that a paper was put together from, and the places in them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;

use super::{ByteSpan, Document, LineIndex, Position, SourceText};

/// A file that the paper was put together from, beside the one that was read first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, seen from the folder of the file that was read first, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: SourceText,
}

/// Where something stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file, where it is not the one that the document is called after.
    pub file: Option<&'a str>,
    /// Its bytes of that file.
    pub source: ByteSpan,
    /// The line and column of its first byte.
    pub position: Position,
}

/// Finds the places of many spans of one document.
#[derive(Debug)]
pub struct Places<'a> {
    document: &'a Document,
    /// One for each file, made when it is first asked for: it costs a pass over the text.
    lines: Vec<OnceCell<LineIndex<'a>>>,
}

impl<'a> Places<'a> {
    /// For the places of a document.
    pub fn new(document: &'a Document) -> Self {
        Self { document, lines: vec![OnceCell::new(); document.included.len() + 1] }
    }

    /// Where a span of the prose stands.
    pub fn of(&self, span: ByteSpan) -> Place<'a> {
        let (document, file) = (self.document, self.file_of(span));
        let source = document.source_map.to_source(span);
        let at = document.text_of_file(file).0.to_text(source.start);
        Place { file: document.file_name(file), source, position: self.lines_of_file(file).position(at) }
    }

    /// Where the last byte of a span of the prose stands: its line.
    pub fn last_line(&self, span: ByteSpan) -> usize {
        self.lines(span).position(self.in_text(span).end).line
    }

    /// The lines of the file that a span of the prose begins in.
    pub fn lines(&self, span: ByteSpan) -> &LineIndex<'a> {
        self.lines_of_file(self.file_of(span))
    }

    /// What reports call the file that a span of the prose begins in: a path from where the user is.
    pub fn path(&self, span: ByteSpan) -> Cow<'a, str> {
        self.document.path_of_file(self.file_of(span))
    }

    /// The bytes of a span of the prose in the decoded text of its file, which [`Places::lines`] counts.
    pub fn in_text(&self, span: ByteSpan) -> ByteSpan {
        let source = self.document.source_map.to_source(span);
        let (text, _) = self.document.text_of_file(self.file_of(span));
        let start = text.to_text(source.start);
        ByteSpan::new(start, text.to_text(source.end).max(start))
    }

    /// The file that a span of the prose begins in, counted from 0 for the one that was read first.
    pub fn file_of(&self, span: ByteSpan) -> usize {
        self.document.source_map.file_of(span).min(self.document.included.len())
    }

    fn lines_of_file(&self, file: usize) -> &LineIndex<'a> {
        self.lines[file].get_or_init(|| LineIndex::new(self.document.text_of_file(file).1))
    }
}

impl Document {
    /// Has findings told of some of its files only; of all, where none is given.
    pub(crate) fn keep_to(&mut self, paths: &[std::path::PathBuf]) {
        let normal = |path: &Path| {
            path.components().filter(|part| part.as_os_str() != ".").collect::<std::path::PathBuf>()
        };
        let wanted: Vec<_> = paths.iter().map(|path| normal(path)).collect();
        let is_wanted = |file: &usize| wanted.contains(&normal(Path::new(&*self.path_of_file(*file))));
        if !wanted.is_empty() {
            self.asked_files = Some((0..=self.included.len()).filter(is_wanted).collect());
        }
    }

    /// Whether findings are told of the file that a span of the prose begins in.
    pub(crate) fn is_asked(&self, span: ByteSpan) -> bool {
        self.asked_files.as_ref().is_none_or(|files| files.contains(&self.source_map.file_of(span)))
    }

    /// The source of a file, and its decoded text. Past the last file, those of the first.
    pub(crate) fn text_of_file(&self, file: usize) -> (&SourceText, &str) {
        match file.checked_sub(1).and_then(|index| self.included.get(index)) {
            Some(file) => (&file.text, file.text.text("")),
            None => (&self.source, self.source_text()),
        }
    }

    /// The name of a file, counted as [`super::SourceMap::file_of`] does; none for the one that the
    /// document is called after.
    pub fn file_name(&self, file: usize) -> Option<&str> {
        match file.checked_sub(1) {
            None => self.main_file.as_deref(),
            Some(index) => self.included.get(index).map(|file| file.path.as_str()),
        }
    }

    /// What reports call a file: its path from where the user is, or inside of the archive that the
    /// document is.
    pub fn path_of_file(&self, file: usize) -> Cow<'_, str> {
        let Some(name) = self.file_name(file) else { return Cow::Borrowed(&self.id) };
        // A document that is more than its main file is a folder or an archive.
        let folder =
            if self.main_file.is_some() { Some(Path::new(&self.id)) } else { Path::new(&self.id).parent() };
        Cow::Owned(folder.map_or_else(|| name.to_string(), |folder| folder.join(name).display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::source_text::decode;
    use super::*;

    /// A prose of two files: five bytes of each.
    fn two_files() -> Document {
        let text_of = |text: &str| {
            let decoded = decode(text.as_bytes().to_vec());
            decoded.source.with_text(decoded.text)
        };
        let mut document =
            Document { source: text_of("one\ntwo"), ..Document::from_prose("p/a.tex", "e\ntwothr\nf") };
        document.included =
            vec![SourceFile { path: "s/b.tex".into(), text: text_of("\u{FEFF}zero\nthr\nfour") }];
        document.source_map.push_literal(0, 2, 5);
        document.source_map.enter_file(1);
        document.source_map.push_literal(5, 8, 5);
        document
    }

    #[test]
    fn a_place_is_told_by_its_own_file() {
        let document = two_files();
        let places = Places::new(&document);
        let two = places.of(ByteSpan::new(2, 5));
        assert_eq!(
            (two.file, two.source, two.position),
            (None, ByteSpan::new(4, 7), Position { line: 2, column: 1 })
        );
        let span = ByteSpan::new(5, 10);
        let three = places.of(span);
        assert_eq!((three.file, three.source), (Some("s/b.tex"), ByteSpan::new(8, 13)));
        assert_eq!((three.position, places.last_line(span)), (Position { line: 2, column: 1 }, 3));
        assert_eq!(places.in_text(span).of(places.lines(span).text()), "thr\nf");
    }

    #[test]
    fn paths_lead_from_where_the_user_is() {
        let mut document = two_files();
        assert_eq!(
            (document.path_of_file(0), document.path_of_file(1)),
            ("p/a.tex".into(), "p/s/b.tex".into())
        );
        (document.id, document.main_file) = ("a.tar.gz".into(), Some("a.tex".into()));
        assert_eq!(document.path_of_file(0), "a.tar.gz/a.tex");
        assert_eq!(document.path_of_file(1), "a.tar.gz/s/b.tex");
    }
}
