//! What a run promises whatever the task is.

use std::sync::Arc;

use super::*;
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

#[test]
fn a_fault_of_the_program_in_one_paper_does_not_cost_the_others() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let records = "{\"id\": \"a\", \"text\": \"\"}\n{\"id\": \"bad\", \"text\": \"\"}\n{\"id\": \"c\", \"text\": \"\"}\n";
    std::fs::write(file.path(), records).unwrap();
    let input = Input {
        place: Place::File(file.path().to_path_buf()),
        shown: "r".to_string(),
        format: Some(Format::Records),
        folder: None,
        known: Arc::default(),
        doubts: None,
        only: Vec::new(),
    };
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
