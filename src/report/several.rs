//! Several reports on one run: written into one stream as frames, and parted again behind it.

use std::io::{self, Write};

use super::{Entry, Report, Tally};

/// Bytes before each frame: what it is, whose it is, and its length.
const HEAD: usize = 6;
/// A frame of what stands before the first document or after the last.
const EDGE: u8 = 0;
/// A frame of one document.
const DOCUMENT: u8 = 1;

/// Reports whose documents go into one stream of frames, for a [`Splitter`] to part.
///
/// A document of which a report has nothing to say leaves no separator behind.
pub struct Several<'a> {
    reports: Vec<Box<dyn Report + 'a>>,
}

impl<'a> Several<'a> {
    /// At most 255 reports.
    pub fn new(reports: Vec<Box<dyn Report + 'a>>) -> Self {
        Self { reports }
    }

    /// What parts the stream again, each report into its target.
    pub fn splitter<W: Write>(&self, targets: Vec<W>) -> Splitter<W> {
        let separators = self.reports.iter().map(|report| report.separator());
        let part = |(target, separator)| Part { target, separator, wrote: false };
        Splitter { parts: targets.into_iter().zip(separators).map(part).collect(), held: Vec::new() }
    }

    fn frames(
        &self,
        kind: u8,
        out: &mut Vec<u8>,
        mut write: impl FnMut(&dyn Report, &mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        for (index, report) in (0u8..).zip(&self.reports) {
            bytes.clear();
            write(&**report, &mut bytes)?;
            let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
            out.extend_from_slice(&[kind, index]);
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&bytes);
        }
        Ok(())
    }
}

impl Report for Several<'_> {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        self.frames(EDGE, out, |report, out| report.begin(out))
    }

    fn document(&self, entry: &Entry<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        self.frames(DOCUMENT, out, |report, out| report.document(entry, out))
    }

    fn end(&self, tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        self.frames(EDGE, out, |report, out| report.end(tally, out))
    }
}

/// Where one report goes.
#[derive(Debug)]
struct Part<W> {
    target: W,
    separator: &'static [u8],
    wrote: bool,
}

/// Parts the stream of [`Several`] reports.
#[derive(Debug)]
pub struct Splitter<W> {
    parts: Vec<Part<W>>,
    /// The beginning of a frame whose end has not come yet.
    held: Vec<u8>,
}

impl<W: Write> Splitter<W> {
    /// The targets, in the order of the reports.
    pub fn into_targets(self) -> Vec<W> {
        self.parts.into_iter().map(|part| part.target).collect()
    }

    fn frame(&mut self, kind: u8, index: u8, bytes: &[u8]) -> io::Result<()> {
        let Some(part) = self.parts.get_mut(usize::from(index)) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame of no report"));
        };
        if kind == DOCUMENT && !bytes.is_empty() {
            if part.wrote {
                part.target.write_all(part.separator)?;
            }
            part.wrote = true;
        }
        part.target.write_all(bytes)
    }
}

impl<W: Write> Write for Splitter<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let mut bytes = std::mem::take(&mut self.held);
        bytes.extend_from_slice(buffer);
        let mut rest = &bytes[..];
        while let [kind, index, a, b, c, d, after @ ..] = rest {
            let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
            let Some(frame) = after.get(..length) else { break };
            self.frame(*kind, *index, frame)?;
            rest = &rest[HEAD + length..];
        }
        self.held = rest.to_vec();
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.parts.iter_mut().try_for_each(|part| part.target.flush())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Concise, Csv, samples};

    #[test]
    fn each_report_gets_what_it_would_alone_however_the_stream_is_cut() {
        let alone = [samples::render(&Concise), samples::render(&Csv)];
        let several = Several::new(vec![Box::new(Concise), Box::new(Csv)]);
        let stream = samples::render_bytes(&several);
        for step in [1, 7, stream.len()] {
            let mut splitter = several.splitter(vec![Vec::new(), Vec::new()]);
            for piece in stream.chunks(step) {
                splitter.write_all(piece).unwrap();
            }
            let parted = splitter.into_targets().into_iter().map(|bytes| String::from_utf8(bytes).unwrap());
            assert_eq!(parted.collect::<Vec<_>>(), alone);
        }
    }
}
