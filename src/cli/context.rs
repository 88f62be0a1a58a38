//! What several commands share.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::Args;

use super::load::{Loaded, load};
use super::messages::Messages;
use super::output::Output;
use super::setup::Setup;
use super::status::CommandError;
use super::values::{Colours, value_of};
use crate::catalogue::Layer;
use crate::collection::PassedOver;

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

/// What a command works with.
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

    /// What `byname.toml` and the common options say of some paths, or of the current folder.
    pub(super) fn setup(&self, paths: &[PathBuf]) -> Result<Setup, CommandError> {
        let mut setup = Setup::find(&self.common, paths)?;
        setup.lay_over(|configuration| {
            if !self.common.catalog.is_empty() {
                configuration.set("catalog", "--catalog", &self.common.catalog);
            }
        });
        Ok(setup)
    }

    /// The catalogue with the user's layers, made ready.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        load(&self.setup(&[])?.settings()?.catalog)
    }

    /// The files of the catalogue and of the user's layers.
    pub(super) fn layers(&self) -> Result<Vec<Layer>, CommandError> {
        Ok(Layer::over_built_in(&self.setup(&[])?.settings()?.catalog)?)
    }

    /// Something that the user may want to know, and that is no fault.
    pub(super) fn note(&self, text: &str) {
        if !self.common.quiet {
            self.messages.note(text);
        }
    }

    /// What was passed over in folders: a line for each file where they are listed, and a sentence.
    pub(super) fn tell_passed_over(&self, passed_over: &PassedOver) {
        passed_over.listed().iter().for_each(|line| self.note(line));
        if let Some(told) = passed_over.told() {
            self.note(&told);
        }
    }

    /// Where the result goes.
    pub(super) fn output(&self) -> Result<Output, CommandError> {
        match &self.common.output[..] {
            [] => Output::open(None),
            [one] => Output::open(Some(one)),
            _ => Err(CommandError::new("this command writes one result; give --output once")),
        }
    }

    /// Whether the result is to be coloured.
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
