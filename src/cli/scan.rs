//! `byname scan`: papers in, references and candidates out.

use std::path::PathBuf;

use clap::Args;

use super::context::{Context, PaperArgs, RunArgs};
use super::status::{CommandError, Outcome};
use super::values::{OutputFormat, value_of};
use super::watcher::Watcher;
use crate::collection::{RunOptions, Scan, run as run_collection, walk};
use crate::config::FailOn;
use crate::report::{Json, JsonLines, Report, Shown, Text};

/// Find the systems that papers leave nameless, and rank what each may stand for
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname scan paper.md\n  \
    byname scan paper.tex 2004.14974.tar.gz\n  \
    byname scan papers/ --format jsonl --output found.jsonl\n  \
    byname scan reviews.jsonl --id-field doi --text-field body\n  \
    byname scan draft.txt --organisation Google --date 2021-08\n  \
    pandoc -t plain paper.docx | byname scan -")]
pub(super) struct ScanArgs {
    /// Files (.txt, .md, .tex, .tar.gz, .jsonl), folders of such files, or - for standard input; LaTeX files that
    /// a paper beside or above them includes are read with that paper
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(OutputFormat::NAMES, str::parse::<OutputFormat>))]
    format: OutputFormat,

    /// Which mentions to report: the described ones with their partners, or all
    #[arg(long, value_name = "WHICH", default_value = "described", value_parser = value_of(Shown::NAMES, str::parse::<Shown>))]
    mentions: Shown,

    /// The lightest finding that makes the exit status 1
    #[arg(long, value_name = "LEVEL", default_value = "warning", value_parser = value_of(FailOn::NAMES, str::parse::<FailOn>))]
    fail_on: FailOn,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    run: RunArgs,
}

impl ScanArgs {
    fn options(&self) -> RunOptions {
        RunOptions { jobs: self.run.jobs(), fields: self.papers.fields(), limits: self.run.limits.limits() }
    }
}

pub(super) fn run(args: &ScanArgs, context: &Context) -> Result<Outcome, CommandError> {
    let loaded = context.load()?;
    let report: Box<dyn Report + '_> = match args.format {
        OutputFormat::Text => Box::new(Text::new(loaded.engine.catalogue(), context.colours())),
        OutputFormat::Json => Box::new(Json::new(loaded.engine.catalogue(), loaded.fingerprint.as_str())),
        OutputFormat::JsonLines => Box::new(JsonLines::new(loaded.engine.catalogue())),
    };
    let mut output = context.output()?;
    let mut watcher = Watcher::new(context, &args.run, &args.paths, args.format);
    let options = args.papers.known();
    let task = Scan { engine: &loaded.engine, report: &*report, options: &options, shown: args.mentions };
    let inputs = walk(args.paths.clone());
    let done = run_collection(inputs, &task, &args.options(), &mut output, &mut watcher);
    watcher.finish();
    let tally = done.map_err(|error| CommandError::run(&output.place, &error))?;
    output.finish()?;
    Ok(Outcome {
        found: args.fail_on.level().is_some_and(|level| tally.reaches(level)),
        unread: tally.failures > 0,
    })
}
