//! Values that records write in several forms.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use serde_json::Value;

/// A string, or a list of strings.
pub(super) struct Strings(pub(super) Vec<String>);

impl Strings {
    pub(super) fn into_one(mut self) -> String {
        if self.0.len() == 1 { self.0.swap_remove(0) } else { self.0.join("\n\n") }
    }
}

/// A string or a number, as text.
pub(super) struct Id(pub(super) String);

/// A string, a list of strings, or a list of objects with a `text`.
pub(super) struct Paragraphs(pub(super) Vec<Paragraph>);

#[derive(Deserialize)]
pub(super) struct PdfParse {
    #[serde(default, rename = "abstract")]
    pub(super) summary: Option<Paragraphs>,
    #[serde(default)]
    pub(super) body_text: Option<Paragraphs>,
    #[serde(default)]
    pub(super) back_matter: Option<Paragraphs>,
    #[serde(default)]
    pub(super) bib_entries: Option<Value>,
}

/// A paragraph and its section.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) section: Option<String>,
    /// The number of its section, such as "2.1".
    pub(super) number: Value,
    /// Its citations: characters from `start` to `end`, and the key of the work in `ref_id`.
    pub(super) citations: Value,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or an object with a `text`")]
enum WrittenParagraph {
    Plain(String),
    Object {
        text: String,
        #[serde(default)]
        section: Value,
        #[serde(default)]
        sec_num: Value,
        #[serde(default)]
        cite_spans: Value,
    },
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<WrittenParagraph> for Paragraph {
    fn from(written: WrittenParagraph) -> Self {
        match written {
            WrittenParagraph::Plain(text) => text.into(),
            WrittenParagraph::Object { text, section, sec_num, cite_spans } => {
                let section = section.as_str().map(str::trim).filter(|name| !name.is_empty());
                let section = section.map(str::to_string);
                Self { text, section, number: sec_num, citations: cite_spans }
            }
        }
    }
}

/// Implements `Deserialize` for a value that may be one item or a list of items.
macro_rules! one_or_list {
    ($name:ident, $item:ty, $wanted:literal, $into:expr) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct OneOrList;
                impl<'de> Visitor<'de> for OneOrList {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($wanted)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name(vec![text.to_string().into()]))
                    }

                    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<$name, E> {
                        Ok($name(vec![text.into()]))
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<$name, A::Error> {
                        let mut found = Vec::new();
                        while let Some(item) = seq.next_element::<$item>()? {
                            found.push($into(item));
                        }
                        Ok($name(found))
                    }
                }
                deserializer.deserialize_any(OneOrList)
            }
        }
    };
}

one_or_list!(Strings, String, "a string or a list of strings", std::convert::identity);
one_or_list!(Paragraphs, WrittenParagraph, "a string or a list of paragraphs", Paragraph::from);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;
        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a whole number")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_string()))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }
        deserializer.deserialize_any(IdVisitor)
    }
}
