//! JSON as it goes out. What is read back is the same, but no text of a paper is a command to whoever reads the
//! output as lines.

use std::io;

use serde::Serialize;

use super::visible::COMMAND;

/// Adds a value on one line.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn push_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, value)?;
    escape_commands(out, start);
    Ok(())
}

/// Adds a value with its parts on lines of their own.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn push_pretty_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer_pretty(&mut *out, value)?;
    escape_commands(out, start);
    Ok(())
}

/// Writes the first sign of each command as JSON may write any letter. Outside of texts JSON has no such sign.
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
