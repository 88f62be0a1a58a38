//! `byname rules tune`: fits the weights of rules or contexts to gold.

use std::io::Write as _;
use std::path::PathBuf;

use byname_lab::evaluate::{ContextTuneOptions, ElasticNet, TuneOptions, tune, tune_contexts};
use byname_lab::report::{context_tuning_text, tuning_text};
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::gold::{GoldArgs, read_judgements};
use super::load::Loaded;
use super::output::Output;
use super::status::{CommandError, Outcome};
use super::values::{Fitted, value_of};

/// What `rules tune` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules tune gold.toml\n  \
    byname rules tune gold.toml more.toml --write mine/contexts.toml\n  \
    byname rules tune gold.toml --fit rules --write mine/weights.toml\n  \
    byname scan paper.md --catalog mine\n\n\
    examples/gold/README.md explains the method.")]
pub(super) struct TuneArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// Contexts: the folder of the papers that a file of verdicts names [default: the folder of that file]
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,

    /// What to fit: the contexts that vote beside the rules, or the rules by themselves
    #[arg(long, value_name = "WHAT", default_value = "contexts", value_parser = value_of(Fitted::NAMES, str::parse::<Fitted>))]
    fit: Fitted,

    /// Write the fitted weights to a file: contexts.toml or weights.toml of a catalogue folder
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,

    /// How many parts to cut the papers into for cross-validation
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=1000))]
    folds: u16,

    /// Contexts: how strongly to hold weights near 0 by their squares
    #[arg(long, value_name = "N", default_value_t = 8.0, value_parser = strength)]
    ridge: f64,

    /// Contexts: how strongly to hold weights at 0; the more, the fewer are kept
    #[arg(long, value_name = "N", default_value_t = 0.5, value_parser = strength)]
    lasso: f64,

    /// Rules: how strongly to hold a weight at the one in its rule file, in observations
    #[arg(long, value_name = "N", default_value_t = 20.0, value_parser = strength)]
    strength: f64,

    /// Rules: only let those of this id or folder move, as `described`; may be given more than once
    #[arg(long, value_name = "RULES")]
    only: Vec<String>,

    #[command(flatten)]
    form: FormArgs,
}

fn strength(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "write a number, as in 20".to_string())?;
    if number.is_finite() && number > 0.0 { Ok(number) } else { Err("write a number above 0".to_string()) }
}

pub(super) fn run(
    args: &TuneArgs,
    mut loaded: Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let (marked, judged) = args.gold.without_judgements();
    let gold = marked.read(context)?;
    let (judged, faulty) = read_judgements(&judged, args.papers.as_deref(), context)?;
    if judged.is_empty() || args.fit == Fitted::Rules {
        gold.needs_mentions()?;
    }
    let folds = usize::from(args.folds);
    let (written, text) = match args.fit {
        Fitted::Contexts => {
            let net = ElasticNet { ridge: args.ridge, lasso: args.lasso };
            let tuning =
                tune_contexts(&mut loaded.engine, &gold.sets, &judged, &ContextTuneOptions { folds, net });
            if !tuning.converged {
                let message = "the fit did not come to its end, and nothing is written";
                let help = "hold the weights more strongly with --ridge, or give more gold";
                return Err(CommandError::new(message).help(help));
            }
            let text = args.form.written(&tuning, context_tuning_text)?;
            (tuning.contexts_file(), text)
        }
        Fitted::Rules => {
            let options = TuneOptions { folds, strength: args.strength, only: args.only.clone() };
            let tuning = tune(&mut loaded.engine, &gold.sets, &options);
            let text = args.form.written(&tuning, tuning_text)?;
            (tuning.weights_file(), text)
        }
    };
    if let Some(path) = &args.write {
        let mut file = Output::open(Some(path))?;
        file.write_all(written.as_bytes()).map_err(|error| CommandError::write(&file.place, &error))?;
        file.finish()?;
    }
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread: gold.unread || faulty })
}
