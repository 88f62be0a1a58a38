//! Options that tell whether results are kept, and where.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::context::Context;
use super::paper_options::LayOver;
use super::status::CommandError;
use crate::collection::Cache;
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

/// A folder of results, and what becomes of it.
#[derive(Debug, Clone)]
pub(super) struct Keeping {
    /// The folder, opened.
    pub(super) cache: Option<Arc<Cache>>,
    /// The same folder, where it is of no use once the output is complete.
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
    /// Opens the folder that is set; `run` holds all that results depend on beside the papers.
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

/// The folder that belongs to an output which is not complete.
fn beside(output: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().unwrap_or(output.as_os_str()));
    name.push(".resume");
    output.with_file_name(name)
}

impl Keeping {
    /// Lets the cache write what it still holds. Results do not hang on it, so a failure is a note.
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
