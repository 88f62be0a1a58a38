//! How a command runs: `byname.toml` and the options over it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::context::CommonArgs;
use super::load::{Loaded, load};
use super::status::CommandError;
use crate::collection::Root;
use crate::config::{Configuration, Settings, find_upwards};

/// The configurations of the paths of a command.
#[derive(Debug)]
pub(super) struct Setup {
    /// Each path with the place of its configuration; one place at least.
    paths: Vec<(PathBuf, usize)>,
    configurations: Vec<Configuration>,
}

impl Setup {
    /// Finds what holds for some paths; without any, what holds in the current folder.
    pub(super) fn find(common: &CommonArgs, paths: &[PathBuf]) -> Result<Self, CommandError> {
        let here = [PathBuf::from(".")];
        let mut files: Vec<Option<PathBuf>> = Vec::new();
        let mut setup = Self { paths: Vec::new(), configurations: Vec::new() };
        for path in if paths.is_empty() { &here } else { paths } {
            let file = file_of(common, path)?;
            let place = match files.iter().position(|known| *known == file) {
                Some(place) => place,
                None => {
                    setup.configurations.push(match &file {
                        Some(file) => Configuration::read(file)?,
                        None => Configuration::defaults(),
                    });
                    files.push(file);
                    files.len() - 1
                }
            };
            setup.paths.push((path.clone(), place));
        }
        Ok(setup)
    }

    /// Lays options over all configurations.
    pub(super) fn lay_over(&mut self, options: impl Fn(&mut Configuration)) {
        self.configurations.iter_mut().for_each(options);
    }

    /// The configuration of the first path.
    pub(super) fn first(&self) -> &Configuration {
        &self.configurations[0]
    }

    /// The first path.
    pub(super) fn first_path(&self) -> &Path {
        &self.paths[0].0
    }

    /// What holds for the whole run. Paths of one run may differ in what is known of their papers and in
    /// what is left out, and in nothing else.
    pub(super) fn settings(&self) -> Result<Settings, CommandError> {
        let first = self.first();
        for other in &self.configurations[1..] {
            let differs = first.difference_in_run(other);
            if let Some(key) = differs {
                let (this, that) = (first.place_of(key), other.place_of(key));
                let message =
                    format!("`{key}` holds for a whole run, and the paths differ in it: {this}, {that}");
                let help = "give the paths in two runs, or the value as an option or in a file with --config";
                return Err(CommandError::new(message).help(help));
            }
        }
        first.settings().map_err(CommandError::new)
    }

    /// The paths, each with what its configuration says of paths.
    pub(super) fn roots(&self) -> Result<Vec<Root>, CommandError> {
        let rules: Vec<_> = self
            .configurations
            .iter()
            .map(|configuration| configuration.path_rules().map(Arc::new).map_err(CommandError::new))
            .collect::<Result<_, _>>()?;
        let root = |(path, place): &(PathBuf, usize)| Root::new(path.clone(), Arc::clone(&rules[*place]));
        Ok(self.paths.iter().map(root).collect())
    }

    /// The catalogue that is set, made ready, with the floor that is set.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        let settings = self.settings()?;
        let mut loaded = load(&settings.catalog)?;
        if let Some(floor) = settings.floor {
            let mut weights = loaded.engine.catalogue().evidence.clone();
            weights.answer.floor = floor.0;
            loaded.engine.reweigh_evidence(weights);
        }
        Ok(loaded)
    }
}

fn file_of(common: &CommonArgs, path: &Path) -> Result<Option<PathBuf>, CommandError> {
    if common.no_config {
        return Ok(None);
    }
    if let Some(file) = &common.config {
        return match fs::canonicalize(file) {
            Ok(file) => Ok(Some(file)),
            Err(error) => {
                let message = format!("{} cannot be read: {error}", file.display());
                Err(CommandError::new(message).help("check the path after --config"))
            }
        };
    }
    let path = if path.as_os_str() == "-" { Path::new(".") } else { path };
    Ok(find_upwards(path))
}
