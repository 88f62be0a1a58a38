//! The command line: a thin layer over the library, with one file per command.

mod ablate;
mod baseline_options;
mod cache_options;
mod completions;
mod config;
mod context;
mod evaluate;
mod explain;
mod finding_options;
mod form;
mod gathered_run;
mod gold;
mod init;
mod link_tune;
mod load;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod merge;
mod messages;
mod one_paper;
mod organisation_names;
mod output;
mod overwriting;
mod paper_options;
mod report;
mod resolve;
mod rules;
mod rules_check;
mod rules_coverage;
mod rules_impact;
mod rules_measure;
mod rules_new;
mod rules_of_thumb;
mod rules_review;
mod rules_test;
#[cfg(feature = "watch")]
mod rules_watch;
mod run_key;
mod scan;
mod scan_outputs;
mod schema;
mod setup;
mod status;
mod stopping;
mod system_search;
mod systems;
mod systems_cases;
mod systems_count;
mod systems_import;
mod text;
mod tune;
mod values;
mod verify;
mod watcher;

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use context::{CommonArgs, Context};
use status::{CommandError, Outcome, exit_status};

/// The version of the program, and the day of its catalogue.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (catalogue of {})", env!("CARGO_PKG_VERSION"), byname::CATALOGUE_DATE));

/// Finds the machine-learning systems that papers use without naming them, and ranks the named
/// systems each may stand for.
#[derive(Debug, Parser)]
#[command(
    name = "byname",
    version = VERSION.as_str(),
    propagate_version = true,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        byname scan paper.md                      what does this paper leave nameless?\n  \
        byname scan papers/ --format jsonl        the same for a folder, for a program to read\n  \
        byname resolve \"a 137B dialogue model\"    which named systems fit this description?\n  \
        byname explain paper.md:12                why was this found, and why so ranked?\n\n\
        Exit status: 0 nothing found at or above --fail-on; 1 found; 2 the command or the catalogue is \
        wrong; 3 some inputs could not be read."
)]
struct Cli {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Scan(scan::ScanArgs),
    Resolve(resolve::ResolveArgs),
    Explain(explain::ExplainArgs),
    Text(text::TextArgs),
    Evaluate(evaluate::EvaluateArgs),
    Rules(rules::RulesArgs),
    Systems(systems::SystemsArgs),
    Schema(schema::SchemaArgs),
    Merge(merge::MergeArgs),
    Verify(verify::VerifyArgs),
    Report(report::ReportArgs),
    #[cfg(feature = "lsp")]
    Lsp(lsp::LspArgs),
    Config(config::ConfigArgs),
    Init(init::InitArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Runs the program with the given arguments, of which the first is its own name, and returns its exit
/// status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut definition = Cli::command();
    let matches = definition.try_get_matches_from_mut(arguments);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version come this way too; a closed pipe is no reason to complain.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let context = Context::new(cli.common);
    let checked = overwriting::check_arguments(&definition, &matches);
    let result = checked.and_then(|()| cli.command.run(&context));
    if let Err(error) = &result {
        context.messages.command_error(error);
    }
    exit_status(&result)
}

impl Command {
    fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        match self {
            Self::Scan(args) => scan::run(args, context),
            Self::Resolve(args) => resolve::run(args, context),
            Self::Explain(args) => explain::run(args, context),
            Self::Text(args) => text::run(args, context),
            Self::Evaluate(args) => evaluate::run(args, context),
            Self::Rules(args) => rules::run(args, context),
            Self::Systems(args) => systems::run(args, context),
            Self::Schema(args) => schema::run(args, context),
            Self::Merge(args) => merge::run(args, context),
            Self::Verify(args) => verify::run(args, context),
            Self::Report(args) => report::run(args, context),
            #[cfg(feature = "lsp")]
            Self::Lsp(args) => lsp::run(args, context),
            Self::Config(args) => config::run(args, context),
            Self::Init(args) => init::run(args, context),
            Self::Completions(args) => completions::run(args, context),
            Self::Man(args) => man::run(args, context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
