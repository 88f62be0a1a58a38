//! `byname completions`: prints a shell's completion script.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::Cli;
use super::context::Context;
use super::status::{CommandError, Outcome};

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname completions bash > ~/.local/share/bash-completion/completions/byname\n  \
    byname completions zsh > ~/.zfunc/_byname\n  \
    byname completions fish > ~/.config/fish/completions/byname.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, context: &Context) -> Result<Outcome, CommandError> {
    let mut text = Vec::new();
    generate(args.shell, &mut Cli::command(), "byname", &mut text);
    let output = context.output()?;
    output.complete(&text)?;
    Ok(Outcome::default())
}
