//! Discovery of inputs: from the paths that the user gave to the files that hold papers.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::PathRules;
use super::beside_papers::{FolderRules, Judge, latex_title};
use super::folder::{Met, list};
use super::parts::read_papers_of_parts;
use super::passed_over::{PassedOver, Reason};
use super::same_paper::{Doubts, Titles, mark_by_name, title_of};
use super::{Failure, Format, PAPER_ENDINGS};
use crate::document::ReadError;
use crate::engine::ScanOptions;

/// The source of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputSource {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// One file of papers, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its source.
    pub place: InputSource,
    /// Its name in reports: the path as the user gave it.
    pub shown: String,
    /// Its format; `None` if only the content shows it.
    pub format: Option<Format>,
    /// The folder given by the user in which it was found: included files may lie anywhere in that folder.
    /// `None` for a file given by name, which may include files of its own folder.
    pub folder: Option<PathBuf>,
    /// Metadata for its papers that state none themselves.
    pub known: Arc<ScanOptions>,
    /// Checks to make once it is read, if it may turn out not to be a paper.
    pub doubts: Option<Arc<Doubts>>,
    /// The files of the paper whose findings are reported; all files if empty.
    pub only: Vec<PathBuf>,
}

impl Input {
    /// Creates an input for a file, in the format that its name indicates.
    pub fn file(path: &Path) -> Self {
        Self {
            place: InputSource::File(path.to_path_buf()),
            shown: path.display().to_string(),
            format: Format::of_path(path),
            folder: None,
            known: Arc::default(),
            doubts: None,
            only: Vec::new(),
        }
    }

    /// Creates an input for standard input, named `-`.
    pub fn stdin() -> Self {
        Self {
            place: InputSource::Stdin,
            shown: "-".to_string(),
            format: None,
            folder: None,
            known: Arc::default(),
            doubts: None,
            only: Vec::new(),
        }
    }
}

/// A path that the user gave, and the rules set for it.
#[derive(Debug, Clone)]
pub struct Root {
    pub(super) path: PathBuf,
    /// The same path without links and `..`, as the rules expect it.
    whole: PathBuf,
    rules: Option<Arc<PathRules>>,
}

impl Root {
    /// Creates a root with rules.
    pub fn new(path: PathBuf, rules: Arc<PathRules>) -> Self {
        Self { rules: Some(rules), ..Self::from(path) }
    }

    /// Returns whether it is a single file or standard input, rather than a folder.
    fn is_named(&self) -> bool {
        self.path.as_os_str() == "-" || !self.path.is_dir()
    }

    /// Returns the input for a path that is not a folder.
    fn input(&self) -> Input {
        let known = self.known(&self.path);
        let input = if self.path.as_os_str() == "-" { Input::stdin() } else { Input::file(&self.path) };
        Input { known, ..input }
    }

    /// Returns the path of a file found under this root, as the rules expect it.
    pub(super) fn whole(&self, path: &Path) -> PathBuf {
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
    /// Creates a root without rules.
    fn from(path: PathBuf) -> Self {
        let whole = fs::canonicalize(&path).or_else(|_| std::path::absolute(&path)).unwrap_or_default();
        Self { path, whole, rules: None }
    }
}

/// Finds the inputs at the given paths, in an order that does not depend on the file system.
///
/// A file given by name is an input whatever its name. In a folder, every file whose name has one of the
/// [`PAPER_ENDINGS`] or that a path rule includes is an input, except for hidden files, files excluded by a
/// path rule, by `.gitignore` or by `.ignore`, LaTeX files that are parts of a paper in the same folder or
/// above, and files that `rules` recognise as no papers. Of several forms of one paper, only the best is an
/// input, and a file that is found twice is one input. Files passed over are counted in `passed_over`. A
/// folder without papers, and an entry that cannot be listed, become failures in their place.
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
            if let Some(reason) = rules.reason_against_named(root) {
                passed_over.add(&root.path.display().to_string(), reason, None);
            } else if given.insert(root.whole.clone()) {
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

/// Finds the inputs at paths without any rules; see [`walk_roots`].
pub fn walk(paths: Vec<PathBuf>) -> Vec<Result<Input, Failure>> {
    let roots: Vec<Root> = paths.into_iter().map(Root::from).collect();
    walk_roots(&roots, &FolderRules::default(), &Arc::default())
}

/// The files known so far: their names in reports by their paths without links.
#[derive(Debug, Default)]
struct Seen {
    names: HashMap<PathBuf, String>,
}

impl Seen {
    /// Marks the files that are known already. Of a file and the links to it in one folder, the file is kept.
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

/// Looks up the titles of those papers that may also exist elsewhere in a lesser form.
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
        let (InputSource::File(path), Some(format)) = (&input.place, input.format) else { continue };
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

/// Returns the failure for a folder without papers.
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
        assert!(failure.error.message.contains(".txt, .md, .markdown, .qmd, .rmd, .tex"));
    }
}
