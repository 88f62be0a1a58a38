//! Merging the results of the parts of a run.

use std::fmt;
use std::io::{self, BufRead, Write};

/// One part of a run: JSON lines, and the name of the part in messages.
pub struct Part<R> {
    /// Its name in messages.
    pub shown: String,
    /// Its lines.
    pub lines: R,
}

/// An error that prevents parts from being merged.
#[derive(Debug)]
#[non_exhaustive]
pub enum MergeError {
    /// A part cannot be read.
    Read {
        /// Its name in messages.
        shown: String,
        /// The cause.
        error: io::Error,
    },
    /// The result cannot be written.
    Write(io::Error),
    /// A part is in another format.
    NoJsonLines {
        /// Its name in messages.
        shown: String,
    },
    /// A part does not end with a line end, so it is incomplete.
    CutShort {
        /// Its name in messages.
        shown: String,
    },
    /// The parts are not those of one run, are not all of them, or are out of order.
    NotOneRun {
        /// The part that is too long for its place.
        shown: String,
        /// The one before it, which is shorter.
        before: String,
    },
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { shown, error } => write!(f, "{shown} cannot be read: {error}"),
            Self::Write(error) => write!(f, "the result cannot be written: {error}"),
            Self::NoJsonLines { shown } => write!(
                f,
                "{shown} holds no JSON lines; run every part with --format jsonl, and make a table or a page \
                 of the whole with `byname report`"
            ),
            Self::CutShort { shown } => write!(f, "{shown} ends early; run that part again"),
            Self::NotOneRun { shown, before } => write!(
                f,
                "{shown} has papers where {before} has none, so these are not all parts of one run in their \
                 order; give the results of --shard 1/N, 2/N, up to N/N"
            ),
        }
    }
}

impl std::error::Error for MergeError {}

/// Merges the parts of a run, in their order: the first paper of each part, then the second of each.
///
/// # Errors
/// When a part cannot be read or is cut short, when their lengths show that they are not the parts of one
/// run, or when `out` cannot be written.
pub fn merge<R: BufRead>(parts: &mut [Part<R>], out: &mut impl Write) -> Result<(), MergeError> {
    let mut line = Vec::new();
    // The first part that has ended: those after it must end in the same round.
    let mut ended: Option<String> = None;
    while ended.is_none() {
        for part in &mut *parts {
            line.clear();
            let read = part.lines.read_until(b'\n', &mut line);
            read.map_err(|error| MergeError::Read { shown: part.shown.clone(), error })?;
            match (&ended, line.last()) {
                (None, None) => ended = Some(part.shown.clone()),
                (Some(_), None) => {}
                (Some(before), Some(_)) => {
                    let before = before.clone();
                    return Err(MergeError::NotOneRun { shown: part.shown.clone(), before });
                }
                (None, Some(_)) if line.first() != Some(&b'{') => {
                    return Err(MergeError::NoJsonLines { shown: part.shown.clone() });
                }
                (None, Some(b'\n')) => out.write_all(&line).map_err(MergeError::Write)?,
                (None, Some(_)) => return Err(MergeError::CutShort { shown: part.shown.clone() }),
            }
        }
        // Parts before the one that ended may have a last line each; none may have more.
        if let Some(before) = &ended {
            for part in parts.iter_mut().take_while(|part| part.shown != *before) {
                let buffer = part.lines.fill_buf();
                let rest = buffer.map_err(|error| MergeError::Read { shown: part.shown.clone(), error })?;
                if !rest.is_empty() {
                    let before = before.clone();
                    return Err(MergeError::NotOneRun { shown: part.shown.clone(), before });
                }
            }
        }
        if parts.is_empty() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(texts: &[&str]) -> Result<String, String> {
        let part = |(number, text): (usize, &&'static str)| Part {
            shown: number.to_string(),
            lines: text.as_bytes(),
        };
        let lines =
            |text: &str| text.split_inclusive('\n').map(|line| format!("{{{line}")).collect::<String>();
        let texts: Vec<&'static str> = texts.iter().map(|text| &*lines(text).leak()).collect();
        let mut parts: Vec<_> = texts.iter().enumerate().map(part).collect();
        let mut out = Vec::new();
        merge(&mut parts, &mut out).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(out).unwrap().replace('{', ""))
    }

    #[test]
    fn papers_come_back_in_the_order_of_the_whole_run() {
        assert_eq!(merged(&["1\n4\n7\n", "2\n5\n", "3\n6\n"]).unwrap(), "1\n2\n3\n4\n5\n6\n7\n");
        assert_eq!(merged(&["1\n3\n", "2\n4\n"]).unwrap(), "1\n2\n3\n4\n");
        assert_eq!(merged(&["1\n", "", ""]).unwrap(), "1\n");
        assert_eq!(merged(&["", ""]).unwrap(), "");
    }

    #[test]
    fn parts_that_do_not_make_a_run_are_refused() {
        for texts in [&["1\n", "2\n4\n"][..], &["1\n3\n5\n", "2\n"], &["1\n2\n3\n", ""], &["", "1\n"]] {
            assert!(merged(texts).unwrap_err().contains("not all parts of one run"), "{texts:?}");
        }
        assert!(merged(&["1\n", "2"]).unwrap_err().contains("ends early"));
    }

    #[test]
    fn a_part_in_another_format_is_refused() {
        let mut parts = [Part { shown: "1.csv".to_string(), lines: &b"document,file\n"[..] }];
        let error = merge(&mut parts, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("1.csv holds no JSON lines"), "{error}");
    }
}
