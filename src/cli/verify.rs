//! `byname verify`: saved results and papers in, whether each finding still stands out.

use std::fs::File;
use std::io::{self, BufReader, Write as _};
use std::path::PathBuf;
use std::slice;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clap::Args;

use super::context::Context;
use super::load::Loaded;
use super::paper_options::{LayOver as _, PaperArgs, RunArgs, fields, jobs, limits};
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};
use super::watcher::Watcher;
use crate::collection::{RunOptions, Task, run as run_collection, walk_roots};
use crate::document::{Document, ReadError};
use crate::engine::Engine;
use crate::report::{
    Entry, JsonLines, Provenance, Report as _, Shown, Tally, push_json, select, text_hash, visible,
};
use crate::saved::{SavedDocument, SavedResults};
use crate::verify::{Standing, Verdict, compare};

/// Read papers again and tell of each finding that was saved whether it still stands
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname scan drafts/ --format jsonl --output found.jsonl\n  \
    byname verify found.jsonl drafts/\n\n\
    Exit status: 0 all stand, if elsewhere in the text; 1 some do not; 3 some papers could not be read.")]
pub(super) struct VerifyArgs {
    /// What `scan --format jsonl` wrote
    #[arg(value_name = "RESULTS.jsonl")]
    results: PathBuf,

    /// The papers, given as they were to scan
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Which mentions scan was asked to report [default: described]
    #[arg(long, value_name = "WHICH", value_parser = value_of(Shown::NAMES, str::parse::<Shown>))]
    mentions: Option<Shown>,

    /// The form of the result; json is one verdict a line
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    format: ListFormat,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &VerifyArgs, context: &Context) -> Result<Outcome, CommandError> {
    let mut setup = context.setup(&args.paths)?;
    setup.lay_over(|configuration| {
        if let Some(mentions) = args.mentions {
            configuration.set("mentions", "--mentions", mentions);
        }
        args.papers.lay_over(configuration);
        args.run.lay_over(configuration);
    });
    let settings = setup.settings()?;
    let shown = args.results.display();
    let file = File::open(&args.results)
        .map_err(|error| CommandError::new(format!("{shown} cannot be read: {error}")))?;
    let saved = SavedResults::read(BufReader::new(file)).map_err(|error| {
        CommandError::new(format!("{shown}: {error}")).help("give what `scan --format jsonl` wrote")
    })?;
    let loaded = setup.load()?;
    let mut output = context.output()?;
    let mut watcher = Watcher::new(context, args.run.no_progress, &args.paths, false);
    let options = RunOptions {
        jobs: jobs(&settings),
        fields: fields(&settings),
        limits: limits(&settings),
        ..RunOptions::default()
    };
    let seen = saved.documents().iter().map(|_| AtomicBool::new(false)).collect();
    let counts = Standing::ALL.iter().map(|_| AtomicUsize::new(0)).collect();
    let task = Verify {
        loaded: &loaded,
        saved: &saved,
        shown: settings.mentions,
        format: args.format,
        seen,
        counts,
    };
    let passed_over = args.run.passed_over();
    let rules = setup.folder_rules(loaded.engine.catalogue().no_papers.clone())?;
    let inputs = walk_roots(&setup.roots()?, &rules, &passed_over);
    let done = run_collection(inputs.into_iter(), &task, &options, &mut output, &mut watcher);
    watcher.finish();
    let tally = done.map_err(|error| CommandError::run(&output.place, &error))?;
    output.finish()?;
    context.tell_passed_over(&passed_over);
    context.note(&task.summary());
    Ok(Outcome { found: task.some_fell(), unread: tally.failures > 0 })
}

/// The task of holding what each paper gives now against what was saved of it.
struct Verify<'a> {
    loaded: &'a Loaded,
    saved: &'a SavedResults,
    shown: Shown,
    format: ListFormat,
    /// Whether each saved document was among the papers.
    seen: Vec<AtomicBool>,
    /// Verdicts by their standing.
    counts: Vec<AtomicUsize>,
}

impl Verify<'_> {
    fn write(&self, verdicts: &[Verdict], out: &mut Vec<u8>) -> io::Result<()> {
        for verdict in verdicts {
            self.counts[verdict.verdict as usize].fetch_add(1, Ordering::Relaxed);
            match self.format {
                ListFormat::Json => {
                    push_json(out, verdict)?;
                    writeln!(out)?;
                }
                ListFormat::Text => writeln!(out, "{}", visible(&as_text(verdict)))?,
            }
        }
        Ok(())
    }

    /// What scan would write of a paper now.
    fn now(&self, entry: &Entry<'_>) -> io::Result<SavedDocument> {
        let provenance = Provenance { catalogue: &self.loaded.fingerprint, program: crate::BUILD };
        let report = JsonLines::new(self.loaded.engine.catalogue()).with_provenance(provenance);
        let mut line = Vec::new();
        report.document(entry, &mut line)?;
        Ok(serde_json::from_slice(&line)?)
    }

    fn count(&self, standing: Standing) -> usize {
        self.counts[standing as usize].load(Ordering::Relaxed)
    }

    fn some_fell(&self) -> bool {
        Standing::ALL.iter().any(|standing| !standing.holds() && self.count(*standing) > 0)
    }

    fn summary(&self) -> String {
        let told: Vec<String> = Standing::ALL
            .iter()
            .filter(|standing| self.count(**standing) > 0)
            .map(|standing| format!("{} {standing}", self.count(*standing)))
            .collect();
        if told.is_empty() { "no finding was saved".to_string() } else { told.join(", ") }
    }
}

impl Task for Verify<'_> {
    fn engine(&self) -> Option<&Engine> {
        Some(&self.loaded.engine)
    }

    fn paper(
        &self,
        mut document: Document,
        error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let errors = error.map(slice::from_ref).unwrap_or_default();
        tally.add_plain(errors);
        let Some(place) = self.saved.find(&document.id, &text_hash(&document)) else { return Ok(()) };
        self.seen[place].store(true, Ordering::Relaxed);
        let then = &self.saved.documents()[place];
        // What the user told scan of the paper stands in its results.
        document.date = document.date.or(then.date);
        if document.organisations.is_empty() {
            document.organisations.clone_from(&then.organisations);
        }
        let findings = self.loaded.engine.scan(&document);
        let findings = select(&findings, self.shown);
        let now = self.now(&Entry { document: &document, findings: &findings, errors, diagnostics: &[] })?;
        self.write(&compare(then, Ok(&now)), out)
    }

    fn lost(&self, shown: &str, error: &ReadError, tally: &mut Tally, out: &mut Vec<u8>) -> io::Result<()> {
        tally.add_plain(slice::from_ref(error));
        let Some(place) = self.saved.find(shown, "") else { return Ok(()) };
        self.seen[place].store(true, Ordering::Relaxed);
        self.write(&compare(&self.saved.documents()[place], Err(Standing::Unread)), out)
    }

    fn end(&self, _tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        for (document, seen) in self.saved.documents().iter().zip(&self.seen) {
            if !seen.load(Ordering::Relaxed) {
                self.write(&compare(document, Err(Standing::Missing)), out)?;
            }
        }
        Ok(())
    }
}

fn as_text(verdict: &Verdict) -> String {
    let Verdict { document, verdict: standing, text, line, column, was, is, now_at, because } = verdict;
    let mut told = format!("{document}:{line}:{column}: {standing}");
    if let Some((line, column)) = now_at {
        told.push_str(&format!(" to {line}:{column}"));
    }
    told.push_str(&format!(": \"{text}\", {was}"));
    if let Some(is) = is {
        told.push_str(&format!(", now {is}"));
    }
    if !because.is_empty() {
        told.push_str(&format!(" (other {})", because.join(", ")));
    }
    told
}
