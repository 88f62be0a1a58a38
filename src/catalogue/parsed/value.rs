//! The values of a parsed file, read where they stand.

use std::ops::Range;

use super::cursor::Cursor;
use super::form::tag;

/// A value of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'a> {
    /// What it is.
    pub content: Content<'a>,
    span: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<'a> {
    /// A string.
    Text(&'a str),
    /// The digits of a whole number, and their radix.
    Integer(&'a str, u32),
    /// The digits of a number.
    Float(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// A date or time, as it is written.
    Date(&'a str),
    /// A list.
    Array(Array<'a>),
    /// Keys and values.
    Table(Table<'a>),
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Key<'a> {
    /// The key.
    pub name: &'a str,
    span: Range<usize>,
}

/// The values of a list, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Array<'a>(Values<'a>);

/// The keys and values of a table, by key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table<'a>(Values<'a>);

/// Values that are still to be read.
#[derive(Debug, Clone, PartialEq, Default)]
struct Values<'a> {
    text: &'a str,
    form: Cursor<'a>,
    left: usize,
}

impl<'a> Value<'a> {
    /// Returns the value of a whole file.
    pub fn root(text: &'a str, form: &'a [u8]) -> Option<Self> {
        Values { text, form: Cursor::new(form), left: 1 }.value()
    }

    /// Returns the byte range of the text where it is written, quotation marks included.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the byte offset of the text where it is written.
    pub fn start(&self) -> usize {
        self.span.start
    }
}

impl<'a> Key<'a> {
    /// Returns the byte offset of the text where it is written.
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// Returns the key as a string.
    pub(super) fn as_value(&self) -> Value<'a> {
        Value { content: Content::Text(self.name), span: self.span.clone() }
    }
}

impl Table<'_> {
    /// Returns whether no key is left.
    pub fn is_empty(&self) -> bool {
        self.0.left == 0
    }
}

impl Array<'_> {
    /// Returns whether no value is left.
    pub fn is_empty(&self) -> bool {
        self.0.left == 0
    }
}

impl<'a> Iterator for Array<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        self.0.left = self.0.left.checked_sub(1)?;
        self.0.value()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.left, Some(self.0.left))
    }
}

impl ExactSizeIterator for Array<'_> {}

impl<'a> Iterator for Table<'a> {
    type Item = (Key<'a>, Value<'a>);

    fn next(&mut self) -> Option<(Key<'a>, Value<'a>)> {
        self.0.left = self.0.left.checked_sub(1)?;
        Some((self.0.key()?, self.0.value()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.left, Some(self.0.left))
    }
}

impl ExactSizeIterator for Table<'_> {}

/// Every step is `None` where the form is broken, which that of the library never is.
impl<'a> Values<'a> {
    /// Returns the values of a list or a table, and goes on behind them.
    fn inside(&mut self) -> Option<Self> {
        let (left, length) = (self.form.number()?, self.form.number()?);
        Some(Self { text: self.text, form: Cursor::new(self.form.bytes(length)?), left })
    }

    fn key(&mut self) -> Option<Key<'a>> {
        let tag = self.form.byte()?;
        let span = self.span()?;
        let name = match tag {
            tag::TEXT_IN_PLACE => self.text_in_place(span.start)?,
            tag::TEXT => self.form.string()?,
            _ => return None,
        };
        Some(Key { name, span })
    }

    fn span(&mut self) -> Option<Range<usize>> {
        let start = self.form.number()?;
        Some(start..start + self.form.number()?)
    }

    /// Returns the string of a value that begins at `start`.
    fn text_in_place(&mut self, start: usize) -> Option<&'a str> {
        let start = start + self.form.number()?;
        self.text.get(start..start + self.form.number()?)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        let tag = self.form.byte()?;
        let span = self.span()?;
        let content = match tag {
            tag::TEXT_IN_PLACE => Content::Text(self.text_in_place(span.start)?),
            tag::TEXT => Content::Text(self.form.string()?),
            tag::INTEGER => {
                let radix = u32::from(self.form.byte()?);
                Content::Integer(self.form.string()?, radix)
            }
            tag::FLOAT => Content::Float(self.form.string()?),
            tag::FALSE => Content::Boolean(false),
            tag::TRUE => Content::Boolean(true),
            tag::DATE => Content::Date(self.form.string()?),
            tag::ARRAY => Content::Array(Array(self.inside()?)),
            tag::TABLE => Content::Table(Table(self.inside()?)),
            _ => return None,
        };
        Some(Value { content, span })
    }
}
