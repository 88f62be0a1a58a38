//! Parts of a catalogue that are read when they are first asked for.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// A value that is made when it is first asked for. Clones share it.
///
/// Only what is known to be sound can wait: parts of the built-in catalogue, which the tests of the program read. What
/// makes a value must not ask a pool of threads for help: one of them that waits takes up a paper meanwhile, which may
/// wait for this very value.
pub struct Later<T>(Arc<LazyLock<T, Make<T>>>);

type Make<T> = Box<dyn FnOnce() -> T + Send + Sync>;

impl<T> Later<T> {
    /// Returns what `make` will make.
    pub(crate) fn new(make: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }

    /// Makes the value, unless it was made before.
    pub(crate) fn prepare(&self) {
        LazyLock::force(&self.0);
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + Sync + 'static> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self::new(|| value)
    }
}

impl<T: Default + Send + Sync + 'static> Default for Later<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
