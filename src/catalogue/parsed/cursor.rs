//! Numbers and strings, one behind the other, read where they stand.

/// The place up to which bytes were read. Every step is `None` where they are broken, which those of the library never
/// are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    /// Begins with the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Reads a byte.
    #[inline]
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Reads a number, which is written in groups of seven bits, the lowest first.
    #[inline]
    pub fn number(&mut self) -> Option<usize> {
        let first = self.byte()?;
        if first < 0x80 {
            return Some(usize::from(first)); // as most are
        }
        self.larger_number(usize::from(first & 0x7f))
    }

    fn larger_number(&mut self, mut number: usize) -> Option<usize> {
        let mut shift = 7;
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    /// Reads so many bytes.
    #[inline]
    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Reads a string, which stands behind its length.
    #[inline]
    pub fn string(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }
}
