//! `byname report`: turns saved results into a page or a table, or lists all that may be one system.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use byname::catalogue::Catalogue;
use clap::Args;

use super::context::Context;
use super::output::Output;
use super::status::{CommandError, Outcome};
use super::system_search;
use super::values::{PageFormat, value_of};
use crate::saved::{
    Gathered, Makers, OfSystem, Page, SavedCsv, SavedDocument, SavedError, is_further, saved_documents,
};

/// Turn saved results into an HTML page with pictures and filters, or into CSV
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname scan papers/ --format jsonl --output found.jsonl\n  \
    byname report found.jsonl --output found.html\n  \
    byname report found.jsonl --format csv\n  \
    byname report found.jsonl --system lamda")]
pub(super) struct ReportArgs {
    /// What `scan --format jsonl` or `merge` wrote
    #[arg(value_name = "RESULTS.jsonl")]
    results: PathBuf,

    /// The form of the result [default: by the ending of --output, else html, or markdown with --system]
    #[arg(long, short, value_parser = value_of(PageFormat::NAMES, str::parse::<PageFormat>))]
    format: Option<PageFormat>,

    /// List every nameless reference that may be this system, with its probability and the reasons
    #[arg(long, value_name = "SYSTEM")]
    system: Option<String>,
}

pub(super) fn run(args: &ReportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let format = format_of(args, context)?;
    let unread = match (&args.system, format) {
        (None, PageFormat::Csv) => csv(args, context)?,
        (None, _) => page(args, context)?,
        (Some(system), _) => of_system(args, context, system, format)?,
    };
    Ok(Outcome { found: false, unread })
}

fn format_of(args: &ReportArgs, context: &Context) -> Result<PageFormat, CommandError> {
    let ending = context.common.output.first().and_then(|path| path.extension()?.to_str());
    let by_ending = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Some(PageFormat::Csv),
        Some("md" | "markdown") => Some(PageFormat::Markdown),
        Some("html" | "htm") => Some(PageFormat::Html),
        _ => None,
    };
    if let (Some(ending), None, None) = (ending, by_ending, args.format) {
        let message = format!("a report is no file ending in .{ending}");
        return Err(CommandError::new(message).help("end it in .html, .csv or .md, or give --format"));
    }
    let of_system = args.system.is_some();
    let usual = if of_system { PageFormat::Markdown } else { PageFormat::Html };
    match args.format.or(by_ending).unwrap_or(usual) {
        PageFormat::Html if of_system => Err(CommandError::new("--system writes Markdown or CSV")
            .help("the page of the whole report has a page for each system: leave --system out")),
        PageFormat::Markdown if !of_system => {
            Err(CommandError::new("Markdown is written with --system alone")
                .help("give --system SYSTEM, or write HTML or CSV"))
        }
        format => Ok(format),
    }
}

/// Writes the results as CSV, one line per reference, without holding them in memory.
fn csv(args: &ReportArgs, context: &Context) -> Result<bool, CommandError> {
    let mut output = None;
    let broken = each_document(&args.results, context, |document| {
        let out = match &mut output {
            Some(out) => out,
            None => {
                let out = output.insert(context.output()?);
                written(out, |out| SavedCsv.titles(out))?;
                out
            }
        };
        written(out, |out| SavedCsv.document(&document, out))
    })?;
    let out = match output {
        Some(out) => out,
        None => {
            let mut out = context.output()?;
            written(&mut out, |out| SavedCsv.titles(out))?;
            out
        }
    };
    out.finish()?;
    Ok(broken > 0)
}

fn page(args: &ReportArgs, context: &Context) -> Result<bool, CommandError> {
    let makers = Makers::new(&Catalogue::load(&context.layers()?)?);
    let (gathered, broken) = gather(args, context, &makers)?;
    let target = context.common.output.first();
    let name = target.and_then(|path| further_names(path));
    let page = Page::new(&gathered, broken, name.as_ref().map(|name| name as &dyn Fn(usize) -> String));
    let mut output = context.output()?;
    // Pages that the first one leads to are there before it is.
    for (place, name) in page.further().enumerate() {
        let mut further =
            Output::open(Some(&target.map_or_else(PathBuf::new, |path| path.with_file_name(name))))?;
        written(&mut further, |out| page.write_further(place, out))?;
        further.finish()?;
    }
    written(&mut output, |out| page.write(out))?;
    output.finish()?;
    if let (Some(path), Some(name)) = (target, &name) {
        let older = (page.further().count() + 2..).map(|number| (number, path.with_file_name(name(number))));
        remove_older(older, context);
    }
    match page.further().count() {
        0 => {}
        1 => context.note("one page would grow too long: a further one was written beside it"),
        count => context
            .note(&format!("one page would grow too long: {count} further ones were written beside it")),
    }
    Ok(broken > 0)
}

fn of_system(
    args: &ReportArgs,
    context: &Context,
    wanted: &str,
    format: PageFormat,
) -> Result<bool, CommandError> {
    let catalogue = Catalogue::load(&context.layers()?)?;
    let (gathered, broken) = gather(args, context, &Makers::new(&catalogue))?;
    let found = match OfSystem::find(&gathered, wanted) {
        Some(found) => found,
        // What the results do not have by this name, they may have by its id.
        None => match system_search::find(&catalogue, wanted) {
            Ok((_, system)) => OfSystem::find(&gathered, &system.id)
                .unwrap_or_else(|| OfSystem::none(&gathered, &system.name)),
            Err(fault) => {
                let near = OfSystem::nearest(&gathered, wanted);
                return Err(if near.is_empty() {
                    fault
                } else {
                    CommandError::new(format!("there is no system `{wanted}`"))
                        .help(format!("did you mean {}? These are in the results", near.join(", ")))
                });
            }
        },
    };
    let mut output = context.output()?;
    written(&mut output, |out| if format == PageFormat::Csv { found.csv(out) } else { found.markdown(out) })?;
    output.finish()?;
    Ok(broken > 0)
}

fn gather(args: &ReportArgs, context: &Context, makers: &Makers) -> Result<(Gathered, usize), CommandError> {
    let mut gathered = Gathered::default();
    let broken = each_document(&args.results, context, |document| {
        gathered.add(&document, makers);
        Ok(())
    })?;
    gathered.sort();
    Ok((gathered, broken))
}

/// Passes each document of the results on, and reports the invalid lines in one message; returns their
/// number.
fn each_document(
    path: &Path,
    context: &Context,
    mut take: impl FnMut(SavedDocument) -> Result<(), CommandError>,
) -> Result<usize, CommandError> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| CommandError::read(path, error))?;
    let (mut documents, mut broken, mut first) = (0usize, 0usize, None);
    for document in saved_documents(BufReader::with_capacity(1 << 16, file)) {
        match document {
            Ok(document) => {
                documents += 1;
                take(document)?;
            }
            Err(error) => {
                broken += 1;
                first.get_or_insert(error);
            }
        }
    }
    let Some(error) = first else { return Ok(0) };
    if documents == 0 {
        if let SavedError::Read(error) = &error {
            return Err(CommandError::read(path, error));
        }
        let fault = CommandError::new(format!("{shown} holds no results: {error}"));
        return Err(fault.help("give what `scan --format jsonl` wrote"));
    }
    let more = match broken - 1 {
        0 => String::new(),
        1 => "; one more line is none".to_string(),
        more => format!("; {more} more lines are none"),
    };
    context.messages.unread(&format!("{shown}: {error}{more}"));
    Ok(broken)
}

/// Returns how further pages beside `path` are named: `found-2.html` beside `found.html`. Returns `None` for
/// a device or a pipe.
fn further_names(path: &Path) -> Option<impl Fn(usize) -> String + use<>> {
    if path.metadata().is_ok_and(|existing| !existing.is_file()) {
        return None;
    }
    let stem = path.file_stem()?.to_str()?.to_string();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("html").to_string();
    Some(move |number| format!("{stem}-{number}.{ending}"))
}

/// Deletes the further pages that an earlier, longer report left, up to the first file that is not such a
/// page.
fn remove_older(pages: impl Iterator<Item = (usize, PathBuf)>, context: &Context) {
    for (number, path) in pages {
        let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
        if !is_file || !File::open(&path).and_then(|page| is_further(page, number)).unwrap_or(false) {
            return;
        }
        if let Err(error) = fs::remove_file(&path) {
            let shown = path.display();
            context.note(&format!("{shown} is of an older report and cannot be taken away: {error}"));
            return;
        }
    }
}

fn written(
    output: &mut Output,
    write: impl FnOnce(&mut Output) -> io::Result<()>,
) -> Result<(), CommandError> {
    write(output).map_err(|error| CommandError::write(&output.place, &error))
}
