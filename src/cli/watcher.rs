//! What the user gets to see of a run while it goes on.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::context::Context;
use super::messages::Messages;
use super::values::OutputFormat;
use crate::collection::{Failure, Observer, Progress};

/// Tells the user how a run over many papers goes on.
pub(super) struct Watcher {
    progress: Progress,
    messages: Messages,
    silent: bool,
}

impl Watcher {
    /// A watcher of a run over `paths`.
    pub(super) fn new(context: &Context, no_progress: bool, paths: &[PathBuf], format: OutputFormat) -> Self {
        let on_screen = context.common.output.is_none() && std::io::stdout().is_terminal();
        // A report that scrolls by is its own progress, and a line between would be torn apart by it.
        let show_progress = !(no_progress || context.common.quiet || on_screen);
        Self {
            progress: Progress::new(show_progress, total(paths)),
            messages: context.messages,
            // On a screen the text report has each failure already.
            silent: on_screen && format == OutputFormat::Text,
        }
    }

    /// Takes the progress away for good.
    pub(super) fn finish(&self) {
        self.progress.finish();
    }
}

/// The bytes of all inputs, where they are known beforehand.
fn total(paths: &[PathBuf]) -> Option<u64> {
    let length =
        |path: &PathBuf| path.metadata().ok().filter(|found| found.is_file()).map(|found| found.len());
    paths.iter().map(length).sum()
}

impl Observer for Watcher {
    fn failure(&mut self, failure: &Failure) {
        if !self.silent {
            self.progress.suspend(|| self.messages.failure(failure));
        }
    }

    fn progress(&mut self, documents: usize, bytes: u64) {
        self.progress.update(documents, bytes);
    }
}
