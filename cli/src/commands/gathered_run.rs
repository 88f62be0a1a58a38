//! A run over papers whose results a command aggregates or passes on one by one.

use std::io;
use std::path::PathBuf;

use byname::collection::{Counts, Task, run as run_collection, walk_roots};
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::load::Loaded;
use super::output::Output;
use super::paper_options::{CollectionArgs, LayOver as _, run_options};
use super::setup::Setup;
use super::status::CommandError;
use super::watcher::Watcher;

/// Arguments of a command that goes through papers and tells one result of them all.
#[derive(Debug, Args)]
pub(super) struct GatheredArgs {
    /// Files, folders of files, or - for standard input, as `byname scan` takes them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) form: FormArgs,

    #[command(flatten)]
    collection: CollectionArgs,
}

impl GatheredArgs {
    pub(super) fn papers(&self) -> Papers<'_> {
        Papers { paths: &self.paths, collection: &self.collection }
    }
}

/// The papers of a command, and the options that apply to them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Papers<'a> {
    pub paths: &'a [PathBuf],
    pub collection: &'a CollectionArgs,
}

impl Papers<'_> {
    /// Reads the configuration of the papers, and lays the options over it.
    pub fn setup(self, context: &Context) -> Result<Setup, CommandError> {
        let mut setup = context.setup(self.paths)?;
        setup.lay_over(|configuration| self.collection.lay_over(configuration));
        Ok(setup)
    }

    /// Runs the task on every paper, and passes the outputs to the sink in order; `place` names where the
    /// result goes.
    ///
    /// # Errors
    /// When the settings are wrong, the sink fails, or the run was stopped.
    pub fn each<T: Task>(
        self,
        setup: &Setup,
        (task, loaded): (&T, &Loaded),
        place: &str,
        context: &Context,
        mut sink: impl FnMut(T::Output) -> io::Result<()>,
    ) -> Result<Counts, CommandError> {
        let run = &self.collection.run;
        let options = run_options(&setup.settings()?);
        let mut watcher = Watcher::new(context, run.no_progress, self.paths, false);
        let passed_over = run.passed_over();
        let rules = setup.folder_rules(loaded.engine.catalogue().no_papers.clone())?;
        let inputs = walk_roots(&setup.roots()?, &rules, &passed_over);
        let done = run_collection(inputs.into_iter(), task, &options, &mut sink, &mut watcher);
        watcher.finish();
        context.tell_passed_over(&passed_over);
        done.map_err(|error| CommandError::run(place, &error))
    }

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
        let mut gathered = Vec::new();
        let counts = self.each(&self.setup(context)?, (task, loaded), &output.place, context, |output| {
            gathered.push(output);
            Ok(())
        })?;
        Ok((gathered, counts))
    }
}
