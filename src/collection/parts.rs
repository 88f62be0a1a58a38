//! LaTeX files given by name that are parts of a paper, as version-control hooks pass them: the whole paper
//! is read, since a part alone gives too little context, and the findings within the part are reported.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::latex_links::LatexLinks;
use super::passed_over::{PassedOver, Reason};
use super::{Failure, Format, Input, InputSource};
use crate::document::stands_alone;

/// Number of folders above a part in which its paper is searched for.
const HIGHEST: usize = 4;
/// Maximum number of files of a folder that are examined.
const MOST: usize = 64;
/// Number of leading bytes of a file used to decide whether it stands alone.
const HEAD: u64 = 1 << 20;

/// Replaces parts by the papers that include them. A part whose paper is itself an input is read with that
/// paper.
pub(super) fn read_papers_of_parts(inputs: &mut Vec<Result<Input, Failure>>, passed_over: &PassedOver) {
    let named: Vec<PathBuf> =
        inputs.iter().flatten().filter_map(named_latex).map(Path::to_path_buf).collect();
    let parts: HashSet<&Path> = named.iter().map(PathBuf::as_path).filter(|path| !is_paper(path)).collect();
    if parts.is_empty() {
        return;
    }
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let given: HashSet<PathBuf> = inputs.iter().flatten().filter_map(file_of).map(whole).collect();
    let mut papers: Vec<(PathBuf, usize)> = Vec::new();
    let mut done: Vec<Result<Input, Failure>> = Vec::with_capacity(inputs.len());
    for input in inputs.drain(..) {
        let part = input.as_ref().ok().and_then(named_latex).filter(|path| parts.contains(path));
        let paper = part.and_then(|part| Some((part.to_path_buf(), paper_of(part, &named)?)));
        let (Ok(mut input), Some((part, paper))) = (input.as_ref().cloned(), paper) else {
            done.push(input);
            continue;
        };
        let known = whole(&paper);
        if given.contains(&known) {
            passed_over.add(&input.shown, Reason::Part, Some(&paper.display().to_string()));
        } else if let Some((_, index)) = papers.iter().find(|(path, _)| *path == known) {
            if let Some(Ok(first)) = done.get_mut(*index) {
                first.only.push(part);
            }
        } else {
            papers.push((known, done.len()));
            input.shown = paper.display().to_string();
            (input.place, input.only) = (InputSource::File(paper), vec![part]);
            done.push(Ok(input));
        }
    }
    *inputs = done;
}

fn file_of(input: &Input) -> Option<&Path> {
    match &input.place {
        InputSource::File(path) => Some(path),
        InputSource::Stdin => None,
    }
}

/// Returns the path of a LaTeX file that was given by name.
fn named_latex(input: &Input) -> Option<&Path> {
    file_of(input).filter(|path| {
        input.format == Some(Format::Latex)
            && input.folder.is_none()
            && path.extension().is_some_and(|ending| ending == "tex")
    })
}

fn is_paper(path: &Path) -> bool {
    let mut head = Vec::new();
    // What cannot be read is told where it is read in full.
    let _ = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    stands_alone(&String::from_utf8_lossy(&head))
}

/// Returns the paper that includes a part; it lies in the folder of the part or in one above.
fn paper_of(part: &Path, named: &[PathBuf]) -> Option<PathBuf> {
    let mut folder = part.parent()?.to_path_buf();
    for _ in 0..HIGHEST {
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let mut files: Vec<PathBuf> = fs::read_dir(place)
            .ok()?
            .flatten()
            .map(|entry| folder.join(entry.file_name()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "tex") && path.is_file())
            .collect();
        files.sort();
        files.truncate(MOST);
        files.extend(named.iter().filter(|path| path.starts_with(&folder)).cloned());
        files.push(part.to_path_buf());
        files.dedup();
        let links = LatexLinks::read(&folder, files.iter().map(PathBuf::as_path));
        if let Some(paper) = links.paper_with(part) {
            return Some(paper.to_path_buf());
        }
        // The top of a repository is the top of a project.
        if place.join(".git").exists() || folder.as_os_str().is_empty() || folder == Path::new(".") {
            return None;
        }
        match folder.file_name() {
            Some(_) => drop(folder.pop()),
            // What is above `..` is `../..`.
            None => folder.push(".."),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::walk;
    use super::*;

    #[test]
    fn a_part_brings_its_paper_and_the_paper_its_parts() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("s")).unwrap();
        for (name, text) in [
            ("main.tex", "\\documentclass{article}\n\\input{s/a}\\include{s/b}"),
            ("s/a.tex", "A."),
            ("s/b.tex", "B."),
            ("alone.tex", "Alone."),
        ] {
            fs::write(root.path().join(name), text).unwrap();
        }
        let read = |names: &[&str]| -> Vec<(String, Vec<String>)> {
            let name = |path: &Path| path.strip_prefix(root.path()).unwrap().display().to_string();
            let inputs = walk(names.iter().map(|name| root.path().join(name)).collect());
            let names_of = |input: Result<Input, Failure>| {
                let input = input.unwrap();
                (name(Path::new(&input.shown)), input.only.iter().map(|path| name(path)).collect())
            };
            inputs.into_iter().map(names_of).collect()
        };
        let main =
            |parts: &[&str]| ("main.tex".to_string(), parts.iter().map(|part| part.to_string()).collect());
        assert_eq!(read(&["s/a.tex"]), [main(&["s/a.tex"])]);
        assert_eq!(read(&["s/b.tex", "s/a.tex"]), [main(&["s/b.tex", "s/a.tex"])]);
        assert_eq!(read(&["s/a.tex", "s/b.tex", "main.tex"]), [main(&[])]);
        assert_eq!(read(&["alone.tex"]), [("alone.tex".to_string(), Vec::new())]);
    }
}
