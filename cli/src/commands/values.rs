//! Values of options, and their parsers.

use std::path::{Path, PathBuf};

use byname::named_enum;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};

named_enum! {
    /// When to use colours.
    pub(super) enum Colours {
        /// On a terminal.
        Auto => "auto",
        /// Everywhere.
        Always => "always",
        /// Nowhere.
        Never => "never",
    }
}

named_enum! {
    /// Output formats of `resolve`.
    pub(super) enum OutputFormat {
        /// Text for a person.
        Text => "text",
        /// One JSON document.
        Json => "json",
        /// JSON lines: one document per line.
        JsonLines => "jsonl",
    }
}

named_enum! {
    /// Weights to fit with `rules tune`.
    pub(super) enum Fitted {
        /// The weights of the words in and around phrases, and the weight of rules beside them.
        Contexts => "contexts",
        /// The weights of the rules by themselves.
        Rules => "rules",
    }
}

named_enum! {
    /// Output formats of `report`.
    pub(super) enum PageFormat {
        /// An HTML page for a browser.
        Html => "html",
        /// CSV for spreadsheets, one line per reference.
        Csv => "csv",
        /// A list of the references that may be to one system.
        Markdown => "markdown",
    }
}

named_enum! {
    /// Output formats of `scan`.
    pub(super) enum ScanFormat {
        /// Text for a person, with the line of the paper.
        Text => "text",
        /// Text for a person, one line per finding.
        Concise => "concise",
        /// One JSON document.
        Json => "json",
        /// JSON lines: one document per line.
        JsonLines => "jsonl",
        /// A SARIF log for code-review services.
        Sarif => "sarif",
        /// Workflow commands of GitHub Actions.
        GitHub => "github",
        /// JUnit XML.
        JUnit => "junit",
        /// Checkstyle XML.
        Checkstyle => "checkstyle",
        /// CSV for spreadsheets.
        Csv => "csv",
        /// A summary for a pull request.
        Markdown => "markdown",
    }
}

impl ScanFormat {
    /// Returns the format for the extension of a file.
    pub(super) fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let ending = name.rsplit_once('.')?.1;
        Some(match ending {
            "txt" => Self::Text,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            "sarif" => Self::Sarif,
            "xml" if name.contains("checkstyle") => Self::Checkstyle,
            "xml" => Self::JUnit,
            "csv" => Self::Csv,
            "md" | "markdown" => Self::Markdown,
            _ => return None,
        })
    }

    /// Returns whether the report itself shows the notes on comments that speak to byname.
    pub(super) fn tells_notes(self) -> bool {
        matches!(self, Self::Text | Self::Concise | Self::GitHub | Self::Json | Self::JsonLines)
    }

    /// Returns whether the report itself shows each failure, to a person on a terminal.
    pub(super) fn tells_failures(self) -> bool {
        matches!(self, Self::Text | Self::Concise)
    }
}

named_enum! {
    /// Output formats of commands that list or show something.
    pub(super) enum ListFormat {
        /// Text for a person.
        Text => "text",
        /// One JSON document.
        Json => "json",
    }
}

/// Creates a parser of named values, so that help and error messages list the names.
pub(super) fn value_of<T>(
    names: &'static [&'static str],
    read: fn(&str) -> Result<T, String>,
) -> impl TypedValueParser<Value = T>
where
    T: Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names.iter().copied()).try_map(move |name| read(&name))
}

/// Creates a parser of paths that accepts an empty one, to give a better error message later.
pub(super) fn any_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Parses a number from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_string())
}
