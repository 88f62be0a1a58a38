//! `byname scan`: papers in, references and candidates out.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::baseline_options::BaselineArgs;
use super::cache_options::CacheArgs;
use super::context::Context;
use super::load::Loaded;
use super::paper_options::{LayOver as _, PaperArgs, RunArgs, fields, jobs, limits};
use super::setup::Setup;
use super::status::{CommandError, Outcome};
use super::stopping::Stopping;
use super::values::{OutputFormat, value_of};
use super::watcher::Watcher;
use crate::collection::{RunOptions, Scan, Shard, run as run_collection, walk_roots};
use crate::config::{FailOn, Settings};
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

    /// Which mentions to report: the described ones with their partners, or all [default: described]
    #[arg(long, value_name = "WHICH", value_parser = value_of(Shown::NAMES, str::parse::<Shown>))]
    mentions: Option<Shown>,

    /// The lightest finding that makes the exit status 1 [default: warning]
    #[arg(long, value_name = "LEVEL", value_parser = value_of(FailOn::NAMES, str::parse::<FailOn>))]
    fail_on: Option<FailOn>,

    /// Only read one part of the papers, as 3/16 the third of sixteen; `byname merge` puts the results together
    #[arg(long, value_name = "N/OF")]
    shard: Option<Shard>,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    run: RunArgs,

    #[command(flatten)]
    cache: CacheArgs,
}

impl ScanArgs {
    /// What the configuration of the paths and the options over it say.
    fn setup(&self, context: &Context) -> Result<Setup, CommandError> {
        let mut setup = context.setup(&self.paths)?;
        setup.lay_over(|configuration| {
            if let Some(mentions) = self.mentions {
                configuration.set("mentions", "--mentions", mentions);
            }
            if let Some(fail_on) = self.fail_on {
                configuration.set("fail-on", "--fail-on", fail_on);
            }
            self.papers.lay_over(configuration);
            self.run.lay_over(configuration);
            self.cache.lay_over(configuration);
        });
        Ok(setup)
    }
}

pub(super) fn run(args: &ScanArgs, context: &Context) -> Result<Outcome, CommandError> {
    let setup = args.setup(context)?;
    let settings = setup.settings()?;
    let loaded = setup.load()?;
    let report: Box<dyn Report + '_> = match args.format {
        OutputFormat::Text => Box::new(Text::new(loaded.engine.catalogue(), context.colours())),
        OutputFormat::Json => Box::new(Json::new(loaded.engine.catalogue(), loaded.fingerprint.as_str())),
        OutputFormat::JsonLines => Box::new(JsonLines::new(loaded.engine.catalogue())),
    };
    let ledger = args.baseline.open()?;
    let mut output = context.output()?;
    let mut watcher = Watcher::new(context, args.run.no_progress, &args.paths, args.format);
    let keeping = args.cache.open(&settings, context, &run_key(args.format, &settings, &loaded, context))?;
    let stopping = Stopping::listen(context);
    let options = RunOptions {
        jobs: jobs(&settings),
        fields: fields(&settings),
        limits: limits(&settings),
        // A baseline judges the findings themselves, and kept results are bytes.
        cache: keeping.cache.clone().filter(|_| ledger.is_none()),
        shard: args.shard,
        stop: stopping.flag(),
    };
    let task =
        Scan { engine: &loaded.engine, report: &*report, shown: settings.mentions, ledger: ledger.as_ref() };
    let passed_over = Arc::default();
    let inputs = walk_roots(setup.roots()?, Arc::clone(&passed_over));
    let done = run_collection(inputs, &task, &options, &mut output, &mut watcher);
    watcher.finish();
    let tally = done.map_err(|error| CommandError::run(&output.place, &error))?;
    drop(options);
    let is_complete = !stopping.asked();
    let is_written = is_complete || !args.cache.resume;
    if is_written {
        output.finish()?;
    }
    keeping.finish(is_complete, context);
    if let Some(ledger) = ledger {
        args.baseline.finish(ledger, is_complete, context)?;
    }
    if let Some(told) = tally.suppressed().filter(|_| args.format != OutputFormat::Text) {
        context.note(&told);
    }
    if !is_complete {
        let rest = if is_written { "the rest was not read" } else { "the same command goes on from there" };
        context.messages.unread(&format!("stopped: {} papers are done, {rest}", tally.documents));
    }
    if let Some(told) = passed_over.told() {
        context.note(&told);
    }
    Ok(Outcome {
        found: settings.fail_on.level().is_some_and(|level| tally.reaches(level)),
        unread: tally.failures > 0 || !is_complete,
    })
}

/// All that results depend on beside the papers: they are kept under this and found by this again.
fn run_key(format: OutputFormat, settings: &Settings, loaded: &Loaded, context: &Context) -> Vec<String> {
    vec![
        crate::BUILD.to_string(),
        loaded.fingerprint.clone(),
        format.name().to_string(),
        context.colours().to_string(),
        settings.mentions.name().to_string(),
        format!("{:?} {:?} {:?}", settings.floor, fields(settings), limits(settings)),
    ]
}
