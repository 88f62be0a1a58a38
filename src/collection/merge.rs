//! Merging the results of the parts of a run.

use std::fmt;
use std::io::{self, BufRead, Write};

use super::shard_mark::take_mark;

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
    /// A line is no result of a part of a run.
    NoPart {
        /// The name of the part in messages.
        shown: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// A part stands in another place, or a paper of it is missing or doubled.
    WrongPart {
        /// The name of the part in messages.
        shown: String,
        /// The line, counted from 1.
        line: usize,
        /// What it holds.
        holds: String,
        /// What is expected there.
        expected: String,
    },
    /// A part was made with another catalogue or other options than the first.
    OtherRun {
        /// The name of the part in messages.
        shown: String,
        /// The name of the first one.
        first: String,
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
            Self::NoPart { shown, line } => write!(
                f,
                "{shown}:{line}: this is no line of the results of a part of a run; give what `byname scan --shard \
                 N/OF --format jsonl` wrote"
            ),
            Self::WrongPart { shown, line, holds, expected } => write!(
                f,
                "{shown}:{line}: {holds} stands where {expected} is expected, so these are not all parts of one run in \
                 their order; give the results of --shard 1/N, 2/N, up to N/N"
            ),
            Self::OtherRun { shown, first } => write!(
                f,
                "{shown} was made with another catalogue, other options or another build than {first}; run all parts \
                 alike"
            ),
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
/// When a part cannot be read or is cut short, when marks or lengths show that they are not all parts of one
/// run in their order, or when `out` cannot be written.
pub fn merge<R: BufRead>(parts: &mut [Part<R>], out: &mut impl Write) -> Result<(), MergeError> {
    let mut line = Vec::new();
    // The first part that has ended: those after it must end in the same round.
    let mut ended: Option<String> = None;
    let (count, mut round) = (parts.len(), 0);
    // The part whose mark was read first, and its run.
    let mut run: Option<(String, String)> = None;
    while ended.is_none() {
        round += 1;
        for (place, part) in parts.iter_mut().enumerate() {
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
                (None, Some(b'\n')) => {
                    let shown = || part.shown.clone();
                    let mark = take_mark(&mut line)
                        .ok_or_else(|| MergeError::NoPart { shown: shown(), line: round })?;
                    let wanted = format!("{}/{count}", place + 1);
                    if (&mark.part, mark.paper) != (&wanted, round) {
                        let called = |part: &str, paper| format!("paper {paper} of part {part}");
                        let (holds, expected) = (called(&mark.part, mark.paper), called(&wanted, round));
                        return Err(MergeError::WrongPart { shown: shown(), line: round, holds, expected });
                    }
                    let (first, known) = run.get_or_insert_with(|| (shown(), mark.run.clone()));
                    if *known != mark.run {
                        return Err(MergeError::OtherRun { shown: shown(), first: first.clone() });
                    }
                    out.write_all(&line).map_err(MergeError::Write)?;
                }
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
    use super::super::ShardMarker;
    use super::*;

    /// Returns the lines of a part, with the papers of the given names.
    fn part(shard: &str, papers: &[&str], run: &str) -> String {
        let mut marker = ShardMarker::new(shard.parse().unwrap(), &[run.to_string()]);
        let line = |paper: &&str| {
            let mut line =
                format!("{{\"document\":\"{paper}\",\"provenance\":{{\"text\":\"\"}}}}\n").into_bytes();
            marker.next_paper();
            marker.mark(&mut line);
            String::from_utf8(line).unwrap()
        };
        papers.iter().map(line).collect()
    }

    fn merged(texts: &[String]) -> Result<String, String> {
        let part = |(number, text): (usize, &String)| {
            let lines = io::Cursor::new(text.clone().into_bytes());
            Part { shown: number.to_string(), lines }
        };
        let mut parts: Vec<_> = texts.iter().enumerate().map(part).collect();
        let mut out = Vec::new();
        merge(&mut parts, &mut out).map_err(|error| error.to_string())?;
        let name = |line: &str| line.split('"').nth(3).unwrap().to_string();
        Ok(String::from_utf8(out).unwrap().lines().map(name).collect())
    }

    #[test]
    fn papers_come_back_in_the_order_of_the_whole_run() {
        let parts = |lists: &[&[&str]]| -> Vec<String> {
            let of = lists.len();
            let parts = lists.iter().enumerate();
            parts.map(|(number, papers)| part(&format!("{}/{of}", number + 1), papers, "r")).collect()
        };
        assert_eq!(merged(&parts(&[&["1", "4", "7"], &["2", "5"], &["3", "6"]])).unwrap(), "1234567");
        assert_eq!(merged(&parts(&[&["1", "3"], &["2", "4"]])).unwrap(), "1234");
        assert_eq!(merged(&parts(&[&["1"], &[], &[]])).unwrap(), "1");
        assert_eq!(merged(&parts(&[&[], &[]])).unwrap(), "");
        for lists in [&[&["1"][..], &["2", "4"]][..], &[&["1", "3", "5"], &["2"]], &[&[], &["1"]]] {
            assert!(merged(&parts(lists)).unwrap_err().contains("not all parts of one run"), "{lists:?}");
        }
        let mut cut = parts(&[&["1"], &["2"]]);
        cut[1].pop();
        assert!(merged(&cut).unwrap_err().contains("ends early"));
    }

    #[test]
    fn parts_that_are_missing_doubled_swapped_or_of_other_runs_are_refused() {
        let (one, two) = (part("1/2", &["1", "3"], "r"), part("2/2", &["2", "4"], "r"));
        assert_eq!(merged(&[one.clone(), two.clone()]).unwrap(), "1234");
        for parts in [
            &[one.clone()][..],
            &[two.clone(), one.clone()],
            &[one.clone(), one.clone()],
            &[one.clone(), two.clone(), one.clone()],
            &[one.clone() + &one, two.clone() + &two],
        ] {
            assert!(merged(parts).unwrap_err().contains("is expected"), "{parts:?}");
        }
        let other = part("2/2", &["2", "4"], "s");
        assert!(merged(&[one, other]).unwrap_err().contains("1 was made with another catalogue"));
        let papers = "{\"id\": 1, \"text\": \"x\"}\n".to_string();
        assert!(merged(&[papers]).unwrap_err().starts_with("0:1: this is no line of the results"));
    }

    #[test]
    fn a_part_in_another_format_is_refused() {
        let mut parts = [Part { shown: "1.csv".to_string(), lines: &b"document,file\n"[..] }];
        let error = merge(&mut parts, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("1.csv holds no JSON lines"), "{error}");
    }
}
