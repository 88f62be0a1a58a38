//! Messages of the protocol on a stream: a header with the length, then JSON.
//!
//! The transports of existing crates stop at the first message that is not JSON, or allocate as much memory
//! as a header announces. The diagnostics of a paper in progress must survive both.

use std::fmt;
use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// Largest size of a message in bytes; a text may have 64 MiB, and JSON escapes some characters as six bytes.
const LARGEST: usize = 512 << 20;
/// Longest line of a header, in bytes.
const LONGEST_LINE: usize = 4096;

/// The reason why a message cannot be read or written.
#[derive(Debug)]
pub(super) enum TransportError {
    /// An invalid header, or one that announces a message larger than [`LARGEST`].
    Header(String),
    /// A failure of reading or writing.
    Io(io::Error),
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(line) => write!(
                f,
                "this is no message of the language server protocol: {line:?}; an editor starts `byname lsp`, and \
                 docs/editors.md shows how"
            ),
            Self::Io(error) => write!(f, "the client cannot be reached: {error}"),
        }
    }
}

impl From<io::Error> for TransportError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Name of the header field that begins a message.
const LENGTH: &str = "content-length";

/// The messages of an input stream.
#[derive(Debug)]
pub(super) struct Incoming<R> {
    input: R,
    /// The bytes of a line that were read ahead.
    begun: Vec<u8>,
    /// `true` after an invalid header, until the next one is found.
    passes_over: bool,
}

impl<R: BufRead> Incoming<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, begun: Vec::new(), passes_over: false }
    }

    /// Reads the next message; `None` at the end. An invalid header is an error as soon as it is known to be
    /// one, without waiting for what follows; the next call skips to the next header.
    pub(super) fn read(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        if self.passes_over {
            self.pass_over()?;
        }
        let mut length = None;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            match HeaderLine::read(&line) {
                HeaderLine::Length(stated) => length = Some(stated),
                HeaderLine::Other => {}
                HeaderLine::End => match length {
                    Some(length) => return self.body(length),
                    None => return self.refuse(&line, "no Content-Length".to_string()),
                },
                HeaderLine::Wrong => {
                    let wrong = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
                    return self.refuse(&line, wrong);
                }
            }
        }
    }

    fn body(&mut self, length: usize) -> Result<Option<Vec<u8>>, TransportError> {
        // Room is made as the bytes come, and not for what the header says.
        let mut body = Vec::new();
        self.input.by_ref().take(length as u64).read_to_end(&mut body)?;
        Ok((body.len() == length).then_some(body))
    }

    /// Returns `wrong` as an error; what follows the first byte of the line is searched for the next header.
    fn refuse(&mut self, line: &[u8], wrong: String) -> Result<Option<Vec<u8>>, TransportError> {
        self.begun = line.get(1..).unwrap_or_default().to_vec();
        self.passes_over = true;
        Err(TransportError::Header(wrong))
    }

    /// Skips to the next header, or to the end.
    fn pass_over(&mut self) -> io::Result<()> {
        loop {
            let mut line = self.line()?;
            // Behind a body that is longer than its header stated, the next header begins within a line.
            let is_header = |at: &usize| line[*at..].get(..LENGTH.len()).is_some_and(is_length);
            if let Some(at) = (0..line.len()).rev().find(is_header) {
                self.begun = line.split_off(at);
                break;
            }
            if line.is_empty() {
                break;
            }
        }
        self.passes_over = false;
        Ok(())
    }

    /// Reads a line, or as much of it as shows that it is not a line of a header. At the end it is empty.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            let is_whole = self.begun.ends_with(b"\n") || self.begun.len() >= LONGEST_LINE;
            if is_whole || !(self.passes_over || may_begin_header(&self.begun)) {
                break;
            }
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                break;
            }
            let bytes = &bytes[..bytes.len().min(LONGEST_LINE - self.begun.len())];
            let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
            self.begun.extend_from_slice(&bytes[..end]);
            self.input.consume(end);
        }
        Ok(std::mem::take(&mut self.begun))
    }
}

/// A line of a header.
enum HeaderLine {
    /// The length of the message.
    Length(usize),
    /// A field that is ignored.
    Other,
    /// The empty line after a header.
    End,
    /// Not a header line, or a length that is invalid or too large.
    Wrong,
}

impl HeaderLine {
    fn read(line: &[u8]) -> Self {
        let line = line.trim_ascii_end();
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return if line.is_empty() { Self::End } else { Self::Wrong };
        };
        let (name, value) = (&line[..colon], &line[colon + 1..]);
        if is_length(name) {
            let length = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
            return length.filter(|length| *length <= LARGEST).map_or(Self::Wrong, Self::Length);
        }
        if is_name(name) { Self::Other } else { Self::Wrong }
    }
}

/// Returns whether a line that begins so may still become a line of a header.
fn may_begin_header(begun: &[u8]) -> bool {
    is_name(begun.trim_ascii_end().split(|byte| *byte == b':').next().unwrap_or_default())
}

fn is_name(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn is_length(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(LENGTH.as_bytes())
}

/// Writes a message.
pub(super) fn write(output: &mut dyn Write, message: &Value) -> Result<(), TransportError> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()?;
    Ok(())
}

/// Creates the response to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

/// Creates an error response to a request.
pub(super) fn refusal(id: &Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

/// Creates a notification to the client.
pub(super) fn notification(method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads all messages; an error takes the place of a message that cannot be read.
    fn messages(bytes: &[u8]) -> Vec<String> {
        let mut incoming = Incoming::new(bytes);
        let next = || match incoming.read() {
            Ok(body) => body.map(|body| String::from_utf8_lossy(&body).into_owned()),
            Err(error) => Some(error.to_string()),
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut out = Vec::new();
        for message in [json!({"method": "é"}), json!([1])] {
            write(&mut out, &message).unwrap();
        }
        assert_eq!(messages(&out), ["{\"method\":\"é\"}", "[1]"]);
    }

    #[test]
    fn headers_of_all_kinds_are_understood() {
        assert_eq!(messages(b"content-length:2\r\nContent-Type: x\r\n\r\n{}"), ["{}"]);
        assert_eq!(messages(b"Content-Length: 2\n\n{}"), ["{}"]);
        assert!(messages(b"Content-Length: 9\r\n\r\n{}").is_empty(), "the client is gone");
    }

    #[test]
    fn what_is_no_header_is_told_and_the_next_message_is_read() {
        for (bad, word) in [
            ("hello\n", "this is no message of the language server protocol: \"hello\""),
            ("Content-Length: -1\r\n\r\n", "-1"),
            ("Content-Type: x\r\n\r\n{}", "no Content-Length"),
            ("Content-Length: 999999999999\r\n\r\n{}", "999999999999"),
            (&"a".repeat(100_000), "no message"),
            ("\n\n\u{fffd}\n", "no Content-Length"),
            ("é: x\r\n", "é: x"),
        ] {
            let read = messages(format!("{bad}Content-Length: 2\r\n\r\n{{}}").as_bytes());
            assert!(read.len() == 2 && read[0].contains(word) && read[1] == "{}", "{bad:.40} {read:?}");
        }
    }

    /// A client that waits for an answer before it sends more.
    struct Waiting;

    impl io::Read for Waiting {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("no more comes before the answer"))
        }
    }

    #[test]
    fn what_is_no_header_is_told_before_more_comes() {
        for bad in ["hello\n", "Content-Length: x\r\n", "\r\n", "{\"id\": 1}", "\u{fffd}\0", "Content-\u{0}"]
        {
            let mut incoming = Incoming::new(io::BufReader::new(io::Read::chain(bad.as_bytes(), Waiting)));
            let read = incoming.read();
            assert!(matches!(read, Err(TransportError::Header(_))), "{bad:?} {read:?}");
        }
        let mut incoming = Incoming::new(io::BufReader::new(io::Read::chain(&b"Content-Len"[..], Waiting)));
        assert!(matches!(incoming.read(), Err(TransportError::Io(_))), "it may become a header");
    }

    #[test]
    fn a_header_that_comes_in_pieces_behind_what_is_none_is_found() {
        let pieces = io::Read::chain(&b"\xff\xfe nonsense Content-Le"[..], &b"ngth: 2\r"[..]);
        let mut incoming = Incoming::new(io::BufReader::new(io::Read::chain(pieces, &b"\n\r\n{}"[..])));
        assert!(matches!(incoming.read(), Err(TransportError::Header(_))));
        assert_eq!(incoming.read().unwrap(), Some(b"{}".to_vec()));
    }

    #[test]
    fn a_length_that_counts_letters_costs_one_message() {
        let read = messages("Content-Length: 3\r\n\r\n\"éé\"Content-Length: 2\r\n\r\n{}".as_bytes());
        assert_eq!((read.len(), read.last().map(String::as_str)), (3, Some("{}")), "{read:?}");
    }
}
