//! Messages as they come and go: a header that tells the length, then JSON.
//!
//! The transports of the crates that offer one end with the first message that is no JSON, or ask for all the
//! memory that a header names. A draft that is being written must not lose its diagnostics to that.

use std::fmt;
use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// The most bytes of one message; a text may have 64 MiB, and JSON writes some of its letters as six.
const LARGEST: usize = 512 << 20;
/// The most bytes of one line of a header.
const LONGEST_LINE: u64 = 4096;

/// Why a message cannot be read or written.
#[derive(Debug)]
pub(super) enum TransportError {
    /// A header that cannot be understood, or tells of a message that is larger than any text.
    Header(String),
    /// Reading or writing failed.
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

/// The name of the header that begins a message.
const LENGTH: &str = "content-length";

/// The messages of a stream.
#[derive(Debug)]
pub(super) struct Incoming<R> {
    input: R,
    /// The line of a header that was read already.
    ahead: Option<Vec<u8>>,
}

impl<R: BufRead> Incoming<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, ahead: None }
    }

    /// Reads the next message; none at the end. After a header that makes no sense, what stands before the next
    /// one is passed over, so that it can be called again.
    pub(super) fn read(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        let mut length = None;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            match HeaderLine::read(&line) {
                HeaderLine::Length(told) => length = Some(told),
                HeaderLine::Other => {}
                HeaderLine::End => match length {
                    Some(length) => return self.body(length),
                    None => return self.pass_over(&line, "no Content-Length"),
                },
                HeaderLine::Wrong => {
                    return self.pass_over(&line, String::from_utf8_lossy(&line).trim_ascii_end());
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

    /// Passes over what stands before the next header, and tells what is wrong.
    fn pass_over(&mut self, line: &[u8], wrong: &str) -> Result<Option<Vec<u8>>, TransportError> {
        // Behind a body that is longer than its header told, the next header begins within a line.
        let mut rest = line.get(1..).unwrap_or_default().to_vec();
        loop {
            let is_header = |at: &usize| rest[*at..].get(..LENGTH.len()).is_some_and(is_length);
            if let Some(at) = (0..rest.len()).rev().find(is_header) {
                self.ahead = Some(rest.split_off(at));
                break;
            }
            rest = self.line()?;
            if rest.is_empty() {
                break;
            }
        }
        Err(TransportError::Header(wrong.to_string()))
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        if let Some(line) = self.ahead.take() {
            return Ok(line);
        }
        let mut line = Vec::new();
        self.input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }
}

/// What a line of a header is.
enum HeaderLine {
    /// The length of the message.
    Length(usize),
    /// What makes no difference here.
    Other,
    /// The empty line behind a header.
    End,
    /// None, or a length that no message has.
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
        let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        if is_name { Self::Other } else { Self::Wrong }
    }
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

/// The answer to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

/// That a request cannot be answered.
pub(super) fn refusal(id: &Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

/// Something that the client is told.
pub(super) fn notification(method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is read, an error in the place of a message that cannot be.
    fn told(bytes: &[u8]) -> Vec<String> {
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
        assert_eq!(told(&out), ["{\"method\":\"é\"}", "[1]"]);
    }

    #[test]
    fn headers_of_all_kinds_are_understood() {
        assert_eq!(told(b"content-length:2\r\nContent-Type: x\r\n\r\n{}"), ["{}"]);
        assert_eq!(told(b"Content-Length: 2\n\n{}"), ["{}"]);
        assert!(told(b"Content-Length: 9\r\n\r\n{}").is_empty(), "the client is gone");
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
            let said = told(format!("{bad}Content-Length: 2\r\n\r\n{{}}").as_bytes());
            assert!(said.len() == 2 && said[0].contains(word) && said[1] == "{}", "{bad:.40} {said:?}");
        }
    }

    #[test]
    fn a_length_that_counts_letters_costs_one_message() {
        let said = told("Content-Length: 3\r\n\r\n\"éé\"Content-Length: 2\r\n\r\n{}".as_bytes());
        assert_eq!((said.len(), said.last().map(String::as_str)), (3, Some("{}")), "{said:?}");
    }
}
