//! A reader over the bytes of a page that bounds the number of attributes of its tags.

use std::cell::Cell;
use std::convert::Infallible;
use std::fmt;

use html5gum::{Readable, Reader, StringReader};

/// Maximum number of attributes of a tag. The tokenizer recurses once for each until the tag ends, so a tag
/// with very many would overflow the stack and crash the process.
pub(super) const MAX_ATTRIBUTES: usize = 200;

/// A page that is read until a tag has too many attributes.
#[derive(Debug)]
pub(super) struct HtmlSource<'a, 'c> {
    inner: StringReader<'a>,
    /// Number of attributes of the open tag so far.
    attributes: &'c Cell<usize>,
}

/// The error for a tag with more than [`MAX_ATTRIBUTES`] attributes.
#[derive(Debug)]
pub(super) struct TooManyAttributes;

impl fmt::Display for TooManyAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tag has more than {MAX_ATTRIBUTES} attributes")
    }
}

impl std::error::Error for TooManyAttributes {}

impl From<Infallible> for TooManyAttributes {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl<'a, 'c> HtmlSource<'a, 'c> {
    pub(super) fn new(source: &'a str, attributes: &'c Cell<usize>) -> Self {
        Self { inner: source.to_reader(), attributes }
    }

    fn check(&self) -> Result<(), TooManyAttributes> {
        if self.attributes.get() > MAX_ATTRIBUTES { Err(TooManyAttributes) } else { Ok(()) }
    }
}

impl Reader for HtmlSource<'_, '_> {
    type Error = TooManyAttributes;

    #[inline]
    fn read_byte(&mut self) -> Result<Option<u8>, Self::Error> {
        self.check()?;
        Ok(self.inner.read_byte()?)
    }

    #[inline]
    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Self::Error> {
        Ok(self.inner.try_read_string(wanted, case_sensitive)?)
    }

    #[inline]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Self::Error> {
        self.check()?;
        Ok(self.inner.read_until(needle, buffer)?)
    }
}
