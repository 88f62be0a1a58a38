//! Input formats.

use std::path::Path;

use super::archive::is_archive;
use super::packing::Packing;

/// An input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text: one paper.
    Plain,
    /// Markdown: one paper.
    Markdown,
    /// LaTeX: one paper, with the files that it includes.
    Latex,
    /// HTML: one paper.
    Html,
    /// JATS or TEI XML: one paper.
    Xml,
    /// PDF: one paper.
    Pdf,
    /// JSON Lines: one paper per line.
    Records,
    /// Parquet: one paper per row.
    Parquet,
    /// A tar or zip archive, packed or not: the LaTeX sources of one paper, or any number of papers.
    Archive,
    /// A file packed with gzip or Zstandard whose name does not indicate its content.
    Packed,
}

/// The file extensions that are looked for in folders. Each may be followed by one of [`PACKED_ENDINGS`].
pub const PAPER_ENDINGS: &[&str] = &[
    "txt", "md", "markdown", "qmd", "rmd", "tex", "ltx", "latex", "html", "htm", "xhtml", "xml", "nxml",
    "jats", "tei", "pdf", "jsonl", "ndjson", "parquet", "tar", "tgz", "zip",
];

/// The extensions of packed files.
pub const PACKED_ENDINGS: &[&str] = &["gz", "zst"];

impl Format {
    /// Returns the format denoted by the extension of a file; `None` if it is unknown.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
        if PACKED_ENDINGS.contains(&ending) {
            return Some(Self::of_path(Path::new(stem)).unwrap_or(Self::Packed));
        }
        match ending {
            "txt" => Some(Self::Plain),
            "md" | "markdown" | "qmd" | "rmd" => Some(Self::Markdown),
            "tex" | "ltx" | "latex" => Some(Self::Latex),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "xml" | "nxml" | "jats" | "tei" => Some(Self::Xml),
            "pdf" => Some(Self::Pdf),
            "jsonl" | "ndjson" => Some(Self::Records),
            "parquet" => Some(Self::Parquet),
            "tar" | "tgz" | "zip" => Some(Self::Archive),
            _ => None,
        }
    }

    /// Returns the format of an input from the format `named` by its file name and from its first bytes.
    ///
    /// Signatures of binary formats override the name. The first line of a page, an XML file or a LaTeX
    /// document does so if the name denotes no more than plain text. If the name denotes nothing, text that
    /// starts with a JSON object is taken as records.
    pub fn of_content(named: Option<Self>, start: &[u8]) -> Self {
        if start.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        if start.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        if is_archive(start) {
            return Self::Archive;
        }
        if Packing::of_content(start).is_some() {
            return Self::Packed;
        }
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
        let begins = |mark: &str| {
            start.get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark.as_bytes()))
        };
        let is_page = begins("<!doctype html") || begins("<html") || (begins("<?xml") && has_html(start));
        match named {
            Some(Self::Plain | Self::Xml | Self::Pdf | Self::Archive | Self::Packed) | None if is_page => {
                Self::Html
            }
            Some(Self::Plain | Self::Pdf | Self::Archive | Self::Packed) | None => {
                if begins("<?xml") || begins("<!doctype article") || begins("<article") || begins("<tei") {
                    Self::Xml
                } else if begins("\\documentclass") || begins("\\documentstyle") {
                    Self::Latex
                } else if named != Some(Self::Plain) && begins("{") {
                    Self::Records
                } else {
                    Self::Plain
                }
            }
            Some(named) => named,
        }
    }
}

impl Format {
    /// Returns the rank of the format as a source of a paper, 0 being the best; `None` if files of this
    /// format can hold several papers.
    pub(super) fn rank(self) -> Option<u8> {
        match self {
            Self::Latex => Some(0),
            Self::Xml => Some(1),
            Self::Html => Some(2),
            Self::Markdown => Some(3),
            Self::Pdf => Some(4),
            Self::Plain => Some(5),
            Self::Records | Self::Parquet | Self::Archive | Self::Packed => None,
        }
    }

    /// Returns whether a file of this format holds exactly one paper.
    pub fn is_one_paper(self) -> bool {
        self.rank().is_some()
    }
}

/// Tests whether the head of an XML file contains the start tag of an HTML page.
fn has_html(start: &[u8]) -> bool {
    let head = start.get(..start.len().min(1024)).unwrap_or_default();
    memchr::memmem::find(head, b"<html").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_that_is_looked_for_is_known() {
        for ending in PAPER_ENDINGS {
            let plain = Format::of_path(Path::new(&format!("a.{ending}")));
            assert!(plain.is_some(), "{ending}");
            for packed in PACKED_ENDINGS {
                assert_eq!(Format::of_path(Path::new(&format!("a.{ending}.{packed}"))), plain);
            }
        }
        assert_eq!(Format::of_path(Path::new("README.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_path(Path::new("2108.00001.gz")), Some(Format::Packed));
        assert_eq!(Format::of_path(Path::new("a.rs")), None);
        assert_eq!(Format::of_path(Path::new(".gz")), None);
    }

    #[test]
    fn content_tells_the_format_where_the_name_does_not() {
        let format_of = |start: &str| Format::of_content(None, start.as_bytes());
        assert_eq!(format_of("\n {\"text\": 1}"), Format::Records);
        assert_eq!(format_of("\u{FEFF}{"), Format::Records);
        assert_eq!(format_of("We use {braces}"), Format::Plain);
        assert_eq!(format_of(""), Format::Plain);
        assert_eq!(format_of("\u{FEFF}\n<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(format_of("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"), Format::Html);
        assert_eq!(format_of("<?xml version=\"1.0\"?>\n<TEI>"), Format::Xml);
        assert_eq!(format_of("\\documentclass{article}"), Format::Latex);
    }

    #[test]
    fn content_stands_above_the_name_where_it_cannot_be_mistaken() {
        assert_eq!(Format::of_content(Some(Format::Latex), b"%PDF-1.5"), Format::Pdf);
        assert_eq!(Format::of_content(Some(Format::Records), b"PAR1\x15\0"), Format::Parquet);
        assert_eq!(Format::of_content(Some(Format::Records), b"\x1F\x8B\x08\0"), Format::Packed);
        assert_eq!(Format::of_content(Some(Format::Xml), b"<!DOCTYPE html>"), Format::Html);
        assert_eq!(Format::of_content(Some(Format::Pdf), b"<html>not found"), Format::Html);
        assert_eq!(Format::of_content(Some(Format::Markdown), b"<html>"), Format::Markdown);
        assert_eq!(Format::of_content(Some(Format::Plain), b"{\"a\": 1}"), Format::Plain);
    }
}
