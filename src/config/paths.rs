//! What is said of paths: which to leave out, which to read as well, and what is known of some.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Glob, Override, Settings};
use crate::document::PartialDate;
use crate::engine::ScanOptions;

/// The rules on paths of one configuration. Paths that it is asked for are absolute.
#[derive(Debug, Clone)]
pub struct PathRules {
    exclude: Patterns,
    include: Patterns,
    known: ScanOptions,
    overrides: Vec<(Patterns, Option<PartialDate>, Option<Vec<String>>)>,
}

/// Patterns that are seen from a folder.
#[derive(Debug, Clone)]
struct Patterns {
    folder: PathBuf,
    matcher: Gitignore,
}

impl Patterns {
    fn new(folder: &Path, globs: &[Glob]) -> Result<Self, String> {
        // The matcher works on paths inside of the folder, which have no root to compare with.
        let mut builder = GitignoreBuilder::new("");
        for glob in globs {
            builder.add_line(None, glob.as_str()).map_err(|error| error.to_string())?;
        }
        let matcher = builder.build().map_err(|error| error.to_string())?;
        Ok(Self { folder: folder.to_path_buf(), matcher })
    }

    fn fit(&self, path: &Path, is_folder: bool) -> bool {
        path.strip_prefix(&self.folder).is_ok_and(|inside| {
            !self.matcher.is_empty()
                && self.matcher.matched_path_or_any_parents(inside, is_folder).is_ignore()
        })
    }
}

impl PathRules {
    pub(super) fn new(
        settings: &Settings,
        exclude_from: &Path,
        include_from: &Path,
        overrides: &[(PathBuf, Override)],
    ) -> Result<Self, String> {
        let overrides = overrides.iter().map(|(folder, found)| {
            Ok((Patterns::new(folder, &found.paths)?, found.date, found.organisation.clone()))
        });
        Ok(Self {
            exclude: Patterns::new(exclude_from, &settings.exclude)?,
            include: Patterns::new(include_from, &settings.include)?,
            known: ScanOptions { date: settings.date, organisations: settings.organisation.clone() },
            overrides: overrides.collect::<Result<_, String>>()?,
        })
    }

    /// Whether a file or folder is to be left out.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.exclude.fit(path, is_folder)
    }

    /// Whether a file is to be read although its name is not that of a paper.
    pub fn includes(&self, path: &Path) -> bool {
        self.include.fit(path, false)
    }

    /// What is known of the papers in a file.
    pub fn known(&self, path: &Path) -> ScanOptions {
        let mut known = self.known.clone();
        for (_, date, organisation) in self.overrides.iter().filter(|(paths, ..)| paths.fit(path, false)) {
            known.date = date.or(known.date);
            known.organisations = organisation.clone().unwrap_or(known.organisations);
        }
        known
    }
}
