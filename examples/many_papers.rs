//! Tells how many nameless systems each paper of a folder has: `cargo run --example many_papers -- papers/`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, Write as _};
use std::path::PathBuf;

use byname::collection::{Failure, Observer, RunOptions, Task, run, walk};
use byname::document::ReadError;
use byname::report::Tally;
use byname::{Document, Engine};

/// Writes one line a paper.
struct CountNameless(Engine);

impl Task for CountNameless {
    fn paper(
        &self,
        document: Document,
        _error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        tally.add_plain(&[]);
        writeln!(out, "{:4} {}", self.0.scan(&document).nameless().count(), document.id)
    }
}

/// Tells of what cannot be read, while the run goes on.
struct Tell;

impl Observer for Tell {
    fn failure(&mut self, failure: &Failure) {
        eprintln!("{}: {}", failure.document, failure.error.message);
    }

    fn progress(&mut self, _documents: usize, _bytes: u64) {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let task = CountNameless(Engine::built_in()?);
    let options = RunOptions { jobs: 2, ..RunOptions::default() };
    run(walk(folders).into_iter(), &task, &options, &mut io::stdout().lock(), &mut Tell)?;
    Ok(())
}
