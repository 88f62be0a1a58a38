//! Values of a parsed file for serde.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_spanned::de::{SpannedDeserializer, is_spanned};

use super::value::{Content, Key, Value};

impl<'de> IntoDeserializer<'de> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de> for Key<'de> {
    type Deserializer = Value<'de>;

    fn into_deserializer(self) -> Value<'de> {
        self.as_value()
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let no_number = |_| Error::custom("a number out of range");
        match self.content {
            Content::Text(text) => visitor.visit_borrowed_str(text),
            Content::Integer(digits, radix) => {
                visitor.visit_i64(i64::from_str_radix(digits, radix).map_err(no_number)?)
            }
            Content::Float(digits) => {
                visitor.visit_f64(digits.parse().map_err(|_| Error::custom("no number"))?)
            }
            Content::Boolean(flag) => visitor.visit_bool(flag),
            Content::Date(_) => Err(Error::custom("a date")),
            Content::Array(items) => visitor.visit_seq(SeqDeserializer::new(items)),
            Content::Table(table) => visitor.visit_map(MapDeserializer::new(table)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match is_spanned(name) {
            true => {
                let span = self.span();
                visitor.visit_map(SpannedDeserializer::new(self, span))
            }
            false => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.content {
            Content::Text(text) => text.into_deserializer().deserialize_enum(name, variants, visitor),
            _ => Err(Error::custom("no text")),
        }
    }

    forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char str string seq bytes byte_buf map unit ignored_any
        unit_struct tuple_struct tuple identifier
    }
}
