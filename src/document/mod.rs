//! What a paper is once it is read: its prose, the map back to its source, and its own facts.

use std::fmt;

mod bibliography;
mod checklist;
mod citation;
mod date;
mod dating;
mod encoding;
mod headings;
mod html;
mod hyphens;
mod jats;
mod latex;
mod limits;
mod line_index;
mod markdown;
mod markup;
mod mend;
mod metadata;
mod outline;
#[cfg(any(feature = "pdf", feature = "parquet"))]
mod panics;
mod paper_facts;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod raised;
#[cfg(test)]
mod reader_promises;
mod record;
mod section;
mod source_file;
mod source_map;
mod source_text;
mod span;
mod tei;
mod xml_paper;

pub use checklist::ChecklistLine;
pub use citation::{Citation, CitedWork};
pub use date::{DateError, PartialDate};
pub use dating::DateSource;
pub use html::read_html;
pub use latex::{
    LatexPaper, MainFile, Members, Missing, NoFiles, ProjectFiles, document_class, main_file, read_latex,
    read_latex_archive, stands_alone,
};
pub use limits::ReadLimits;
pub use line_index::{LineIndex, Position};
pub use markdown::read_markdown;
pub use outline::{Headings, Outline};
#[cfg(feature = "parquet")]
pub(crate) use panics::without_panic;
#[cfg(feature = "pdf")]
pub use pdf::read_pdf;
pub use plain::read_plain;
pub use record::{ReadError, RecordFields, lacks_text, read_record};
pub use section::{Section, SectionKind};
pub use source_file::{Place, Places, SourceFile};
pub use source_map::SourceMap;
pub use source_text::SourceText;
pub use span::ByteSpan;
pub use xml_paper::read_xml;

/// One paper, ready for detection.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What the paper is called in reports: a record's id, or a file's path as the user gave it.
    pub id: String,
    /// Its title, where the source gives one.
    pub title: Option<String>,
    /// When it was written or published, where known.
    pub date: Option<PartialDate>,
    /// How that is known; none where it is not.
    pub date_source: Option<DateSource>,
    /// The organisations of its authors, as written.
    pub organisations: Vec<String>,
    /// The names of its authors, as written.
    pub authors: Vec<String>,
    /// Its own arXiv identifier without version, such as `2005.14165`.
    pub arxiv: Option<String>,
    /// The running text that detection works on.
    pub prose: String,
    /// Where each byte of the prose stands in the source.
    pub source_map: SourceMap,
    /// Where each page begins in the prose, where the source has pages.
    pub pages: Vec<usize>,
    /// The parts of the prose that the format marks, in the order of their starts. Of two that
    /// overlap, the later is inside of the earlier.
    pub sections: Vec<Section>,
    /// Runs of words whose first letters are set off, as those that an acronym is made of, in order.
    pub expansions: Vec<ByteSpan>,
    /// Where the prose cites something, in order.
    pub citations: Vec<Citation>,
    /// The works of its bibliography. The bibliography itself is no part of the prose.
    pub bibliography: Vec<CitedWork>,
    /// The source as text, for reports to show.
    pub source: SourceText,
    /// The name of the file that `source` holds, where the document is not called after it: the main
    /// file of a folder or an archive.
    pub main_file: Option<String>,
    /// The other files that prose came from, in the order in which the source map counts them from 1.
    pub included: Vec<SourceFile>,
    /// The files of which findings are told, counted as the source map does; none for all of them.
    pub asked_files: Option<Vec<usize>>,
    /// What could not be read as it stood, and was read all the same.
    pub notes: Vec<ReadNote>,
}

/// A place in a file of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The file, from where the user is; what the paper is called, where it is no file.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// Characters of the line, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// Something that the reader had to mend or leave out, told to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadNote {
    /// A short fixed word for the case, such as `invalid-utf8`.
    pub kind: &'static str,
    /// One sentence for a person.
    pub message: String,
}

impl Document {
    /// A document of plain prose that is its own source.
    pub fn from_prose(id: impl Into<String>, prose: impl Into<String>) -> Self {
        Self { id: id.into(), prose: prose.into(), ..Self::default() }
    }

    /// The page that a byte of the prose stands on, from 1; none where the source has no pages.
    pub fn page_of(&self, prose: usize) -> Option<usize> {
        Some(self.pages.partition_point(|start| *start <= prose)).filter(|page| *page > 0)
    }

    /// The source as text: what a report shows lines of. Of several files, it is the first;
    /// [`Places`] knows them all.
    pub fn source_text(&self) -> &str {
        self.source.text(&self.prose)
    }

    /// Where a span of the prose stands in the files of the paper. For more than a few, use [`Places`].
    pub fn location(&self, span: ByteSpan) -> Location {
        let places = Places::new(self);
        let place = places.of(span);
        Location {
            path: places.path(span).into_owned(),
            line: place.position.line,
            column: place.position.column,
        }
    }

    /// The line and column of a byte of the file that was read first. For more than a few, or for
    /// other files, use [`Places`].
    pub fn position(&self, source: usize) -> Position {
        LineIndex::new(self.source_text()).position(self.source.to_text(source))
    }
}
