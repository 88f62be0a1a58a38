//! The files that a paper consists of, and the places in them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;

use super::{ByteSpan, Document, LineIndex, Position, SourceText, folded};

/// A file of the paper other than the one that was read first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path relative to the folder of the file that was read first, with `/` as separator.
    pub path: String,
    /// Its text.
    pub text: SourceText,
}

/// A place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file; `None` if it is the one that the document is named after.
    pub file: Option<&'a str>,
    /// Its byte range in that file.
    pub source: ByteSpan,
    /// The line and column of its first byte.
    pub position: Position,
}

/// Resolves many spans of one document to their places.
#[derive(Debug)]
pub struct Places<'a> {
    document: &'a Document,
    /// One for each file, built on first use, since it costs a pass over the text.
    lines: Vec<OnceCell<LineIndex<'a>>>,
}

impl<'a> Places<'a> {
    /// Creates a resolver for the spans of a document.
    pub fn new(document: &'a Document) -> Self {
        Self { document, lines: vec![OnceCell::new(); document.included.len() + 1] }
    }

    /// Returns the document.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// Returns the place of a span of the prose.
    pub fn of(&self, span: ByteSpan) -> Place<'a> {
        let (document, file) = (self.document, self.file_of(span));
        let source = document.source_map.to_source(span);
        let at = document.text_of_file(file).0.to_text(source.start);
        Place { file: document.file_name(file), source, position: self.lines_of_file(file).position(at) }
    }

    /// Returns the line of the end of a span of the prose.
    pub fn last_line(&self, span: ByteSpan) -> usize {
        self.lines(span).position(self.in_text(span).end).line
    }

    /// Returns the line index of the file in which a span of the prose begins.
    pub fn lines(&self, span: ByteSpan) -> &LineIndex<'a> {
        self.lines_of_file(self.file_of(span))
    }

    /// Returns the path, as reports show it, of the file in which a span of the prose begins, as seen by the
    /// user.
    pub fn path(&self, span: ByteSpan) -> Cow<'a, str> {
        self.document.path_of_file(self.file_of(span))
    }

    /// Returns the range of a span of the prose in the decoded text of its file, which [`Places::lines`]
    /// indexes.
    pub fn in_text(&self, span: ByteSpan) -> ByteSpan {
        let source = self.document.source_map.to_source(span);
        let (text, _) = self.document.text_of_file(self.file_of(span));
        let start = text.to_text(source.start);
        ByteSpan::new(start, text.to_text(source.end).max(start))
    }

    /// Returns the number of the file in which a span of the prose begins; 0 is the one that was read first.
    pub fn file_of(&self, span: ByteSpan) -> usize {
        self.document.source_map.file_of(span).min(self.document.included.len())
    }

    fn lines_of_file(&self, file: usize) -> &LineIndex<'a> {
        self.lines[file].get_or_init(|| LineIndex::new(self.document.text_of_file(file).1))
    }
}

impl Document {
    /// Restricts findings to the files at `paths`; no paths, no restriction.
    pub(crate) fn keep_to(&mut self, paths: &[std::path::PathBuf]) {
        let normal = |path: &Path| {
            folded(path).components().filter(|part| part.as_os_str() != ".").collect::<std::path::PathBuf>()
        };
        let wanted: Vec<_> = paths.iter().map(|path| normal(path)).collect();
        let is_wanted = |file: &usize| wanted.contains(&normal(Path::new(&*self.path_of_file(*file))));
        if !wanted.is_empty() {
            self.asked_files = Some((0..=self.included.len()).filter(is_wanted).collect());
        }
    }

    /// Returns whether findings in the file in which a span of the prose begins are reported.
    pub(crate) fn is_asked(&self, span: ByteSpan) -> bool {
        self.asked_files.as_ref().is_none_or(|files| files.contains(&self.source_map.file_of(span)))
    }

    /// Returns the number of the file that a line given by the user is one of: the only file whose findings are
    /// reported, else the one that was read first.
    pub fn asked_file(&self) -> usize {
        match self.asked_files.as_deref() {
            Some([only]) => *only,
            _ => 0,
        }
    }

    /// Returns the source of a file and its decoded text; past the last file, those of the first.
    pub fn text_of_file(&self, file: usize) -> (&SourceText, &str) {
        match file.checked_sub(1).and_then(|index| self.included.get(index)) {
            Some(file) => (&file.text, file.text.text("")),
            None => (&self.source, self.source_text()),
        }
    }

    /// Returns the name of a file, numbered as in [`super::SourceMap::file_of`]; `None` for the one that the
    /// document is named after.
    pub fn file_name(&self, file: usize) -> Option<&str> {
        match file.checked_sub(1) {
            None => self.main_file.as_deref(),
            Some(index) => self.included.get(index).map(|file| file.path.as_str()),
        }
    }

    /// Returns the path of a file in reports: as seen by the user, or inside the archive that the document
    /// is.
    pub fn path_of_file(&self, file: usize) -> Cow<'_, str> {
        let Some(name) = self.file_name(file) else { return Cow::Borrowed(&self.id) };
        // A document that is more than its main file is a folder or an archive.
        let folder =
            if self.main_file.is_some() { Some(Path::new(&self.id)) } else { Path::new(&self.id).parent() };
        Cow::Owned(
            folder
                .map_or_else(|| name.to_string(), |folder| folded(&folder.join(name)).display().to_string()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::source_text::decode;
    use super::*;

    /// Returns a document whose prose takes five bytes from each of two files.
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
        (document.id, document.main_file) = ("p/q/a.tex".into(), None);
        document.included[0].path = "../s/b.tex".into();
        assert_eq!(document.path_of_file(1), "p/s/b.tex");
    }
}
