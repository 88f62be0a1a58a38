//! `byname evaluate`: gold in, measures out.

use std::io::Write as _;

use clap::Args;

use super::context::Context;
use super::gold::GoldArgs;
use super::output::json;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};
use crate::evaluate::{Evaluation, Known, evaluate};
use crate::report::evaluation_text;

/// Measure what is found and linked against papers that people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname evaluate gold.jsonl                     records with `text` and `mentions`\n  \
    byname evaluate marked/ --labels labels.toml   brat files, PAPER.ann beside PAPER.txt\n  \
    byname evaluate gold.toml --errors 20          a file that names gold files and their labels\n\n\
    examples/gold/README.md explains the forms of gold files and every number.")]
pub(super) struct EvaluateArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// How many mistakes of each sort to show
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,

    /// What to tell the program of a paper beside its text, where the gold has it
    #[arg(long, value_name = "WHAT", default_value = "all", value_parser = value_of(Known::NAMES, str::parse::<Known>))]
    known: Known,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    format: ListFormat,
}

pub(super) fn run(args: &EvaluateArgs, context: &Context) -> Result<Outcome, CommandError> {
    let sets = args.gold.read(context)?;
    let loaded = context.load()?;
    let mut output = context.output()?;
    let evaluations: Vec<Evaluation> =
        sets.sets.iter().map(|set| evaluate(&loaded.engine, set, args.known, args.errors)).collect();
    let text = match args.format {
        ListFormat::Json => json(&evaluations)?,
        ListFormat::Text => evaluations.iter().map(evaluation_text).collect::<Vec<_>>().join("\n"),
    };
    output.write_all(text.as_bytes()).map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    Ok(Outcome { found: false, unread: sets.unread })
}
