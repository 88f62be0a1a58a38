//! Gold sets on the command line.

use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::status::CommandError;
use crate::evaluate::{GoldDescription, GoldSet, Scheme, read_gold};

/// Options of commands that measure against gold.
#[derive(Debug, Args)]
pub(super) struct GoldArgs {
    /// Gold sets: JSON Lines, .ann files, folders of them, or .toml files that describe such files
    #[arg(value_name = "GOLD", required = true)]
    paths: Vec<PathBuf>,

    /// A .toml file that says what the labels mean in gold that no .toml file describes
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

/// What could be read of the gold.
pub(super) struct Gold {
    pub(super) sets: Vec<GoldSet>,
    /// Whether some of it could not be read.
    pub(super) unread: bool,
}

impl Gold {
    /// Refuses gold in which no paper has marked mentions.
    pub(super) fn needs_mentions(&self) -> Result<(), CommandError> {
        if self.sets.iter().any(|set| set.papers().next().is_some()) {
            return Ok(());
        }
        let help = "rules are measured by mentions: give gold with a list of them";
        Err(CommandError::new("no paper of the gold has marked mentions").help(help))
    }
}

impl GoldArgs {
    /// Reads the gold sets, and tells of each fault in them.
    pub(super) fn read(&self, context: &Context) -> Result<Gold, CommandError> {
        let scheme = match &self.labels {
            Some(path) => GoldDescription::read(path)?.scheme,
            None => Scheme::default(),
        };
        let mut sets = Vec::new();
        for path in &self.paths {
            sets.push(read_gold(path, &scheme)?);
        }
        let failures = || sets.iter().flat_map(|set| &set.failures);
        failures().for_each(|failure| context.messages.failure(failure));
        let unread = failures().next().is_some();
        Ok(Gold { sets, unread })
    }
}
