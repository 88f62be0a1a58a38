//! `byname rules tune`: gold in, weights of rules out.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::gold::GoldArgs;
use super::load::Loaded;
use super::output::{Output, json};
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};
use crate::evaluate::{TuneOptions, tune};
use crate::report::tuning_text;

/// What `rules tune` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules tune gold.toml\n  \
    byname rules tune gold.toml more.toml --write mine/weights.toml\n  \
    byname scan paper.md --catalog mine\n\n\
    examples/gold/README.md explains the method.")]
pub(super) struct TuneArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// Write the fitted weights to a file: weights.toml of a catalogue folder
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,

    /// How many parts to cut the papers into for cross-validation
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=1000))]
    folds: u16,

    /// How strongly to hold a weight at the one in its rule file, in observations
    #[arg(long, value_name = "N", default_value_t = 20.0, value_parser = strength)]
    strength: f64,

    /// Only let the rules of this id or folder move, as `described`; may be given more than once
    #[arg(long, value_name = "RULES")]
    only: Vec<String>,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    format: ListFormat,
}

fn strength(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "write a number, as in 20".to_string())?;
    if number.is_finite() && number > 0.0 { Ok(number) } else { Err("write a number above 0".to_string()) }
}

pub(super) fn run(
    args: &TuneArgs,
    mut loaded: Loaded,
    mut output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let gold = args.gold.read(context)?;
    gold.needs_mentions()?;
    let options =
        TuneOptions { folds: usize::from(args.folds), strength: args.strength, only: args.only.clone() };
    let tuning = tune(&mut loaded.engine, &gold.sets, &options);
    if let Some(path) = &args.write {
        let mut file = Output::open(Some(path))?;
        file.write_all(tuning.weights_file().as_bytes())
            .map_err(|error| CommandError::write(&file.place, &error))?;
        file.finish()?;
    }
    let text = match args.format {
        ListFormat::Json => json(&tuning)?,
        ListFormat::Text => tuning_text(&tuning),
    };
    output.write_all(text.as_bytes()).map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    Ok(Outcome { found: false, unread: gold.unread })
}
