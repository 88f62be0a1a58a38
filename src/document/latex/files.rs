//! The files opened while a paper is read.

use std::collections::HashMap;
use std::rc::Rc;

use super::project::{Missing, ProjectFiles, folder_of, join, seen_from};
use crate::document::encoding::utf16_mark;
use crate::document::source_text::decode;
use crate::document::{ReadError, ReadNote, SourceText};

/// A file with its text in memory.
#[derive(Debug)]
pub(super) struct OpenFile {
    /// Its path relative to the top of the project.
    pub(super) path: String,
    pub(super) text: Rc<str>,
    pub(super) source: SourceText,
}

/// All files of one paper.
#[derive(Debug)]
pub(super) struct Files<'a> {
    project: &'a dyn ProjectFiles,
    pub(super) open: Vec<OpenFile>,
    /// The file numbers by path.
    numbers: HashMap<String, u32>,
    /// Number of bytes that may still be read.
    left: usize,
    limit: usize,
}

/// The result of opening a file.
#[derive(Debug)]
pub(super) enum Opened {
    /// The file is open under this number.
    File(u32),
    NotFound,
    Outside,
    /// The file exists but cannot be read; this is the error of the whole reading.
    Failed(ReadError),
}

impl<'a> Files<'a> {
    /// Creates the files with the main file as number 0; `limit` bounds the bytes of all files together.
    pub(super) fn new(
        project: &'a dyn ProjectFiles,
        main: &str,
        bytes: Vec<u8>,
        limit: usize,
    ) -> Result<(Self, Option<ReadNote>), ReadError> {
        let mut files = Self { project, open: Vec::new(), numbers: HashMap::new(), left: limit, limit };
        let note = files.add(main.to_string(), bytes)?;
        Ok((files, note))
    }

    /// Opens a file under the first of several names that exists in one of the folders, and returns its
    /// number.
    pub(super) fn open(&mut self, folders: &[&str], names: &[String], notes: &mut Vec<ReadNote>) -> Opened {
        let mut outside = false;
        for name in names {
            for folder in folders {
                let Some(path) = join(folder, name) else {
                    outside = true;
                    continue;
                };
                if let Some(number) = self.numbers.get(&path) {
                    return Opened::File(*number);
                }
                match self.project.read(&path, self.left) {
                    Ok(bytes) => {
                        return match self.add(path.clone(), bytes) {
                            Ok(note) => {
                                notes.extend(note.map(|note| self.in_file(&path, note)));
                                Opened::File(u32::try_from(self.open.len() - 1).unwrap_or(u32::MAX))
                            }
                            Err(error) => Opened::Failed(error),
                        };
                    }
                    Err(Missing::NotFound) => {}
                    Err(Missing::Outside) => outside = true,
                    Err(Missing::Unreadable(error)) => {
                        let message = format!("{path}: {}", error.message);
                        return Opened::Failed(ReadError { message, ..error });
                    }
                }
            }
        }
        if outside { Opened::Outside } else { Opened::NotFound }
    }

    fn in_file(&self, path: &str, note: ReadNote) -> ReadNote {
        let message = format!("{}: {}", self.shown(path), note.message);
        ReadNote { message, ..note }
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<Option<ReadNote>, ReadError> {
        if u32::try_from(bytes.len()).is_err() || bytes.len() > self.left {
            let message = format!(
                "{}: with this file the paper has more than {} bytes of LaTeX; --max-document-size raises the limit",
                self.shown(&path),
                self.limit
            );
            return Err(ReadError::new("too-large", message));
        }
        // A picture or a PDF under the name of a text would be read as noise.
        let is_wide = utf16_mark(&bytes).is_some();
        if bytes.starts_with(b"%PDF-") || !is_wide && bytes.iter().take(1024).any(|byte| *byte == 0) {
            let message = format!("{}: this is not LaTeX but a binary file", self.shown(&path));
            return Err(ReadError::new("unknown-format", message));
        }
        self.left -= bytes.len();
        let decoded = decode(bytes);
        let number = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        self.numbers.entry(path.clone()).or_insert(number);
        self.open.push(OpenFile { path, text: decoded.text.into(), source: decoded.source });
        Ok(decoded.note)
    }

    /// Returns the total size of all files in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.limit - self.left
    }

    pub(super) fn text(&self, file: u32) -> Rc<str> {
        self.open.get(file as usize).map_or_else(|| Rc::from(""), |file| Rc::clone(&file.text))
    }

    /// Returns the path of a file in reports: relative to the folder of the main file.
    pub(super) fn shown(&self, path: &str) -> String {
        match self.open.first() {
            Some(main) => seen_from(folder_of(&main.path), path),
            None => path.rsplit('/').next().unwrap_or(path).to_string(),
        }
    }

    /// Returns the path of a file by its number.
    pub(super) fn path(&self, file: u32) -> &str {
        self.open.get(file as usize).map_or("", |file| &file.path)
    }
}
