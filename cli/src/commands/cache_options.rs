//! Options for keeping results.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::collection::Cache;
use clap::Args;

use super::context::Context;
use super::paper_options::LayOver;
use super::status::CommandError;
use crate::config::{Configuration, Settings};

/// Whether results are kept, and where.
#[derive(Debug, Args)]
pub(super) struct CacheArgs {
    /// Keep results in this folder, and do not read papers again that have not changed since
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,

    /// Keep no results, whatever the file of --config says
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,

    /// Keep what is done beside the output until it is complete, so that the same command goes on from there
    /// after it was stopped or killed
    #[arg(long, requires = "output")]
    pub(super) resume: bool,
}

/// A folder in which results are kept, and whether it outlives the run.
#[derive(Debug, Clone)]
pub(super) struct Keeping {
    /// The folder, opened; `None` if no results are kept.
    pub(super) cache: Option<Arc<Cache>>,
    /// The folder of `--resume`, to be deleted once the output is complete.
    passing: Option<PathBuf>,
}

impl LayOver for CacheArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if self.no_cache {
            configuration.unset("cache");
        }
        if let Some(cache) = &self.cache {
            configuration.set("cache", "--cache", cache);
        }
    }
}

impl CacheArgs {
    /// Opens the folder that is set; `run` lists everything that results depend on, apart from the papers.
    pub(super) fn open(
        &self,
        settings: &Settings,
        context: &Context,
        run: &[String],
    ) -> Result<Keeping, CommandError> {
        let beside = context.common.output.first().filter(|_| self.resume).map(|output| beside(output));
        // Where results are kept for good, the same command goes on from there anyway.
        let passing = beside.filter(|_| settings.cache.is_none());
        let Some(folder) = settings.cache.as_ref().or(passing.as_ref()) else {
            return Ok(Keeping { cache: None, passing });
        };
        let run: Vec<&str> = run.iter().map(String::as_str).collect();
        match Cache::open(folder, &run) {
            Ok(cache) => Ok(Keeping { cache: Some(Arc::new(cache)), passing }),
            Err(error) => {
                let message = format!("results cannot be kept in {}: {error}", folder.display());
                Err(CommandError::new(message).help("give another folder with --cache, or --no-cache"))
            }
        }
    }
}

/// Returns the folder of `--resume` for an output.
fn beside(output: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().unwrap_or(output.as_os_str()));
    name.push(".resume");
    output.with_file_name(name)
}

impl Keeping {
    /// Writes what the cache still holds in memory, or deletes the folder of `--resume`. The output does not
    /// depend on it, so a failure is only a note.
    pub(super) fn finish(self, is_complete: bool, context: &Context) {
        if let Some(folder) = self.passing.as_ref().filter(|_| is_complete) {
            drop(self.cache);
            if let Err(error) = fs::remove_dir_all(folder) {
                context
                    .note(&format!("{} is of no more use and cannot be removed: {error}", folder.display()));
            }
        } else if let Some(Err(error)) = self.cache.map(|cache| cache.finish()) {
            context.note(&format!("not all results could be kept: {error}"));
        }
    }
}
