//! Values of options, and how they are read.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::catalogue::named_enum;
use crate::resolve::Level;

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

named_enum! {
    /// From which level on a finding makes the exit status 1.
    pub(super) enum FailOn {
        /// Only errors.
        Error => "error",
        /// Errors and warnings.
        Warning => "warning",
        /// Every finding.
        Note => "note",
        /// No finding.
        Never => "never",
    }
}

impl FailOn {
    /// The lightest level that counts.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
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

/// Reads a size in bytes: `1000000`, `64MiB`, `200 MB`.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = match text[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("write a number of bytes, or one with KiB, MiB, GiB, KB, MB or GB".to_string()),
    };
    let number: usize = digits.parse().map_err(|_| "write a whole number, as in 64MiB".to_string())?;
    match number.checked_mul(unit) {
        Some(0) => Err("no paper is that small".to_string()),
        Some(bytes) => Ok(bytes),
        None => Err("this is more than the memory of any machine".to_string()),
    }
}

/// Reads a share from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, bytes) in [("7", 7), ("64MiB", 64 << 20), ("200 MB", 200_000_000), ("1g", 1 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MiB", "0", "-1", "1.5MiB", "5 elephants", "99999999999999999999", "20000000000GiB"]
        {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn fail_on_knows_every_level() {
        for level in Level::ALL {
            assert_eq!(level.name().parse::<FailOn>().unwrap().level(), Some(*level));
        }
    }
}
