//! A run over papers whose results a command aggregates.

use std::path::PathBuf;

use byname::collection::{Counts, RunOptions, Task, run as run_collection, walk_roots};

use super::context::Context;
use super::load::Loaded;
use super::output::Output;
use super::paper_options::{LayOver as _, PaperArgs, RunArgs, fields, jobs, limits};
use super::status::CommandError;
use super::watcher::Watcher;

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
        let options = RunOptions {
            jobs: jobs(&settings),
            fields: fields(&settings),
            limits: limits(&settings),
            ..RunOptions::default()
        };
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
