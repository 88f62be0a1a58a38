//! A run over all inputs: one thread reads and writes, the others do the task.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use rayon::ThreadPoolBuilder;

use super::feed::{Feed, Piece};
use super::process::{Chunk, Worker};
use super::shard::Dealer;
use super::{Cache, Failure, Input, Shard, Task};
use crate::document::{ReadLimits, RecordFields};
use crate::report::Tally;

/// Bytes of input held at once, whatever the number of threads; one large paper may be more.
const HELD: usize = 16 << 20;

/// How a run is done.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// How many threads do the task.
    pub jobs: usize,
    /// The fields of records.
    pub fields: RecordFields,
    /// How much each paper may ask for.
    pub limits: ReadLimits,
    /// Where results are kept for later runs, and those of runs before are found.
    pub cache: Option<Arc<Cache>>,
    /// Which part of the papers is wanted; all without it.
    pub shard: Option<Shard>,
    /// Set from outside to end the run early: a paper that is begun is done and written, the rest is left.
    pub stop: Arc<AtomicBool>,
    /// Counts the papers that are done, so that somebody outside can tell a long run from a stuck one.
    pub done: Arc<AtomicUsize>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            jobs: 1,
            fields: RecordFields::default(),
            limits: ReadLimits::default(),
            cache: None,
            shard: None,
            stop: Arc::default(),
            done: Arc::default(),
        }
    }
}

/// Is told how a run goes on, in the order of the input.
pub trait Observer {
    /// An input could not be read, or not in full.
    fn failure(&mut self, failure: &Failure);

    /// So many documents and so many bytes of input are done.
    fn progress(&mut self, documents: usize, bytes: u64);
}

/// Why a run was broken off.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// The report cannot be written.
    Write(io::Error),
    /// The threads cannot be started.
    Threads(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => write!(f, "the report cannot be written: {error}"),
            Self::Threads(cause) => write!(f, "the threads cannot be started: {cause}"),
        }
    }
}

impl std::error::Error for RunError {}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Reads all inputs, does the task on `options.jobs` threads and writes what comes of it in the order of
/// the inputs.
///
/// # Errors
/// When the report cannot be written. An input that cannot be read is part of the report and told
/// to the observer.
pub fn run(
    inputs: impl Iterator<Item = Result<Input, Failure>>,
    task: &dyn Task,
    options: &RunOptions,
    out: &mut dyn Write,
    observer: &mut dyn Observer,
) -> Result<Tally, RunError> {
    let jobs = options.jobs.max(1);
    let pool = ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|index| format!("paper-{index}"))
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))?;
    let worker = Worker { task, options };
    let stopped = &AtomicBool::new(false);
    let mut feed = Feed::new(inputs, options.limits);
    let mut dealer = Dealer::new(options.shard);
    let mut writer = Writer { out, task, observer, tally: Tally::default(), bytes: 0, wrote: false };
    writer.begin()?;

    // The calling thread keeps a few pieces of work ahead of the working threads, and holds what
    // they give back until all before it is written. Both are counted in `held`, so memory does
    // not grow with the input, nor when one paper takes long and others pass it.
    pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel::<(usize, usize, Chunk)>();
        let (mut given, mut written, mut held) = (0, 0, 0usize);
        let mut waiting = BTreeMap::new();
        let mut exhausted = false;
        let outcome = loop {
            while !exhausted && (given == written || (held < HELD && given - written < 2 * jobs + 2)) {
                let next = if options.stop.load(Ordering::Relaxed) { None } else { feed.next() };
                let Some(Piece { work, bytes }) = next else {
                    exhausted = true;
                    break;
                };
                let Some(work) = dealer.deal(work) else { continue };
                let (sender, number) = (sender.clone(), given);
                given += 1;
                held = held.saturating_add(bytes);
                scope.spawn(move |_| {
                    let stop = stopped.load(Ordering::Relaxed);
                    let chunk = if stop { Chunk::default() } else { worker.process(work) };
                    // The receiver is gone only when the run was broken off.
                    let _ = sender.send((number, bytes, chunk));
                });
            }
            if given == written {
                break Ok(());
            }
            let Ok((number, bytes, chunk)) = receiver.recv() else { break Ok(()) };
            waiting.insert(number, (bytes, chunk));
            let mut ended = None;
            while let Some((bytes, chunk)) = waiting.remove(&written) {
                written += 1;
                held = held.saturating_sub(bytes);
                let is_cut = chunk.is_cut;
                let result = writer.chunk(chunk, bytes);
                if is_cut || result.is_err() {
                    ended = Some(result); // what comes behind a gap is not written
                    break;
                }
            }
            if let Some(result) = ended {
                break result;
            }
        };
        stopped.store(true, Ordering::Relaxed);
        outcome
    })?;
    writer.end()
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    task: &'a dyn Task,
    observer: &'a mut dyn Observer,
    tally: Tally,
    bytes: u64,
    wrote: bool,
}

impl Writer<'_> {
    fn begin(&mut self) -> Result<(), RunError> {
        let mut head = Vec::new();
        self.task.begin(&mut head)?;
        Ok(self.out.write_all(&head)?)
    }

    fn chunk(&mut self, chunk: Chunk, bytes: usize) -> Result<(), RunError> {
        if let Some(error) = chunk.error {
            return Err(error.into());
        }
        if !chunk.bytes.is_empty() {
            if self.wrote {
                self.out.write_all(self.task.separator())?;
            }
            self.out.write_all(&chunk.bytes)?;
            self.wrote = true;
        }
        self.tally.merge(&chunk.tally);
        self.bytes += bytes as u64;
        for failure in &chunk.failures {
            self.observer.failure(failure);
        }
        self.observer.progress(self.tally.documents, self.bytes);
        Ok(())
    }

    fn end(self) -> Result<Tally, RunError> {
        let mut tail = Vec::new();
        self.task.end(&self.tally, &mut tail)?;
        self.out.write_all(&tail)?;
        self.out.flush()?;
        Ok(self.tally)
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
