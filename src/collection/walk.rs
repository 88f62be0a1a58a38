//! From the paths that the user gave to the files that hold papers.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use ignore::{DirEntry, Walk, WalkBuilder};

use super::latex_folder::LatexPapers;
use super::passed_over::PassedOver;
use super::source::io_error;
use super::{Failure, Format, PAPER_ENDINGS};
use crate::config::PathRules;
use crate::document::ReadError;
use crate::engine::ScanOptions;

/// Where an input is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// One file of papers, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is read from.
    pub place: Place,
    /// What reports call it: the path as the user gave it.
    pub shown: String,
    /// How it is written; `None` where only the content can tell.
    pub format: Option<Format>,
    /// The folder that the user gave and in which it was found: what it includes may lie anywhere
    /// in that folder. `None` for a file given by name, which may include what lies beside it.
    pub folder: Option<PathBuf>,
    /// What is known of its papers, for those that say nothing of it themselves.
    pub known: Arc<ScanOptions>,
}

impl Input {
    /// A file, read in the format that its name tells.
    pub fn file(path: &Path) -> Self {
        Self {
            place: Place::File(path.to_path_buf()),
            shown: path.display().to_string(),
            format: Format::of_path(path),
            folder: None,
            known: Arc::default(),
        }
    }

    /// Standard input, `-`.
    pub fn stdin() -> Self {
        Self {
            place: Place::Stdin,
            shown: "-".to_string(),
            format: None,
            folder: None,
            known: Arc::default(),
        }
    }
}

/// A path that the user gave, and what is set for it.
#[derive(Debug, Clone)]
pub struct Root {
    path: PathBuf,
    /// The same path without links and `..`, as the rules see it.
    whole: PathBuf,
    rules: Option<Arc<PathRules>>,
}

impl Root {
    /// A path for which rules are set.
    pub fn new(path: PathBuf, rules: Arc<PathRules>) -> Self {
        let whole = fs::canonicalize(&path).or_else(|_| std::path::absolute(&path)).unwrap_or_default();
        Self { path, whole, rules: Some(rules) }
    }

    /// A path found under this one, as the rules see it.
    fn whole(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.path) {
            Ok(inside) if !inside.as_os_str().is_empty() => self.whole.join(inside),
            _ => self.whole.clone(),
        }
    }

    fn includes(&self, path: &Path) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.includes(&self.whole(path)))
    }

    fn known(&self, path: &Path) -> Arc<ScanOptions> {
        self.rules.as_ref().map(|rules| Arc::new(rules.known(&self.whole(path)))).unwrap_or_default()
    }
}

impl From<PathBuf> for Root {
    /// A path for which nothing is set.
    fn from(path: PathBuf) -> Self {
        Self { path, whole: PathBuf::new(), rules: None }
    }
}

/// Finds the inputs behind paths, one by one and in an order that does not depend on the disk.
///
/// A file given by name is an input whatever it is called. Of a folder, all files count whose names
/// have one of the [`PAPER_ENDINGS`] or that a rule includes, but for hidden ones, those that a rule
/// excludes or that `.gitignore` or `.ignore` leave out, and for LaTeX files that are parts of a paper
/// which lies beside or above them. What is passed over is counted in `passed_over`. What cannot be
/// found is a failure in its place.
pub fn walk_roots(
    roots: Vec<Root>,
    passed_over: Arc<PassedOver>,
) -> impl Iterator<Item = Result<Input, Failure>> {
    roots.into_iter().flat_map(move |root| -> Box<dyn Iterator<Item = Result<Input, Failure>>> {
        if root.path.as_os_str() == "-" {
            let known = root.known(Path::new("-"));
            return Box::new(std::iter::once(Ok(Input { known, ..Input::stdin() })));
        }
        if root.path.is_dir() {
            Box::new(Folder::new(root, Arc::clone(&passed_over)))
        } else {
            let known = root.known(&root.path);
            Box::new(std::iter::once(Ok(Input { known, ..Input::file(&root.path) })))
        }
    })
}

/// Finds the inputs behind paths for which nothing is set; see [`walk_roots`].
pub fn walk(paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Input, Failure>> {
    walk_roots(paths.into_iter().map(Root::from).collect(), Arc::default())
}

/// The papers of one folder.
struct Folder {
    root: Rc<Root>,
    walk: Walk,
    papers: LatexPapers,
    passed_over: Arc<PassedOver>,
    /// Whether anything was found, be it a failure.
    found: bool,
    done: bool,
}

impl Folder {
    fn new(root: Root, passed_over: Arc<PassedOver>) -> Self {
        let (top, counts) = (root.clone(), Arc::clone(&passed_over));
        let walk = WalkBuilder::new(&root.path)
            .hidden(false)
            .filter_entry(move |entry| entry.depth() == 0 || stays(entry, &top, &counts))
            .sort_by_file_path(Path::cmp)
            .build();
        let papers = LatexPapers::new(&root.path);
        Self { root: root.into(), walk, papers, passed_over, found: false, done: false }
    }
}

/// Whether a file or folder is looked at; one that is not is counted.
fn stays(entry: &DirEntry, top: &Root, passed_over: &PassedOver) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        // What version control and tools keep is hidden from everybody, and nobody misses it.
        if !is_folder && Format::of_path(entry.path()).is_some() {
            passed_over.count_hidden();
        }
        return false;
    }
    let excluded =
        top.rules.as_ref().is_some_and(|rules| rules.excludes(&top.whole(entry.path()), is_folder));
    if excluded {
        passed_over.count_excluded();
    }
    !excluded
}

impl Iterator for Folder {
    type Item = Result<Input, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        for entry in self.walk.by_ref() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.found = true;
                    return Some(Err(walk_failure(&self.root.path, &error)));
                }
            };
            // A link to a file counts as the file; one to a folder is not followed, for it may lead
            // back to where it stands.
            let is_file = match entry.file_type() {
                Some(kind) if kind.is_symlink() => entry.path().is_file(),
                Some(kind) => kind.is_file(),
                None => false,
            };
            let path = entry.path();
            let format = Format::of_path(path).filter(|_| is_file);
            let wanted = match format {
                Some(Format::Latex) => !self.papers.is_part(path),
                Some(_) => true,
                None => is_file && self.root.includes(path),
            };
            if wanted {
                self.found = true;
                let known = self.root.known(path);
                // Nobody who says `byname scan` means by `a.md` anything but `./a.md`.
                let bare = if self.root.path == Path::new(".") { path.strip_prefix("./").ok() } else { None };
                let folder = Some(self.root.path.clone());
                return Some(Ok(Input { folder, known, ..Input::file(bare.unwrap_or(path)) }));
            }
            if is_file && format.is_none() {
                self.passed_over.count_other();
            }
        }
        if self.found || std::mem::replace(&mut self.done, true) {
            return None;
        }
        let endings: Vec<String> = PAPER_ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
        let message = format!(
            "no papers in this folder: looked for files ending in {}, hidden and ignored ones left out; \
             a file with another ending can be given by name",
            endings.join(", ")
        );
        Some(Err(Failure {
            document: self.root.path.display().to_string(),
            error: ReadError::new("no-papers", message),
        }))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Vec<Result<Input, Failure>>, root: &Path) -> Vec<String> {
        let prefix = format!("{}/", root.display());
        found.into_iter().map(|input| input.unwrap().shown.replace(&prefix, "")).collect()
    }

    #[test]
    fn a_folder_gives_its_papers_in_order() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        fs::create_dir(root.path().join("b")).unwrap();
        for name in ["c.txt", "a.md", "b/z.jsonl", "b/y.MD", ".hidden.md", "skip.md", "code.rs"] {
            fs::write(root.path().join(name), "x").unwrap();
        }
        fs::write(root.path().join(".gitignore"), "skip.md\n").unwrap();
        let found: Vec<_> = walk(vec![root.path().to_path_buf()]).collect();
        assert_eq!(shown(found, root.path()), ["a.md", "b/y.MD", "b/z.jsonl", "c.txt"]);
        let named: Vec<_> = walk(vec![root.path().join("skip.md"), root.path().join("code.rs")]).collect();
        assert_eq!(shown(named, root.path()), ["skip.md", "code.rs"]);
    }

    #[test]
    fn parts_of_a_latex_paper_are_no_papers() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("p/sections/old")).unwrap();
        fs::create_dir_all(root.path().join("q")).unwrap();
        let paper = "% a paper\n\\documentclass{article}\n";
        for (name, text) in [
            ("p/main.tex", paper),
            ("p/draft.tex", paper),
            ("p/sections/one.tex", "One."),
            ("p/sections/old/two.tex", "Two."),
            ("p/sub.tex", "\\documentclass[main]{subfiles}"),
            ("q/alone.tex", "A text without a head."),
        ] {
            fs::write(root.path().join(name), text).unwrap();
        }
        let found: Vec<_> = walk(vec![root.path().to_path_buf()]).collect();
        assert_eq!(shown(found, root.path()), ["p/draft.tex", "p/main.tex", "q/alone.tex"]);
        let parts: Vec<_> = walk(vec![root.path().join("p/sections")]).collect();
        assert_eq!(shown(parts, root.path()), ["p/sections/old/two.tex", "p/sections/one.tex"]);
    }

    #[test]
    fn a_folder_without_papers_is_a_failure_that_says_what_was_looked_for() {
        let root = tempfile::tempdir().unwrap();
        let found: Vec<_> = walk(vec![root.path().to_path_buf()]).collect();
        let failure = found[0].as_ref().unwrap_err();
        assert_eq!((found.len(), failure.error.kind), (1, "no-papers"));
        assert_eq!(failure.document, root.path().display().to_string());
        assert!(failure.error.message.contains(".txt, .md, .markdown, .tex"));
    }
}
