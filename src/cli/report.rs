//! `byname report`: saved results in, one page or one table out.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};
use super::values::{PageFormat, value_of};
use crate::saved::{
    SavedCsv, SavedDocument, SavedError, SavedHtml, SavedReport, SavedTally, saved_documents,
};

/// Turn saved results into one HTML page, or into CSV
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname scan papers/ --format jsonl --output found.jsonl\n  \
    byname report found.jsonl --output found.html\n  \
    byname report found.jsonl --format csv")]
pub(super) struct ReportArgs {
    /// What `scan --format jsonl` or `merge` wrote
    #[arg(value_name = "RESULTS.jsonl")]
    results: PathBuf,

    /// The form of the result [default: by the ending of --output, else html]
    #[arg(long, short, value_parser = value_of(PageFormat::NAMES, str::parse::<PageFormat>))]
    format: Option<PageFormat>,
}

pub(super) fn run(args: &ReportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let ending = context.common.output.first().and_then(|path| path.extension());
    let by_ending = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let report: &dyn SavedReport = match args.format {
        Some(PageFormat::Csv) => &SavedCsv,
        None if by_ending => &SavedCsv,
        Some(PageFormat::Html) | None => &SavedHtml,
    };
    // Two passes, so that results of any length can be counted before the first is shown.
    let (mut tally, mut unread) = (SavedTally::default(), false);
    for document in documents(&args.results)? {
        match document {
            Ok(document) => tally.add(&document),
            Err(error) => {
                unread = true;
                context.messages.unread(&format!("{}: {error}", args.results.display()));
            }
        }
    }
    if unread && tally.documents == 0 {
        let fault = CommandError::new(format!("{} holds no results", args.results.display()));
        return Err(fault.help("give what `scan --format jsonl` wrote"));
    }
    let mut output = context.output()?;
    let place = output.place.clone();
    let failed = |error: &std::io::Error| CommandError::write(&place, error);
    report.begin(&tally, &mut output).map_err(|error| failed(&error))?;
    for document in documents(&args.results)?.flatten() {
        report.document(&document, &mut output).map_err(|error| failed(&error))?;
    }
    report.end(&mut output).map_err(|error| failed(&error))?;
    output.finish()?;
    Ok(Outcome { found: false, unread })
}

fn documents(
    path: &Path,
) -> Result<impl Iterator<Item = Result<SavedDocument, SavedError>> + use<>, CommandError> {
    let file = File::open(path)
        .map_err(|error| CommandError::new(format!("{} cannot be read: {error}", path.display())))?;
    Ok(saved_documents(BufReader::with_capacity(1 << 16, file)))
}
