//! Gold sets on the command line.

use std::path::{Path, PathBuf};

use byname::document::ReadLimits;
use byname_lab::evaluate::{
    GoldDescription, GoldSet, JudgedSet, Scheme, holds_judgements, read_gold, read_judged,
};
use clap::Args;

use super::context::Context;
use super::status::CommandError;

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

/// The gold that could be read.
pub(super) struct Gold {
    pub(super) sets: Vec<GoldSet>,
    /// Set when some of the gold could not be read.
    pub(super) unread: bool,
}

impl Gold {
    /// Returns an error if no paper of the gold has marked mentions.
    pub(super) fn needs_mentions(&self) -> Result<(), CommandError> {
        if self.sets.iter().any(|set| set.papers().next().is_some()) {
            return Ok(());
        }
        let help = "rules are measured by mentions: give gold with a list of them";
        Err(CommandError::new("no paper of the gold has marked mentions").help(help))
    }

    /// Returns an error if the gold names the system of no description.
    pub(super) fn needs_links(&self) -> Result<(), CommandError> {
        if self.sets.iter().flat_map(|set| &set.documents).any(|paper| !paper.links.is_empty()) {
            return Ok(());
        }
        let help = "clues are measured by links: give gold with an `answer` for each description";
        Err(CommandError::new("no paper of the gold says what a description stands for").help(help))
    }
}

impl GoldArgs {
    /// Reads the gold sets, and reports each fault in them.
    pub(super) fn read(&self, context: &Context) -> Result<Gold, CommandError> {
        let scheme = match &self.labels {
            Some(path) => GoldDescription::read(path)?.scheme,
            None => Scheme::default(),
        };
        let mut gold = Gold { sets: Vec::new(), unread: false };
        for path in &self.paths {
            let set = read_gold(path, &scheme)?;
            context.messages.faults_of_gold(&set.failures);
            gold.unread |= !set.failures.is_empty();
            gold.sets.push(set);
        }
        Ok(gold)
    }

    /// Separates the files that hold judgements on whole papers from the other gold.
    pub(super) fn without_judgements(&self) -> (Self, Vec<&Path>) {
        let (judged, marked): (Vec<_>, Vec<_>) = self.paths.iter().partition(|path| holds_judgements(path));
        let marked = Self { paths: marked.into_iter().cloned().collect(), labels: self.labels.clone() };
        (marked, judged.into_iter().map(PathBuf::as_path).collect())
    }
}

/// Reads files of judgements, and the papers that they refer to: from the folder `papers`, or if that is not
/// given, from the folder of each file. Reports each fault, and returns whether there was one.
pub(super) fn read_judgements(
    files: &[&Path],
    papers: Option<&Path>,
    context: &Context,
) -> Result<(Vec<JudgedSet>, bool), CommandError> {
    let (mut sets, mut unread) = (Vec::new(), false);
    for file in files {
        let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = papers.or(beside).unwrap_or(Path::new("."));
        let set = read_judged(file, folder, ReadLimits::default())
            .map_err(|error| CommandError::read(file, error))?;
        context.messages.faults_of_gold(&set.failures);
        unread |= !set.failures.is_empty();
        sets.push(set);
    }
    Ok((sets, unread))
}
