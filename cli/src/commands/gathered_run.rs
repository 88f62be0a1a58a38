//! A run over papers whose results a command aggregates.

use std::path::PathBuf;

use byname::collection::{Counts, Task, run as run_collection, walk_roots};
use clap::Args;

use super::context::Context;
use super::load::Loaded;
use super::output::Output;
use super::paper_options::{LayOver as _, PaperArgs, RunArgs, run_options};
use super::status::CommandError;
use super::values::{ListFormat, value_of};
use super::watcher::Watcher;

/// Arguments of a command that goes through papers and tells one result of them all.
#[derive(Debug, Args)]
pub(super) struct CollectionArgs {
    /// Files, folders of files, or - for standard input, as `byname scan` takes them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    pub(super) format: ListFormat,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    run: RunArgs,
}

impl CollectionArgs {
    pub(super) fn papers(&self) -> Papers<'_> {
        Papers { paths: &self.paths, papers: &self.papers, run: &self.run }
    }
}

/// The papers of a command, and the options that apply to them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Papers<'a> {
    pub paths: &'a [PathBuf],
    pub papers: &'a PaperArgs,
    pub run: &'a RunArgs,
}

impl Papers<'_> {
    /// Runs the task on every paper; returns the outputs in order, and the counts.
    ///
    /// # Errors
    /// When the settings are wrong, or the run was stopped.
    pub fn gather<T: Task>(
        self,
        task: &T,
        loaded: &Loaded,
        output: &Output,
        context: &Context,
    ) -> Result<(Vec<T::Output>, Counts), CommandError> {
        let mut setup = context.setup(self.paths)?;
        setup.lay_over(|configuration| {
            self.papers.lay_over(configuration);
            self.run.lay_over(configuration);
        });
        let settings = setup.settings()?;
        let options = run_options(&settings);
        let mut watcher = Watcher::new(context, self.run.no_progress, self.paths, false);
        let mut gathered = Vec::new();
        let mut sink = |output| {
            gathered.push(output);
            Ok(())
        };
        let passed_over = self.run.passed_over();
        let rules = setup.folder_rules(loaded.engine.catalogue().no_papers.clone())?;
        let inputs = walk_roots(&setup.roots()?, &rules, &passed_over);
        let done = run_collection(inputs.into_iter(), task, &options, &mut sink, &mut watcher);
        watcher.finish();
        context.tell_passed_over(&passed_over);
        let counts = done.map_err(|error| CommandError::run(&output.place, &error))?;
        Ok((gathered, counts))
    }
}
