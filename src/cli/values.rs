//! Values of options, and how they are read.

use clap::builder::{PossibleValuesParser, TypedValueParser};

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

/// Reads a share from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_string())
}
