//! Values that are validated when they are read, so that an invalid one is reported with its place.

use std::fmt;
use std::str::FromStr;

use ignore::gitignore::GitignoreBuilder;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number of bytes above 0, written as `64MiB`, `200 MB` or `1000000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub usize);

const UNITS: [(&str, usize); 6] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("KB", 1_000),
];

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
        let unit = text[digits.len()..].trim();
        let factor = match unit {
            "" | "b" | "B" => Some(1),
            "k" | "K" => Some(1 << 10),
            "m" | "M" => Some(1 << 20),
            "g" | "G" => Some(1 << 30),
            unit => UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).map(|(_, factor)| *factor),
        };
        let Some(factor) = factor else {
            return Err("write a number of bytes, or one with KiB, MiB, GiB, KB, MB or GB".to_string());
        };
        let number: usize = digits.parse().map_err(|_| "write a whole number, as in 64MiB".to_string())?;
        match number.checked_mul(factor) {
            Some(0) => Err("no paper is that small".to_string()),
            Some(bytes) => Ok(Self(bytes)),
            None => Err("this is more than the memory of any machine".to_string()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, factor)| self.0.is_multiple_of(*factor)) {
            Some((name, factor)) => write!(f, "{}{name}", self.0 / factor),
            None => write!(f, "{}", self.0),
        }
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SizeVisitor;
        impl Visitor<'_> for SizeVisitor {
            type Value = Size;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a size, as in \"64MiB\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Size, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Size, E> {
                number.to_string().parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(SizeVisitor)
    }
}

/// A number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Share(pub f64);

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if (0.0..=1.0).contains(&number) {
            Ok(Self(number))
        } else {
            Err(D::Error::custom("write a number from 0 to 1"))
        }
    }
}

/// A pattern of paths, in the syntax of a `.gitignore` line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Glob(String);

impl Glob {
    /// The pattern; one that was written from the folder of the file on, as in `./drafts`, begins with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.trim().is_empty() || text.starts_with('#') {
            return Err(D::Error::custom("this pattern matches nothing; write one as in drafts/**"));
        }
        // In a `.gitignore`, `./drafts` matches nothing.
        let text = text.strip_prefix("./").map_or(text.clone(), |rest| format!("/{rest}"));
        match GitignoreBuilder::new("").add_line(None, &text) {
            Ok(_) => Ok(Self(text)),
            Err(error) => Err(D::Error::custom(format!("not a pattern of paths: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_from_the_folder_on_is_a_pattern_of_it() {
        let read = |text: &str| serde_json::from_value::<Glob>(text.into()).map(|glob| glob.0).unwrap();
        assert_eq!([read("./drafts/**"), read("drafts"), read("/x")], ["/drafts/**", "drafts", "/x"]);
    }

    #[test]
    fn sizes_are_read_with_their_units_and_written_the_same() {
        for (text, bytes) in [("7", 7), ("64MiB", 64 << 20), ("200 MB", 200_000_000), ("1g", 1 << 30)] {
            let size: Size = text.parse().unwrap();
            assert_eq!(size, Size(bytes), "{text}");
            assert_eq!(size.to_string().parse(), Ok(size));
        }
        for text in ["", "MiB", "0", "-1", "1.5MiB", "5 elephants", "99999999999999999999", "20000000000GiB"]
        {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
