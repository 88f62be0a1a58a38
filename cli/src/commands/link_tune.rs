//! `byname systems tune`: fits the weights of clues to gold links.

use std::io::Write as _;
use std::path::PathBuf;

use byname_lab::evaluate::{Known, LinkTuneOptions, tune_links};
use byname_lab::report::link_tuning_text;
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::gold::GoldArgs;
use super::load::Loaded;
use super::output::Output;
use super::status::{CommandError, Outcome};
use super::values::value_of;

/// What `systems tune` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname systems tune gold.jsonl\n  \
    byname systems tune gold.jsonl more.jsonl --known text --known all --write mine/evidence.toml\n  \
    byname scan paper.md --catalog mine\n\n\
    Which numbers may move, and how far, stands under [tune] in patterns/evidence.toml.\n\
    examples/gold/README.md explains the method.")]
pub(super) struct LinkTuneArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// Write the numbers that changed to a file: evidence.toml of a catalogue folder
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,

    /// Which metadata of a paper to give the program with its text; given more than once, each counts alike
    #[arg(long, value_name = "WHAT", default_value = "all", value_parser = value_of(Known::NAMES, str::parse::<Known>))]
    known: Vec<Known>,

    /// How many parts to cut the papers into for cross-validation
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=1000))]
    folds: u16,

    /// How often to try each number, with ever shorter strides
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=100))]
    rounds: u16,

    /// Fit only the numbers whose paths begin so, as `answer`; may be given more than once
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,

    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(
    args: &LinkTuneArgs,
    mut loaded: Loaded,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let gold = args.gold.read(context)?;
    gold.needs_links()?;
    let mut known = args.known.clone();
    known.dedup();
    let options = LinkTuneOptions {
        known,
        folds: usize::from(args.folds),
        rounds: usize::from(args.rounds),
        only: args.only.clone(),
    };
    let output = context.output()?;
    let tuning = tune_links(&mut loaded.engine, &gold.sets, &options);
    if let Some(path) = &args.write {
        let mut file = Output::open(Some(path))?;
        file.write_all(tuning.evidence_file().as_bytes())
            .map_err(|error| CommandError::write(&file.place, &error))?;
        file.finish()?;
    }
    let text = args.form.written(&tuning, link_tuning_text)?;
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread: gold.unread })
}
