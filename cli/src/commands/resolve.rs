//! `byname resolve`: ranks systems for a description.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::slice;

use byname::collection::{Format, Input, RunOptions, Task, run as run_collection};
use byname::document::{Document, PartialDate, ReadError};
use byname::report::{Json, Ranked, Report, Tally, visible_at_start};
use byname::resolve::Ranking;
use byname::{Engine, ScanOptions};
use clap::{ArgGroup, Args};

use super::context::Context;
use super::load::Loaded;
use super::organisation_names::unknown_organisations;
use super::paper_options::{LayOver as _, RunArgs, jobs, limits};
use super::status::{CommandError, Outcome};
use super::system_search;
use super::values::{OutputFormat, value_of};
use super::watcher::Watcher;

/// Rank the named systems that a description fits
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("described").required(true).args(["text", "records"])))]
#[command(after_help = "Examples:\n  \
    byname resolve \"a 137B dialogue model\" --organisation Google --date 2021-08\n  \
    byname resolve --records descriptions.jsonl > ranked.jsonl")]
pub(super) struct ResolveArgs {
    /// The description, or - for standard input
    pub(super) text: Option<String>,

    /// Rank for every record {"id", "text", "date"?, "organisations"?} of a JSON Lines file, and print JSON lines
    #[arg(long, value_name = "FILE")]
    pub(super) records: Option<PathBuf>,

    /// When the description was written: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long)]
    pub(super) date: Option<PartialDate>,

    /// An organisation of the authors; may be given more than once
    #[arg(long, value_name = "NAME")]
    pub(super) organisation: Vec<String>,

    /// How many candidates to show
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) top: u16,

    /// The form of the result [default: text; jsonl with --records]
    #[arg(long, short, value_parser = value_of(OutputFormat::NAMES, str::parse::<OutputFormat>))]
    pub(super) format: Option<OutputFormat>,

    #[command(flatten)]
    pub(super) run: RunArgs,
}

/// Number of bytes of standard input that are read as a description.
const MOST: u64 = 1 << 20;

pub(super) fn run(args: &ResolveArgs, context: &Context) -> Result<Outcome, CommandError> {
    let options = ScanOptions { date: args.date, organisations: args.organisation.clone() };
    match (&args.text, &args.records) {
        (Some(text), _) if text == "-" => {
            let mut text = String::new();
            io::stdin()
                .take(MOST)
                .read_to_string(&mut text)
                .map_err(|error| CommandError::new(format!("standard input cannot be read: {error}")))?;
            one(args, &text, &options, context)
        }
        (Some(text), _) => one(args, text, &options, context),
        (None, Some(path)) => many(args, path, options, context),
        (None, None) => {
            Err(CommandError::new("there is nothing to resolve: give a description or --records"))
        }
    }
}

/// Ranks systems for the description on the command line.
fn one(
    args: &ResolveArgs,
    text: &str,
    options: &ScanOptions,
    context: &Context,
) -> Result<Outcome, CommandError> {
    if text.trim().is_empty() {
        let help = "describe the system, as in: byname resolve \"a 137B dialogue model\"";
        return Err(CommandError::new("the description is empty").help(help));
    }
    let loaded = context.setup(&[])?.load()?;
    let catalogue = loaded.engine.catalogue();
    unknown_organisations(catalogue, &args.organisation).iter().for_each(|note| context.note(note));
    if let Ok((_, system)) = system_search::find(catalogue, text.trim()) {
        context.note(&format!(
            "`{}` is a name and no description; `byname systems show {}` tells what is known of it",
            system.name, system.id
        ));
    }
    let document = Document::from_prose("description", text);
    let ranking = loaded.engine.rank(&document, options);
    let ranked = Ranked { document: &document, ranking: &ranking, top: args.top.into(), errors: &[] };
    let output = context.output()?;
    let mut out = Vec::new();
    let written = match args.format.unwrap_or(OutputFormat::Text) {
        OutputFormat::Text => ranked.text(&mut out),
        OutputFormat::Json | OutputFormat::JsonLines => {
            let written = ranked.json(loaded.engine.catalogue(), &mut out);
            out.push(b'\n');
            written
        }
    };
    written.map_err(|error| CommandError::write(&output.place, &error))?;
    output.complete(&out)?;
    Ok(Outcome::default())
}

/// Ranks systems for every record of a file.
fn many(
    args: &ResolveArgs,
    path: &Path,
    options: ScanOptions,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let mut setup = context.setup(&[path.to_path_buf()])?;
    setup.lay_over(|configuration| args.run.lay_over(configuration));
    let settings = setup.settings()?;
    let loaded = setup.load()?;
    let format = args.format.unwrap_or(OutputFormat::JsonLines);
    let mut output = context.output()?;
    let mut watcher =
        Watcher::new(context, args.run.no_progress, &[path.to_path_buf()], format == OutputFormat::Text);
    // Whatever the file is called, its lines are records.
    let input = if path.as_os_str() == "-" { Input::stdin() } else { Input::file(path) };
    let inputs = std::iter::once(Ok(Input { format: Some(Format::Records), ..input }));
    let run_options =
        RunOptions { jobs: jobs(&settings), limits: limits(&settings), ..RunOptions::default() };
    let task = Rank { loaded: &loaded, options, top: args.top.into(), format };
    let place = output.place.clone();
    let broken = |error: io::Error| CommandError::write(&place, &error);
    let mut head = Vec::new();
    task.frame().map_or(Ok(()), |frame| frame.begin(&mut head)).map_err(broken)?;
    output.write_all(&head).map_err(broken)?;
    let mut wrote = false;
    let mut sink = |ranked: io::Result<Vec<u8>>| {
        if std::mem::replace(&mut wrote, true) && format == OutputFormat::Json {
            output.write_all(b",\n")?;
        }
        output.write_all(&ranked?)
    };
    let done = run_collection(inputs, &task, &run_options, &mut sink, &mut watcher);
    watcher.finish();
    let counts = done.map_err(|error| CommandError::run(&place, &error))?;
    let mut tail = Vec::new();
    task.frame().map_or(Ok(()), |frame| frame.end(&Tally::plain(counts), &mut tail)).map_err(broken)?;
    output.write_all(&tail).map_err(broken)?;
    output.finish()?;
    Ok(Outcome { found: false, unread: counts.failures > 0 })
}

/// The task of ranking systems for each record.
struct Rank<'a> {
    loaded: &'a Loaded,
    options: ScanOptions,
    top: usize,
    format: OutputFormat,
}

impl Rank<'_> {
    fn write(&self, document: &Document, ranking: &Ranking, errors: &[ReadError]) -> io::Result<Vec<u8>> {
        let ranked = Ranked { document, ranking, top: self.top, errors };
        let catalogue = self.loaded.engine.catalogue();
        let mut out = Vec::new();
        match self.format {
            OutputFormat::Text => {
                writeln!(out, "{}", visible_at_start(&document.id))?;
                ranked.text(&mut out)?;
                writeln!(out)?;
            }
            OutputFormat::Json => ranked.json(catalogue, &mut out)?,
            OutputFormat::JsonLines => {
                ranked.json(catalogue, &mut out)?;
                writeln!(out)?;
            }
        }
        Ok(out)
    }

    /// Returns the report that writes the head and foot of a collection of rankings; `None` if the format has
    /// neither.
    fn frame(&self) -> Option<impl Report + '_> {
        let catalogue = self.loaded.engine.catalogue();
        (self.format == OutputFormat::Json).then(|| Json::new(catalogue, self.loaded.fingerprint.as_str()))
    }
}

impl Task for Rank<'_> {
    /// The text that is written for one record.
    type Output = io::Result<Vec<u8>>;

    fn engine(&self) -> Option<&Engine> {
        Some(&self.loaded.engine)
    }

    fn paper(&self, document: Document, error: Option<&ReadError>) -> Self::Output {
        let ranking = self.loaded.engine.rank(&document, &self.options);
        self.write(&document, &ranking, error.map(slice::from_ref).unwrap_or_default())
    }

    fn lost(&self, shown: &str, error: &ReadError) -> Self::Output {
        let document = Document::called(shown);
        self.write(&document, &Ranking::nothing(), slice::from_ref(error))
    }
}
