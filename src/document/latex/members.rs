//! The files of an archive as a project.

use std::collections::BTreeMap;

use super::main_file::{MainFile, main_file};
use super::{LatexPaper, Missing, ProjectFiles, read_latex};
use crate::document::{ReadError, ReadLimits};

/// The files of a project in memory, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(pub BTreeMap<String, Vec<u8>>);

impl ProjectFiles for Members {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let in_any_case = || {
            // The paper was written where the case of names does not count.
            let mut alike = self.0.iter().filter(|(other, _)| other.eq_ignore_ascii_case(path));
            alike.next().map(|(_, bytes)| bytes).filter(|_| alike.next().is_none())
        };
        match self.0.get(path).or_else(in_any_case) {
            None => Err(Missing::NotFound),
            Some(bytes) if bytes.len() > limit => {
                let message = format!("larger than what is left of the limit, {limit} bytes");
                Err(Missing::Unreadable(ReadError::new("too-large", message)))
            }
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}

/// Reads the paper in an archive of LaTeX files, as distributed by arXiv.
///
/// # Errors
/// Returns an error if no file of it is the paper, or that file cannot be read.
pub fn read_latex_archive(id: &str, members: &Members, limits: ReadLimits) -> Result<LatexPaper, ReadError> {
    let files: Vec<MainFile<'_>> = members.0.iter().map(|(path, text)| MainFile { path, text }).collect();
    let Some(main) = main_file(&files) else {
        return Err(ReadError::new(
            "no-papers",
            "no file of this archive is a LaTeX paper: none has a \\documentclass",
        ));
    };
    let bytes = members.0.get(main).cloned().unwrap_or_default();
    let mut paper = read_latex(id, main, bytes, members, limits)?;
    // Paths of the other files are seen from the folder of the main file, and so is its own.
    paper.document.main_file = Some(main.rsplit('/').next().unwrap_or(main).to_string());
    Ok(paper)
}
