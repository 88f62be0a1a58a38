//! Progress and failures of a run, shown while it goes on.

use std::io::IsTerminal;
use std::path::PathBuf;

use byname::collection::{Failure, Observer};
use byname::document::RecordPlace;

use super::context::Context;
use super::messages::Messages;
use crate::progress::Progress;

/// Most failures that are shown of those with the same message in consecutive records of a file.
const ALIKE: usize = 5;

/// Reports the progress and the failures of a run over many papers.
pub(super) struct Watcher {
    progress: Progress,
    messages: Messages,
    silent: bool,
    alike: Alike,
}

/// Consecutive failures of one file with the same message.
#[derive(Default)]
struct Alike {
    file: String,
    message: String,
    count: usize,
}

impl Alike {
    /// Adds a failure. Returns whether to report it, and a message about earlier failures that were not
    /// reported.
    fn add(&mut self, failure: &Failure) -> (bool, Option<String>) {
        let record = RecordPlace::read(&failure.document);
        let file = record.map_or_else(|| failure.document.clone(), |place| place.file);
        if self.count > 0 && (&file, &failure.error.message) == (&self.file, &self.message) {
            self.count += 1;
            return (self.count <= ALIKE, None);
        }
        let unreported = self.end();
        *self = Self { file, message: failure.error.message.clone(), count: 1 };
        (true, unreported)
    }

    /// Returns a message about the failures that were not reported, if any.
    fn end(&mut self) -> Option<String> {
        let more = std::mem::take(&mut self.count).checked_sub(ALIKE).filter(|more| *more > 0)?;
        Some(format!("{}: {more} more like the last one", self.file))
    }
}

impl Watcher {
    /// Creates a watcher of a run over `paths`. `tells_failures` states that the report itself shows each
    /// failure.
    pub(super) fn new(context: &Context, no_progress: bool, paths: &[PathBuf], tells_failures: bool) -> Self {
        let is_to_stdout = context.common.output.is_empty();
        let on_screen = is_to_stdout && std::io::stdout().is_terminal();
        // Only who has sent the report elsewhere and sits before a terminal would miss what it says.
        let is_missed = !on_screen && std::io::stderr().is_terminal();
        // A report that scrolls by is its own progress, and a line between would be torn apart by it.
        let show_progress = !(no_progress || context.common.quiet || on_screen);
        Self {
            progress: Progress::new(show_progress, total(paths)),
            messages: context.messages,
            silent: is_to_stdout && tells_failures && !is_missed,
            alike: Alike::default(),
        }
    }

    /// Removes the progress, and reports the number of failures that were not shown.
    pub(super) fn finish(&mut self) {
        self.progress.finish();
        if let Some(unreported) = self.alike.end() {
            self.messages.unread(&unreported);
        }
    }
}

/// Returns the size of all inputs in bytes, if it is known beforehand.
fn total(paths: &[PathBuf]) -> Option<u64> {
    let length =
        |path: &PathBuf| path.metadata().ok().filter(|found| found.is_file()).map(|found| found.len());
    paths.iter().map(length).sum()
}

impl Observer for Watcher {
    fn failure(&mut self, failure: &Failure) {
        if self.silent {
            return;
        }
        let (is_reported, unreported) = self.alike.add(failure);
        self.progress.suspend(|| {
            unreported.iter().for_each(|unreported| self.messages.unread(unreported));
            if is_reported {
                self.messages.failure(failure);
            }
        });
    }

    fn progress(&mut self, documents: usize, bytes: u64) {
        self.progress.update(documents, bytes);
    }
}

#[cfg(test)]
mod tests {
    use byname::document::ReadError;

    use super::*;

    #[test]
    fn what_is_wrong_in_every_record_of_a_file_is_told_a_few_times_and_counted() {
        let mut alike = Alike::default();
        let mut reported = Vec::new();
        let records = (1..=8).map(|line| (format!("a.jsonl:{line}"), "no text"));
        let others = [("a.jsonl:9", "no JSON"), ("b.tex", "gone"), ("c.tex", "gone")];
        let others = others.map(|(document, message)| (document.to_string(), message));
        for (document, message) in records.chain(others) {
            let failure = Failure { document, error: ReadError::new("x", message) };
            let (is_reported, unreported) = alike.add(&failure);
            reported.extend(unreported);
            reported.extend(is_reported.then_some(failure.document));
        }
        let first: Vec<String> = (1..=5).map(|line| format!("a.jsonl:{line}")).collect();
        assert_eq!(reported[..5], first);
        assert_eq!(reported[5..], ["a.jsonl: 3 more like the last one", "a.jsonl:9", "b.tex", "c.tex"]);
        assert_eq!(alike.end(), None);
    }
}
