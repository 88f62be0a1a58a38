//! `byname verify`: checks whether saved findings still hold.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;

use byname::Engine;
use byname::collection::Task;
use byname::document::{Document, ReadError};
use byname::report::{Shown, push_json, select, text_hash, visible_at_start};
use clap::Args;

use super::context::Context;
use super::gathered_run::Papers;
use super::load::Loaded;
use super::paper_options::CollectionArgs;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};
use crate::saved::{SavedProvenance, SavedResults};
use crate::verify::{PaperFindings, Standing, Verdict, compare};

/// Read papers again and report whether each saved finding still holds
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
    collection: CollectionArgs,
}

pub(super) fn run(args: &VerifyArgs, context: &Context) -> Result<Outcome, CommandError> {
    let papers = Papers { paths: &args.paths, collection: &args.collection };
    let mut setup = papers.setup(context)?;
    setup.lay_over(|configuration| {
        if let Some(mentions) = args.mentions {
            configuration.set("mentions", "--mentions", mentions);
        }
    });
    let settings = setup.settings()?;
    let shown = args.results.display();
    let file = File::open(&args.results).map_err(|error| CommandError::read(&args.results, error))?;
    let saved = SavedResults::read(BufReader::new(file)).map_err(|error| {
        CommandError::new(format!("{shown}: {error}")).help("give what `scan --format jsonl` wrote")
    })?;
    let loaded = setup.load()?;
    let mut output = context.output()?;
    let task = Verify { loaded: &loaded, saved: &saved, shown: settings.mentions };
    let mut verdicts = Verdicts::new(args.format, &saved);
    let place = output.place.clone();
    let counts =
        papers.each(
            &setup,
            (&task, &loaded),
            &place,
            context,
            |verified: Option<Verified>| match verified {
                Some(verified) => verdicts.take(verified, &mut output),
                None => Ok(()),
            },
        )?;
    verdicts.of_missing(&saved, &mut output).map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    context.note(&verdicts.summary());
    Ok(Outcome { found: verdicts.some_fell(), unread: counts.failures > 0 })
}

/// The task of comparing each paper with what was saved of it.
struct Verify<'a> {
    loaded: &'a Loaded,
    saved: &'a SavedResults,
    shown: Shown,
}

/// The verdicts on the saved findings of one paper.
struct Verified {
    /// Index of the paper among the saved documents.
    place: usize,
    verdicts: Vec<Verdict>,
}

impl Task for Verify<'_> {
    /// `None` for a paper that was not saved.
    type Output = Option<Verified>;

    fn engine(&self) -> Option<&Engine> {
        Some(&self.loaded.engine)
    }

    fn paper(&self, mut document: Document, _error: Option<&ReadError>) -> Self::Output {
        let text = text_hash(&document);
        let place = self.saved.find(&document.id, &text)?;
        let then = &self.saved.documents()[place];
        // What the user told scan of the paper stands in its results.
        document.date = document.date.or(then.date);
        if document.organisations.is_empty() {
            document.organisations.clone_from(&then.organisations);
        }
        let findings = self.loaded.engine.scan(&document);
        let findings = select(&findings, self.shown);
        let (catalogue, program) = (self.loaded.fingerprint.clone(), byname::BUILD.to_string());
        let provenance = SavedProvenance { text, catalogue, program };
        let now = PaperFindings::of_run(&document, &findings, provenance);
        Some(Verified { place, verdicts: compare(&then.into(), Ok(&now)) })
    }

    fn lost(&self, shown: &str, _error: &ReadError) -> Self::Output {
        let verified = |place| Verified {
            place,
            verdicts: compare(&(&self.saved.documents()[place]).into(), Err(Standing::Unread)),
        };
        self.saved.find(shown, "").map(verified)
    }
}

/// Writes and counts verdicts.
struct Verdicts {
    format: ListFormat,
    /// For each saved document, whether it was among the papers.
    seen: Vec<bool>,
    /// Number of verdicts by standing.
    counts: [usize; Standing::ALL.len()],
}

impl Verdicts {
    fn new(format: ListFormat, saved: &SavedResults) -> Self {
        Self { format, seen: vec![false; saved.documents().len()], counts: [0; Standing::ALL.len()] }
    }

    fn take(&mut self, verified: Verified, out: &mut impl Write) -> io::Result<()> {
        self.seen[verified.place] = true;
        self.write(&verified.verdicts, out)
    }

    /// Writes the verdicts on saved papers that were not among those given.
    fn of_missing(&mut self, saved: &SavedResults, out: &mut impl Write) -> io::Result<()> {
        let seen = std::mem::take(&mut self.seen);
        let missing = saved.documents().iter().zip(seen).filter(|(_, seen)| !seen);
        missing
            .into_iter()
            .try_for_each(|(document, _)| self.write(&compare(&document.into(), Err(Standing::Missing)), out))
    }

    fn write(&mut self, verdicts: &[Verdict], out: &mut impl Write) -> io::Result<()> {
        for verdict in verdicts {
            self.counts[verdict.verdict as usize] += 1;
            match self.format {
                ListFormat::Json => {
                    let mut line = Vec::new();
                    push_json(&mut line, verdict)?;
                    line.push(b'\n');
                    out.write_all(&line)?;
                }
                ListFormat::Text => writeln!(out, "{}", visible_at_start(&as_text(verdict)))?,
            }
        }
        Ok(())
    }

    fn some_fell(&self) -> bool {
        Standing::ALL.iter().any(|standing| !standing.holds() && self.counts[*standing as usize] > 0)
    }

    fn summary(&self) -> String {
        let counts: Vec<String> = Standing::ALL
            .iter()
            .map(|standing| (standing, self.counts[*standing as usize]))
            .filter(|(_, count)| *count > 0)
            .map(|(standing, count)| format!("{count} {standing}"))
            .collect();
        if counts.is_empty() { "no finding was saved".to_string() } else { counts.join(", ") }
    }
}

fn as_text(verdict: &Verdict) -> String {
    let Verdict { document, verdict: standing, text, line, column, was, is, now_at, because } = verdict;
    let mut text_line = format!("{document}:{line}:{column}: {standing}");
    if let Some((line, column)) = now_at {
        text_line.push_str(&format!(" to {line}:{column}"));
    }
    text_line.push_str(&format!(": \"{text}\", {was}"));
    if let Some(is) = is {
        text_line.push_str(&format!(", now {is}"));
    }
    if !because.is_empty() {
        text_line.push_str(&format!(" (other {})", because.join(", ")));
    }
    text_line
}
