//! Configuration files layered on top of each other, and command-line options on top of them.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use byname::ScanOptions;
use byname::catalogue::{CatalogueFile, Fault, LoadError};
use byname::collection::{KnownOfPaths, PathPatterns, PathRules};
use serde::Serialize;
use toml::Value;
use toml::de::DeTable;

use super::find::{Reach, shown};
use super::{Glob, Override, Settings};

/// Most files in a chain of `extend`; a longer chain is taken for a cycle.
const MOST_FILES: usize = 32;
/// Largest file, in bytes: whoever wrote the papers may have written it.
const MOST_BYTES: u64 = 1 << 20;
/// Keys whose values are paths, relative to the folder of the file.
const PATHS: [&str; 2] = ["cache", "catalog"];

/// Keys that apply to a whole run.
const RUN: [&str; 16] = [
    "catalog",
    "mentions",
    "profile",
    "levels",
    "min-confidence",
    "level",
    "fail-on",
    "floor",
    "text-field",
    "id-field",
    "jobs",
    "cache",
    "max-document-size",
    "max-depth",
    "max-unpacking",
    "max-pages",
];

/// The origin of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The built-in default.
    Default,
    /// A line of a file.
    File {
        /// The file, as messages show it.
        shown: String,
        /// The line, from 1.
        line: usize,
        /// The folder of the file.
        folder: PathBuf,
    },
    /// An option of the command line, such as `--date`.
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { shown, line, .. } => write!(f, "{shown}:{line}"),
            Self::Option(name) => f.write_str(name),
        }
    }
}

/// A value and its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectiveSetting {
    /// The value.
    pub value: Value,
    /// The origin of the value.
    pub origin: Origin,
}

/// The settings in effect, each with its origin.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Configuration {
    entries: BTreeMap<String, EffectiveSetting>,
    overrides: Vec<(PathBuf, Override)>,
    /// The files that were read, as messages show them; a file comes after the one that it extends.
    pub files: Vec<String>,
}

impl Configuration {
    /// Returns the settings in effect without a file.
    pub fn defaults() -> Self {
        let table = toml::Table::try_from(Settings::default()).unwrap_or_default();
        let entry = |value| EffectiveSetting { value, origin: Origin::Default };
        let entries = table.into_iter().map(|(key, value)| (key, entry(value))).collect();
        Self { entries, ..Self::default() }
    }

    /// Reads a file and those that it extends.
    ///
    /// # Errors
    /// The first fault: a file that cannot be read, an unknown key, or an invalid value.
    pub fn read(file: &Path) -> Result<Self, LoadError> {
        Self::read_within(file, None)
    }

    /// Reads a file that was found above the papers. It may be written by whoever wrote the papers and is not
    /// trusted: it may not name a path outside of the checkout that contains it, so its error messages cannot
    /// reveal what is there.
    ///
    /// # Errors
    /// See [`Configuration::read`].
    pub fn read_found(file: &Path) -> Result<Self, LoadError> {
        Self::read_within(file, Some(&Reach::of(file)))
    }

    fn read_within(file: &Path, reach: Option<&Reach>) -> Result<Self, LoadError> {
        let mut chain: Vec<(PathBuf, CatalogueFile, Settings)> = Vec::new();
        let mut next = Some(file.to_path_buf());
        while let Some(path) = next {
            let refused = |message: &str| {
                let help = "byname.toml holds a few lines of settings; --no-config reads none";
                one(Fault::at(&source_of(&path, String::new()), 0, message).help(help))
            };
            if reach.is_some_and(|reach| !reach.holds(&path)) {
                return Err(refused("is a link that leads out of the folder of the papers"));
            }
            if fs::metadata(&path).is_ok_and(|of_file| of_file.len() > MOST_BYTES) {
                return Err(refused("is larger than 1 MiB"));
            }
            // Patterns are compared with whole paths, in which no `..` stands.
            let path = fs::canonicalize(&path).unwrap_or(path);
            let (source, settings) = match fs::read_to_string(&path) {
                Ok(text) => {
                    let source = source_of(&path, text);
                    let settings = source.parse::<Settings>().map_err(one)?;
                    (source, settings)
                }
                Err(error) => return Err(one(unreadable(&path, chain.last().map(|(_, by, _)| by), &error))),
            };
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            next = settings.extend.as_ref().map(|extended| folder.join(extended));
            let leads_out = |path: &PathBuf| reach.is_some_and(|reach| !reach.holds(&folder.join(path)));
            for (key, paths) in [("extend", settings.extend.as_slice()), ("catalog", &settings.catalog)] {
                if paths.iter().any(leads_out) {
                    let message = format!("`{key}` leads out of the folder of the papers");
                    let help =
                        "a file that was found beside papers may not; give it with --config, or --no-config";
                    return Err(one(Fault::at(&source, offset_of_key(&source, key), message).help(help)));
                }
            }
            if chain.len() == MOST_FILES {
                let message = "`extend` forms a cycle";
                return Err(one(Fault::at(&source, offset_of_key(&source, "extend"), message)));
            }
            chain.push((folder, source, settings));
        }
        let mut configuration = Self::defaults();
        for (folder, source, settings) in chain.into_iter().rev() {
            configuration.lay_over(&folder, &source, settings)?;
        }
        Ok(configuration)
    }

    fn lay_over(
        &mut self,
        folder: &Path,
        source: &CatalogueFile,
        settings: Settings,
    ) -> Result<(), LoadError> {
        let table: toml::Table = source.parse().map_err(one)?;
        for (key, mut value) in table {
            if key == "extend" || key == "override" {
                continue;
            }
            if PATHS.contains(&key.as_str()) {
                see_from(folder, &mut value);
            }
            let line = line_of_key(source, &key);
            let origin = Origin::File { shown: source.shown.clone(), line, folder: folder.to_path_buf() };
            self.entries.insert(key, EffectiveSetting { value, origin });
        }
        self.overrides.extend(settings.overrides.into_iter().map(|found| (folder.to_path_buf(), found)));
        self.files.push(source.shown.clone());
        Ok(())
    }

    /// Lays an option of the command line over the files; `option` is what the user wrote, such as `--date`.
    pub fn set(&mut self, key: &str, option: &'static str, value: impl Serialize) {
        // Options hold texts, numbers and lists of texts, all of which TOML has.
        if let Ok(value) = Value::try_from(value) {
            self.entries.insert(key.to_string(), EffectiveSetting { value, origin: Origin::Option(option) });
        }
    }

    /// Resets a key to its default, as `--no-cache` does; a key without a default is removed.
    pub fn unset(&mut self, key: &str) {
        match Self::defaults().entries.remove(key) {
            Some(usual) => self.entries.insert(key.to_string(), usual),
            None => self.entries.remove(key),
        };
    }

    /// Returns all values that are set, sorted by key.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &EffectiveSetting)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    /// Returns the first key that applies to a whole run and has another value in `other`.
    pub fn difference_in_run(&self, other: &Self) -> Option<&'static str> {
        let value =
            |configuration: &Self, key| configuration.entries.get(key).map(|entry| entry.value.clone());
        RUN.into_iter().find(|key| value(self, *key) != value(other, *key))
    }

    /// Returns the origin of the value of a key.
    pub fn place_of(&self, key: &str) -> Origin {
        self.entries.get(key).map_or(Origin::Default, |entry| entry.origin.clone())
    }

    /// Returns the values for some paths only, in the order in which they are laid over each other.
    pub fn overrides(&self) -> impl Iterator<Item = &Override> {
        self.overrides.iter().map(|(_, found)| found)
    }

    /// Returns the settings in effect.
    ///
    /// # Errors
    /// If the value of a command-line option is invalid; values of files were checked when they were read.
    pub fn settings(&self) -> Result<Settings, String> {
        let table: toml::Table =
            self.entries.iter().map(|(key, entry)| (key.clone(), entry.value.clone())).collect();
        table.try_into().map_err(|error: toml::de::Error| error.message().replace('\n', "; "))
    }

    /// Returns the rules on paths, in which every pattern is relative to the folder of its own file.
    ///
    /// # Errors
    /// See [`Configuration::settings`].
    pub fn path_rules(&self) -> Result<PathRules, String> {
        let folder_of = |key: &str| match self.entries.get(key).map(|entry| &entry.origin) {
            Some(Origin::File { folder, .. }) => folder.clone(),
            _ => std::env::current_dir().unwrap_or_default(),
        };
        let from_option = |key: &str| matches!(self.place_of(key), Origin::Option(_));
        let overrides = self.overrides.iter().map(|(folder, found)| {
            Ok(KnownOfPaths {
                paths: patterns(folder, &found.paths)?,
                date: found.date.filter(|_| !from_option("date")),
                organisations: found.organisation.clone().filter(|_| !from_option("organisation")),
            })
        });
        let settings = self.settings()?;
        Ok(PathRules {
            exclude: patterns(&folder_of("exclude"), &settings.exclude)?,
            include: patterns(&folder_of("include"), &settings.include)?,
            overrides: overrides.collect::<Result<_, String>>()?,
            known: ScanOptions { date: settings.date, organisations: settings.organisation },
        })
    }
}

fn patterns(folder: &Path, globs: &[Glob]) -> Result<PathPatterns, String> {
    PathPatterns::new(folder, globs.iter().map(Glob::as_str))
}

fn one(fault: Fault) -> LoadError {
    LoadError { faults: vec![fault] }
}

fn source_of(path: &Path, text: String) -> CatalogueFile {
    let shown = shown(path);
    CatalogueFile::new(shown, text)
}

/// Returns the fault of a file that cannot be read; placed at the `extend` key that names it, if a file does.
fn unreadable(path: &Path, extended_by: Option<&CatalogueFile>, error: &io::Error) -> Fault {
    let source = source_of(path, String::new());
    let Some(by) = extended_by else {
        return Fault::at(&source, 0, format!("cannot be read: {error}")).help("check the path");
    };
    let message = format!("{} cannot be read: {error}", source.shown);
    let help = "`extend` names a file, seen from the folder of the file that extends it";
    Fault::at(by, offset_of_key(by, "extend"), message).help(help)
}

fn see_from(folder: &Path, value: &mut Value) {
    match value {
        Value::String(path) => *path = shown(&folder.join(&path)),
        Value::Array(paths) => paths.iter_mut().for_each(|path| see_from(folder, path)),
        _ => {}
    }
}

fn offset_of_key(source: &CatalogueFile, key: &str) -> usize {
    let table = DeTable::parse(&source.text).ok();
    let found =
        table.as_ref().and_then(|table| table.get_ref().iter().find(|(name, _)| name.get_ref() == key));
    found.map_or(0, |(name, _)| name.span().start)
}

fn line_of_key(source: &CatalogueFile, key: &str) -> usize {
    let before = source.text.get(..offset_of_key(source, key)).unwrap_or_default();
    before.matches('\n').count() + 1
}

#[cfg(test)]
#[path = "layers_tests.rs"]
mod tests;
