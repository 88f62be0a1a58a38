//! The in-memory form of a paper: its prose, the map back to its source, and its own metadata.

use std::fmt;

mod bibliography;
mod character_boundary;
mod checklist;
mod citation;
mod date;
mod dating;
mod encoding;
mod folded_path;
mod footnote;
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
mod white_space;
mod xml_paper;

pub(crate) use character_boundary::ceil_to_character;
pub use character_boundary::floor_to_character;
pub use checklist::ChecklistLine;
pub use citation::{Citation, CitedWork};
pub use date::{DateError, PartialDate};
pub use dating::DateSource;
pub(crate) use folded_path::folded;
pub use footnote::Footnote;
pub use html::read_html;
pub use latex::{
    LatexPaper, MainFile, Members, Missing, NoFiles, ProjectFiles, document_class, main_file, read_latex,
    read_latex_archive, readable_formulas, stands_alone,
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
pub use record::{ReadError, RecordFields, RecordPlace, lacks_text, read_record};
pub use section::{Section, SectionKind};
pub use source_file::{Place, Places, SourceFile};
pub use source_map::SourceMap;
pub use source_text::SourceText;
pub use span::ByteSpan;
pub use white_space::single_spaced;
pub use xml_paper::read_xml;

/// One paper, ready for detection.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Document {
    /// The name of the paper in reports: a record's id, or a file's path as the user gave it.
    pub id: String,
    /// Its title, where the source gives one.
    pub title: Option<String>,
    /// The date of writing or publication, where known.
    pub date: Option<PartialDate>,
    /// The source of `date`; `None` where there is no date.
    pub date_source: Option<DateSource>,
    /// The organisations of its authors, as written.
    pub organisations: Vec<String>,
    /// The names of its authors, as written.
    pub authors: Vec<String>,
    /// Its own arXiv identifier without version, such as `2005.14165`.
    pub arxiv: Option<String>,
    /// The running text that is searched for mentions.
    pub prose: String,
    /// The map from bytes of the prose to their places in the source.
    pub source_map: SourceMap,
    /// Start of each page in the prose, where the source has pages.
    pub pages: Vec<usize>,
    /// The parts of the prose that the format marks, sorted by start. Of two that overlap, the later lies
    /// inside the earlier.
    pub sections: Vec<Section>,
    /// Runs of words whose initial letters are set off, as in the expansion of an acronym, in order.
    pub expansions: Vec<ByteSpan>,
    /// The citations in the prose, in order.
    pub citations: Vec<Citation>,
    /// The footnotes whose marks the format ties to them, in the order of the marks.
    pub footnotes: Vec<Footnote>,
    /// The entries of the bibliography. The bibliography itself is not part of the prose.
    pub bibliography: Vec<CitedWork>,
    /// The source as text, from which reports quote.
    pub source: SourceText,
    /// The name of the file that `source` holds, if it is not the one that `id` names: the main file of a
    /// folder or an archive.
    pub main_file: Option<String>,
    /// The other files that prose came from, in the order in which the source map numbers them, from 1.
    pub included: Vec<SourceFile>,
    /// The files whose findings are reported, numbered as in the source map; `None` for all files.
    pub asked_files: Option<Vec<usize>>,
    /// The place of the record that it was read from.
    pub record: Option<RecordPlace>,
    /// Problems that the reader worked around.
    pub notes: Vec<ReadNote>,
}

/// A place in a file of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// Path of the file as seen by the user; the paper's name if it is not a file.
    pub path: String,
    /// Line number, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// A problem that the reader repaired or left out, reported to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadNote {
    /// A short fixed identifier of the case, such as `invalid-utf8`.
    pub kind: &'static str,
    /// A message for the user, of one sentence.
    pub message: String,
}

impl Document {
    /// Creates an empty paper with the given name.
    pub fn called(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// Creates a document of plain prose that is its own source.
    pub fn from_prose(id: impl Into<String>, prose: impl Into<String>) -> Self {
        Self { id: id.into(), prose: prose.into(), ..Self::default() }
    }

    /// Returns the page that holds a byte of the prose, from 1; `None` if the source has no pages.
    pub fn page_of(&self, prose: usize) -> Option<usize> {
        Some(self.pages.partition_point(|start| *start <= prose)).filter(|page| *page > 0)
    }

    /// Returns the source as text, from which reports show lines. Of several files, this is the first;
    /// [`Places`] covers them all.
    pub fn source_text(&self) -> &str {
        self.source.text(&self.prose)
    }

    /// Locates a span of the prose in the files of the paper. For more than a few spans, use [`Places`].
    pub fn location(&self, span: ByteSpan) -> Location {
        let places = Places::new(self);
        let place = places.of(span);
        Location {
            path: places.path(span).into_owned(),
            line: place.position.line,
            column: place.position.column,
        }
    }

    /// Returns the line and column of a byte of the file that was read first. For more than a few positions,
    /// or for other files, use [`Places`].
    pub fn position(&self, source: usize) -> Position {
        LineIndex::new(self.source_text()).position(self.source.to_text(source))
    }
}
