//! `byname resolve`: a free description in, ranked systems out.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::context::{Context, RunArgs};
use super::status::{CommandError, Outcome};
use super::values::{OutputFormat, value_of};
use crate::document::PartialDate;

/// Rank the named systems that a description fits
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("described").required(true).args(["text", "records"])))]
#[command(after_help = "Examples:\n  \
    byname resolve \"a 137B dialogue model\" --organisation Google --date 2021-08\n  \
    byname resolve --records descriptions.jsonl > ranked.jsonl")]
pub(super) struct ResolveArgs {
    /// The description
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

pub(super) fn run(_args: &ResolveArgs, _context: &Context) -> Result<Outcome, CommandError> {
    Err(CommandError::new("`byname resolve` is not built yet"))
}
