//! Reads the tables of a catalogue file key by key and keeps the position of every value.
//!
//! Serde would stop at the first fault and build every value twice; with 1,500 systems read at each start of
//! the program, both matter.

use std::borrow::Cow;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::size::{SizeUnit, parse_size};
use super::{CatalogueFile, Fault};
use crate::document::PartialDate;

/// A value of a file and its byte offset.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    pub value: T,
    pub offset: usize,
}

/// A string of a file.
pub(super) type Text<'a> = At<Cow<'a, str>>;

/// A table of a file, by key.
pub(super) type Entry<'a> = DeTable<'a>;

/// A value as parsed.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A reader of the values of one file, which collects their faults.
pub(super) struct EntryReader<'a, 'f> {
    pub file: &'a CatalogueFile,
    pub faults: &'f mut Vec<Fault>,
}

impl<'a> EntryReader<'a, '_> {
    /// Parses the whole file as a table. Returns `None`, and reports a fault, if it is not TOML.
    pub fn document(&mut self) -> Option<Entry<'a>> {
        match DeTable::parse(&self.file.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                self.fault(offset, error.message().replace('\n', "; "));
                None
            }
        }
    }

    /// Reports a fault at a byte offset of the file.
    pub fn fault(&mut self, offset: usize, message: impl Into<String>) {
        self.faults.push(Fault::at(self.file, offset, message));
    }

    /// Reports a fault with a hint on how to fix it.
    pub fn fault_with_help(&mut self, offset: usize, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::at(self.file, offset, message).help(help));
    }

    /// Reports a key that is unknown here.
    pub fn unknown_key(&mut self, key: &Spanned<Cow<'a, str>>, known: &[&str]) {
        let message = format!("unknown key `{}`", key.get_ref());
        self.fault_with_help(key.span().start, message, format!("known keys: {}", known.join(", ")));
    }

    /// Reads the tables of `[[key]]`, each with the position of its first key.
    pub fn entries(&mut self, key: &str, value: Value<'a>) -> Vec<At<Entry<'a>>> {
        let offset = value.span().start;
        let DeValue::Array(items) = value.into_inner() else {
            self.fault(offset, format!("`{key}` must be a list of tables; write [[{key}]]"));
            return Vec::new();
        };
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let offset = item.span().start;
            match item.into_inner() {
                DeValue::Table(value) => entries.push(At { value, offset }),
                _ => self.fault(offset, format!("`{key}` must be a list of tables; write [[{key}]]")),
            }
        }
        entries
    }

    /// Reads a string that is not empty.
    pub fn text(&mut self, key: &str, value: Value<'a>) -> Option<Text<'a>> {
        let offset = value.span().start;
        match value.into_inner() {
            DeValue::String(text) if !text.trim().is_empty() => Some(At { value: text, offset }),
            DeValue::String(_) => {
                self.fault(offset, format!("`{key}` is empty"));
                None
            }
            _ => {
                self.fault(offset, format!("`{key}` must be a text"));
                None
            }
        }
    }

    /// Reads a list of strings, or a single string.
    pub fn texts(&mut self, key: &str, value: Value<'a>) -> Vec<Text<'a>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(items) => items.into_iter().filter_map(|item| self.text(key, item)).collect(),
            other => self.text(key, Spanned::new(span, other)).into_iter().collect(),
        }
    }

    /// Reads `true` or `false`.
    pub fn flag(&mut self, key: &str, value: Value<'a>) -> bool {
        let offset = value.span().start;
        match value.into_inner() {
            DeValue::Boolean(flag) => flag,
            _ => {
                self.fault(offset, format!("`{key}` must be true or false"));
                false
            }
        }
    }

    /// Reads a whole number of at least 0.
    pub fn count(&mut self, key: &str, value: Value<'a>) -> u32 {
        let offset = value.span().start;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            self.fault(offset, format!("`{key}` must be a whole number from 0"));
            0
        })
    }

    /// Reads a date that is not in the future.
    pub fn date(&mut self, key: &str, value: Value<'a>, today: Date) -> Option<At<PartialDate>> {
        let offset = value.span().start;
        let text = match value.into_inner() {
            DeValue::String(text) => text,
            DeValue::Datetime(date) => Cow::Owned(date.to_string()),
            DeValue::Integer(year) => Cow::Owned(year.as_str().to_string()),
            _ => Cow::Borrowed(""),
        };
        let date: PartialDate = match text.parse() {
            Ok(date) => date,
            Err(error) => {
                self.fault(offset, format!("`{key}`: {error}"));
                return None;
            }
        };
        if date.earliest() > today {
            self.fault_with_help(
                offset,
                format!("`{key}` is in the future: {date}"),
                format!("today is {today}"),
            );
            return None;
        }
        Some(At { value: date, offset })
    }

    /// Reads sizes of one unit: a list or a single value, each a string or a number.
    pub fn sizes(&mut self, key: &str, value: Value<'a>, unit: SizeUnit) -> Vec<f64> {
        match value.get_ref() {
            DeValue::Array(_) => match value.into_inner() {
                DeValue::Array(items) => {
                    items.into_iter().filter_map(|item| self.size(key, &item, unit)).collect()
                }
                _ => Vec::new(),
            },
            _ => self.size(key, &value, unit).into_iter().collect(),
        }
    }

    fn size(&mut self, key: &str, value: &Value<'a>, unit: SizeUnit) -> Option<f64> {
        let written: Cow<'_, str> = match value.get_ref() {
            DeValue::String(text) => Cow::Borrowed(text),
            DeValue::Integer(number) => Cow::Borrowed(number.as_str()),
            DeValue::Float(number) => Cow::Borrowed(number.as_str()),
            _ => Cow::Borrowed(""),
        };
        let size = parse_size(&written, unit);
        if size.is_none() {
            let offset = value.span().start;
            let message =
                match written.trim().trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()) {
                    true if written.trim().starts_with('-') => {
                        format!("`{key}` must be above 0, not `{written}`")
                    }
                    _ => format!("`{key}` has no known notation: `{written}`"),
                };
            self.fault_with_help(offset, message, unit.notation());
        }
        size
    }
}
