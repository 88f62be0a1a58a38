//! The task that a run performs on each paper.

use crate::document::{Document, ReadError};
use crate::engine::Engine;

/// A task that turns papers into values, one at a time and on many threads at once.
pub trait Task: Sync {
    /// The result of one paper.
    type Output: Send;

    /// Returns the engine that papers are searched with, so that a paper whose search would take too much
    /// memory is refused.
    fn engine(&self) -> Option<&Engine> {
        None
    }

    /// Processes one paper, in which known metadata is already filled in. `error` is the reason why it may be
    /// incomplete.
    fn paper(&self, document: Document, error: Option<&ReadError>) -> Self::Output;

    /// Returns the result for a paper that could not be read; `shown` is its name in reports.
    fn lost(&self, shown: &str, error: &ReadError) -> Self::Output;

    /// Serialises a value for the cache; `None` if it is not to be cached.
    fn keep(&self, _output: &Self::Output) -> Option<Vec<u8>> {
        None
    }

    /// Restores a cached value; `None` if the bytes are not those of [`Task::keep`].
    fn restore(&self, _bytes: &[u8]) -> Option<Self::Output> {
        None
    }
}
