//! Division of the inputs into jobs, each large enough for a thread.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::archive::holds_latex;
use super::members::members_of;
use super::source::{Watched, io_error, read_bounded, read_rows, recognise};
use super::stream::{BATCH, Lines, RecordLines};
use super::unsupported::refuse_unsupported;
use super::{Failure, Format, Input, InputSource, PACKED_ENDINGS};
use crate::document::ReadLimits;
use crate::engine::ScanOptions;

/// Maximum number of files in one job.
const FILES: usize = 16;
/// Number of bytes read from disk at once.
pub(super) const BUFFER: usize = 256 << 10;

/// A unit of work. Records have already been read, files have not.
#[derive(Debug)]
pub(super) enum Job {
    /// Lines of a record file.
    Records { shown: Arc<str>, known: Arc<ScanOptions>, lines: Lines },
    /// Files of one paper each.
    Files(Vec<(Input, Format)>),
    /// A paper from standard input or an archive, with the format that its name or its content indicates.
    Text { shown: String, known: Arc<ScanOptions>, format: Option<Format>, bytes: Vec<u8> },
    /// An input that could not be read.
    Failed(Failure),
}

/// A job and the number of input bytes that it covers.
#[derive(Debug)]
pub(super) struct SizedJob {
    pub(super) work: Job,
    pub(super) bytes: usize,
}

type Reader = BufReader<Box<dyn SourceRead>>;

/// A source of records.
trait SourceRead: Read {
    /// Returns an error if the source has changed since it was opened.
    fn changed(&self) -> Option<crate::document::ReadError> {
        None
    }
}

impl SourceRead for Watched {
    fn changed(&self) -> Option<crate::document::ReadError> {
        Watched::changed(self)
    }
}

impl SourceRead for io::Stdin {}

/// A stream that is decompressed while it is read; one that is cut short ends with an error of its own.
impl SourceRead for Box<dyn Read> {}

/// A record file that is being read.
struct Open {
    shown: Arc<str>,
    known: Arc<ScanOptions>,
    lines: RecordLines<Reader>,
}

/// An iterator over the jobs of all inputs, in their order.
pub(super) struct WorkQueue<I> {
    inputs: I,
    limits: ReadLimits,
    open: Option<Open>,
    /// The papers of the archive that is being read.
    members: Option<Receiver<SizedJob>>,
    files: Vec<(Input, Format)>,
    file_bytes: usize,
    ready: VecDeque<SizedJob>,
}

impl<I: Iterator<Item = Result<Input, Failure>>> WorkQueue<I> {
    pub(super) fn new(inputs: I, limits: ReadLimits) -> Self {
        let (files, ready) = (Vec::new(), VecDeque::new());
        Self { inputs, limits, open: None, members: None, files, file_bytes: 0, ready }
    }

    fn take(&mut self, input: Input) {
        let opened = match (&input.place, input.format) {
            (InputSource::File(path), Some(format)) if format.is_one_paper() && !is_packed(path) => {
                self.file_bytes += length_of(path);
                self.files.push((input, format));
                if self.files.len() >= FILES || self.file_bytes >= BATCH {
                    self.flush_files();
                }
                return;
            }
            (InputSource::File(path), _) => {
                Watched::open(path).map(|file| -> Box<dyn SourceRead> { Box::new(file) })
            }
            (InputSource::Stdin, _) => Ok(Box::new(io::stdin()) as Box<dyn SourceRead>),
        };
        self.flush_files();
        let opened = opened.and_then(|source| {
            let mut reader = BufReader::with_capacity(BUFFER, source);
            let start = peek(&mut reader).map_err(|error| io_error(&error))?;
            refuse_unsupported(Path::new(&input.shown), start)?;
            let (format, packing) = recognise(input.format, start);
            Ok((reader, format, packing))
        });
        match opened {
            Ok((reader, Format::Records, packing)) => {
                let mut reader = match packing {
                    Some(packing) => {
                        let unpacked = packing.unpack(reader, self.limits.unpacking);
                        BufReader::with_capacity(BUFFER, Box::new(unpacked) as Box<dyn SourceRead>)
                    }
                    None => reader,
                };
                skip_byte_order_mark(&mut reader);
                let lines = RecordLines::new(reader, self.limits.size);
                self.open = Some(Open { shown: input.shown.into(), known: input.known, lines });
            }
            Ok((_, Format::Parquet, None)) if matches!(input.place, InputSource::File(_)) => {
                self.take_rows(input)
            }
            Ok((mut reader, Format::Archive, _)) => self.take_archive(input, &mut reader),
            Ok((mut reader, format, _)) => self.take_text(input, format, &mut reader),
            Err(error) => self.fail(Failure { document: input.shown, error }),
        }
    }

    /// Opens a Parquet file. The file is opened a second time: its beginning has been consumed to recognise
    /// the format, and rows are located from its end.
    fn take_rows(&mut self, input: Input) {
        let InputSource::File(path) = &input.place else { return };
        match read_rows(path, self.limits) {
            Ok(rows) => {
                let reader = BufReader::with_capacity(BUFFER, Box::new(rows) as Box<dyn SourceRead>);
                let lines = RecordLines::new(reader, self.limits.size);
                self.open = Some(Open { shown: input.shown.into(), known: input.known, lines });
            }
            Err(error) => self.fail(Failure { document: input.shown, error }),
        }
    }

    /// Takes an archive: either the sources of one paper, which the thread that scans it reads, or many
    /// papers.
    fn take_archive(&mut self, input: Input, reader: &mut Reader) {
        let path = match &input.place {
            InputSource::File(path) if path.is_file() => path.clone(),
            _ => return self.take_text(input, Format::Archive, reader),
        };
        let holds_latex = File::open(&path).and_then(|file| holds_latex(BufReader::new(file), self.limits));
        match holds_latex {
            Ok(true) => self.take_text(input, Format::Archive, reader),
            // What is broken is told when it is read, after all that stands before.
            Ok(false) | Err(_) => self.members = Some(members_of(path, input, self.limits)),
        }
    }

    /// Takes a paper whose name does not indicate a single-paper format. A file is left to the thread that
    /// scans it, like any other file; a stream is read here.
    fn take_text(&mut self, input: Input, format: Format, reader: &mut Reader) {
        if let InputSource::File(path) = &input.place {
            // What was peeked at a pipe is gone from it, so only a real file is opened anew.
            if path.is_file() {
                self.file_bytes += length_of(path);
                self.files.push((input, format));
                return;
            }
        }
        match read_bounded(reader, self.limits.size, 0) {
            Ok(bytes) => {
                let length = bytes.len();
                let work = Job::Text { shown: input.shown, known: input.known, format: Some(format), bytes };
                self.ready.push_back(SizedJob { work, bytes: length });
            }
            Err(error) => self.fail(Failure { document: input.shown, error }),
        }
    }

    fn fail(&mut self, failure: Failure) {
        self.flush_files();
        self.ready.push_back(SizedJob { work: Job::Failed(failure), bytes: 0 });
    }

    fn flush_files(&mut self) {
        if !self.files.is_empty() {
            let work = Job::Files(std::mem::take(&mut self.files));
            self.ready.push_back(SizedJob { work, bytes: std::mem::take(&mut self.file_bytes) });
        }
    }

    /// Returns the next batch of the open record file or, at its end, the error that it ended with, if any.
    fn next_records(&mut self, mut open: Open) -> Option<SizedJob> {
        let error = match open.lines.next_batch() {
            Ok(Some(lines)) => {
                let (shown, bytes) = (Arc::clone(&open.shown), lines.bytes.len());
                let known = Arc::clone(&open.known);
                self.open = Some(open);
                return Some(SizedJob { work: Job::Records { shown, known, lines }, bytes });
            }
            Ok(None) => open.lines.source().get_ref().changed()?,
            Err(error) => {
                let mut error = io_error(&error);
                error.message = format!("after line {}: {}", open.lines.number(), error.message);
                error
            }
        };
        let failure = Failure { document: open.shown.to_string(), error };
        Some(SizedJob { work: Job::Failed(failure), bytes: 0 })
    }
}

impl<I: Iterator<Item = Result<Input, Failure>>> Iterator for WorkQueue<I> {
    type Item = SizedJob;

    fn next(&mut self) -> Option<SizedJob> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if let Some(open) = self.open.take() {
                match self.next_records(open) {
                    Some(piece) => return Some(piece),
                    None => continue,
                }
            }
            if let Some(members) = &self.members {
                match members.recv() {
                    Ok(piece) => return Some(piece),
                    Err(_) => self.members = None,
                }
            }
            match self.inputs.next() {
                Some(Ok(input)) => self.take(input),
                Some(Err(failure)) => self.fail(failure),
                None if self.files.is_empty() => return None,
                None => self.flush_files(),
            }
        }
    }
}

/// Tests whether a file has the extension of a packed file, so that only its content shows what is in it.
fn is_packed(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| PACKED_ENDINGS.iter().any(|packed| ending.eq_ignore_ascii_case(packed)))
}

/// Returns the length of a file in bytes, used to balance the jobs; 0 if it is unknown.
fn length_of(path: &Path) -> usize {
    path.metadata().map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

/// Returns the first bytes of a reader without consuming them.
pub(super) fn peek<R: Read>(reader: &mut BufReader<R>) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(reader.buffer())
}

pub(super) fn skip_byte_order_mark<R: Read>(reader: &mut BufReader<R>) {
    if peek(reader).is_ok_and(|start| start.starts_with(b"\xEF\xBB\xBF")) {
        reader.consume(3);
    }
}
