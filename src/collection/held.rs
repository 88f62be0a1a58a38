//! Papers that the program around the library holds in its memory: the same work as a run's, result by result.

use std::path::Path;
use std::sync::Arc;

use super::feed::Work;
use super::process::{Chunk, Worker};
use super::stream::{Lines, RawLine};
use super::{Failure, Input, RunOptions, Task};
use crate::engine::ScanOptions;

/// What a task wrote of one paper.
#[derive(Debug, Default)]
pub struct Done {
    /// What it wrote.
    pub bytes: Vec<u8>,
    /// Why the paper could not be read, or not in full.
    pub failure: Option<Failure>,
    /// Whether nothing of it could be read.
    pub is_lost: bool,
}

impl From<Chunk> for Done {
    fn from(mut chunk: Chunk) -> Self {
        Self { bytes: chunk.bytes, failure: chunk.failures.pop(), is_lost: chunk.lost > 0 }
    }
}

/// Does a task on records, each the bytes of a JSON object, on the thread of the caller; gives one result each, in
/// their order. A record without an id is called after `shown` and its number, counted from `first`.
pub fn run_records(
    records: Vec<Vec<u8>>,
    (shown, first): (&str, usize),
    task: &dyn Task,
    options: &RunOptions,
) -> Vec<Done> {
    let worker = Worker { task, options };
    let (shown, known): (Arc<str>, _) = (shown.into(), Arc::new(ScanOptions::default()));
    let run_one = |(index, record): (usize, Vec<u8>)| {
        let range = (record.len() <= options.limits.size).then_some(0..record.len());
        let lines =
            Lines { bytes: record, lines: vec![RawLine { number: first.saturating_add(index), range }] };
        worker.process(Work::Records { shown: shown.clone(), known: known.clone(), lines }).into()
    };
    records.into_iter().enumerate().map(run_one).collect()
}

/// Does a task on the one paper that a file holds; `known` is what the caller knows of it. A folder, or a file that
/// holds several papers, fails as a paper that cannot be read.
pub fn run_file(path: &Path, known: ScanOptions, task: &dyn Task, options: &RunOptions) -> Done {
    let input = Input { known: Arc::new(known), ..Input::file(path) };
    Worker { task, options }.single(&input).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::report::Tally;
    use std::io::{self, Write as _};

    /// Writes what a paper is called and how long it is.
    struct Lengths;

    impl Task for Lengths {
        fn paper(
            &self,
            document: Document,
            _: Option<&crate::document::ReadError>,
            _: &mut Tally,
            out: &mut Vec<u8>,
        ) -> io::Result<()> {
            assert_ne!(document.prose, "panic");
            write!(out, "{} {}", document.id, document.prose.len())
        }
    }

    #[test]
    fn each_record_has_its_own_result_in_its_place() {
        let records = vec![
            br#"{"text": "abc"}"#.to_vec(),
            br#"{"id": "x", "text": null}"#.to_vec(),
            b"no json".to_vec(),
            br#"{"text": "panic"}"#.to_vec(),
            br#"{"id": "y", "text": "de"}"#.to_vec(),
        ];
        let done = run_records(records, ("given", 7), &Lengths, &RunOptions::default());
        let told = |done: &Done| {
            let failure =
                done.failure.as_ref().map(|failure| format!("{}: {}", failure.document, failure.error.kind));
            (String::from_utf8_lossy(&done.bytes).into_owned(), failure, done.is_lost)
        };
        insta::assert_debug_snapshot!(done.iter().map(told).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_holds_one_paper_or_fails() {
        let folder = tempfile::tempdir().unwrap();
        let paper = folder.path().join("a.md");
        std::fs::write(&paper, "one two").unwrap();
        let kind = |path: &Path| {
            let done = run_file(path, ScanOptions::default(), &Lengths, &RunOptions::default());
            done.failure.map_or_else(
                || String::from_utf8_lossy(&done.bytes).into_owned(),
                |told| told.error.kind.into(),
            )
        };
        assert!(kind(&paper).ends_with("a.md 7"));
        assert_eq!(kind(folder.path()), "unreadable");
        assert_eq!(kind(&folder.path().join("none.md")), "not-found");
    }
}
