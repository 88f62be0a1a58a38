//! From the paths that the user gave to the files that hold papers.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::beside_papers::{FolderRules, Judge, latex_title};
use super::folder::{Met, list};
use super::parts::read_papers_of_parts;
use super::passed_over::{PassedOver, Reason};
use super::same_paper::{Doubts, Titles, mark_by_name, title_of};
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
    /// What is asked of it once it is read, where it may turn out to be no paper.
    pub doubts: Option<Arc<Doubts>>,
    /// The files of it in which findings are told; all, where none is given.
    pub only: Vec<PathBuf>,
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
            doubts: None,
            only: Vec::new(),
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
            doubts: None,
            only: Vec::new(),
        }
    }
}

/// A path that the user gave, and what is set for it.
#[derive(Debug, Clone)]
pub struct Root {
    pub(super) path: PathBuf,
    /// The same path without links and `..`, as the rules see it.
    whole: PathBuf,
    rules: Option<Arc<PathRules>>,
}

impl Root {
    /// A path for which rules are set.
    pub fn new(path: PathBuf, rules: Arc<PathRules>) -> Self {
        Self { rules: Some(rules), ..Self::from(path) }
    }

    /// Whether it is one file, or standard input, and no folder.
    fn is_named(&self) -> bool {
        self.path.as_os_str() == "-" || !self.path.is_dir()
    }

    /// The input that a path means which is no folder.
    fn input(&self) -> Input {
        let known = self.known(&self.path);
        let input = if self.path.as_os_str() == "-" { Input::stdin() } else { Input::file(&self.path) };
        Input { known, ..input }
    }

    /// A path found under this one, as the rules see it.
    fn whole(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.path) {
            Ok(inside) if !inside.as_os_str().is_empty() => self.whole.join(inside),
            _ => self.whole.clone(),
        }
    }

    pub(super) fn includes(&self, path: &Path) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.includes(&self.whole(path)))
    }

    pub(super) fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.excludes(&self.whole(path), is_folder))
    }

    fn known(&self, path: &Path) -> Arc<ScanOptions> {
        self.rules.as_ref().map(|rules| Arc::new(rules.known(&self.whole(path)))).unwrap_or_default()
    }
}

impl From<PathBuf> for Root {
    /// A path for which nothing is set.
    fn from(path: PathBuf) -> Self {
        let whole = fs::canonicalize(&path).or_else(|_| std::path::absolute(&path)).unwrap_or_default();
        Self { path, whole, rules: None }
    }
}

/// Finds the inputs behind paths, in an order that does not depend on the disk.
///
/// A file given by name is an input whatever it is called. Of a folder, all files count whose names
/// have one of the [`PAPER_ENDINGS`] or that a rule includes, but for hidden ones, those that a rule
/// excludes or that `.gitignore` or `.ignore` leave out, for LaTeX files that are parts of a paper
/// which lies beside or above them, and for those that `rules` tell to be no papers. Of several forms of
/// one paper the best is an input, and so is a file that is found twice once. What is passed over is counted
/// in `passed_over`. What cannot be found is a failure in its place.
pub fn walk_roots(
    roots: &[Root],
    rules: &FolderRules,
    passed_over: &Arc<PassedOver>,
) -> Vec<Result<Input, Failure>> {
    let mut seen = Seen::default();
    for root in roots.iter().filter(|root| root.is_named()) {
        seen.names.entry(root.whole.clone()).or_insert_with(|| root.path.display().to_string());
    }
    let mut given = HashSet::new();
    let mut inputs: Vec<Result<Input, Failure>> = Vec::new();
    let mut titles = Titles::default();
    for root in roots {
        if root.is_named() {
            if given.insert(root.whole.clone()) {
                inputs.push(Ok(root.input()));
            } else {
                let first = seen.names.get(&root.whole).map(String::as_str);
                passed_over.add(&root.path.display().to_string(), Reason::SameFile, first);
            }
        } else {
            read_folder(root, rules, passed_over, &mut seen, &mut titles, &mut inputs);
        }
    }
    read_papers_of_parts(&mut inputs, passed_over);
    add_titles(&inputs, rules, &mut titles);
    let doubts = Arc::new(Doubts::new(titles, Arc::clone(passed_over)));
    for input in inputs.iter_mut().flatten().filter(|input| input.doubts.is_some()) {
        input.doubts = Some(Arc::clone(&doubts));
    }
    inputs
}

/// Finds the inputs behind paths for which nothing is set; see [`walk_roots`].
pub fn walk(paths: Vec<PathBuf>) -> Vec<Result<Input, Failure>> {
    let roots: Vec<Root> = paths.into_iter().map(Root::from).collect();
    walk_roots(&roots, &FolderRules::default(), &Arc::default())
}

/// The files that are known so far, each by its path without links and with what reports call it.
#[derive(Debug, Default)]
struct Seen {
    names: HashMap<PathBuf, String>,
}

impl Seen {
    /// Marks the files that are known already. Of a file and its links in one folder, the file is kept.
    fn mark(&mut self, root: &Root, found: &mut [Result<Met, Failure>]) {
        for is_link in [false, true] {
            for met in found.iter_mut().flatten().filter(|met| met.is_link == is_link) {
                let whole =
                    if is_link { fs::canonicalize(&met.path).ok() } else { Some(root.whole(&met.path)) };
                let Some(whole) = whole else { continue };
                match self.names.entry(whole) {
                    Entry::Occupied(known) => {
                        met.passed = Some((Reason::SameFile, Some(known.get().clone())))
                    }
                    Entry::Vacant(new) => {
                        new.insert(met.shown(&root.path).display().to_string());
                    }
                }
            }
        }
    }
}

/// Adds the papers of a folder.
fn read_folder(
    root: &Root,
    rules: &FolderRules,
    passed_over: &Arc<PassedOver>,
    seen: &mut Seen,
    titles: &mut Titles,
    inputs: &mut Vec<Result<Input, Failure>>,
) {
    let mut found = list(root, &rules.no_papers, passed_over);
    seen.mark(root, &mut found);
    let judge = Judge::new(&root.path, rules, &found);
    judge.mark(&mut found);
    if rules.judges {
        mark_by_name(&mut found, &root.path, rules);
    }
    let (before, mut passed, mut is_known) = (inputs.len(), 0, false);
    for met in found {
        let met = match met {
            Ok(met) => met,
            Err(failure) => {
                inputs.push(Err(failure));
                continue;
            }
        };
        let path = met.shown(&root.path);
        if let Some((reason, instead)) = &met.passed {
            passed += 1;
            is_known |= *reason == Reason::SameFile;
            passed_over.add(&path.display().to_string(), *reason, instead.as_deref());
            continue;
        }
        if let (Some(title), Some(Format::Latex)) = (&met.title, met.format) {
            titles.add(title, 0, &path.display().to_string());
        }
        let is_doubtful = matches!(met.format, Some(Format::Pdf | Format::Html | Format::Xml));
        let doubts = (is_doubtful && !met.is_sure && rules.judges).then(Arc::default);
        let (folder, known) = (Some(root.path.clone()), root.known(&met.path));
        inputs.push(Ok(Input { folder, known, doubts, ..Input::file(&path) }));
    }
    if inputs.len() == before && !is_known {
        inputs.push(Err(no_papers(root, passed)));
    }
}

/// Looks up the titles of papers of which worse forms may lie elsewhere.
fn add_titles(inputs: &[Result<Input, Failure>], rules: &FolderRules, titles: &mut Titles) {
    let inputs = || inputs.iter().flatten();
    let has = |formats: &[Format]| {
        inputs().any(|input| {
            input.doubts.is_some() && input.format.is_some_and(|format| formats.contains(&format))
        })
    };
    let (has_pdf, has_page) = (has(&[Format::Pdf]), has(&[Format::Pdf, Format::Html]));
    let has_any = has_page || has(&[Format::Xml]);
    for input in inputs() {
        let (Place::File(path), Some(format)) = (&input.place, input.format) else { continue };
        let is_named_latex = format == Format::Latex && input.folder.is_none() && has_any;
        let is_better = (format == Format::Xml && has_page) || (format == Format::Html && has_pdf);
        let title = match is_named_latex {
            true => latex_title(path, rules.limits),
            false if is_better && path.is_file() => title_of(path, format, rules.limits),
            false => None,
        };
        if let (Some(title), Some(rank)) = (title, format.rank()) {
            titles.add(&title, rank, &input.shown);
        }
    }
}

/// That a folder has no papers.
fn no_papers(root: &Root, passed: usize) -> Failure {
    let endings: Vec<String> = PAPER_ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
    let message = match passed {
        0 => format!(
            "no papers in this folder: looked for files ending in {}, hidden and ignored ones left out; \
             a file with another ending can be given by name",
            endings.join(", ")
        ),
        passed => format!(
            "no papers in this folder: {passed} files were passed over; --verbose tells why, and a file given by \
             name, or by `include` in byname.toml, is read"
        ),
    };
    Failure { document: root.path.display().to_string(), error: ReadError::new("no-papers", message) }
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
        let found = walk(vec![root.path().to_path_buf()]);
        assert_eq!(shown(found, root.path()), ["a.md", "b/y.MD", "b/z.jsonl", "c.txt"]);
        let named = walk(vec![root.path().join("skip.md"), root.path().join("code.rs")]);
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
        let found = walk(vec![root.path().to_path_buf()]);
        assert_eq!(shown(found, root.path()), ["p/draft.tex", "p/main.tex", "q/alone.tex"]);
        let parts = walk(vec![root.path().join("p/sections")]);
        assert_eq!(shown(parts, root.path()), ["p/sections/old/two.tex", "p/sections/one.tex"]);
    }

    #[test]
    fn a_folder_without_papers_is_a_failure_that_says_what_was_looked_for() {
        let root = tempfile::tempdir().unwrap();
        let found = walk(vec![root.path().to_path_buf()]);
        let failure = found[0].as_ref().unwrap_err();
        assert_eq!((found.len(), failure.error.kind), (1, "no-papers"));
        assert_eq!(failure.document, root.path().display().to_string());
        assert!(failure.error.message.contains(".txt, .md, .markdown, .tex"));
    }
}
