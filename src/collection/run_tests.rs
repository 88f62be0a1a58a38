//! What a run promises whatever the task is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::collection::stream::BATCH;
use crate::collection::{Format, Place};
use crate::document::{Document, ReadError};

/// Writes each paper's id, and fails itself on one of them, after it has written half.
struct Faulty;

impl Task for Faulty {
    fn paper(
        &self,
        document: Document,
        _error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        tally.documents += 1;
        out.extend_from_slice(document.id.as_bytes());
        assert!(document.id != "bad", "the task fails on this one");
        out.push(b'\n');
        Ok(())
    }

    fn lost(&self, shown: &str, error: &ReadError, tally: &mut Tally, out: &mut Vec<u8>) -> io::Result<()> {
        tally.documents += 1;
        tally.failures += 1;
        writeln!(out, "{shown} {}", error.kind)
    }
}

/// Keeps what it is told.
#[derive(Default)]
struct Kept(Vec<String>);

impl Observer for Kept {
    fn failure(&mut self, failure: &Failure) {
        self.0.push(format!("{}: {}", failure.document, failure.error.message));
    }

    fn progress(&mut self, _documents: usize, _bytes: u64) {}
}

/// Writes each paper's id, and asks the run to end with one of them.
struct Stopper(Arc<AtomicBool>);

impl Task for Stopper {
    fn paper(
        &self,
        document: Document,
        _error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        tally.documents += 1;
        self.0.fetch_or(document.id == "2", Ordering::Relaxed);
        writeln!(out, "{}", document.id)
    }
}

#[test]
fn a_run_that_is_asked_to_end_begins_no_further_paper() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let padding = " ".repeat(BATCH / 4);
    let record = |number: usize| format!("{{\"id\": \"{number}\", \"text\": \"\"}}{padding}\n");
    std::fs::write(file.path(), (0..40).map(record).collect::<String>()).unwrap();
    for jobs in [1, 2] {
        let options = RunOptions { jobs, ..RunOptions::default() };
        let (mut out, mut kept) = (Vec::new(), Kept::default());
        let task = Stopper(Arc::clone(&options.stop));
        let inputs = std::iter::once(Ok(records_of(file.path())));
        let tally = run(inputs, &task, &options, &mut out, &mut kept).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "0\n1\n2\n");
        assert_eq!(tally.documents, 3);
    }
}

fn records_of(path: &Path) -> Input {
    Input {
        place: Place::File(path.to_path_buf()),
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
        let (mut out, mut kept) = (Vec::new(), Kept::default());
        let inputs = std::iter::once(Ok(input.clone()));
        let tally = run(inputs, &Faulty, &options, &mut out, &mut kept).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\nr:2 internal\nc\n");
        assert_eq!((tally.documents, tally.failures), (3, 1));
        assert_eq!(kept.0.len(), 1);
        assert!(kept.0[0].starts_with("r:2: byname itself failed on this paper"), "{:?}", kept.0);
    }
}
