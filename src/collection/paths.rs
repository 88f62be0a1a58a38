//! Path settings: files to exclude, files to include, and metadata known for some files.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::document::PartialDate;
use crate::engine::ScanOptions;

/// Path patterns in the syntax of `.gitignore`, relative to a folder.
#[derive(Debug, Clone)]
pub struct PathPatterns {
    folder: PathBuf,
    matcher: Gitignore,
}

impl PathPatterns {
    /// Compiles patterns relative to `folder`, which must be an absolute path.
    ///
    /// # Errors
    ///
    /// When one of the patterns is invalid.
    pub fn new<'a>(folder: &Path, globs: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        // The matcher works on paths inside of the folder, which have no root to compare with.
        let mut builder = GitignoreBuilder::new("");
        for glob in globs {
            builder.add_line(None, glob).map_err(|error| error.to_string())?;
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

/// Metadata that a user supplies for the papers in certain files.
#[derive(Debug, Clone)]
pub struct KnownOfPaths {
    /// The files.
    pub paths: PathPatterns,
    /// The date of those papers that give none.
    pub date: Option<PartialDate>,
    /// The organisations of the authors of those papers that give none.
    pub organisations: Option<Vec<String>>,
}

/// The path rules of a run. The paths passed to its methods are absolute.
#[derive(Debug, Clone)]
pub struct PathRules {
    /// Files and folders to leave out when walking folders.
    pub exclude: PathPatterns,
    /// Files to read although their names do not have the extension of a paper.
    pub include: PathPatterns,
    /// Metadata of every paper that states none.
    pub known: ScanOptions,
    /// Metadata of the papers in certain files; if several patterns match, the last one wins.
    pub overrides: Vec<KnownOfPaths>,
}

impl PathRules {
    /// Returns whether a file or folder is excluded.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.exclude.fit(path, is_folder)
    }

    /// Returns whether a file is to be read although its name does not have the extension of a paper.
    pub fn includes(&self, path: &Path) -> bool {
        self.include.fit(path, false)
    }

    /// Returns the metadata supplied for the papers in a file.
    pub fn known(&self, path: &Path) -> ScanOptions {
        let mut known = self.known.clone();
        for found in self.overrides.iter().filter(|found| found.paths.fit(path, false)) {
            known.date = found.date.or(known.date);
            known.organisations = found.organisations.clone().unwrap_or(known.organisations);
        }
        known
    }
}
