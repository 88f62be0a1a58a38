//! The files of a catalogue: the built-in ones, and folders and archives laid over them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::written_text::offset_in_source;
use super::{Fault, LoadError, package, package_archive, package_folder};

/// The maximum size of one file of a catalogue, in bytes.
pub(super) const LARGEST_FILE: u64 = 16 << 20;
/// The maximum size of all files of a layer, in bytes.
pub(super) const LARGEST_LAYER: u64 = 256 << 20;
/// The maximum number of files of a layer.
pub(super) const MOST_FILES: usize = 200_000;

/// One file of a catalogue.
#[derive(Debug, Clone)]
pub struct CatalogueFile {
    /// The name of the file in reports.
    pub shown: String,
    /// Its path inside the catalogue, with `/` between the parts: `rules/described/in-house.toml`.
    pub path: String,
    /// The content.
    pub text: String,
}

impl CatalogueFile {
    /// Returns the offset in the file of byte `at` of the string that is written at `span`, quotation marks
    /// included.
    pub fn offset_in_text(&self, span: Range<usize>, at: usize) -> usize {
        offset_in_source(&self.text, span, at)
    }

    /// Parses the file as TOML of the wanted shape; a fault gives the position and the cause.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(&self.text).map_err(|error| {
            let message = error.message().replace('\n', "; ");
            match error.span() {
                Some(span) if !span.is_empty() => Fault::over(self, span, message),
                place => Fault::at(self, place.map_or(0, |span| span.start), message),
            }
        })
    }

    /// Creates a placeholder for a file or folder whose text cannot be read, to attach a fault to.
    pub(super) fn unread(shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), path: String::new(), text: String::new() }
    }
}

/// A set of catalogue files that are used or refused together.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `built-in`, or the path of the folder or archive.
    pub name: String,
    /// Its files in the order of their paths.
    pub files: Vec<CatalogueFile>,
}

/// The folder of a catalogue with its test files and the snapshots of papers.
pub const TESTS: &str = "tests";

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded_patterns.rs"));

/// Returns the paths and texts of the files of the built-in catalogue.
pub(super) fn embedded_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied()
}

impl Layer {
    /// Returns the catalogue that ships in the program.
    pub fn built_in() -> Self {
        Self::embedded(|_| true)
    }

    /// Reads folders or archives and lays them over the built-in catalogue, the last on top. The layers are
    /// not yet merged into a catalogue.
    ///
    /// # Errors
    ///
    /// See [`Layer::read`].
    pub fn over_built_in(paths: &[PathBuf]) -> Result<Vec<Self>, LoadError> {
        let mut layers = vec![Self::built_in()];
        for path in paths {
            Self::read(path)?.lay_over(&mut layers);
        }
        Ok(layers)
    }

    /// Lays this layer over others. A version of the built-in package replaces it, so that a checkout of the
    /// catalogue can be worked on without rebuilding the program.
    pub fn lay_over(self, layers: &mut Vec<Self>) {
        let name = |layer: &Self| layer.package().ok().flatten().map(|package| package.name);
        match layers.first_mut() {
            Some(first) if name(&self).is_some() && name(&self) == name(&Self::built_in_package()) => {
                *first = self
            }
            _ => layers.push(self),
        }
    }

    /// Returns the package file alone of the built-in catalogue.
    pub(super) fn built_in_package() -> Self {
        Self::embedded(|path| path == package::FILE)
    }

    fn embedded(wanted: impl Fn(&str) -> bool) -> Self {
        let files = EMBEDDED.iter().filter(|(path, _)| wanted(path)).map(|(path, text)| CatalogueFile {
            shown: format!("patterns/{path}"),
            path: (*path).to_string(),
            text: (*text).to_string(),
        });
        Self { name: "built-in".to_string(), files: files.collect() }
    }

    /// Reads a folder laid out like `patterns/`, every `.toml` file in it, or a `.zip` or `.tar.gz` archive
    /// of such a folder, which is not unpacked to the disk.
    ///
    /// # Errors
    ///
    /// Returns faults for whatever cannot be read, is too large or leads out of the folder; each with a hint
    /// on how to fix it.
    pub fn read(path: &Path) -> Result<Self, LoadError> {
        let shown = path.display().to_string();
        let mut faults = Vec::new();
        let mut files = if path.is_file() {
            package_archive::read(path, &mut faults)
        } else {
            package_folder::read(path, &mut faults)
        };
        if files.is_empty() && faults.is_empty() {
            let nothing =
                Fault::at(&CatalogueFile::unread(&shown), 0, "no catalogue file (.toml) stands in it");
            faults.push(nothing.help("a catalogue has the folders lexicon, rules, quantities or systems"));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for pair in files.windows(2).filter(|pair| pair[0].path == pair[1].path) {
            let message = format!("`{}` stands in it twice", pair[1].path);
            faults.push(Fault::at(&CatalogueFile::unread(&shown), 0, message).help("pack it anew"));
        }
        if faults.is_empty() { Ok(Self { name: shown, files }) } else { Err(LoadError { faults }) }
    }
}
