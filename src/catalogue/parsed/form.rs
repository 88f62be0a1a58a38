//! The form in which the library keeps TOML that is parsed: the values one after the other, in few bytes.
//!
//! The build script includes this file, and writes the built-in catalogue in this form.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// What stands behind the byte that begins a value. Its place in the text follows, as two numbers: the start and
/// the length; and then the value itself.
pub mod tag {
    /// A string that the text holds as it is: how far behind the start it begins, and its length.
    pub const TEXT_IN_PLACE: u8 = 0;
    /// A string that the text has in other words, such as with escapes: its length and bytes.
    pub const TEXT: u8 = 1;
    /// A whole number: its radix, and its digits as a string.
    pub const INTEGER: u8 = 2;
    /// A number: its digits as a string.
    pub const FLOAT: u8 = 3;
    /// Nothing more.
    pub const FALSE: u8 = 4;
    /// Nothing more.
    pub const TRUE: u8 = 5;
    /// A date or time, as a string.
    pub const DATE: u8 = 6;
    /// The number of its values, how many bytes they take, and the values.
    pub const ARRAY: u8 = 7;
    /// The number of its keys, how many bytes they and their values take, and each key, a string, before its value.
    pub const TABLE: u8 = 8;
}

/// Parses TOML.
///
/// # Errors
///
/// Says what is no TOML.
pub fn parse(text: &str) -> Result<Vec<u8>, Error> {
    let table = DeTable::parse(text)?;
    let mut writer = Writer { text, form: Vec::with_capacity(text.len() / 2) };
    let (span, table) = (table.span(), table.into_inner());
    writer.begin(tag::TABLE, &span);
    writer.table(&table);
    Ok(writer.form)
}

/// Writes a number in groups of seven bits, the lowest first.
pub fn write_number(form: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        form.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    form.push(number as u8);
}

/// Writes a string behind its length.
pub fn write_string(form: &mut Vec<u8>, text: &str) {
    write_number(form, text.len());
    form.extend_from_slice(text.as_bytes());
}

struct Writer<'a> {
    text: &'a str,
    form: Vec<u8>,
}

impl Writer<'_> {
    fn begin(&mut self, tag: u8, span: &std::ops::Range<usize>) {
        self.form.push(tag);
        self.number(span.start);
        self.number(span.len());
    }

    fn number(&mut self, number: usize) {
        write_number(&mut self.form, number);
    }

    fn string(&mut self, text: &str) {
        write_string(&mut self.form, text);
    }

    fn text(&mut self, span: &std::ops::Range<usize>, text: &str) {
        // Behind the quotation marks, and the line break that may follow them.
        let written = self.text.get(span.clone()).unwrap_or_default();
        let place = (0..written.len().min(6)).find(|place| {
            written.get(*place..).is_some_and(|rest| rest.starts_with(text))
                && written
                    .get(..*place)
                    .is_some_and(|before| before.bytes().all(|byte| b"\"'\r\n".contains(&byte)))
        });
        match place {
            Some(place) => {
                self.begin(tag::TEXT_IN_PLACE, span);
                self.number(place);
                self.number(text.len());
            }
            None => {
                self.begin(tag::TEXT, span);
                self.string(text);
            }
        }
    }

    fn table(&mut self, table: &DeTable<'_>) {
        self.number(table.len());
        self.measured(|writer| {
            for (key, value) in table {
                writer.text(&key.span(), key.get_ref());
                writer.value(value);
            }
        });
    }

    /// Puts the number of bytes that are written before them.
    fn measured(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.form);
        write(self);
        let written = std::mem::replace(&mut self.form, before);
        self.number(written.len());
        self.form.extend(written);
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let span = value.span();
        match value.get_ref() {
            DeValue::String(text) => self.text(&span, text),
            DeValue::Integer(number) => {
                self.begin(tag::INTEGER, &span);
                self.form.push(number.radix() as u8); // up to 16
                self.string(number.as_str());
            }
            DeValue::Float(number) => {
                self.begin(tag::FLOAT, &span);
                self.string(number.as_str());
            }
            DeValue::Boolean(flag) => self.begin(if *flag { tag::TRUE } else { tag::FALSE }, &span),
            DeValue::Datetime(date) => {
                self.begin(tag::DATE, &span);
                self.string(&date.to_string());
            }
            DeValue::Array(items) => {
                self.begin(tag::ARRAY, &span);
                self.number(items.len());
                self.measured(|writer| items.iter().for_each(|item| writer.value(item)));
            }
            DeValue::Table(table) => {
                self.begin(tag::TABLE, &span);
                self.table(table);
            }
        }
    }
}
