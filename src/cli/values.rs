//! Values of options, and how they are read.

use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};

use crate::catalogue::named_enum;

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
    /// The formats of what `scan` and `resolve` find.
    pub(super) enum OutputFormat {
        /// For a person.
        Text => "text",
        /// One JSON document.
        Json => "json",
        /// One JSON document a line.
        JsonLines => "jsonl",
    }
}

named_enum! {
    /// What `rules tune` fits.
    pub(super) enum Fitted {
        /// The weights of the words in and around phrases, and how much rules count beside them.
        Contexts => "contexts",
        /// The weights of the rules by themselves.
        Rules => "rules",
    }
}

named_enum! {
    /// What saved results are turned into.
    pub(super) enum PageFormat {
        /// One page for a browser.
        Html => "html",
        /// For spreadsheets, a line a reference.
        Csv => "csv",
        /// A list of what may be one system.
        Markdown => "markdown",
    }
}

named_enum! {
    /// The formats of what `scan` finds.
    pub(super) enum ScanFormat {
        /// For a person, with the line of the paper.
        Text => "text",
        /// For a person, a line a finding.
        Concise => "concise",
        /// One JSON document.
        Json => "json",
        /// One JSON document a line.
        JsonLines => "jsonl",
        /// For code-review services.
        Sarif => "sarif",
        /// Commands of GitHub Actions.
        GitHub => "github",
        /// JUnit XML.
        JUnit => "junit",
        /// Checkstyle XML.
        Checkstyle => "checkstyle",
        /// For spreadsheets.
        Csv => "csv",
        /// A summary for a pull request.
        Markdown => "markdown",
    }
}

impl ScanFormat {
    /// The format that the ending of a file asks for.
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

    /// Whether a person on a terminal sees each failure in the report itself.
    pub(super) fn tells_failures(self) -> bool {
        matches!(self, Self::Text | Self::Concise)
    }
}

named_enum! {
    /// The formats of what is listed or shown.
    pub(super) enum ListFormat {
        /// For a person.
        Text => "text",
        /// One JSON document.
        Json => "json",
    }
}

/// Reads a value by its name, so that help and error messages list the names.
pub(super) fn value_of<T>(
    names: &'static [&'static str],
    read: fn(&str) -> Result<T, String>,
) -> impl TypedValueParser<Value = T>
where
    T: Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names.iter().copied()).try_map(move |name| read(&name))
}

/// Reads a path, also an empty one, of which we have more to say than that a value is missing.
pub(super) fn any_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Reads a share from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_string())
}
