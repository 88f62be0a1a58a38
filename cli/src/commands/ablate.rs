//! `byname rules ablate`: measures on gold what each rule contributes.

use byname_lab::evaluate::ablate;
use byname_lab::report::ablation_text;
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::gold::GoldArgs;
use super::load::Loaded;
use super::output::Output;
use super::status::{CommandError, Outcome};

/// What `rules ablate` takes.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    byname rules ablate gold.toml more.toml\n\n\
    examples/gold/README.md explains the forms of gold files.")]
pub(super) struct AblateArgs {
    #[command(flatten)]
    gold: GoldArgs,

    #[command(flatten)]
    form: FormArgs,
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
    let text = args.form.written(&ablation, ablation_text)?;
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread: gold.unread })
}
