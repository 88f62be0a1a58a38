//! Everything that reads what strangers wrote, one function each.

mod files;
mod knowledge;
mod latex;
mod markup;
mod results;
mod text;

pub use files::*;
pub use knowledge::*;
pub use latex::{latex, latex_project};
pub use markup::*;
pub use results::*;
pub use text::*;

use std::path::Path;

use byname::collection::{Failure, Format, Input, Observer, RunOptions, read_document, run};
use byname::document::ReadLimits;
use byname::report::JsonLines;

use crate::driver::{Target, as_it_is};
use crate::promises::{Source, check, check_error, engine, scan};

/// Small limits, so that small inputs come to them.
fn limits() -> ReadLimits {
    ReadLimits { size: 1 << 20, ..ReadLimits::default() }
}

fn target(
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    tokens: &'static [&'static str],
    check: fn(&[u8]),
) -> Target {
    Target { name, seeds, tokens, shape: as_it_is, check, short: 12 }
}

/// Reads bytes as one paper in a format, and looks at what comes of it.
fn one_paper(format: Format, bytes: &[u8], source: Source<'_>) {
    match read_document("a", Some(format), bytes.to_vec(), limits()) {
        Ok((document, error)) => {
            check(&document, source);
            error.iter().for_each(check_error);
        }
        Err(error) => check_error(&error),
    }
}

/// Keeps nothing, and minds what is a fault of the program.
struct Minding;

impl Observer for Minding {
    fn failure(&mut self, failure: &Failure) {
        check_error(&failure.error);
    }

    fn progress(&mut self, _: usize, _: u64) {}
}

/// What a run over one file writes.
fn whole_run(path: &Path, options: &RunOptions) -> Vec<u8> {
    let mut out = Vec::new();
    let report = JsonLines::new(engine().catalogue());
    let inputs = std::iter::once(Ok(Input::file(path)));
    run(inputs, &scan(&report), options, &mut out, &mut Minding).unwrap();
    out
}
