//! JSON output in which no text of a paper can act as a command to a program that reads the output line by
//! line. Parsing it yields the original values.

use std::io;

use serde::Serialize;

use super::visible::COMMAND;

/// Number of bytes for which there is room from the start: what is found in an abstract takes about as many.
const ROOM: usize = 4096;

/// Appends a value on one line.
///
/// # Errors
/// When the value cannot be represented as JSON.
pub fn push_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    out.reserve(ROOM);
    let start = out.len();
    serde_json::to_writer(&mut *out, value)?;
    escape_commands(out, start);
    Ok(())
}

/// Appends a value with its parts on separate lines.
///
/// # Errors
/// When the value cannot be represented as JSON.
pub fn push_pretty_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer_pretty(&mut *out, value)?;
    escape_commands(out, start);
    Ok(())
}

/// Escapes the first character of each command, as JSON allows for any character. JSON has no such character
/// outside of strings.
fn escape_commands(out: &mut Vec<u8>, start: usize) {
    let finder = memchr::memmem::Finder::new(COMMAND);
    let mut from = start;
    while let Some(found) = finder.find(&out[from..]) {
        out.splice(from + found..from + found + 1, *b"\\u0023");
        from += found + b"\\u0023".len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_command_and_all_of_it_is_read_back() {
        for text in ["##[error]x", "###[a] ##[b]##[", "#\\##[\"", "none"] {
            let (mut line, mut lines) = (Vec::new(), Vec::new());
            push_json(&mut line, text).unwrap();
            push_pretty_json(&mut lines, &[text, text]).unwrap();
            for written in [&line, &lines] {
                assert!(memchr::memmem::find(written, COMMAND.as_bytes()).is_none(), "{text}");
            }
            assert_eq!(serde_json::from_slice::<String>(&line).unwrap(), text);
            assert_eq!(serde_json::from_slice::<Vec<String>>(&lines).unwrap(), [text, text]);
        }
    }
}
