//! Papers that the calling program holds in memory: the same work as in a run, result by result.

use std::path::Path;
use std::sync::Arc;

use super::process::{Chunk, Worker};
use super::{Failure, Input, RunOptions, Task};
use crate::engine::ScanOptions;

/// The result of one paper.
#[derive(Debug)]
pub struct Done<O> {
    /// The output of the task; `None` for an input that turned out not to be a paper.
    pub output: Option<O>,
    /// The reason why the paper could not be read, or not completely.
    pub failure: Option<Failure>,
    /// `true` if nothing of the paper could be read.
    pub is_lost: bool,
}

impl<O> From<Chunk<O>> for Done<O> {
    fn from(mut chunk: Chunk<O>) -> Self {
        Self { output: chunk.outputs.pop(), failure: chunk.failures.pop(), is_lost: chunk.lost > 0 }
    }
}

/// Runs a task on records, each the bytes of a JSON object, on the calling thread. Returns one result per
/// record, in their order. A record without an id is named by `shown` and its number, counted from `first`.
/// The bytes may belong to whoever calls, since they are read where they lie.
pub fn run_records<T: Task>(
    records: &[impl AsRef<[u8]>],
    (shown, first): (&str, usize),
    task: &T,
    options: &RunOptions,
) -> Vec<Done<T::Output>> {
    let worker = Worker { task, options };
    let known = Arc::new(ScanOptions::default());
    let run_one = |(index, record): (usize, &_)| {
        let mut chunk = Chunk::default();
        if !worker.is_stopped(&mut chunk) {
            let record = AsRef::<[u8]>::as_ref(record);
            let place = format!("{shown}:{}", first.saturating_add(index));
            worker.record(
                &mut chunk,
                (&place, false),
                &known,
                (record.len() <= options.limits.size).then_some(record),
            );
        }
        chunk.into()
    };
    records.iter().enumerate().map(run_one).collect()
}

/// Runs a task on the single paper in a file; `known` holds the caller's knowledge of it. A folder, or a file
/// that holds several papers, fails like a paper that cannot be read.
pub fn run_file<T: Task>(path: &Path, known: ScanOptions, task: &T, options: &RunOptions) -> Done<T::Output> {
    let input = Input { known: Arc::new(known), ..Input::file(path) };
    Worker { task, options }.single(&input).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, ReadError, ReadLimits};

    /// A task that returns the id and the length of each paper.
    struct Lengths;

    impl Task for Lengths {
        type Output = String;

        fn paper(&self, document: Document, _: Option<&ReadError>) -> String {
            assert_ne!(document.prose, "panic");
            format!("{} {}", document.id, document.prose.len())
        }

        fn lost(&self, _: &str, _: &ReadError) -> String {
            String::new()
        }
    }

    #[test]
    fn each_record_has_its_own_result_in_its_place() {
        let records: [&[u8]; 5] = [
            br#"{"text": "abc"}"#,
            br#"{"id": "x", "text": null}"#,
            b"no json",
            br#"{"text": "panic"}"#,
            br#"{"id": "y", "text": "de"}"#,
        ];
        let done = run_records(&records, ("given", 7), &Lengths, &RunOptions::default());
        let summary = |done: &Done<String>| {
            let failure =
                done.failure.as_ref().map(|failure| format!("{}: {}", failure.document, failure.error.kind));
            (done.output.clone().unwrap(), failure, done.is_lost)
        };
        insta::assert_debug_snapshot!(done.iter().map(summary).collect::<Vec<_>>());
    }

    #[test]
    fn records_of_others_are_read_where_they_lie() {
        let shared: Arc<[u8]> = br#"{"text": "abc"}"#[..].into();
        let records = vec![Arc::clone(&shared); 2];
        let done = run_records(&records, ("given", 1), &Lengths, &RunOptions::default());
        assert_eq!(done[1].output.as_deref(), Some("given:2 3"));
        let small =
            RunOptions { limits: ReadLimits { size: 8, ..ReadLimits::default() }, ..RunOptions::default() };
        let lost = run_records(&records, ("given", 1), &Lengths, &small);
        assert!(lost[0].is_lost, "one that is too large");
    }

    #[test]
    fn a_file_holds_one_paper_or_fails() {
        let folder = tempfile::tempdir().unwrap();
        let paper = folder.path().join("a.md");
        std::fs::write(&paper, "one two").unwrap();
        let kind = |path: &Path| {
            let done = run_file(path, ScanOptions::default(), &Lengths, &RunOptions::default());
            done.failure.map_or_else(|| done.output.unwrap(), |failure| failure.error.kind.into())
        };
        assert!(kind(&paper).ends_with("a.md 7"));
        assert_eq!(kind(folder.path()), "unreadable");
        assert_eq!(kind(&folder.path().join("none.md")), "not-found");
    }
}
