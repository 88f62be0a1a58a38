//! The files of a catalogue: the built-in ones, and folders laid over them.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Fault, LoadError};

/// One file of a catalogue.
#[derive(Debug, Clone)]
pub struct CatalogueFile {
    /// What reports call it.
    pub shown: String,
    /// Its path inside the catalogue, with `/` between the parts: `rules/described/in-house.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl CatalogueFile {
    /// Reads it as TOML of the wanted shape; a fault names the place and the cause.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(&self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            Fault::at(self, offset, error.message().replace('\n', "; "))
        })
    }
}

/// A set of catalogue files that stand or fall together.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `built-in`, or the folder.
    pub name: String,
    /// Its files in the order of their paths.
    pub files: Vec<CatalogueFile>,
}

/// The folder of a catalogue that holds its test files and the snapshots of papers.
pub const TESTS: &str = "tests";

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded_patterns.rs"));

impl Layer {
    /// The catalogue that ships in the program.
    pub fn built_in() -> Self {
        let files = EMBEDDED.iter().map(|(path, text)| CatalogueFile {
            shown: format!("patterns/{path}"),
            path: (*path).to_string(),
            text: (*text).to_string(),
        });
        Self { name: "built-in".to_string(), files: files.collect() }
    }

    /// Reads a folder of the shape of `patterns/`: any `.toml` file under it counts, but for its [`TESTS`].
    pub fn read(folder: &Path) -> Result<Self, LoadError> {
        let mut layer = Self { name: folder.display().to_string(), files: Vec::new() };
        let mut faults = Vec::new();
        layer.collect(folder, folder, &mut faults);
        if layer.files.is_empty() && faults.is_empty() {
            faults.push(
                Fault::at(&unread(folder), 0, "no catalogue file (.toml) stands in this folder")
                    .help("a catalogue has the folders lexicon, rules, quantities or systems"),
            );
        }
        layer.files.sort_by(|a, b| a.path.cmp(&b.path));
        if faults.is_empty() { Ok(layer) } else { Err(LoadError { faults }) }
    }

    fn collect(&mut self, root: &Path, folder: &Path, faults: &mut Vec<Fault>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(Fault::at(&unread(folder), 0, format!("cannot read the folder: {error}")));
                return;
            }
        };
        for entry in entries {
            let path = match entry {
                Ok(entry) => entry.path(),
                Err(error) => {
                    faults.push(Fault::at(&unread(folder), 0, format!("cannot read the folder: {error}")));
                    continue;
                }
            };
            if path.is_dir() {
                // Tests are run by path. They are no knowledge, and must not change the fingerprint.
                if path != root.join(TESTS) {
                    self.collect(root, &path, faults);
                }
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                match fs::read_to_string(&path) {
                    Ok(text) => self.files.push(CatalogueFile {
                        shown: path.display().to_string(),
                        path: path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
                        text,
                    }),
                    Err(error) => {
                        faults.push(Fault::at(&unread(&path), 0, format!("cannot read the file: {error}")))
                    }
                }
            }
        }
    }
}

/// A stand-in for a file or folder whose text is out of reach, to hang a fault on.
fn unread(path: &Path) -> CatalogueFile {
    CatalogueFile { shown: path.display().to_string(), path: String::new(), text: String::new() }
}
