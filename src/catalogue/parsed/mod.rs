//! The text of a catalogue file, and what it says once parsed.
//!
//! The files of the built-in catalogue are parsed when the program is built, since parsing them took most of its
//! start. All others are parsed when they are read.

mod cursor;
mod deserialize;
mod form;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

pub(super) use cursor::Cursor;
use serde::de::DeserializeOwned;
pub(super) use value::{Content, Key, Table, Value};

/// The text of a catalogue file.
#[derive(Clone)]
pub struct CatalogueText {
    text: Cow<'static, str>,
    /// What it says, in the form that [`form`] tells; made when it is first asked for.
    parsed: OnceLock<Cow<'static, [u8]>>,
}

impl CatalogueText {
    /// Returns a text whose parsed form is known.
    pub(super) fn parsed(text: &'static str, form: &'static [u8]) -> Self {
        Self { text: Cow::Borrowed(text), parsed: OnceLock::from(Cow::Borrowed(form)) }
    }

    /// Returns whether it is this very text of the program, and not only an equal one.
    pub(super) fn is(&self, text: &'static str) -> bool {
        matches!(self.text, Cow::Borrowed(own) if std::ptr::eq(own, text))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Parses the text as TOML, unless it was parsed before.
    ///
    /// # Errors
    ///
    /// Says what is no TOML.
    pub(super) fn table(&self) -> Result<Table<'_>, toml::de::Error> {
        let form = match self.parsed.get() {
            Some(form) => form,
            None => {
                let form = form::parse(&self.text)?;
                self.parsed.get_or_init(|| Cow::Owned(form))
            }
        };
        match Value::root(&self.text, form).map(|root| root.content) {
            Some(Content::Table(table)) => Ok(table),
            _ => Ok(Table::default()),
        }
    }

    /// Parses the text as TOML of the wanted shape.
    ///
    /// # Errors
    ///
    /// Says what is no TOML, or has another shape.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, toml::de::Error> {
        let root = self.parsed.get().and_then(|form| Value::root(&self.text, form));
        match root.and_then(|root| T::deserialize(root).ok()) {
            Some(read) => Ok(read),
            // Only the parser's own errors know their place.
            None => toml::from_str(&self.text),
        }
    }
}

impl Deref for CatalogueText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for CatalogueText {
    fn from(text: String) -> Self {
        Self { text: Cow::Owned(text), parsed: OnceLock::new() }
    }
}

impl From<&str> for CatalogueText {
    fn from(text: &str) -> Self {
        text.to_string().into()
    }
}

impl fmt::Display for CatalogueText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for CatalogueText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

#[cfg(test)]
mod tests;
