//! The files of a catalogue: the built-in ones, and folders and archives laid over them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::written_text::offset_in_source;
use super::{CatalogueText, Fault, LoadError, package, package_archive, package_folder};

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
    pub text: CatalogueText,
}

impl CatalogueFile {
    /// Creates a file that reports call by its path.
    pub fn new(path: impl Into<String>, text: impl Into<CatalogueText>) -> Self {
        let path = path.into();
        Self { shown: path.clone(), path, text: text.into() }
    }

    /// Returns the offset in the file of byte `at` of the string that is written at `span`, quotation marks
    /// included.
    pub fn offset_in_text(&self, span: Range<usize>, at: usize) -> usize {
        offset_in_source(&self.text, span, at)
    }

    /// Returns the line of a byte offset, from 1.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Parses the file as TOML of the wanted shape; a fault gives the position and the cause.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        self.text.read().map_err(|error| {
            let message = error.message().replace('\n', "; ");
            match error.span() {
                Some(span) if !span.is_empty() => Fault::over(self, span, message),
                place => Fault::at(self, place.map_or(0, |span| span.start), message),
            }
        })
    }

    /// Creates a placeholder for a file or folder whose text cannot be read, to attach a fault to.
    pub(super) fn unread(shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), path: String::new(), text: String::new().into() }
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

/// The path and text of each file of the built-in catalogue, and where [`PARSED`] has its parsed form.
static EMBEDDED: &[(&str, &str, Range<usize>)] = include!(concat!(env!("OUT_DIR"), "/embedded_patterns.rs"));

static PARSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/parsed_patterns"));

/// Hashes the paths and texts of all files of some layers (the first 64 bits of BLAKE3: the same on every machine
/// and in every version of the program).
pub fn fingerprint(layers: &[Layer]) -> String {
    match layers {
        [layer] if layer.is_built_in() => env!("BYNAME_CATALOGUE_HASH").to_string(),
        _ => hash_of(layers),
    }
}

fn hash_of(layers: &[Layer]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        // A zero byte stands in no path and in no text, so that no two catalogues run together.
        for text in [file.path.as_str(), file.text.as_str()] {
            hasher.update(text.as_bytes()).update(&[0]);
        }
    }
    hasher.finalize().to_hex()[..16].to_string()
}

/// Returns the paths and texts of the files of the built-in catalogue.
pub(super) fn embedded_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().map(|(path, text, _)| (*path, *text))
}

/// Iterates over the files of the built-in catalogue.
pub(super) fn embedded_files() -> impl Iterator<Item = CatalogueFile> {
    (0..EMBEDDED.len()).filter_map(embedded_file)
}

/// Returns the file at a place of the built-in catalogue.
pub(super) fn embedded_file(place: usize) -> Option<CatalogueFile> {
    let (path, text, parsed) = EMBEDDED.get(place)?;
    Some(CatalogueFile {
        shown: format!("patterns/{path}"),
        path: (*path).to_string(),
        text: CatalogueText::parsed(text, PARSED.get(parsed.clone())?),
    })
}

impl Layer {
    /// Returns the catalogue that ships in the program.
    pub fn built_in() -> Self {
        Self::embedded(|_| true)
    }

    /// Returns the catalogue that ships in the program as mere texts, so that all of it is read and checked.
    pub(super) fn built_in_as_text() -> Self {
        Self::of_texts("patterns", embedded_texts())
    }

    /// Creates a layer of paths and their texts. Reports call each file by the name of the layer and its path.
    pub fn of_texts<P: AsRef<str>, T: Into<CatalogueText>>(
        name: &str,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let files = files.into_iter().map(|(path, text)| CatalogueFile {
            shown: format!("{name}/{}", path.as_ref()),
            path: path.as_ref().to_string(),
            text: text.into(),
        });
        Self { name: name.to_string(), files: files.collect() }
    }

    /// Returns whether it is the catalogue that ships in the program, unchanged.
    pub(super) fn is_built_in(&self) -> bool {
        self.files.len() == EMBEDDED.len()
            && self
                .files
                .iter()
                .zip(EMBEDDED)
                .all(|(file, (path, text, _))| file.path == *path && file.text.is(text))
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

    /// Returns the files of the built-in catalogue whose paths are wanted.
    pub(super) fn embedded(wanted: impl Fn(&str) -> bool) -> Self {
        let places = (0..EMBEDDED.len()).filter(|place| wanted(EMBEDDED[*place].0));
        Self { name: "built-in".to_string(), files: places.filter_map(embedded_file).collect() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_tells_catalogues_apart() {
        let layer = |path: &str, text: &str| fingerprint(&[Layer::of_texts("l", [(path, text)])]);
        assert_eq!(fingerprint(&[]), "af1349b9f5f9a1a6");
        assert_ne!(layer("a", "b"), layer("a", "c"));
        assert_ne!(layer("a", "b"), layer("ab", ""));
    }

    #[test]
    fn the_fingerprint_made_with_the_program_is_that_of_its_catalogue() {
        let layers = [Layer::built_in()];
        assert!(layers[0].is_built_in());
        assert_eq!(fingerprint(&layers), hash_of(&layers));
        let mut changed = layers.clone();
        changed[0].files[0].text = format!("{}\n", changed[0].files[0].text).into();
        assert_eq!(fingerprint(&changed), hash_of(&changed));
        assert_ne!(fingerprint(&changed), fingerprint(&layers));
    }
}
