//! Records from a stream, one batch of lines at a time.

use std::io::{self, BufRead};
use std::ops::Range;

use memchr::memchr;

/// Size in bytes from which a batch is full. Large enough that passing it to a thread costs next to nothing,
/// small enough that threads finish at about the same time.
pub(super) const BATCH: usize = 128 << 10;

/// One line of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLine {
    /// Its number in the input, counted from 1.
    pub number: usize,
    /// The range of its bytes in the batch; `None` if it was longer than allowed.
    pub range: Option<Range<usize>>,
}

/// A batch of lines, unchanged; empty lines are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The bytes of all lines.
    pub bytes: Vec<u8>,
    /// The lines.
    pub lines: Vec<RawLine>,
}

/// A reader of lines in batches, whose memory is bounded by the longest allowed line.
#[derive(Debug)]
pub struct RecordLines<R> {
    reader: R,
    limit: usize,
    number: usize,
    /// `true` once a line without end was met, of which the rest is not read.
    is_endless: bool,
}

/// A line of this many times the limit is taken for one without end, as of a sparse file.
const ENDLESS: usize = 64;

impl<R: BufRead> RecordLines<R> {
    /// Creates a reader of lines of at most `limit` bytes.
    pub fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, number: 0, is_endless: false }
    }

    /// Returns the underlying stream.
    pub(super) fn source(&self) -> &R {
        &self.reader
    }

    /// Returns the number of lines read so far.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Returns the next batch; `None` at the end.
    ///
    /// # Errors
    /// When reading from the stream fails. Only the line being read is lost: the complete lines of the batch
    /// are returned first, and the error comes with the next call.
    pub fn next_batch(&mut self) -> io::Result<Option<Lines>> {
        let mut batch = Lines::default();
        while batch.bytes.len() < BATCH {
            match self.read_line(&mut batch) {
                Ok(true) => {}
                Ok(false) => break,
                // The stream fails again at the next call, when there is nothing left to give.
                Err(_) if !batch.lines.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok((!batch.lines.is_empty()).then_some(batch))
    }

    /// Reads one line. Returns whether there was one.
    fn read_line(&mut self, batch: &mut Lines) -> io::Result<bool> {
        if self.is_endless {
            return Err(endless(self.limit));
        }
        let start = batch.bytes.len();
        let mut length = 0usize;
        let mut ended = false;
        while !ended {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    batch.bytes.truncate(start);
                    return Err(error);
                }
            };
            if buffer.is_empty() {
                break;
            }
            let newline = memchr(b'\n', buffer);
            let part = &buffer[..newline.unwrap_or(buffer.len())];
            length += part.len();
            // A line over the limit is read to its end, to know where the next one starts, but no
            // longer kept.
            if length <= self.limit {
                batch.bytes.extend_from_slice(part);
            }
            ended = newline.is_some();
            let used = part.len() + usize::from(ended);
            self.reader.consume(used);
            if length / ENDLESS > self.limit {
                self.is_endless = true;
                batch.bytes.truncate(start);
                return Err(endless(self.limit));
            }
        }
        if !ended && length == 0 {
            return Ok(false);
        }
        self.number += 1;
        if length > self.limit {
            batch.bytes.truncate(start);
            batch.bytes.shrink_to(BATCH * 2);
            batch.lines.push(RawLine { number: self.number, range: None });
        } else if batch.bytes[start..].iter().all(u8::is_ascii_whitespace) {
            batch.bytes.truncate(start);
        } else {
            batch.lines.push(RawLine { number: self.number, range: Some(start..batch.bytes.len()) });
        }
        Ok(true)
    }
}

fn endless(limit: usize) -> io::Error {
    let message = format!(
        "a line of more than {ENDLESS} times the largest paper ({limit} bytes); the rest is not read"
    );
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    fn all(text: &[u8], limit: usize, buffer: usize) -> Vec<(usize, Option<String>)> {
        let mut lines = RecordLines::new(BufReader::with_capacity(buffer, text), limit);
        let mut found = Vec::new();
        while let Some(batch) = lines.next_batch().unwrap() {
            for line in batch.lines {
                let text = line.range.map(|range| String::from_utf8(batch.bytes[range].to_vec()).unwrap());
                found.push((line.number, text));
            }
        }
        found
    }

    #[test]
    fn lines_keep_their_numbers_whatever_the_buffer() {
        let text = b"{a}\n\n  \r\n{b}\r\n{too long}\n{c}";
        for buffer in [1, 2, 3, 7, 100] {
            assert_eq!(
                all(text, 5, buffer),
                [(1, Some("{a}".into())), (4, Some("{b}\r".into())), (5, None), (6, Some("{c}".into()))]
            );
        }
        assert!(all(b"", 5, 8).is_empty());
    }

    #[test]
    fn a_long_line_is_passed_over_without_being_held() {
        let long = io::repeat(b'x').take(50 << 20);
        let text = (&b"{a}\n"[..]).chain(long).chain(&b"\n{b}\n"[..]);
        let mut lines = RecordLines::new(BufReader::new(text), 1 << 20);
        let batch = lines.next_batch().unwrap().unwrap();
        let numbers: Vec<_> = batch.lines.iter().map(|line| (line.number, line.range.is_some())).collect();
        assert_eq!(numbers, [(1, true), (2, false), (3, true)]);
        assert!(batch.bytes.capacity() <= 2 << 20);
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let text = (&b"{a}\n"[..]).chain(io::repeat(0));
        let mut lines = RecordLines::new(BufReader::new(text), 100);
        assert_eq!(lines.next_batch().unwrap().unwrap().lines.len(), 1);
        for _ in 0..2 {
            let error = lines.next_batch().unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::FileTooLarge, "{error}");
        }
    }

    #[test]
    fn what_was_read_before_a_failure_is_given_out() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("disk"))
            }
        }
        let mut lines = RecordLines::new(BufReader::new((&b"{a}\n{b"[..]).chain(Failing)), 100);
        assert_eq!(lines.next_batch().unwrap().unwrap().lines.len(), 1);
        assert!(lines.next_batch().is_err());
    }
}
