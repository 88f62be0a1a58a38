//! `byname rules ablate`: measures on gold what each rule contributes.

use byname_lab::evaluate::ablate;
use byname_lab::report::ablation_text;
use clap::Args;

use super::context::Context;
use super::gold::GoldArgs;
use super::load::Loaded;
use super::output::{Output, json};
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};

/// What `rules ablate` takes.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    byname rules ablate gold.toml more.toml\n\n\
    examples/gold/README.md explains the forms of gold files.")]
pub(super) struct AblateArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    format: ListFormat,
}

pub(super) fn run(
    args: &AblateArgs,
    mut loaded: Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let gold = args.gold.read(context)?;
    gold.needs_mentions()?;
    let ablation = ablate(&mut loaded.engine, &gold.sets);
    let text = match args.format {
        ListFormat::Json => json(&ablation)?,
        ListFormat::Text => ablation_text(&ablation),
    };
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread: gold.unread })
}
