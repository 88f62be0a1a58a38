//! A run over all inputs: one thread reads and writes, the others perform the task.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use rayon::{Scope, ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::process::{Chunk, Worker};
use super::shard::ShardFilter;
use super::work_queue::{SizedJob, WorkQueue};
use super::{Cache, Failure, Input, Shard, Task};
use crate::document::{ReadLimits, RecordFields};

/// Bytes of input held at once, for any number of threads; a single large paper may exceed it.
const HELD: usize = 16 << 20;

/// The options of a run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Number of threads that perform the task.
    pub jobs: usize,
    /// The fields of records.
    pub fields: RecordFields,
    /// The limits that apply to each paper.
    pub limits: ReadLimits,
    /// The cache of results: those of earlier runs are used, and new ones are stored.
    pub cache: Option<Arc<Cache>>,
    /// The part of the papers to process; all papers if `None`.
    pub shard: Option<Shard>,
    /// Set from outside to end the run early: papers that were begun are finished and written, the rest is
    /// skipped.
    pub stop: Arc<AtomicBool>,
    /// Number of papers done, so that an outside observer can distinguish a long run from a stuck one.
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

/// An observer of the progress of a run, called in the order of the input.
pub trait Observer {
    /// Called when an input could not be read, or not completely.
    fn failure(&mut self, failure: &Failure);

    /// Called with the number of documents and of input bytes done so far.
    fn progress(&mut self, documents: usize, bytes: u64);
}

/// Numbers of papers that a run has processed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of papers, whether they could be read or not.
    pub papers: usize,
    /// Number of papers that could not be read, or not completely.
    pub failures: usize,
}

/// An error that aborts a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// The results cannot be written.
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

/// Reads all inputs, performs the task on `options.jobs` threads, and passes the output of each paper to
/// `sink`, in the order of the inputs and on the calling thread.
///
/// # Errors
/// When `sink` fails, which ends the run, or the threads cannot be started. A paper that cannot be read has
/// an output like any other, and is reported to the observer.
pub fn run<T: Task>(
    inputs: impl Iterator<Item = Result<Input, Failure>>,
    task: &T,
    options: &RunOptions,
    sink: &mut dyn FnMut(T::Output) -> io::Result<()>,
    observer: &mut dyn Observer,
) -> Result<Counts, RunError> {
    let jobs = options.jobs.max(1);
    // The threads that have read the catalogue read the papers too, unless more or fewer are wanted: new ones would
    // begin with new memory.
    // A thread of theirs that calls this would be missing among them.
    let is_other = rayon::current_thread_index().is_none();
    let pool = match is_other && jobs == rayon::current_num_threads() {
        true => None,
        false => Some(pool_of(jobs).map_err(|error| RunError::Threads(error.to_string()))?),
    };
    let worker = &Worker { task, options };
    let stopped = &AtomicBool::new(false);
    let mut feed = WorkQueue::new(inputs, options.limits);
    let mut dealer = ShardFilter::new(options.shard);
    let mut ended = Ended { sink, observer, counts: Counts::default(), bytes: 0 };

    // The calling thread keeps a few pieces of work ahead of the working threads, and holds what
    // they give back until all before it is written. Both are counted in `held`, so memory does
    // not grow with the input, nor when one paper takes long and others pass it.
    in_scope(pool.as_ref(), |scope| {
        let (sender, receiver) = mpsc::channel::<(usize, usize, Chunk<T::Output>)>();
        let (mut given, mut written, mut held) = (0, 0, 0usize);
        let mut waiting = BTreeMap::new();
        let mut exhausted = false;
        let outcome = loop {
            while !exhausted && (given == written || (held < HELD && given - written < 2 * jobs + 2)) {
                let next = if options.stop.load(Ordering::Relaxed) { None } else { feed.next() };
                let Some(SizedJob { work, bytes }) = next else {
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
            let mut over = None;
            while let Some((bytes, chunk)) = waiting.remove(&written) {
                written += 1;
                held = held.saturating_sub(bytes);
                let is_cut = chunk.is_cut;
                let result = ended.take(chunk, bytes);
                if is_cut || result.is_err() {
                    over = Some(result); // what comes behind a gap is not written
                    break;
                }
            }
            if let Some(result) = over {
                break result;
            }
        };
        stopped.store(true, Ordering::Relaxed);
        outcome
    })?;
    Ok(ended.counts)
}

/// Does something in this thread that spawns work in a pool, or in that of the whole program.
fn in_scope<'s, R>(pool: Option<&ThreadPool>, deal_out: impl FnOnce(&Scope<'s>) -> R) -> R {
    match pool {
        Some(pool) => pool.in_place_scope(deal_out),
        None => rayon::in_place_scope(deal_out),
    }
}

fn pool_of(jobs: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(jobs).thread_name(|index| format!("paper-{index}")).build()
}

/// The consumer of finished chunks, which arrive in order.
struct Ended<'a, O> {
    sink: &'a mut dyn FnMut(O) -> io::Result<()>,
    observer: &'a mut dyn Observer,
    counts: Counts,
    bytes: u64,
}

impl<O> Ended<'_, O> {
    fn take(&mut self, chunk: Chunk<O>, bytes: usize) -> Result<(), RunError> {
        self.counts.papers += chunk.outputs.len();
        self.counts.failures += chunk.failures.len();
        chunk.outputs.into_iter().try_for_each(&mut *self.sink)?;
        self.bytes += bytes as u64;
        for failure in &chunk.failures {
            self.observer.failure(failure);
        }
        self.observer.progress(self.counts.papers, self.bytes);
        Ok(())
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
