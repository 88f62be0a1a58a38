//! The fuzz targets: everything that reads untrusted input, one function each.

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
use byname::report::{JsonLines, Report};
use byname::scan::{Rendered, ReportWriter};

use crate::driver::{Target, as_it_is};
use crate::promises::{Source, check, check_error, engine, scan};

/// Returns small limits, so that small inputs reach them.
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

/// Reads bytes as one paper in a format, and checks the result.
fn one_paper(format: Format, bytes: &[u8], source: Source<'_>) {
    match read_document("a", Some(format), bytes.to_vec(), limits()) {
        Ok((document, error)) => {
            check(&document, source);
            error.iter().for_each(check_error);
        }
        Err(error) => check_error(&error),
    }
}

/// Checks that no failure of a run is an internal one.
struct Minding;

impl Observer for Minding {
    fn failure(&mut self, failure: &Failure) {
        check_error(&failure.error);
    }

    fn progress(&mut self, _: usize, _: u64) {}
}

/// Returns the output of a run over one file.
fn whole_run(path: &Path, options: &RunOptions) -> Vec<u8> {
    let report = JsonLines::new(engine().catalogue());
    let reports: [&dyn Report; 1] = [&report];
    let mut writer = ReportWriter::begin(&reports, vec![Vec::new()]).unwrap();
    let inputs = std::iter::once(Ok(Input::file(path)));
    let mut sink = |rendered: std::io::Result<Rendered>| writer.paper(&rendered?);
    run(inputs, &scan(&reports), options, &mut sink, &mut Minding).unwrap();
    writer.end().unwrap().1.concat()
}
