//! The configuration of a command: `byname.toml` and the options over it.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::Engine;
use byname::catalogue::{Layer, LoadError, NoPapers};
use byname::collection::{FolderRules, Root};

use super::context::CommonArgs;
use super::load::{Loaded, load};
use super::paper_options::{fields, limits};
use super::status::CommandError;
use crate::config::{Configuration, Origin, Settings, Share, find_upwards};

/// The configurations of the paths of a command.
#[derive(Debug)]
pub(super) struct Setup {
    /// Each path with the index of its configuration; at least one.
    paths: Vec<(PathBuf, usize)>,
    configurations: Vec<Configuration>,
    /// Keys of files found above the papers whose values are not used, each with a message.
    unused: Vec<(&'static str, String)>,
}

impl Setup {
    /// Reads the configurations of some paths; without any, that of the current folder.
    pub(super) fn find(common: &CommonArgs, paths: &[PathBuf]) -> Result<Self, CommandError> {
        let here = [PathBuf::from(".")];
        let mut files: Vec<Option<PathBuf>> = Vec::new();
        let mut setup = Self { paths: Vec::new(), configurations: Vec::new(), unused: Vec::new() };
        for path in if paths.is_empty() { &here } else { paths } {
            if path.as_os_str().is_empty() {
                return Err(CommandError::new("an empty path: is a variable unset?")
                    .help("give a file or a folder; `.` is the current folder"));
            }
            let file = file_of(common, path)?;
            let place = match files.iter().position(|known| *known == file) {
                Some(place) => place,
                None => {
                    let mut configuration = match &file {
                        Some(file) if common.config.is_some() => Configuration::read(file)?,
                        Some(file) => Configuration::read_found(file)?,
                        None => Configuration::defaults(),
                    };
                    if common.config.is_none() {
                        setup.unused.extend(bounded(&mut configuration));
                    }
                    setup.configurations.push(configuration);
                    files.push(file);
                    files.len() - 1
                }
            };
            setup.paths.push((path.clone(), place));
        }
        Ok(setup)
    }

    /// Returns a message for each value that a file found above the papers may not set, except for keys that
    /// are set by an option.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let is_given = |key| matches!(self.first().place_of(key), Origin::Option(_));
        self.unused.iter().filter(move |(key, _)| !is_given(key)).map(|(_, message)| message.as_str())
    }

    /// Returns the rules by which files in folders are taken for papers.
    pub(super) fn folder_rules(&self, no_papers: NoPapers) -> Result<FolderRules, CommandError> {
        let settings = self.settings()?;
        let (fields, limits) = (fields(&settings), limits(&settings));
        Ok(FolderRules { judges: true, force_exclude: false, no_papers, fields, limits })
    }

    /// Reads the signs of files that are not papers, for commands that need nothing else of the catalogue.
    pub(super) fn no_papers(&self) -> Result<NoPapers, CommandError> {
        let layers = Layer::over_built_in(&self.settings()?.catalog)?;
        NoPapers::read(&layers).map_err(|faults| LoadError { faults }.into())
    }

    /// Lays options over all configurations.
    pub(super) fn lay_over(&mut self, options: impl Fn(&mut Configuration)) {
        self.configurations.iter_mut().for_each(options);
    }

    /// Returns the configuration of the first path.
    pub(super) fn first(&self) -> &Configuration {
        &self.configurations[0]
    }

    /// Returns the first path.
    pub(super) fn first_path(&self) -> &Path {
        &self.paths[0].0
    }

    /// Returns the settings of the whole run. The paths of a run may differ only in known facts about their
    /// papers and in the files that they include or exclude.
    pub(super) fn settings(&self) -> Result<Settings, CommandError> {
        let first = self.first();
        for other in &self.configurations[1..] {
            let differs = first.difference_in_run(other);
            if let Some(key) = differs {
                let (this, that) = (first.place_of(key), other.place_of(key));
                let message =
                    format!("`{key}` must be the same for all paths of a run; it differs: {this}, {that}");
                let help = "give the paths in two runs, or the value as an option or in a file with --config";
                return Err(CommandError::new(message).help(help));
            }
        }
        first.settings().map_err(CommandError::new)
    }

    /// Returns the paths, each with the rules on paths of its configuration.
    pub(super) fn roots(&self) -> Result<Vec<Root>, CommandError> {
        let rules: Vec<_> = self
            .configurations
            .iter()
            .map(|configuration| configuration.path_rules().map(Arc::new).map_err(CommandError::new))
            .collect::<Result<_, _>>()?;
        let root = |(path, place): &(PathBuf, usize)| Root::new(path.clone(), Arc::clone(&rules[*place]));
        Ok(self.paths.iter().map(root).collect())
    }

    /// Loads the catalogue that is set, with the floor that is set.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        let settings = self.settings()?;
        let mut loaded = load(&settings.catalog)?;
        set_floor(&mut loaded.engine, settings.floor);
        Ok(loaded)
    }
}

/// Sets the probability floor of answers, if given.
pub(super) fn set_floor(engine: &mut Engine, floor: Option<Share>) {
    if let Some(floor) = floor {
        let mut weights = engine.catalogue().evidence.clone();
        weights.answer.floor = floor.0;
        engine.reweigh_evidence(weights);
    }
}

/// Removes values of a `byname.toml` found above the papers that its author, possibly that of the papers,
/// must not decide: a folder of kept results, more threads than processors, and higher limits for each paper.
/// Returns a message for each.
fn bounded(configuration: &mut Configuration) -> Vec<(&'static str, String)> {
    let mut messages = Vec::new();
    let cache = configuration.place_of("cache");
    if cache != Origin::Default {
        configuration.unset("cache");
        let message = format!(
            "`cache` in {cache} is not used, since the papers may come with that file; give --cache DIR, or the \
             file with --config"
        );
        messages.push(("cache", message));
    }
    let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = configuration.settings().ok().and_then(|settings| settings.jobs);
    if let Some(jobs) = jobs.filter(|jobs| jobs.get() > processors) {
        let place = configuration.place_of("jobs");
        configuration.unset("jobs");
        messages.push((
            "jobs",
            format!("`jobs` in {place} is {jobs}; the {processors} processors here are used"),
        ));
    }
    let (usual, set) = (Settings::default(), configuration.settings().unwrap_or_default());
    for (key, option, is_more) in [
        (
            "max-document-size",
            "--max-document-size SIZE",
            set.max_document_size.0 > usual.max_document_size.0,
        ),
        ("max-depth", "--max-depth N", set.max_depth > usual.max_depth),
        ("max-unpacking", "--max-unpacking N", set.max_unpacking > usual.max_unpacking),
        ("max-pages", "--max-pages N", set.max_pages > usual.max_pages),
    ] {
        if is_more {
            let place = configuration.place_of(key);
            configuration.unset(key);
            let message = format!(
                "`{key}` in {place} is not used, since the papers may come with that file and it asks for more than \
                 is usual; give {option}, or the file with --config"
            );
            messages.push((key, message));
        }
    }
    messages
}

fn file_of(common: &CommonArgs, path: &Path) -> Result<Option<PathBuf>, CommandError> {
    if common.no_config {
        return Ok(None);
    }
    if let Some(file) = &common.config {
        return match fs::canonicalize(file) {
            Ok(file) => Ok(Some(file)),
            Err(error) => Err(CommandError::read(file, error).help("check the path after --config")),
        };
    }
    let path = if path.as_os_str() == "-" { Path::new(".") } else { path };
    Ok(find_upwards(path))
}
