//! Guarantees of a run that hold for every task.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::collection::stream::BATCH;
use crate::collection::{Format, InputSource};
use crate::document::{Document, ReadError};

/// A task that returns each paper's id and panics on one of them.
struct Faulty;

impl Task for Faulty {
    type Output = String;

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> String {
        assert!(document.id != "bad", "the task fails on this one");
        document.id
    }

    fn lost(&self, shown: &str, error: &ReadError) -> String {
        format!("{shown} {}", error.kind)
    }
}

/// An observer that records its calls.
#[derive(Default)]
struct Kept(Vec<String>);

impl Observer for Kept {
    fn failure(&mut self, failure: &Failure) {
        self.0.push(format!("{}: {}", failure.document, failure.error.message));
    }

    fn progress(&mut self, _documents: usize, _bytes: u64) {}
}

/// A task that returns each paper's id and asks the run to stop at one of them.
struct Stopper(Arc<AtomicBool>);

impl Task for Stopper {
    type Output = String;

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> String {
        self.0.fetch_or(document.id == "2", Ordering::Relaxed);
        document.id
    }

    fn lost(&self, shown: &str, _error: &ReadError) -> String {
        shown.to_string()
    }
}

/// Runs a task on the papers of an input and collects its outputs.
fn outputs<T: Task>(
    input: Input,
    task: &T,
    options: &RunOptions,
    kept: &mut Kept,
) -> (Vec<T::Output>, Counts) {
    let mut outputs = Vec::new();
    let mut sink = |output| {
        outputs.push(output);
        Ok(())
    };
    let counts = run(std::iter::once(Ok(input)), task, options, &mut sink, kept).unwrap();
    (outputs, counts)
}

#[test]
fn a_run_that_is_asked_to_end_begins_no_further_paper() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let padding = " ".repeat(BATCH / 4);
    let record = |number: usize| format!("{{\"id\": \"{number}\", \"text\": \"\"}}{padding}\n");
    std::fs::write(file.path(), (0..40).map(record).collect::<String>()).unwrap();
    for jobs in [1, 2] {
        let options = RunOptions { jobs, ..RunOptions::default() };
        let task = Stopper(Arc::clone(&options.stop));
        let (ids, counts) = outputs(records_of(file.path()), &task, &options, &mut Kept::default());
        assert_eq!(ids, ["0", "1", "2"]);
        assert_eq!(counts.papers, 3);
    }
}

fn records_of(path: &Path) -> Input {
    Input {
        place: InputSource::File(path.to_path_buf()),
        shown: "r".to_string(),
        format: Some(Format::Records),
        folder: None,
        known: Arc::default(),
        doubts: None,
        only: Vec::new(),
    }
}

#[test]
fn a_fault_of_the_program_in_one_paper_does_not_cost_the_others() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let records = "{\"id\": \"a\", \"text\": \"\"}\n{\"id\": \"bad\", \"text\": \"\"}\n{\"id\": \"c\", \"text\": \"\"}\n";
    std::fs::write(file.path(), records).unwrap();
    let input = records_of(file.path());
    for jobs in [1, 2] {
        let options = RunOptions { jobs, ..RunOptions::default() };
        let mut kept = Kept::default();
        let (written, counts) = outputs(input.clone(), &Faulty, &options, &mut kept);
        assert_eq!(written, ["a", "r:2 internal", "c"]);
        assert_eq!(counts, Counts { papers: 3, failures: 1 });
        assert_eq!(kept.0.len(), 1);
        assert!(kept.0[0].starts_with("r:2: byname itself failed on this paper"), "{:?}", kept.0);
    }
}

#[test]
fn a_sink_that_fails_ends_the_run() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{\"id\": \"a\", \"text\": \"\"}\n").unwrap();
    let inputs = std::iter::once(Ok(records_of(file.path())));
    let mut sink = |_| Err(io::Error::other("the disk is full"));
    let ended = run(inputs, &Faulty, &RunOptions::default(), &mut sink, &mut Kept::default());
    assert!(matches!(ended, Err(RunError::Write(error)) if error.to_string() == "the disk is full"));
}
