//! What a thread does with a piece of work.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::feed::Work;
use super::source::{read_document, read_input, too_large};
use super::{Failure, RunOptions, Task};
use crate::document::{Document, ReadError, read_record};
use crate::report::Tally;

/// What a piece of work came to.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    pub(super) tally: Tally,
    pub(super) failures: Vec<Failure>,
    /// Set when the report could not be written to memory, which only a faulty renderer can bring about.
    pub(super) error: Option<io::Error>,
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
        match work {
            Work::Records { shown, lines } => {
                for line in &lines.lines {
                    let place = format!("{shown}:{}", line.number);
                    self.paper(&mut chunk, &place, || match &line.range {
                        None => Err(too_large(self.options.limits.size)),
                        Some(range) => {
                            let record = lines.bytes.get(range.clone()).unwrap_or_default();
                            Ok((read_record(record, &self.options.fields, &place)?, None))
                        }
                    });
                }
            }
            Work::Files(files) => {
                for (input, format) in files {
                    self.paper(&mut chunk, &input.shown, || read_input(&input, format, self.options.limits));
                }
            }
            Work::Text { shown, format, bytes } => {
                self.paper(&mut chunk, &shown, || read_document(&shown, format, bytes, self.options.limits));
            }
            Work::Failed(failure) => self.paper(&mut chunk, &failure.document, || Err(failure.error.clone())),
        }
        chunk
    }

    /// Reads one paper and does the task on it.
    fn paper(
        &self,
        chunk: &mut Chunk,
        shown: &str,
        read: impl FnOnce() -> Result<(Document, Option<ReadError>), ReadError>,
    ) {
        let (before, tally) = (chunk.bytes.len(), chunk.tally);
        // A fault of the program in one paper must not cost the thousands after it.
        let done = catch_unwind(AssertUnwindSafe(|| match read() {
            Ok((document, changed)) => self.read_paper(chunk, document, changed),
            Err(error) => self.lost_paper(chunk, shown, error),
        }));
        if done.is_err() {
            chunk.bytes.truncate(before);
            chunk.tally = tally;
            let message = "byname itself failed on this paper; please report it, with the paper if you may";
            self.lost_paper(chunk, shown, ReadError::new("internal", message));
        }
    }

    fn read_paper(&self, chunk: &mut Chunk, document: Document, changed: Option<ReadError>) {
        self.separate(chunk);
        let id = changed.is_some().then(|| document.id.clone());
        let written = self.task.paper(document, changed.as_ref(), &mut chunk.tally, &mut chunk.bytes);
        chunk.error = chunk.error.take().or(written.err());
        chunk.failures.extend(id.zip(changed).map(|(document, error)| Failure { document, error }));
    }

    fn lost_paper(&self, chunk: &mut Chunk, shown: &str, error: ReadError) {
        self.separate(chunk);
        let written = self.task.lost(shown, &error, &mut chunk.tally, &mut chunk.bytes);
        chunk.error = chunk.error.take().or(written.err());
        chunk.failures.push(Failure { document: shown.to_string(), error });
    }

    fn separate(&self, chunk: &mut Chunk) {
        if !chunk.bytes.is_empty() {
            chunk.bytes.extend_from_slice(self.task.separator());
        }
    }
}
