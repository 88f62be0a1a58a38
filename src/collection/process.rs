//! What a thread does with a piece of work.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::cache::{AskedFile, Cache, KeptPaper, Key, Recorder};
use super::feed::Work;
use super::latex_folder::LatexFolder;
use super::single::read_single;
use super::source::{ReadPaper, read_bytes, read_document, read_with_files, shown_size, too_large};
use super::{Doubts, Failure, Format, Input, Place, RunOptions, Task};
use crate::document::{DateSource, Document, ProjectFiles, ReadError, ReadLimits, read_record};
use crate::engine::{Engine, ScanOptions};
use crate::report::Tally;

/// What a piece of work came to.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    pub(super) tally: Tally,
    pub(super) failures: Vec<Failure>,
    /// Of how many papers nothing could be read.
    pub(super) lost: usize,
    /// Whether the run was asked to end before all of the work was done.
    pub(super) is_cut: bool,
    /// Set when the report could not be written to memory, which only a faulty renderer can bring about.
    pub(super) error: Option<io::Error>,
}

/// A paper that was read, why it may not be whole, and the files that it asked for.
type Read = (Document, Option<ReadError>, Vec<AskedFile>);

/// A paper to be read.
struct Paper<'a> {
    /// What reports call it, where it has no name of its own.
    shown: &'a str,
    known: &'a ScanOptions,
    /// What is asked of it once it is read, as it was met in a folder.
    doubts: Option<(&'a Doubts, Format)>,
    /// Where it is kept, and under which key.
    cache: Option<(&'a Cache, Key)>,
}

impl Paper<'_> {
    /// Whether it has turned out to be no paper, so that nothing is told of it here.
    fn is_passed_over(&self, read: &Result<Read, ReadError>) -> bool {
        self.doubts.is_some_and(|(doubts, format)| {
            let read = read.as_ref().map(|(document, error, _)| (document, error.as_ref()));
            doubts.pass(self.shown, format, read)
        })
    }
}

/// A paper in which stands what the user knows of it, where it says nothing itself.
pub(super) fn with(known: &ScanOptions, mut document: Document) -> Document {
    if document.date.is_none() && known.date.is_some() {
        (document.date, document.date_source) = (known.date, Some(DateSource::Given));
    }
    if document.organisations.is_empty() {
        document.organisations.clone_from(&known.organisations);
    }
    document
}

/// Memory that a byte of text takes while it is searched, and what is kept of each mention.
const OF_A_BYTE: usize = 3;
const OF_A_MENTION: usize = 900;
/// Memory that a paper may take, for each two bytes of the size limit.
const OF_THE_LIMIT: usize = 13;
/// A text that is searched whatever it says.
const LEAST_TEXT: usize = 1 << 20;

/// Why a paper is too long, or says too much of systems, to be searched.
pub(super) fn too_long(
    document: &Document,
    limits: ReadLimits,
    engine: Option<&Engine>,
) -> Option<ReadError> {
    let length = document.prose.len();
    if length <= LEAST_TEXT {
        return None;
    }
    let room = (limits.size.max(LEAST_TEXT) / 2).saturating_mul(OF_THE_LIMIT);
    let most = room.saturating_sub(length.saturating_mul(OF_A_BYTE)) / OF_A_MENTION;
    let count = engine.map_or(0, |engine| engine.detector().count_anchored(&document.prose, most));
    (count > most || length.saturating_mul(OF_A_BYTE) > room).then(|| {
        let message = format!(
            "its text has {} and names more than {most} systems, too many for one paper; part it into its papers, \
             or raise the limit with --max-document-size",
            shown_size(length)
        );
        ReadError::new("too-large", message)
    })
}

fn alone((document, error): ReadPaper) -> Read {
    (document, error, Vec::new())
}

/// What all threads share.
#[derive(Clone, Copy)]
pub(super) struct Worker<'a> {
    pub(super) task: &'a dyn Task,
    pub(super) options: &'a RunOptions,
}

impl Worker<'_> {
    pub(super) fn process(&self, work: Work) -> Chunk {
        let mut chunk = Chunk::default();
        let limits = self.options.limits;
        match work {
            Work::Records { shown, known, lines } => {
                for line in &lines.lines {
                    if self.is_stopped(&mut chunk) {
                        break;
                    }
                    let place = format!("{shown}:{}", line.number);
                    let Some(range) = &line.range else {
                        self.lost_paper(&mut chunk, &place, too_large(limits.size));
                        continue;
                    };
                    let record = lines.bytes.get(range.clone()).unwrap_or_default();
                    let paper = self.paper_of(&place, &known, "record", record);
                    self.paper(&mut chunk, &paper, None, || {
                        Ok(alone((read_record(record, &self.options.fields, &place)?, None)))
                    });
                }
            }
            Work::Files(files) => {
                for (input, format) in files {
                    if self.is_stopped(&mut chunk) {
                        break;
                    }
                    self.file(&mut chunk, &input, format);
                }
            }
            Work::Text { .. } | Work::Failed(_) if self.is_stopped(&mut chunk) => {}
            Work::Text { shown, known, format, bytes } => {
                let paper = self.paper_of(&shown, &known, &format!("{format:?}"), &bytes);
                let read = || read_document(&shown, format, bytes, limits).map(alone);
                self.paper(&mut chunk, &paper, None, read);
            }
            Work::Failed(failure) => self.lost_paper(&mut chunk, &failure.document, failure.error),
        }
        chunk
    }

    /// Works on the one paper that an input holds.
    pub(super) fn single(&self, input: &Input) -> Chunk {
        let mut chunk = Chunk::default();
        let paper = Paper { shown: &input.shown, known: &input.known, doubts: None, cache: None };
        self.paper(&mut chunk, &paper, None, || {
            let single = read_single(input, None, &self.options.fields, self.options.limits)?;
            Ok((single.document, single.changed, Vec::new()))
        });
        chunk
    }

    /// Whether the run was asked to end, and then notes that the work is cut.
    fn is_stopped(&self, chunk: &mut Chunk) -> bool {
        chunk.is_cut = self.options.stop.load(Ordering::Relaxed);
        chunk.is_cut
    }

    /// Works on a file that holds one paper.
    fn file(&self, chunk: &mut Chunk, input: &Input, format: Format) {
        let shown = input.shown.as_str();
        let limits = self.options.limits;
        let Place::File(path) = &input.place else {
            let error = ReadError::new("internal", "standard input is no file");
            return self.lost_paper(chunk, shown, error);
        };
        let (bytes, changed) = match read_bytes(path, limits) {
            Ok(read) => read,
            Err(error) => return self.lost_paper(chunk, shown, error),
        };
        let (folder, main) = LatexFolder::of_input(path, input.folder.as_deref());
        let doubts = input.doubts.as_deref();
        let only = &input.only;
        let kind =
            format!("{format:?} {main} {only:?} {}", doubts.map(Doubts::fingerprint).unwrap_or_default());
        let mut paper = Paper {
            doubts: doubts.map(|doubts| (doubts, format)),
            ..self.paper_of(shown, &input.known, &kind, &bytes)
        };
        paper.cache = paper.cache.filter(|_| changed.is_none());
        let is_kept = paper.cache.is_some();
        self.paper(chunk, &paper, Some(&folder), || {
            let recorder = Recorder::new(&folder);
            let files: &dyn ProjectFiles = if is_kept { &recorder } else { &folder };
            let (mut document, error) = read_with_files(shown, Some(format), bytes, (files, &main), limits)?;
            document.keep_to(only);
            Ok((document, error.or(changed), recorder.asked()))
        });
    }

    fn paper_of<'p>(
        &'p self,
        shown: &'p str,
        known: &'p Arc<ScanOptions>,
        kind: &str,
        bytes: &[u8],
    ) -> Paper<'p> {
        let cache = self.options.cache.as_deref().map(|cache| {
            let known = format!("{known:?}");
            (cache, cache.key(&[kind.as_bytes(), known.as_bytes()], bytes))
        });
        Paper { shown, known, doubts: None, cache }
    }

    /// Takes what is kept of a paper, or reads it and does the task on it.
    fn paper(
        &self,
        chunk: &mut Chunk,
        paper: &Paper<'_>,
        files: Option<&dyn ProjectFiles>,
        read: impl FnOnce() -> Result<Read, ReadError>,
    ) {
        self.paper_or_kept(chunk, paper, files, read);
        self.options.done.fetch_add(1, Ordering::Relaxed);
    }

    fn paper_or_kept(
        &self,
        chunk: &mut Chunk,
        paper: &Paper<'_>,
        files: Option<&dyn ProjectFiles>,
        read: impl FnOnce() -> Result<Read, ReadError>,
    ) {
        let kept = paper.cache.and_then(|(cache, key)| cache.get(&key));
        if let Some(kept) = kept.filter(|kept| kept.holds(paper.shown, files)) {
            self.separate(chunk);
            chunk.bytes.extend_from_slice(&kept.bytes);
            chunk.tally.merge(kept.tally());
            return;
        }
        let (before, tally) = (chunk.bytes.len(), chunk.tally);
        // A fault of the program in one paper must not cost the thousands after it.
        let done = catch_unwind(AssertUnwindSafe(|| match read() {
            read if paper.is_passed_over(&read) => {}
            Ok((document, error, asked)) => {
                match too_long(&document, self.options.limits, self.task.engine()) {
                    Some(error) => self.lost_paper(chunk, paper.shown, error),
                    None => self.read_paper(chunk, paper, (document, error, asked)),
                }
            }
            Err(error) => self.lost_paper(chunk, paper.shown, error),
        }));
        if done.is_err() {
            chunk.bytes.truncate(before);
            chunk.tally = tally;
            let message = "byname itself failed on this paper; please report it, with the paper if you may";
            self.lost_paper(chunk, paper.shown, ReadError::new("internal", message));
        }
    }

    fn read_paper(&self, chunk: &mut Chunk, paper: &Paper<'_>, (document, error, asked): Read) {
        self.separate(chunk);
        let document = with(paper.known, document);
        let id = document.id.clone();
        let (before, mut tally) = (chunk.bytes.len(), Tally::default());
        let written = self.task.paper(document, error.as_ref(), &mut tally, &mut chunk.bytes);
        chunk.tally.merge(&tally);
        // A paper that was not read well may be read better the next time.
        let cache = paper.cache.filter(|_| error.is_none() && written.is_ok());
        if let (Some((cache, key)), Some(bytes)) = (cache, chunk.bytes.get(before..)) {
            let called = (id == paper.shown).then(|| id.clone());
            cache.put(&key, &KeptPaper::new(tally, called, asked, bytes));
        }
        chunk.error = chunk.error.take().or(written.err());
        chunk.failures.extend(error.map(|error| Failure { document: id, error }));
    }

    fn lost_paper(&self, chunk: &mut Chunk, shown: &str, error: ReadError) {
        self.separate(chunk);
        let written = self.task.lost(shown, &error, &mut chunk.tally, &mut chunk.bytes);
        chunk.error = chunk.error.take().or(written.err());
        chunk.failures.push(Failure { document: shown.to_string(), error });
        chunk.lost += 1;
    }

    fn separate(&self, chunk: &mut Chunk) {
        if !chunk.bytes.is_empty() {
            chunk.bytes.extend_from_slice(self.task.separator());
        }
    }
}
