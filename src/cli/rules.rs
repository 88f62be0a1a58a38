//! `byname rules`: the rules that find mentions.

use clap::{Args, Subcommand};

use super::common::Context;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};
use crate::catalogue::Kind;

/// List, show, check and test the rules
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List the rules, one a line
    List {
        /// Only rules that speak for this kind of mention
        #[arg(long, value_parser = value_of(Kind::NAMES, str::parse::<Kind>))]
        kind: Option<Kind>,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Show what a rule finds, why, and its examples
    Show {
        /// The rule's id, as `described/in-house`
        rule: String,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Check every rule, lexicon and quantity file of the catalogue
    Check,
    /// Run the examples and near misses of rules
    Test {
        /// Ids of rules; without any, all rules are tested
        rules: Vec<String>,
    },
}

pub(super) fn run(_args: &RulesArgs, _context: &Context) -> Result<Outcome, CommandError> {
    Err(CommandError::new("`byname rules` is not built yet"))
}
