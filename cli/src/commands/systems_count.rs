//! `byname systems count` and `byname systems check --coverage`: count the systems that papers name.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use byname::catalogue::{Catalogue, HalfYearCounts, SystemId, USES};
use byname::report::printable;
use byname_lab::counting::{CountNames, NameCounts, Thin, UnknownName, thinly_known};
use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::gathered_run::{GatheredArgs, Papers};
use super::load::Loaded;
use super::output::{Output, json};
use super::paper_options::CollectionArgs;
use super::status::{CommandError, Outcome};
use super::values::ListFormat;

/// Count how many papers of a collection name each system, half-year by half-year
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname systems count abstracts.jsonl\n  \
    byname systems count papers/ --write mine --source \"our reading list, 2026\"\n  \
    byname scan paper.md --catalog mine\n\n\
    What is written is the file uses.toml of a catalogue, by which linking knows how much a system was used \
    at the date of a paper. Papers without a date are left out.")]
pub(super) struct CountArgs {
    /// Write the counts to uses.toml in this catalogue folder
    #[arg(long, value_name = "DIR", requires = "source")]
    write: Option<PathBuf>,

    /// Which papers were counted, for readers of the file
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    source: Option<String>,

    #[command(flatten)]
    gathered: GatheredArgs,
}

/// What `systems check` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname systems check\n  \
    byname systems check --catalog mine --coverage abstracts.jsonl --min-papers 20")]
pub(super) struct CheckArgs {
    /// Papers to look through for names that no system has, and for systems that papers name often and of
    /// which facts are missing; may be given more than once
    #[arg(long, value_name = "PATH")]
    pub(super) coverage: Vec<PathBuf>,

    /// How many papers must give a name for --coverage to tell of it
    #[arg(long, value_name = "N", default_value_t = 10, requires = "coverage")]
    min_papers: u32,

    #[command(flatten)]
    collection: CollectionArgs,
}

/// A system in the JSON output of the counts.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    papers: u64,
    #[serde(rename = "by-half-year")]
    by_half_year: String,
}

/// The JSON output of the counts.
#[derive(Serialize)]
struct Shown<'a> {
    papers: u64,
    undated: usize,
    systems: Vec<Row<'a>>,
    unknown: &'a [UnknownName],
}

pub(super) fn run(
    args: &CountArgs,
    loaded: &Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let (counts, unread) = count(args.gathered.papers(), loaded, &output, context)?;
    let catalogue = loaded.engine.catalogue();
    if let (Some(folder), Some(source)) = (&args.write, &args.source) {
        write(folder, &counts.file(&catalogue.systems, source))?;
    }
    let text = match args.gathered.form.format {
        ListFormat::Json => json(&Shown {
            papers: counts.papers.sum(),
            undated: counts.undated,
            systems: ranked(&counts, catalogue)
                .into_iter()
                .map(|(id, counts)| Row { id, papers: counts.sum(), by_half_year: counts.to_string() })
                .collect(),
            unknown: &counts.unknown,
        })?,
        ListFormat::Text => counts_text(&counts, catalogue),
    };
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread })
}

/// Returns the text that `--coverage` adds to the check, and whether papers could not be read.
pub(super) fn coverage(
    args: &CheckArgs,
    loaded: &Loaded,
    output: &Output,
    context: &Context,
) -> Result<(String, bool), CommandError> {
    let papers = Papers { paths: &args.coverage, collection: &args.collection };
    let (counts, unread) = count(papers, loaded, output, context)?;
    let catalogue = loaded.engine.catalogue();
    let thin = thinly_known(&counts, catalogue, u64::from(args.min_papers));
    let unknown = counts.unknown.iter().take_while(|name| name.papers >= args.min_papers);
    let mut text = String::new();
    for UnknownName { name, entity_type, papers } in unknown {
        let _ =
            writeln!(text, "unknown  {papers:5} papers name {name}, a {entity_type} that no system here is");
    }
    for Thin { id, papers, lacks } in &thin {
        let _ =
            writeln!(text, "thin     {papers:5} papers name {id}, whose entry lacks {}", lacks.join(", "));
    }
    Ok((text, unread))
}

/// Counts the names in the papers; also returns whether some could not be read.
fn count(
    papers: Papers<'_>,
    loaded: &Loaded,
    output: &Output,
    context: &Context,
) -> Result<(NameCounts, bool), CommandError> {
    let task = CountNames { engine: &loaded.engine };
    let (papers, counts) = papers.gather(&task, loaded, output, context)?;
    Ok((NameCounts::gather(papers.into_iter().flatten(), Catalogue::today()), counts.failures > 0))
}

/// Returns the systems, those named in most papers first.
fn ranked<'a>(counts: &'a NameCounts, catalogue: &'a Catalogue) -> Vec<(&'a str, &'a HalfYearCounts)> {
    let id_of = |id: SystemId| catalogue.system(id).map(|system| system.id.as_str());
    let mut rows: Vec<(&str, &HalfYearCounts)> =
        counts.of_systems.iter().filter_map(|(id, counts)| Some((id_of(*id)?, counts))).collect();
    rows.sort_by(|a, b| b.1.sum().cmp(&a.1.sum()).then_with(|| a.0.cmp(b.0)));
    rows
}

fn counts_text(counts: &NameCounts, catalogue: &Catalogue) -> String {
    let mut text = String::new();
    for (id, of_system) in ranked(counts, catalogue) {
        let _ = writeln!(text, "{:6}  {id}  {of_system}", of_system.sum());
    }
    let _ = writeln!(
        text,
        "{} systems are named in {} papers; {} papers without a date of use were left out",
        counts.of_systems.len(),
        counts.papers.sum(),
        counts.undated
    );
    printable(&text).into_owned()
}

fn write(folder: &Path, text: &str) -> Result<(), CommandError> {
    let path = folder.join(USES);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| CommandError::write(&path.display().to_string(), &error))
}
