//! Reads the tables of a catalogue file key by key and keeps the position of every value.
//!
//! Serde would stop at the first fault, and build every value twice.

use std::ops::Range;

use jiff::civil::Date;

use super::parsed::{Content, Key, Table, Value};
use super::size::{SizeUnit, parse_size};
use super::{CatalogueFile, Fault};
use crate::document::PartialDate;

/// Returns whether a text has nothing but white space.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// A value of a file and its byte offset.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    pub value: T,
    pub offset: usize,
}

/// A string of a file.
pub(super) type Text<'a> = At<&'a str>;

/// A reader of the values of one file, which collects their faults.
pub(super) struct EntryReader<'a, 'f> {
    pub file: &'a CatalogueFile,
    pub faults: &'f mut Vec<Fault>,
}

impl<'a> EntryReader<'a, '_> {
    /// Parses the whole file as a table. Returns `None`, and reports a fault, if it is not TOML.
    pub fn document(&mut self) -> Option<Table<'a>> {
        match self.file.text.table() {
            Ok(table) => Some(table),
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
    pub fn unknown_key(&mut self, key: &Key<'_>, known: &[&str]) {
        let message = format!("unknown key `{}`", key.name);
        self.fault_with_help(key.start(), message, format!("known keys: {}", known.join(", ")));
    }

    /// Reads the tables of `[[key]]`, each with the position of its first key.
    pub fn entries(&mut self, key: &str, value: Value<'a>) -> Vec<At<Table<'a>>> {
        self.some_entries(key, value, 0..usize::MAX)
    }

    /// Reads some of the tables of `[[key]]`, as [`Self::entries`] does.
    pub fn some_entries(&mut self, key: &str, value: Value<'a>, wanted: Range<usize>) -> Vec<At<Table<'a>>> {
        let offset = value.start();
        let Content::Array(items) = value.content else {
            self.fault(offset, format!("`{key}` must be a list of tables; write [[{key}]]"));
            return Vec::new();
        };
        let mut entries = Vec::with_capacity(items.len().min(wanted.len()));
        for item in items.skip(wanted.start).take(wanted.len()) {
            let offset = item.start();
            match item.content {
                Content::Table(value) => entries.push(At { value, offset }),
                _ => self.fault(offset, format!("`{key}` must be a list of tables; write [[{key}]]")),
            }
        }
        entries
    }

    /// Reads a string that is not empty.
    pub fn text(&mut self, key: &str, value: Value<'a>) -> Option<Text<'a>> {
        let offset = value.start();
        match value.content {
            Content::Text(text) if !is_blank(text) => Some(At { value: text, offset }),
            Content::Text(_) => {
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
        self.each_text(key, value, |text| text)
    }

    /// Reads a list of strings, or a single string, without their places.
    pub fn strings(&mut self, key: &str, value: Value<'a>) -> Vec<String> {
        self.each_text(key, value, |text| text.value.into())
    }

    fn each_text<T>(&mut self, key: &str, value: Value<'a>, make: impl Fn(Text<'a>) -> T) -> Vec<T> {
        match value.content {
            Content::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                texts.extend(items.filter_map(|item| self.text(key, item)).map(make));
                texts
            }
            _ => self.text(key, value).map(make).into_iter().collect(),
        }
    }

    /// Reads `true` or `false`.
    pub fn flag(&mut self, key: &str, value: Value<'a>) -> bool {
        let offset = value.start();
        match value.content {
            Content::Boolean(flag) => flag,
            _ => {
                self.fault(offset, format!("`{key}` must be true or false"));
                false
            }
        }
    }

    /// Reads a whole number of at least 0.
    pub fn count(&mut self, key: &str, value: Value<'a>) -> u32 {
        let offset = value.start();
        let number = match value.content {
            Content::Integer(digits, radix) => u32::from_str_radix(digits, radix).ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            self.fault(offset, format!("`{key}` must be a whole number from 0"));
            0
        })
    }

    /// Reads a date that is not in the future.
    pub fn date(&mut self, key: &str, value: Value<'a>, today: Date) -> Option<At<PartialDate>> {
        let offset = value.start();
        let text = match value.content {
            Content::Text(text) | Content::Date(text) | Content::Integer(text, _) => text,
            _ => "",
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
        match value.content {
            Content::Array(items) => items.filter_map(|item| self.size(key, &item, unit)).collect(),
            _ => self.size(key, &value, unit).into_iter().collect(),
        }
    }

    fn size(&mut self, key: &str, value: &Value<'a>, unit: SizeUnit) -> Option<f64> {
        let written = match value.content {
            Content::Text(text) | Content::Integer(text, _) | Content::Float(text) => text,
            _ => "",
        };
        let size = parse_size(written, unit);
        if size.is_none() {
            let offset = value.start();
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
