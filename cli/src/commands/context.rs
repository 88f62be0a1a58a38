//! Options and services shared by all commands.

use std::path::PathBuf;

use anstream::ColorChoice;
use byname::catalogue::Layer;
use byname::collection::PassedOver;
use clap::Args;

use super::load::{Loaded, load};
use super::messages::Messages;
use super::output::Output;
use super::setup::Setup;
use super::status::CommandError;
use super::values::{Colours, value_of};

/// Most configuration files that are not used which are named one by one.
const MOST_SETTINGS: usize = 5;

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// Lay a package over the built-in catalogue: a folder, .zip or .tar.gz; may be given more than once
    #[arg(long, global = true, value_name = "PATH", help_heading = "Common options")]
    pub(super) catalog: Vec<PathBuf>,

    /// Read this file instead of the `byname.toml` that is found upwards from each path
    #[arg(long, global = true, value_name = "FILE", help_heading = "Common options")]
    pub(super) config: Option<PathBuf>,

    /// Read no `byname.toml`
    #[arg(long, global = true, conflicts_with = "config", help_heading = "Common options")]
    pub(super) no_config: bool,

    /// Write the result to a file instead of standard output; the file appears when it is complete. `scan`
    /// takes several, and the format from their endings
    #[arg(long, short, global = true, value_name = "FILE", help_heading = "Common options")]
    pub(super) output: Vec<PathBuf>,

    /// Say nothing on standard error but errors
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub(super) quiet: bool,

    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = value_of(Colours::NAMES, str::parse::<Colours>), help_heading = "Common options")]
    pub(super) color: Colours,
}

/// The common options and the messages, passed to every command.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) common: CommonArgs,
    pub(super) messages: Messages,
}

impl Context {
    pub(super) fn new(common: CommonArgs) -> Self {
        match common.color {
            Colours::Auto => ColorChoice::Auto,
            Colours::Always => ColorChoice::Always,
            Colours::Never => ColorChoice::Never,
        }
        .write_global();
        Self { messages: Messages::new(), common }
    }

    /// Reads the configuration of some paths, or of the current folder, and lays the common options over it.
    pub(super) fn setup(&self, paths: &[PathBuf]) -> Result<Setup, CommandError> {
        let mut setup = Setup::find(&self.common, paths)?;
        setup.lay_over(|configuration| {
            if !self.common.catalog.is_empty() {
                configuration.set("catalog", "--catalog", &self.common.catalog);
            }
        });
        Ok(setup)
    }

    /// Loads the built-in catalogue with the user's layers.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        load(&self.setup(&[])?.settings()?.catalog)
    }

    /// Reads the files of the built-in catalogue and of the user's layers.
    pub(super) fn layers(&self) -> Result<Vec<Layer>, CommandError> {
        Ok(Layer::over_built_in(&self.setup(&[])?.settings()?.catalog)?)
    }

    /// Prints a note, which is not an error, unless `--quiet` is given.
    pub(super) fn note(&self, text: &str) {
        if !self.common.quiet {
            self.messages.note(text);
        }
    }

    /// Reports the files in folders that were skipped: one line each if they are to be listed, and a summary.
    pub(super) fn tell_passed_over(&self, passed_over: &PassedOver) {
        if self.common.config.is_none() && !self.common.no_config {
            let unused = passed_over.unused_settings();
            for file in unused.iter().take(MOST_SETTINGS) {
                self.note(&format!(
                    "{file} is not used: it lies below the folder given; scan its folder in a run of its own, or \
                     say it in an [[override]] above"
                ));
            }
        }
        passed_over.notes().iter().for_each(|note| self.note(note));
        passed_over.listed().iter().for_each(|line| self.note(line));
        if let Some(summary) = passed_over.summary() {
            self.note(&summary);
        }
    }

    /// Opens the output of a command that writes one result.
    pub(super) fn output(&self) -> Result<Output, CommandError> {
        match &self.common.output[..] {
            [] => Output::open(None),
            [one] => Output::open(Some(one)),
            _ => Err(CommandError::new("this command writes one result; give --output once")),
        }
    }

    /// Returns whether the output is coloured.
    pub(super) fn colours(&self) -> bool {
        match self.common.color {
            Colours::Always => true,
            Colours::Never => false,
            Colours::Auto => {
                self.common.output.is_empty()
                    && anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
            }
        }
    }
}
