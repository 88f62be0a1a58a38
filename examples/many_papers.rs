//! Tells how many nameless systems each paper of a folder has: `cargo run --example many_papers -- papers/`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, Write as _};
use std::path::PathBuf;

use byname::collection::{Failure, Observer, RunOptions, Task, run, walk};
use byname::document::ReadError;
use byname::{Document, Engine};

/// Counts the nameless systems of each paper; of one that cannot be read there is nothing to count.
struct CountNameless(Engine);

impl Task for CountNameless {
    type Output = Option<(usize, String)>;

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> Self::Output {
        Some((self.0.scan(&document).nameless().count(), document.id))
    }

    fn lost(&self, _shown: &str, _error: &ReadError) -> Self::Output {
        None
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
    let mut out = io::stdout().lock();
    let mut sink = |counted| match counted {
        Some((count, paper)) => writeln!(out, "{count:4} {paper}"),
        None => Ok(()),
    };
    run(walk(folders).into_iter(), &task, &options, &mut sink, &mut Tell)?;
    Ok(())
}
