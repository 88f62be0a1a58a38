//! `byname systems`: the named systems.

use clap::{Args, Subcommand};

use super::context::Context;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};

/// List, show and check the named systems
#[derive(Debug, Args)]
pub(super) struct SystemsArgs {
    #[command(subcommand)]
    pub(super) command: SystemsCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum SystemsCommand {
    /// List the systems, one a line
    List {
        /// Only systems whose name, alias or organisation holds each of these words
        words: Vec<String>,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Show all that the catalogue knows of a system
    Show {
        /// The system's id, name or alias
        system: String,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Check every system, organisation and evidence file of the catalogue
    Check,
}

pub(super) fn run(_args: &SystemsArgs, _context: &Context) -> Result<Outcome, CommandError> {
    Err(CommandError::new("`byname systems` is not built yet"))
}
