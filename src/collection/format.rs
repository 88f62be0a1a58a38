//! How an input is written.

use std::path::Path;

/// The formats that inputs are read in.
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
    /// LaTeX sources in a `.tar.gz`, as arXiv gives them out: one paper.
    LatexArchive,
    /// JSON Lines: one paper a line.
    Records,
}

/// The endings of file names that are looked for in folders.
pub const PAPER_ENDINGS: &[&str] = &[
    "txt", "md", "markdown", "tex", "ltx", "latex", "tar.gz", "tgz", "html", "htm", "xhtml", "xml", "nxml",
    "jats", "tei", "jsonl",
];

impl Format {
    /// The format that the ending of a file's name stands for; `None` for one that is not known.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        if name.ends_with(".tar.gz") {
            return Some(Self::LatexArchive);
        }
        let (_, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
        match ending {
            "txt" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "tex" | "ltx" | "latex" => Some(Self::Latex),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "xml" | "nxml" | "jats" | "tei" => Some(Self::Xml),
            "tgz" => Some(Self::LatexArchive),
            "jsonl" => Some(Self::Records),
            _ => None,
        }
    }

    /// The format of an input without a telling name: records if the first character that is no
    /// white space opens a JSON object.
    pub fn of_content(start: &[u8]) -> Self {
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
        match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Records,
            _ => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_that_is_looked_for_is_known() {
        for ending in PAPER_ENDINGS {
            assert!(Format::of_path(Path::new(&format!("a.{ending}"))).is_some(), "{ending}");
        }
        assert_eq!(Format::of_path(Path::new("README.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_path(Path::new("a.rs")), None);
    }

    #[test]
    fn content_tells_records_from_text() {
        assert_eq!(Format::of_content(b"\n {\"text\": 1}"), Format::Records);
        assert_eq!(Format::of_content(b"\xEF\xBB\xBF{"), Format::Records);
        assert_eq!(Format::of_content(b"We use {braces}"), Format::Plain);
        assert_eq!(Format::of_content(b""), Format::Plain);
    }
}
