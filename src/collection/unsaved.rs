//! Papers as shown in an editor: unsaved texts take the place of the files on disk.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::latex_folder::LatexFolder;
use super::process::{too_long, with};
use super::source::{ReadPaper, read_bytes, read_with_files, too_large};
use super::{Format, Input, InputSource};
use crate::document::{Missing, ProjectFiles, ReadError, ReadLimits};
use crate::engine::Engine;

/// The texts of files that are open in an editor, keyed by [`whole_path`].
pub type UnsavedFiles<'a> = HashMap<PathBuf, &'a str>;

/// Returns a path without links and `..`, even for a file that was never saved.
pub fn whole_path(path: &Path) -> PathBuf {
    let of_folder = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(of_folder).unwrap_or_else(|| path.to_path_buf())
}

/// Reads the paper of an input with unsaved texts in place of files, checked against the memory that `engine`
/// needs to search it. The second value is the reason why the paper may be incomplete. Metadata known for the
/// input is filled in.
///
/// # Errors
/// When the paper cannot be read, is larger than the limits, or is not text.
pub fn read_unsaved(
    input: &Input,
    format: Format,
    unsaved: &UnsavedFiles<'_>,
    limits: ReadLimits,
    engine: Option<&Engine>,
) -> Result<ReadPaper, ReadError> {
    let InputSource::File(path) = &input.place else {
        return Err(ReadError::new("internal", "standard input is in no editor"));
    };
    let bytes = match unsaved.get(&whole_path(path)) {
        Some(text) if text.len() > limits.size => return Err(too_large(limits.size)),
        Some(text) => text.as_bytes().to_vec(),
        None => read_bytes(path, limits)?.0,
    };
    let (folder, main) = LatexFolder::of_input(path, input.folder.as_deref());
    let files = Overlay { folder: &folder, unsaved };
    let (document, error) = read_with_files(&input.shown, Some(format), bytes, (&files, &main), limits)?;
    if let Some(error) = too_long(&document, limits, engine) {
        return Err(error);
    }
    Ok((with(&input.known, document), error))
}

/// The folder of a project, overlaid with unsaved texts.
#[derive(Debug)]
struct Overlay<'a> {
    folder: &'a LatexFolder,
    unsaved: &'a UnsavedFiles<'a>,
}

impl ProjectFiles for Overlay<'_> {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let whole = whole_path(&self.folder.top.join(path));
        let inside = whole.starts_with(whole_path(&self.folder.top));
        match self.unsaved.get(&whole).filter(|_| inside) {
            Some(text) if text.len() > limit => Err(Missing::Unreadable(too_large(limit))),
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.folder.read(path, limit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::walk;
    use super::*;

    fn prose(main: &Path, unsaved: &[(&Path, &str)]) -> Result<String, ReadError> {
        let input = walk(vec![main.to_path_buf()]).pop().unwrap().unwrap();
        let unsaved = unsaved.iter().map(|(path, text)| (whole_path(path), *text)).collect();
        let read = read_unsaved(
            &input,
            Format::Latex,
            &unsaved,
            ReadLimits { size: 200, ..ReadLimits::default() },
            None,
        );
        read.map(|(document, _)| document.prose)
    }

    #[test]
    fn texts_of_the_editor_take_the_place_of_the_files() {
        let root = tempfile::tempdir().unwrap();
        let (main, part) = (root.path().join("main.tex"), root.path().join("part.tex"));
        fs::write(&main, "\\documentclass{article}\\begin{document}Main. \\input{part}\\end{document}")
            .unwrap();
        fs::write(&part, "Saved.").unwrap();
        assert_eq!(prose(&main, &[]).unwrap().trim(), "Main. Saved.");
        assert_eq!(prose(&main, &[(&part, "Typed.")]).unwrap().trim(), "Main. Typed.");
        fs::remove_file(&part).unwrap();
        assert_eq!(prose(&main, &[(&part, "Never saved.")]).unwrap().trim(), "Main. Never saved.");
        assert_eq!(prose(&main, &[(&main, "\\input{part}"), (&part, "Both.")]).unwrap().trim(), "Both.");
    }

    #[test]
    fn a_text_is_bounded_as_a_file_is() {
        let root = tempfile::tempdir().unwrap();
        let main = root.path().join("main.tex");
        assert_eq!(prose(&main, &[(&main, &"x".repeat(201))]).unwrap_err().kind, "too-large");
        assert_eq!(prose(&main, &[]).unwrap_err().kind, "not-found");
    }
}
