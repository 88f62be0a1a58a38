//! Reading a single paper from disk, for programs that use the library.

use std::path::Path;

use super::{Input, read_single};
use crate::document::{Document, ReadError, ReadLimits, ReadNote, RecordFields};

impl Document {
    /// Reads the paper in a file, in the format indicated by its name or content. For a LaTeX paper, this is
    /// the main file with everything that it includes. Parts that could not be read are listed in the notes
    /// of the document.
    ///
    /// # Errors
    /// When the file cannot be read, is a folder, holds several papers, or is too large.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let input = Input::file(path.as_ref());
        let read = read_single(&input, None, &RecordFields::default(), ReadLimits::default())?;
        let mut document = read.document;
        document
            .notes
            .extend(read.changed.map(|error| ReadNote { kind: error.kind, message: error.message }));
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_read_by_its_name_and_a_folder_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tex");
        std::fs::write(&path, "\\section{One}\nTwo.").unwrap();
        assert!(Document::open(&path).unwrap().prose.contains("Two."));
        assert_eq!(Document::open(folder.path()).unwrap_err().kind, "unreadable");
    }
}
