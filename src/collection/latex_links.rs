//! The links of the LaTeX files of a folder: to each other, and to pictures.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use crate::document::{document_class, floor_to_character, folded, stands_alone};

/// Maximum number of bytes of a file that are searched for commands.
const MOST: u64 = 8 << 20;
/// Picture extensions, which are removed from names before they are compared.
const PICTURES: &[&str] = &["pdf", "png", "jpg", "jpeg", "eps", "svg"];

/// A LaTeX file found in a folder.
#[derive(Debug, Default)]
pub(super) struct LatexFile {
    /// Its path as it was given.
    path: PathBuf,
    /// `true` if its head is that of a complete paper.
    pub(super) stands_alone: bool,
    /// Its document class, if it gives one.
    pub(super) class: Option<String>,
    /// `true` if it includes any file of its folder or below.
    pub(super) is_project: bool,
    includes: Vec<PathBuf>,
}

/// The LaTeX files of a folder and their links. All paths are held without `.` and `..`.
#[derive(Debug, Default)]
pub(super) struct LatexLinks {
    files: HashMap<PathBuf, LatexFile>,
    /// The paths of `files` by their lower-case form; `None` where two paths differ only in case.
    in_any_case: HashMap<String, Option<PathBuf>>,
    /// Files that are read as part of another file.
    parts: HashSet<PathBuf>,
    /// Pictures, by their paths without extensions.
    pictures: HashSet<PathBuf>,
    /// Folders with a file that stands alone.
    papers: HashSet<PathBuf>,
    /// Folders with a file that stands alone and includes others.
    projects: HashSet<PathBuf>,
    top: PathBuf,
}

/// The target of an including command.
#[derive(Debug, PartialEq)]
enum Pulled<'t> {
    /// A LaTeX file.
    Text(String),
    /// A picture.
    Picture(&'t str),
    /// A folder in which pictures are searched for.
    PictureFolder(&'t str),
    /// A bibliography, class or package, with its extension.
    Other(&'t str, &'static str),
}

impl LatexLinks {
    /// Reads the LaTeX files of a folder and resolves their links.
    pub(super) fn read<'p>(top: &Path, paths: impl Iterator<Item = &'p Path>) -> Self {
        let mut links = Self { top: clean(top), ..Self::default() };
        let texts: Vec<(&Path, String)> = paths.map(|path| (path, text_of(path))).collect();
        for (path, _) in &texts {
            let path = clean(path);
            let entry = links.in_any_case.entry(in_small_letters(&path));
            entry.and_modify(|known| *known = None).or_insert(Some(path.clone()));
            links.files.insert(path, LatexFile::default());
        }
        let pulled: Vec<Vec<Pulled<'_>>> = texts.iter().map(|(_, text)| pulled_in(text)).collect();
        let mut folders: Vec<&str> = vec![""];
        for pulled in pulled.iter().flatten() {
            if let Pulled::PictureFolder(folder) = pulled {
                folders.push(folder);
            }
        }
        folders.sort_unstable();
        folders.dedup();
        for ((path, text), pulled) in texts.iter().zip(&pulled) {
            links.add(path, text, pulled, &folders);
        }
        links.find_parts();
        links
    }

    fn add(&mut self, path: &Path, text: &str, pulled: &[Pulled<'_>], picture_folders: &[&str]) {
        let as_given = path;
        let path = &clean(path);
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut file = LatexFile {
            path: as_given.to_path_buf(),
            stands_alone: stands_alone(text),
            class: document_class(text).map(str::to_string),
            ..LatexFile::default()
        };
        for pulled in pulled {
            match pulled {
                Pulled::Text(name) => {
                    let found = self.above(folder).find_map(|above| self.file_called(above, name));
                    file.includes.extend(found.filter(|found| found != path));
                }
                Pulled::Picture(name) => {
                    let above: Vec<PathBuf> = self.above(folder).map(Path::to_path_buf).collect();
                    for above in above {
                        let places = picture_folders.iter().map(|inside| above.join(inside).join(name));
                        let places: Vec<_> =
                            places.map(|place| without_picture_ending(clean(&place))).collect();
                        self.pictures.extend(places);
                    }
                }
                Pulled::Other(name, ending) => {
                    let mut own = as_given.with_file_name(name.trim_end_matches(ending)).into_os_string();
                    own.push(ending);
                    file.is_project |= Path::new(&own).is_file();
                }
                Pulled::PictureFolder(_) => {}
            }
        }
        file.is_project |= !file.includes.is_empty();
        if file.stands_alone {
            self.papers.insert(folder.to_path_buf());
            if file.is_project {
                self.projects.insert(folder.to_path_buf());
            }
        }
        self.files.insert(path.to_path_buf(), file);
    }

    /// Returns the known file that a name refers to, relative to a folder.
    fn file_called(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let path = clean(&folder.join(name));
        let mut with_ending = path.clone().into_os_string();
        with_ending.push(".tex");
        [path, with_ending.into()].into_iter().find_map(|path| {
            let is_there = self.files.contains_key(&path);
            let alike = || self.in_any_case.get(&in_small_letters(&path)).cloned().flatten();
            if is_there { Some(path) } else { alike() }
        })
    }

    /// Returns a folder and those above it, up to the top folder.
    fn above<'f>(&self, folder: &'f Path) -> impl Iterator<Item = &'f Path> {
        let top = self.top.clone();
        folder.ancestors().take_while(move |folder| folder.starts_with(&top))
    }

    /// Marks as parts the files that are reachable from files that no other file includes. Files that include
    /// each other in a cycle without such an entry are not marked.
    fn find_parts(&mut self) {
        let included: HashSet<&PathBuf> = self.files.values().flat_map(|file| &file.includes).collect();
        let mut open: Vec<&PathBuf> = self.files.keys().filter(|path| !included.contains(path)).collect();
        let mut parts = HashSet::new();
        while let Some(path) = open.pop() {
            for part in self.files.get(path).into_iter().flat_map(|file| &file.includes) {
                if parts.insert(part.clone()) {
                    open.push(part);
                }
            }
        }
        self.parts = parts;
    }

    /// Returns the information on a file.
    pub(super) fn file(&self, path: &Path) -> Option<&LatexFile> {
        self.files.get(&clean(path))
    }

    /// Returns whether a file is read as part of another one.
    pub(super) fn is_part(&self, path: &Path) -> bool {
        self.parts.contains(&clean(path))
    }

    /// Returns the paper that includes a file, directly or through other files; of several, the first by
    /// path.
    pub(super) fn paper_with(&self, part: &Path) -> Option<&Path> {
        let part = clean(part);
        let mut papers: Vec<&PathBuf> =
            self.files.iter().filter(|(_, file)| file.stands_alone).map(|(path, _)| path).collect();
        papers.sort();
        let found = papers.into_iter().map(PathBuf::as_path).find(|paper| {
            let (mut open, mut met) = (vec![*paper], HashSet::new());
            while let Some(path) = open.pop() {
                for include in self.files.get(path).into_iter().flat_map(|file| &file.includes) {
                    if *include == part {
                        return true;
                    }
                    if met.insert(include) {
                        open.push(include);
                    }
                }
            }
            false
        });
        found.and_then(|paper| self.files.get(paper)).map(|file| file.path.as_path())
    }

    /// Returns whether a paper shows the file as a picture.
    pub(super) fn is_picture(&self, path: &Path) -> bool {
        self.pictures.contains(&without_picture_ending(clean(path)))
    }

    /// Returns whether a paper is in the folder of a file or in one above.
    pub(super) fn has_paper_above(&self, path: &Path) -> bool {
        clean(path)
            .parent()
            .is_some_and(|folder| self.above(folder).any(|folder| self.papers.contains(folder)))
    }

    /// Returns whether a file is in the folder of a paper of several files, or below it.
    pub(super) fn is_in_project(&self, path: &Path) -> bool {
        clean(path)
            .parent()
            .is_some_and(|folder| self.above(folder).any(|folder| self.projects.contains(folder)))
    }
}

fn in_small_letters(path: &Path) -> String {
    path.to_string_lossy().to_ascii_lowercase()
}

fn text_of(path: &Path) -> String {
    let mut bytes = Vec::new();
    // What cannot be read is told when it is read as a paper.
    if path.is_file()
        && let Ok(file) = fs::File::open(path)
    {
        let _ = file.take(MOST).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns a path without `.` and `..`.
fn clean(path: &Path) -> PathBuf {
    folded(path).components().filter(|part| *part != Component::CurDir).collect()
}

fn without_picture_ending(path: PathBuf) -> PathBuf {
    let is_picture = path
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| PICTURES.iter().any(|picture| ending.eq_ignore_ascii_case(picture)));
    if is_picture { path.with_extension("") } else { path }
}

/// Longest including command with its arguments, in bytes. What goes on is cut: a line of commands without
/// ends would be read once for each of them.
const LONGEST_COMMAND: usize = 4096;

/// Returns the targets of the including commands of a file. Comments are ignored.
fn pulled_in(text: &str) -> Vec<Pulled<'_>> {
    let mut pulled = Vec::new();
    for line in text.lines() {
        let line = without_comment(line);
        for (at, _) in line.match_indices('\\') {
            let rest = &line[at + 1..];
            let rest = &rest[..floor_to_character(rest, LONGEST_COMMAND)];
            let end = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
            let (command, rest) = rest.split_at(end);
            let arguments = || arguments(rest);
            match command {
                "input" | "include" | "subfile" | "subfileinclude" | "includestandalone" => {
                    // Without braces, the name ends at a blank: `\input part`.
                    let ends = |c: char| c.is_whitespace() || "\\{[".contains(c);
                    let bare = || rest.trim_start().split(ends).next().filter(|name| !name.is_empty());
                    let name = arguments().0.or_else(bare);
                    let name = name.map(|name| name.trim_matches(['"', ' ']).replace("\\_", "_"));
                    pulled.extend(name.map(Pulled::Text));
                }
                "import" | "subimport" => {
                    if let (Some(folder), Some(name)) = arguments() {
                        pulled.push(Pulled::Text(format!(
                            "{}/{}",
                            folder.trim_end_matches('/'),
                            name.trim()
                        )));
                    }
                }
                "includegraphics" | "includepdf" | "includesvg" | "epsfig" => {
                    pulled.extend(arguments().0.map(|name| Pulled::Picture(name.trim_matches(['"', ' ']))));
                }
                "graphicspath" => {
                    let folders = rest.split(['{', '}']).map(str::trim).filter(|folder| !folder.is_empty());
                    pulled.extend(folders.map(Pulled::PictureFolder));
                }
                "bibliography" => pulled.extend(names(arguments().0, ".bib")),
                "addbibresource" => pulled.extend(names(arguments().0, ".bib")),
                "documentclass" => pulled.extend(names(arguments().0, ".cls")),
                "usepackage" => pulled.extend(names(arguments().0, ".sty")),
                _ => {}
            }
        }
    }
    pulled
}

fn names<'t>(argument: Option<&'t str>, ending: &'static str) -> impl Iterator<Item = Pulled<'t>> {
    let names = argument.into_iter().flat_map(|names| names.split(','));
    names.map(move |name| Pulled::Other(name.trim(), ending))
}

/// Returns the first two arguments in braces that follow a command, after a star and any arguments in
/// brackets.
fn arguments(rest: &str) -> (Option<&str>, Option<&str>) {
    let mut rest = rest.trim_start_matches('*').trim_start();
    while let Some(inside) = rest.strip_prefix('[') {
        let Some(end) = inside.find(']') else { return (None, None) };
        rest = inside[end + 1..].trim_start();
    }
    let first = in_braces(rest);
    let second = first.and_then(|(_, rest)| in_braces(rest.trim_start()));
    (first.map(|found| found.0), second.map(|found| found.0))
}

fn in_braces(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('{')?.split_once('}')
}

fn without_comment(line: &str) -> &str {
    let end = line.match_indices('%').map(|(at, _)| at).find(|at| !line[..*at].ends_with('\\'));
    &line[..end.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_tell_what_they_pull_in() {
        let text = "\\input{a/b\\_1} 5\\% \\include{\"c\"} % \\input{gone}\n\\input d \\import{e/}{f}\n\
                    \\includegraphics*[width=\\linewidth][x]{g.pdf}\\graphicspath{{h/}{i/}}\n\\bibliography{j,k}";
        let pulled = pulled_in(text);
        let texts = ["a/b_1", "c", "d", "e/f"].map(|name| Pulled::Text(name.into()));
        assert_eq!(pulled[..4], texts);
        let rest = [
            Pulled::Picture("g.pdf"),
            Pulled::PictureFolder("h/"),
            Pulled::PictureFolder("i/"),
            Pulled::Other("j", ".bib"),
            Pulled::Other("k", ".bib"),
        ];
        assert_eq!(pulled[4..], rest);
    }

    #[test]
    fn a_command_without_an_end_takes_no_more_than_its_bound() {
        assert_eq!(pulled_in(&"\\input[".repeat(2000)), []);
        let text = format!("\\input {}", "a".repeat(LONGEST_COMMAND + 2000));
        let cut = LONGEST_COMMAND - "input ".len();
        assert_eq!(pulled_in(&text), [Pulled::Text("a".repeat(cut))]);
    }

    #[test]
    fn a_detour_leads_to_the_same_file() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["paper", "shared"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("paper/main.tex"), "\\documentclass{article}\\input{../shared/intro}")
            .unwrap();
        fs::write(root.path().join("shared/intro.tex"), "x").unwrap();
        for top in [".", "./shared/..", "paper/../."] {
            let top = root.path().join(top);
            let paths = [top.join("paper/main.tex"), top.join("shared/intro.tex")];
            let links = LatexLinks::read(&top, paths.iter().map(PathBuf::as_path));
            assert!(links.is_part(&paths[1]) && links.is_part(&root.path().join("shared/intro.tex")));
            assert_eq!(links.paper_with(&paths[1]), Some(paths[0].as_path()));
            assert!(links.has_paper_above(&paths[0]));
        }
    }

    #[test]
    fn parts_and_pictures_are_found_from_the_folder_of_the_paper() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir_all(path("s/deep")).unwrap();
        for (name, text) in [
            ("main.tex", "\\documentclass{article}\\graphicspath{{art/}}\\input{s/one}"),
            ("s/one.tex", "\\input{S/Deep/two.tex}\\includegraphics{curve}\\input{../loose}"),
            ("s/deep/two.tex", "\\documentclass{article} a paper by its head"),
            ("loose.tex", "x"),
            ("unused.tex", "\\input{circle}"),
            ("circle.tex", "\\input{unused}"),
        ] {
            fs::write(path(name), text).unwrap();
        }
        let names = ["main.tex", "s/one.tex", "s/deep/two.tex", "loose.tex", "unused.tex", "circle.tex"];
        let paths: Vec<PathBuf> = names.iter().map(|name| path(name)).collect();
        let links = LatexLinks::read(root.path(), paths.iter().map(PathBuf::as_path));
        let parts: Vec<bool> = paths.iter().map(|path| links.is_part(path)).collect();
        assert_eq!(parts, [false, true, true, true, false, false]);
        assert!(links.is_picture(&path("art/curve.pdf")) && links.is_picture(&path("curve.pdf")));
        assert!(!links.is_picture(&path("s/deep/curve2.pdf")));
        assert!(links.is_in_project(&path("s/notes.md")) && links.has_paper_above(&path("unused.tex")));
    }
}
