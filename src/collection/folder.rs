//! Listing of the files of one folder, by their names alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::{DirEntry, WalkBuilder};

use super::ignored::Ignored;
use super::passed_over::{PassedOver, Reason};
use super::source::io_error;
use super::unsupported::has_unsupported_ending;
use super::walk::Root;
use super::{Failure, Format};
use crate::catalogue::{NoPaperSign, NoPapers};
use crate::document::ReadError;

/// Name of the configuration file, which holds for the folder given and is looked for above it.
const SETTINGS: &str = "byname.toml";

/// A file found in a folder that may be a paper.
#[derive(Debug)]
pub(super) struct Met {
    /// Its path, relative to the same place as the path of the folder.
    pub(super) path: PathBuf,
    /// The format that its name indicates.
    pub(super) format: Option<Format>,
    /// `true` if it is a symbolic link to a file.
    pub(super) is_link: bool,
    /// `true` if the configuration includes it, so that no further checks apply.
    pub(super) is_sure: bool,
    /// The title of a LaTeX paper.
    pub(super) title: Option<String>,
    /// The reason why it is not read, and the file that is read in its place.
    pub(super) passed: Option<(Reason, Option<String>)>,
}

impl Met {
    /// Returns the path that reports show, for a file in a folder that the user gave.
    pub(super) fn shown(&self, root: &Path) -> PathBuf {
        // Nobody who says `byname scan` means by `a.md` anything but `./a.md`.
        let bare = if root == Path::new(".") { self.path.strip_prefix("./").ok() } else { None };
        bare.unwrap_or(&self.path).to_path_buf()
    }
}

/// Lists the files of a folder that have the extension of a paper or that a rule includes, in an order that
/// does not depend on the file system. An entry that cannot be listed becomes a failure in its place.
pub(super) fn list(
    root: &Root,
    no_papers: &NoPapers,
    passed_over: &Arc<PassedOver>,
) -> Vec<Result<Met, Failure>> {
    let (top, signs, passed) = (root.clone(), no_papers.clone(), Arc::clone(passed_over));
    let ignored = Ignored::new(passed_over);
    let walk = WalkBuilder::new(&root.path)
        .standard_filters(false)
        .filter_entry(move |entry| {
            entry.depth() == 0 || (!is_ignored(entry, &top, &ignored) && stays(entry, &top, &signs, &passed))
        })
        .sort_by_file_path(Path::cmp)
        .build();
    let found = walk.filter_map(|entry| match entry {
        Ok(entry) => met(root, &entry, passed_over),
        Err(error) => Some(Err(walk_failure(&root.path, &error))),
    });
    found.collect()
}

fn is_ignored(entry: &DirEntry, top: &Root, ignored: &Ignored) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    ignored.holds(&top.whole(entry.path()), is_folder)
}

/// Returns whether the walk visits a file or folder; one that it does not is counted as passed over.
fn stays(entry: &DirEntry, top: &Root, no_papers: &NoPapers, passed_over: &PassedOver) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let pass = |reason| passed_over.add(&entry.path().display().to_string(), reason, None);
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        // What version control and tools keep is hidden from everybody, and nobody misses it.
        if !is_folder && Format::of_path(entry.path()).is_some() {
            pass(Reason::Hidden);
        }
        return false;
    }
    if top.excludes(entry.path(), is_folder) {
        pass(Reason::Excluded);
        return false;
    }
    if is_folder && no_papers.has(NoPaperSign::ToolFolders, &entry.file_name().to_string_lossy()) {
        pass(Reason::ToolFolder);
        return false;
    }
    true
}

/// Converts an entry of the walk. Returns `None` for a folder and for a file that is passed over.
fn met(root: &Root, entry: &DirEntry, passed_over: &PassedOver) -> Option<Result<Met, Failure>> {
    // A link to a file counts as the file; one to a folder is not followed, for it may lead back to where it
    // stands.
    let kind = entry.file_type()?;
    let is_file = if kind.is_symlink() { entry.path().is_file() } else { kind.is_file() };
    if !is_file {
        return None;
    }
    let path = entry.path();
    let is_sure = root.includes(path);
    let format = Format::of_path(path);
    if format.is_none() && !is_sure {
        let reason = match path.file_name() {
            Some(name) if name == SETTINGS && entry.depth() <= 1 => return None,
            Some(name) if name == SETTINGS => Reason::Settings,
            _ if has_unsupported_ending(path) => Reason::Unsupported,
            _ => Reason::Ending,
        };
        passed_over.add(&path.display().to_string(), reason, None);
        return None;
    }
    let inside = path.strip_prefix(&root.path).unwrap_or(path);
    if inside.to_str().is_none() {
        let message = "its name is not UTF-8 and cannot be written to reports; rename it";
        let document = escaped(path);
        return Some(Err(Failure { document, error: ReadError::new("unreadable", message) }));
    }
    Some(Ok(Met {
        path: path.to_path_buf(),
        format,
        is_link: kind.is_symlink(),
        is_sure,
        title: None,
        passed: None,
    }))
}

/// Returns a path in which every byte that is not UTF-8 is written as `\xff`.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

fn walk_failure(folder: &Path, error: &ignore::Error) -> Failure {
    let mut path = folder.to_path_buf();
    let mut cause = error;
    loop {
        cause = match cause {
            ignore::Error::WithPath { path: place, err } => {
                path.clone_from(place);
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        };
    }
    let error = match cause {
        ignore::Error::Io(error) => io_error(error),
        other => ReadError::new("unreadable", other.to_string()),
    };
    Failure { document: path.display().to_string(), error }
}
