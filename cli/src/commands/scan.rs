//! `byname scan`: finds references in papers and ranks their candidates.

use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use byname::collection::{
    ChangedFiles, Failure, FolderRules, Input, RunOptions, Shard, ShardMarker, run as run_collection,
    walk_roots,
};
use byname::diagnose::Showing;
use byname::report::{Report, Shown};
use byname::resolve::State;
use byname::scan::{Criteria, Rendered, ReportWriter, Scan};
use clap::Args;

use super::baseline_options::BaselineArgs;
use super::cache_options::CacheArgs;
use super::context::Context;
use super::finding_options::{FindingArgs, profile};
use super::organisation_names::unknown_organisations;
use super::output::Output;
use super::overwriting::check_papers;
use super::paper_options::{CollectionArgs, LayOver as _, run_options};
use super::run_key::run_key;
use super::scan_outputs::{self, formats, report};
use super::setup::Setup;
use super::status::{CommandError, Outcome};
use super::stopping::Stopping;
use super::values::{ScanFormat, any_path, value_of};
use super::watcher::Watcher;
use crate::config::FailOn;

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
    /// Files (.txt, .md, .tex, .tar.gz, .jsonl), folders of papers, or - for standard input; of a folder, what is
    /// no paper is passed over, and so are other forms of a paper that is read [default: .]
    #[arg(value_name = "PATH", value_parser = any_path())]
    paths: Vec<PathBuf>,

    /// The form of the result [default: by the ending of --output, else text]
    #[arg(long, short, value_parser = value_of(ScanFormat::NAMES, str::parse::<ScanFormat>))]
    format: Option<ScanFormat>,

    /// Which mentions to report: the described ones with their partners, or all [default: described]
    #[arg(long, value_name = "WHICH", value_parser = value_of(Shown::NAMES, str::parse::<Shown>))]
    mentions: Option<Shown>,

    #[command(flatten)]
    findings: FindingArgs,

    /// Only show references in this state
    #[arg(long, value_name = "STATE", value_parser = value_of(State::NAMES, str::parse::<State>))]
    only: Option<State>,

    /// The lightest finding that makes the exit status 1; what --level hides does not [default: warning]
    #[arg(long, value_name = "LEVEL", value_parser = value_of(FailOn::NAMES, str::parse::<FailOn>))]
    fail_on: Option<FailOn>,

    /// Only read papers that git says were changed since this revision, or since the last commit shared with it;
    /// of a file of records, all
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,

    /// Pass over files given by name too where `exclude` fits them or their name is that of a note on a project
    /// (README, licence), as for hooks that give every changed file
    #[arg(long)]
    force_exclude: bool,

    /// Only read one part of the papers, as 3/16 the third of sixteen; `byname merge` puts the results together
    #[arg(long, value_name = "N/OF")]
    shard: Option<Shard>,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    collection: CollectionArgs,

    #[command(flatten)]
    cache: CacheArgs,
}

impl ScanArgs {
    /// Reads the configuration of the paths, and lays the options over it.
    fn setup(&self, context: &Context) -> Result<Setup, CommandError> {
        let mut setup = context.setup(&self.paths)?;
        setup.lay_over(|configuration| {
            if let Some(mentions) = self.mentions {
                configuration.set("mentions", "--mentions", mentions);
            }
            self.findings.lay_over(configuration);
            if let Some(fail_on) = self.fail_on {
                configuration.set("fail-on", "--fail-on", fail_on);
            }
            self.collection.lay_over(configuration);
            self.cache.lay_over(configuration);
        });
        setup.unused().for_each(|message| context.note(message));
        Ok(setup)
    }

    fn changed(&self) -> Result<Option<ChangedFiles>, CommandError> {
        let Some(revision) = &self.changed_since else { return Ok(None) };
        let here = [PathBuf::from(".")];
        let paths = if self.paths.is_empty() { &here[..] } else { &self.paths };
        let changed = ChangedFiles::since(revision, paths).map_err(|error| {
            let help = "--changed-since needs a checkout with the history up to that revision";
            CommandError::new(format!("cannot determine what changed since {revision}: {error}")).help(help)
        })?;
        Ok(Some(changed))
    }
}

pub(super) fn run(args: &ScanArgs, context: &Context) -> Result<Outcome, CommandError> {
    let setup = args.setup(context)?;
    let settings = setup.settings()?;
    // The program ends with the run: taking the catalogue apart would only cost time.
    let loaded = ManuallyDrop::new(setup.load()?);
    let profile = profile(&settings, loaded.engine.catalogue())?;
    unknown_organisations(loaded.engine.catalogue(), &settings.organisation)
        .iter()
        .for_each(|note| context.note(note));
    let formats = formats(args.format, context)?;
    let rendering: Vec<_> =
        formats.iter().map(|format| report(*format, &loaded, &profile, &settings, context)).collect();
    let reports: Vec<&dyn Report> = rendering.iter().map(|report| &**report).collect();
    let rules = || profile.rules.iter().map(|rule| rule.id.as_str());
    let baseline = args.baseline.open()?.map(|baseline| baseline.of_rules(rules()));
    let outputs = scan_outputs::open(context)?;
    let places = outputs.iter().map(|output| output.place.clone()).collect::<Vec<_>>().join(", ");
    let broken = |error: io::Error| CommandError::write(&places, &error);
    let tells_failures = formats.iter().any(|format| format.tells_failures());
    let mut watcher = Watcher::new(context, args.collection.run.no_progress, &args.paths, tells_failures);
    let run = run_key(&formats, args.only, &settings, &loaded, context);
    let keeping = args.cache.open(&settings, context, &run)?;
    let mut marker = args.shard.map(|shard| ShardMarker::new(shard, &run));
    let stopping = Stopping::listen(context);
    let options = RunOptions {
        // A baseline judges the findings themselves, and kept results are bytes.
        cache: keeping.cache.clone().filter(|_| baseline.is_none()),
        shard: args.shard,
        stop: stopping.flag(),
        done: stopping.done(),
        ..run_options(&settings)
    };
    let criteria = Criteria {
        engine: &loaded.engine,
        profile: &profile,
        least_confidence: settings.min_confidence.0,
        showing: Showing { level: settings.level, only: args.only },
        baseline: baseline.as_ref(),
    };
    let task = Scan { criteria, reports: &reports, shown: settings.mentions };
    let passed_over = args.collection.run.passed_over();
    let changed = args.changed()?;
    let no_papers = loaded.engine.catalogue().no_papers.clone();
    let rules = FolderRules { force_exclude: args.force_exclude, ..setup.folder_rules(no_papers)? };
    let inputs = walk_roots(&setup.roots()?, &rules, &passed_over);
    check_papers(&context.common.output, inputs.iter().flatten())?;
    if args.paths.is_empty() {
        context.note(&scanning_here(&inputs));
    }
    let inputs = inputs.into_iter().filter(|input| {
        changed.as_ref().is_none_or(|changed| input.as_ref().map_or(true, |input| changed.holds(input)))
    });
    let mut writer = ReportWriter::begin(&reports, outputs).map_err(broken)?;
    let mut sink = |rendered: io::Result<Rendered>| {
        let mut rendered = rendered?;
        if let Some(marker) = &mut marker {
            marker.next_paper();
            let lines = rendered.parts.iter_mut().zip(&formats);
            let lines = lines.filter(|(_, format)| **format == ScanFormat::JsonLines);
            lines.for_each(|(line, _)| marker.mark(line));
        }
        writer.paper(&rendered)
    };
    let done = run_collection(inputs, &task, &options, &mut sink, &mut watcher);
    watcher.finish();
    done.map_err(|error| CommandError::run(&places, &error))?;
    let (tally, outputs) = writer.end().map_err(broken)?;
    drop(options);
    let is_complete = !stopping.asked();
    let is_written = is_complete || !args.cache.resume;
    if is_written {
        outputs.into_iter().try_for_each(Output::finish)?;
    }
    keeping.finish(is_complete, context);
    if let Some(baseline) = baseline {
        args.baseline.finish(baseline, is_complete, context)?;
    }
    if let Some(suppressed) = tally.suppressed().filter(|_| !formats.contains(&ScanFormat::Text)) {
        context.note(&suppressed);
    }
    if tally.comment_notes > 0 && !formats.iter().any(|format| format.tells_notes()) {
        let (count, verb) =
            (tally.comment_notes, if tally.comment_notes == 1 { "comment" } else { "comments" });
        context.note(&format!(
            "{count} {verb} to byname suppress nothing or cannot be understood; --format concise names them"
        ));
    }
    if !is_complete {
        let rest = if is_written { "the rest was not read" } else { "the same command goes on from there" };
        context.messages.unread(&format!("stopped: {} papers are done, {rest}", tally.documents));
    }
    context.tell_passed_over(&passed_over);
    Ok(Outcome {
        found: settings.fail_on.level().is_some_and(|level| tally.reaches(level)),
        unread: tally.failures > 0 || !is_complete,
    })
}

/// Describes a scan of the current folder, which the user may not have intended in full.
fn scanning_here(inputs: &[Result<Input, Failure>]) -> String {
    let files = inputs.iter().flatten().count();
    format!("scanning . ({files} {})", if files == 1 { "file" } else { "files" })
}
