//! Processing of a job on a worker thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::cache::{AskedFile, Cache, KeptPaper, Key, Recorder};
use super::latex_folder::LatexFolder;
use super::single::read_single;
use super::source::{
    ReadPaper, read_bytes, read_document, read_with_files, shown_size, too_large, too_many_runs,
};
use super::work_queue::Job;
use super::{Doubts, Failure, Format, Input, InputSource, RunOptions, Task};
use crate::document::{DateSource, Document, ProjectFiles, ReadError, ReadLimits, read_record};
use crate::engine::{Engine, ScanOptions};

/// The result of a job.
#[derive(Debug)]
pub(super) struct Chunk<O> {
    /// The outputs of the papers, in order.
    pub(super) outputs: Vec<O>,
    /// The papers that could not be read, or not completely.
    pub(super) failures: Vec<Failure>,
    /// Number of papers of which nothing could be read.
    pub(super) lost: usize,
    /// `true` if the run was asked to stop before the whole job was done.
    pub(super) is_cut: bool,
}

impl<O> Default for Chunk<O> {
    fn default() -> Self {
        Self { outputs: Vec::new(), failures: Vec::new(), lost: 0, is_cut: false }
    }
}

/// A document, the reason why it may be incomplete, and the files that it requested.
type Read = (Document, Option<ReadError>, Vec<AskedFile>);

/// A paper to be read.
struct Paper<'a> {
    /// Its name in reports if it has none of its own.
    shown: &'a str,
    known: &'a ScanOptions,
    /// The checks to make once it is read, if it was found in a folder, and its format.
    doubts: Option<(&'a Doubts, Format)>,
    /// The cache that may hold its result, and its key there.
    cache: Option<(&'a Cache, Key)>,
}

impl Paper<'_> {
    /// Returns whether it has turned out not to be a paper of its own, so that no result is given for it.
    fn is_passed_over(&self, read: &Result<Read, ReadError>) -> bool {
        self.doubts.is_some_and(|(doubts, format)| {
            let read = read.as_ref().map(|(document, error, _)| (document, error.as_ref()));
            doubts.pass(self.shown, format, read)
        })
    }
}

/// Fills in the metadata supplied by the user where the document states none itself.
pub(super) fn with(known: &ScanOptions, mut document: Document) -> Document {
    if document.date.is_none() && known.date.is_some() {
        (document.date, document.date_source) = (known.date, Some(DateSource::Given));
    }
    if document.organisations.is_empty() {
        document.organisations.clone_from(&known.organisations);
    }
    document
}

/// Bytes of memory used per byte of text during the search; [`OF_A_MENTION`] are used per mention.
const OF_A_BYTE: usize = 3;
const OF_A_MENTION: usize = 900;
/// Bytes of memory that a paper may use, per two bytes of the size limit.
const OF_THE_LIMIT: usize = 13;
/// Length in bytes up to which a text is searched regardless of its content.
const LEAST_TEXT: usize = 1 << 20;

/// Returns an error if a paper is too long, or mentions too many systems, to be searched.
pub(super) fn too_long(
    document: &Document,
    limits: ReadLimits,
    engine: Option<&Engine>,
) -> Option<ReadError> {
    if document.source_map.is_full() {
        return Some(too_many_runs());
    }
    let length = document.prose.len();
    if length <= LEAST_TEXT {
        return None;
    }
    let room = (limits.size.max(LEAST_TEXT) / 2).saturating_mul(OF_THE_LIMIT);
    let most = room.saturating_sub(length.saturating_mul(OF_A_BYTE)) / OF_A_MENTION;
    let count = engine.map_or(0, |engine| engine.detector().count_anchored(&document.prose, most));
    (count > most || length.saturating_mul(OF_A_BYTE) > room).then(|| {
        let message = format!(
            "its text has {} and more than {most} words that may be systems, too many for one paper; part it into its \
             papers, or raise the limit with --max-document-size",
            shown_size(length)
        );
        ReadError::new("too-large", message)
    })
}

fn alone((document, error): ReadPaper) -> Read {
    (document, error, Vec::new())
}

/// The state shared by all threads.
pub(super) struct Worker<'a, T> {
    pub(super) task: &'a T,
    pub(super) options: &'a RunOptions,
}

impl<T: Task> Worker<'_, T> {
    pub(super) fn process(&self, work: Job) -> Chunk<T::Output> {
        let mut chunk = Chunk::default();
        let limits = self.options.limits;
        match work {
            Job::Records { shown, known, lines } => {
                for line in &lines.lines {
                    if self.is_stopped(&mut chunk) {
                        break;
                    }
                    let place = format!("{shown}:{}", line.number);
                    let record = line.range.clone().map(|range| lines.bytes.get(range).unwrap_or_default());
                    self.record(&mut chunk, (&place, true), &known, record);
                }
            }
            Job::Files(files) => {
                for (input, format) in files {
                    if self.is_stopped(&mut chunk) {
                        break;
                    }
                    self.file(&mut chunk, &input, format);
                }
            }
            Job::Text { .. } | Job::Failed(_) if self.is_stopped(&mut chunk) => {}
            Job::Text { shown, known, format, bytes } => {
                let paper = self.paper_of(&shown, &known, &format!("{format:?}"), &bytes);
                let read = || read_document(&shown, format, bytes, limits).map(alone);
                self.paper(&mut chunk, &paper, None, read);
            }
            Job::Failed(failure) => self.lost_paper(&mut chunk, &failure.document, failure.error),
        }
        chunk
    }

    /// Processes the one paper that an input holds.
    pub(super) fn single(&self, input: &Input) -> Chunk<T::Output> {
        let mut chunk = Chunk::default();
        let paper = Paper { shown: &input.shown, known: &input.known, doubts: None, cache: None };
        self.paper(&mut chunk, &paper, None, || {
            let single = read_single(input, None, &self.options.fields, self.options.limits)?;
            Ok((single.document, single.changed, Vec::new()))
        });
        chunk
    }

    /// Processes a record; `None` stands for one that is too large. Unless it lies in a file, its place is none
    /// that results can point to.
    pub(super) fn record(
        &self,
        chunk: &mut Chunk<T::Output>,
        (place, in_file): (&str, bool),
        known: &Arc<ScanOptions>,
        record: Option<&[u8]>,
    ) {
        let Some(record) = record else {
            return self.lost_paper(chunk, place, too_large(self.options.limits.size));
        };
        let paper = self.paper_of(place, known, "record", record);
        self.paper(chunk, &paper, None, || {
            let document = read_record(record, &self.options.fields, place)?;
            Ok(alone((Document { record: document.record.filter(|_| in_file), ..document }, None)))
        });
    }

    /// Returns whether the run was asked to stop, and records in the chunk that the job is cut short.
    pub(super) fn is_stopped(&self, chunk: &mut Chunk<T::Output>) -> bool {
        chunk.is_cut = self.options.stop.load(Ordering::Relaxed);
        chunk.is_cut
    }

    /// Processes a file that holds one paper.
    fn file(&self, chunk: &mut Chunk<T::Output>, input: &Input, format: Format) {
        let shown = input.shown.as_str();
        let limits = self.options.limits;
        let InputSource::File(path) = &input.place else {
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

    /// Takes the cached result of a paper, or else reads the paper and runs the task on it.
    fn paper(
        &self,
        chunk: &mut Chunk<T::Output>,
        paper: &Paper<'_>,
        files: Option<&dyn ProjectFiles>,
        read: impl FnOnce() -> Result<Read, ReadError>,
    ) {
        self.paper_or_kept(chunk, paper, files, read);
        self.options.done.fetch_add(1, Ordering::Relaxed);
    }

    fn paper_or_kept(
        &self,
        chunk: &mut Chunk<T::Output>,
        paper: &Paper<'_>,
        files: Option<&dyn ProjectFiles>,
        read: impl FnOnce() -> Result<Read, ReadError>,
    ) {
        let kept = paper.cache.and_then(|(cache, key)| cache.get(&key));
        let kept = kept.filter(|kept| kept.holds(paper.shown, files));
        if let Some(output) = kept.and_then(|kept| self.task.restore(&kept.bytes)) {
            chunk.outputs.push(output);
            return;
        }
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
            let message = "byname itself failed on this paper; please report it, with the paper if you may";
            self.lost_paper(chunk, paper.shown, ReadError::new("internal", message));
        }
    }

    fn read_paper(&self, chunk: &mut Chunk<T::Output>, paper: &Paper<'_>, (document, error, asked): Read) {
        let document = with(paper.known, document);
        let id = document.id.clone();
        // Results tell the place of a record, and the file of a paper that is named after it.
        let tells_place = id == paper.shown || document.record.is_some();
        let output = self.task.paper(document, error.as_ref());
        // A paper that was not read well may be read better the next time.
        if let (Some((cache, key)), None) = (paper.cache, &error)
            && let Some(bytes) = self.task.keep(&output)
        {
            let called = tells_place.then(|| paper.shown.to_string());
            cache.put(&key, &KeptPaper::new(called, asked, bytes));
        }
        chunk.outputs.push(output);
        chunk.failures.extend(error.map(|error| Failure { document: id, error }));
    }

    fn lost_paper(&self, chunk: &mut Chunk<T::Output>, shown: &str, error: ReadError) {
        chunk.outputs.push(self.task.lost(shown, &error));
        chunk.failures.push(Failure { document: shown.to_string(), error });
        chunk.lost += 1;
    }
}
