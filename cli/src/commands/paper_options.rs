//! Options that several commands share, and how they override `byname.toml`.

use std::num::NonZeroUsize;
use std::sync::Arc;

use byname::collection::{PassedOver, RunOptions};
use byname::document::{PartialDate, ReadLimits, RecordFields};
use clap::Args;

use crate::config::{Configuration, Settings, Size};

/// Options of commands that go through many papers.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// How many threads to use [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = jobs_of)]
    jobs: Option<NonZeroUsize>,

    /// Show no progress on standard error
    #[arg(long)]
    pub(super) no_progress: bool,

    /// Name each file of a folder that is passed over, and why
    #[arg(long)]
    verbose: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Options that bound what one paper may ask for.
#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// The largest paper to read; larger ones are reported and passed over [default: 64MiB]
    #[arg(long, value_name = "SIZE")]
    max_document_size: Option<Size>,

    /// How deep files, macros and elements may lie in each other in one paper [default: 200]
    #[arg(long, value_name = "N")]
    max_depth: Option<NonZeroUsize>,

    /// How many times its size a packed file may unpack to [default: 200]
    #[arg(long, value_name = "N")]
    max_unpacking: Option<NonZeroUsize>,

    /// How many pages of a PDF are read [default: 2000]
    #[arg(long, value_name = "N")]
    max_pages: Option<NonZeroUsize>,
}

/// Options that tell what the user knows of papers.
#[derive(Debug, Args)]
pub(super) struct KnownArgs {
    /// The date of papers that give none: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long)]
    date: Option<PartialDate>,

    /// An organisation of the authors of papers that give none; may be given more than once
    #[arg(long, value_name = "NAME")]
    organisation: Vec<String>,
}

/// Options that tell how papers are read, and what the user knows of them.
#[derive(Debug, Args)]
pub(super) struct PaperArgs {
    #[command(flatten)]
    known: KnownArgs,

    #[command(flatten)]
    fields: FieldArgs,
}

/// Options of commands that read a collection: how its papers are read, and how they are gone through.
#[derive(Debug, Args)]
pub(super) struct CollectionArgs {
    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    pub(super) run: RunArgs,
}

/// Options that tell how records are read.
#[derive(Debug, Args)]
pub(super) struct FieldArgs {
    /// The field of records that holds the text [default: text, abstract, body_text or pdf_parse]
    #[arg(long, value_name = "FIELD")]
    text_field: Option<String>,

    /// The field of records that holds the id [default: id]
    #[arg(long, value_name = "FIELD")]
    id_field: Option<String>,
}

/// Options that override values of a configuration.
pub(super) trait LayOver {
    /// Sets the values that the user gave; others stay as they are.
    fn lay_over(&self, configuration: &mut Configuration);
}

impl LayOver for KnownArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if let Some(date) = self.date {
            configuration.set("date", "--date", date);
        }
        if !self.organisation.is_empty() {
            configuration.set("organisation", "--organisation", &self.organisation);
        }
    }
}

impl LayOver for PaperArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        self.known.lay_over(configuration);
        self.fields.lay_over(configuration);
    }
}

impl LayOver for CollectionArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        self.papers.lay_over(configuration);
        self.run.lay_over(configuration);
    }
}

impl LayOver for FieldArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if let Some(field) = &self.text_field {
            configuration.set("text-field", "--text-field", field);
        }
        if let Some(field) = &self.id_field {
            configuration.set("id-field", "--id-field", field);
        }
    }
}

impl LayOver for LimitArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if let Some(size) = self.max_document_size {
            configuration.set("max-document-size", "--max-document-size", size);
        }
        if let Some(depth) = self.max_depth {
            configuration.set("max-depth", "--max-depth", depth);
        }
        if let Some(unpacking) = self.max_unpacking {
            configuration.set("max-unpacking", "--max-unpacking", unpacking);
        }
        if let Some(pages) = self.max_pages {
            configuration.set("max-pages", "--max-pages", pages);
        }
    }
}

impl LayOver for RunArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if let Some(jobs) = self.jobs {
            configuration.set("jobs", "--jobs", jobs);
        }
        self.limits.lay_over(configuration);
    }
}

/// Returns the options of a run over papers that the settings determine.
pub(super) fn run_options(settings: &Settings) -> RunOptions {
    RunOptions {
        jobs: jobs(settings),
        fields: fields(settings),
        limits: limits(settings),
        ..RunOptions::default()
    }
}

impl RunArgs {
    /// Creates the record of skipped files, which counts them, or lists them with `--verbose`.
    pub(super) fn passed_over(&self) -> Arc<PassedOver> {
        Arc::new(if self.verbose { PassedOver::listing() } else { PassedOver::default() })
    }
}

/// Most threads that can be requested: more than any machine can use, and few enough to be started.
const MOST_JOBS: usize = 256;

fn jobs_of(text: &str) -> Result<NonZeroUsize, String> {
    let jobs: NonZeroUsize = text.parse().map_err(|_| format!("write a number from 1 to {MOST_JOBS}"))?;
    if jobs.get() > MOST_JOBS { Err(format!("at most {MOST_JOBS} threads can be used")) } else { Ok(jobs) }
}

/// Returns the limits on reading one paper.
pub(super) fn limits(settings: &Settings) -> ReadLimits {
    ReadLimits {
        size: settings.max_document_size.0,
        depth: settings.max_depth.get(),
        unpacking: settings.max_unpacking.get(),
        pages: settings.max_pages.get(),
    }
}

/// Returns the names of the fields of records.
pub(super) fn fields(settings: &Settings) -> RecordFields {
    RecordFields { text: settings.text_field.clone(), id: settings.id_field.clone() }
}

/// Returns the number of threads.
pub(super) fn jobs(settings: &Settings) -> usize {
    let jobs = settings.jobs.or_else(|| std::thread::available_parallelism().ok());
    jobs.map_or(1, NonZeroUsize::get)
}
