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

/// Why nothing more can be read.
#[derive(Debug)]
pub(super) enum TransportError {
    /// A header that cannot be understood, so that nobody knows where the next message begins.
    Header(String),
    /// A message that is larger than any text.
    TooLarge(usize),
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
            Self::TooLarge(size) => {
                write!(f, "a message of {size} bytes is more than the {LARGEST} that are read")
            }
            Self::Io(error) => write!(f, "the client cannot be reached: {error}"),
        }
    }
}

impl From<io::Error> for TransportError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads the next message; none at the end.
pub(super) fn read(input: &mut impl BufRead) -> Result<Option<Vec<u8>>, TransportError> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() && length.is_none() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| TransportError::Header(line.to_string()))?;
        if name.eq_ignore_ascii_case("content-length") {
            let value = value.trim().parse().map_err(|_| TransportError::Header(line.to_string()))?;
            length = Some(value);
        }
    }
    let length: usize = length.ok_or_else(|| TransportError::Header("no Content-Length".to_string()))?;
    if length > LARGEST {
        return Err(TransportError::TooLarge(length));
    }
    // Room is made as the bytes come, and not for what the header says.
    let mut body = Vec::new();
    input.take(length as u64).read_to_end(&mut body)?;
    Ok((body.len() == length).then_some(body))
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

    fn told(bytes: &[u8]) -> String {
        let mut input = bytes;
        match read(&mut input) {
            Ok(Some(body)) => String::from_utf8_lossy(&body).into_owned(),
            Ok(None) => "end".to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut out = Vec::new();
        for message in [json!({"method": "é"}), json!([1])] {
            write(&mut out, &message).unwrap();
        }
        let mut input = &out[..];
        assert_eq!(read(&mut input).unwrap().unwrap(), "{\"method\":\"é\"}".as_bytes());
        assert_eq!(read(&mut input).unwrap().unwrap(), b"[1]");
        assert!(read(&mut input).unwrap().is_none());
    }

    #[test]
    fn headers_of_all_kinds_are_understood_or_told() {
        assert_eq!(told(b"content-length:2\r\nContent-Type: x\r\n\r\n{}"), "{}");
        assert_eq!(told(b"Content-Length: 2\n\n{}"), "{}");
        assert_eq!(told(b"Content-Length: 9\r\n\r\n{}"), "end");
        assert!(
            told(b"hello\n").starts_with("this is no message of the language server protocol: \"hello\"")
        );
        assert!(told(b"Content-Length: -1\r\n\r\n").contains("-1"));
        assert!(told(b"Content-Type: x\r\n\r\n{}").contains("no Content-Length"));
        assert!(told(b"Content-Length: 999999999999\r\n\r\n{}").contains("is more than"));
        assert!(told(&[b'a'; 100_000]).contains("no message"));
    }
}
