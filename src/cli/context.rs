//! What several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::Args;

use super::load::{Loaded, layers, load};
use super::messages::Messages;
use super::output::Output;
use super::status::CommandError;
use super::values::{Colours, size, value_of};
use crate::catalogue::{Layer, LoadError};
use crate::document::{PartialDate, ReadLimits, RecordFields};
use crate::engine::ScanOptions;

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// Lay a package over the built-in catalogue: a folder, .zip or .tar.gz; may be given more than once
    #[arg(long, global = true, value_name = "PATH", help_heading = "Common options")]
    pub(super) catalog: Vec<PathBuf>,

    /// Write the result to a file instead of standard output; the file appears when it is complete
    #[arg(long, short, global = true, value_name = "FILE", help_heading = "Common options")]
    pub(super) output: Option<PathBuf>,

    /// Say nothing on standard error but errors
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub(super) quiet: bool,

    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = value_of(Colours::NAMES, str::parse::<Colours>), help_heading = "Common options")]
    pub(super) color: Colours,
}

/// Options of commands that go through many papers.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// How many threads to use [default: one for each processor]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Show no progress on standard error
    #[arg(long)]
    pub(super) no_progress: bool,

    #[command(flatten)]
    pub(super) limits: LimitArgs,
}

/// Options that bound what one paper may ask for.
#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// The largest paper to read; larger ones are reported and passed over
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    max_document_size: usize,

    /// How deep files, macros and elements may lie in each other in one paper
    #[arg(long, value_name = "N", default_value = "200")]
    max_depth: NonZeroUsize,

    /// How many times its size a packed file may unpack to
    #[arg(long, value_name = "N", default_value = "200")]
    max_unpacking: NonZeroUsize,

    /// How many pages of a PDF are read
    #[arg(long, value_name = "N", default_value = "2000")]
    max_pages: NonZeroUsize,
}

/// Options that tell how papers are read, and what the user knows of them.
#[derive(Debug, Args)]
pub(super) struct PaperArgs {
    /// The date of papers that give none: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long)]
    date: Option<PartialDate>,

    /// An organisation of the authors of papers that give none; may be given more than once
    #[arg(long, value_name = "NAME")]
    organisation: Vec<String>,

    #[command(flatten)]
    fields: FieldArgs,
}

/// Options that tell how records are read.
#[derive(Debug, Args)]
pub(super) struct FieldArgs {
    /// The field of records that holds the text [default: text, abstract, body_text or pdf_parse]
    #[arg(long, value_name = "FIELD")]
    text_field: Option<String>,

    /// The field of records that holds the id
    #[arg(long, value_name = "FIELD", default_value = "id")]
    id_field: String,
}

impl PaperArgs {
    /// What the user knows of every paper.
    pub(super) fn known(&self) -> ScanOptions {
        ScanOptions { date: self.date, organisations: self.organisation.clone() }
    }

    /// The fields of records.
    pub(super) fn fields(&self) -> RecordFields {
        self.fields.fields()
    }
}

impl FieldArgs {
    /// The fields of records.
    pub(super) fn fields(&self) -> RecordFields {
        RecordFields { text: self.text_field.clone(), id: self.id_field.clone() }
    }
}

impl LimitArgs {
    /// How much each paper may ask for.
    pub(super) fn limits(&self) -> ReadLimits {
        ReadLimits {
            size: self.max_document_size,
            depth: self.max_depth.get(),
            unpacking: self.max_unpacking.get(),
            pages: self.max_pages.get(),
        }
    }
}

impl RunArgs {
    pub(super) fn jobs(&self) -> usize {
        let jobs = self.jobs.or_else(|| std::thread::available_parallelism().ok());
        jobs.map_or(1, NonZeroUsize::get)
    }
}

/// What a command works with.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) common: CommonArgs,
    pub(super) messages: Messages,
}

impl Context {
    pub(super) fn new(common: CommonArgs) -> Self {
        match common.color {
            Colours::Auto => ColorChoice::Auto,
            Colours::Always => ColorChoice::Always,
            Colours::Never => ColorChoice::Never,
        }
        .write_global();
        Self { messages: Messages::new(), common }
    }

    /// The catalogue with the user's layers, made ready.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        load(&self.common.catalog)
    }

    /// The files of the catalogue and of the user's layers.
    pub(super) fn layers(&self) -> Result<Vec<Layer>, LoadError> {
        layers(&self.common.catalog)
    }

    /// Where the result goes.
    pub(super) fn output(&self) -> Result<Output, CommandError> {
        Output::open(self.common.output.as_deref())
    }

    /// Whether the result is to be coloured.
    pub(super) fn colours(&self) -> bool {
        match self.common.color {
            Colours::Always => true,
            Colours::Never => false,
            Colours::Auto => {
                self.common.output.is_none()
                    && anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
            }
        }
    }
}
