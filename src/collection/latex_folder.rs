//! LaTeX papers in folders: access to the files that they may include.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::source::{io_error, read_bounded, too_large};
use crate::document::{Missing, ProjectFiles};

/// The folder of a project.
#[derive(Debug)]
pub(super) struct LatexFolder {
    pub(super) top: PathBuf,
    /// The names in the folders that were listed, each once: a paper can ask for a thousand missing files.
    listed: Mutex<HashMap<PathBuf, Arc<[OsString]>>>,
}

impl LatexFolder {
    fn new(top: PathBuf) -> Self {
        Self { top, listed: Mutex::default() }
    }

    /// Returns the folder of an input and the path of its file within that folder. Included files may lie
    /// anywhere in the folder that the user gave or, without one, in the folder of the file.
    pub(super) fn of_input(path: &Path, given: Option<&Path>) -> (Self, String) {
        let inside = given.and_then(|top| Some((top, path.strip_prefix(top).ok()?)));
        // Of `.`, the paths come without the folder.
        let inside = inside.or_else(|| given.filter(|top| *top == Path::new(".")).map(|top| (top, path)));
        let (top, inside) = inside.unwrap_or_else(|| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            (parent.unwrap_or(Path::new(".")), path.file_name().map_or(path, Path::new))
        });
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        (Self::new(top.to_path_buf()), parts.join("/"))
    }

    /// Finds the only file that has the path when case is ignored, for papers written on a case-insensitive file
    /// system. Only LaTeX and bibliography files are matched in this way, since each paper asks for a hundred
    /// packages that are not its own.
    fn in_any_case(&self, path: &str) -> Option<PathBuf> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending)?;
        if !["tex", "bib", "bbl"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            return None;
        }
        path.split('/').try_fold(self.top.clone(), |folder, name| {
            let exact = folder.join(name);
            if exact.exists() {
                return Some(exact);
            }
            let entries = self.entries(&folder)?;
            let mut alike = entries.iter().filter(|entry| entry.eq_ignore_ascii_case(name));
            let found = alike.next().filter(|_| alike.next().is_none() && entries.len() <= ENTRIES)?;
            Some(folder.join(found))
        })
    }

    /// Returns the names in a folder, of a large one no more than one above [`ENTRIES`].
    fn entries(&self, folder: &Path) -> Option<Arc<[OsString]>> {
        // A thread that panicked here left the map whole.
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = listed.get(folder) {
            return Some(known.clone());
        }
        let entries = fs::read_dir(folder).ok()?.take(ENTRIES + 1).flatten();
        let entries: Arc<[OsString]> = entries.map(|entry| entry.file_name()).collect();
        listed.insert(folder.to_path_buf(), entries.clone());
        Some(entries)
    }
}

impl ProjectFiles for LatexFolder {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let mut place = self.top.join(path);
        let metadata = fs::metadata(&place).or_else(|error| {
            place = self.in_any_case(path).ok_or(error)?;
            fs::metadata(&place)
        });
        let Ok(metadata) = metadata else { return Err(Missing::NotFound) };
        // Pipes and devices are nothing that a paper includes.
        if !metadata.is_file() {
            return Err(Missing::NotFound);
        }
        // A link may lead anywhere.
        let inside = fs::canonicalize(&self.top)
            .and_then(|top| Ok(fs::canonicalize(&place)?.starts_with(top)))
            .unwrap_or(false);
        if !inside {
            return Err(Missing::Outside);
        }
        let failed = Missing::Unreadable;
        if metadata.len() > limit as u64 {
            return Err(failed(too_large(limit)));
        }
        let mut file = fs::File::open(&place).map_err(|error| failed(io_error(&error)))?;
        read_bounded(&mut file, limit, 0).map_err(failed)
    }
}

/// Maximum number of entries of a folder in which a name is matched regardless of case.
const ENTRIES: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_the_folder_that_the_user_gave() {
        let of = |path: &str, given: Option<&str>| {
            let (folder, main) = LatexFolder::of_input(Path::new(path), given.map(Path::new));
            (folder.top.display().to_string(), main)
        };
        assert_eq!(of("a/p/main.tex", Some("a")), ("a".into(), "p/main.tex".into()));
        assert_eq!(of("a/p/main.tex", None), ("a/p".into(), "main.tex".into()));
        assert_eq!(of("main.tex", None), (".".into(), "main.tex".into()));
        assert_eq!(of("p/main.tex", Some(".")), (".".into(), "p/main.tex".into()));
    }

    #[test]
    fn the_case_of_names_counts_only_where_two_differ_by_it() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("sections")).unwrap();
        for name in ["sections/intro.tex", "sections/a.tex", "sections/A.tex", "x.sty"] {
            fs::write(root.path().join(name), name).unwrap();
        }
        let folder = LatexFolder::new(root.path().to_path_buf());
        let read = |path: &str| folder.read(path, 100).ok().map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(read("Sections/Intro.tex"), Some("sections/intro.tex".into()));
        assert_eq!(read("sections/INTRO.TEX"), Some("sections/intro.tex".into()));
        assert_eq!(read("Sections/a.tex"), Some("sections/a.tex".into()));
        // A disk on which the case does not count has one of these alone.
        if fs::read_dir(root.path().join("sections")).unwrap().count() == 3 {
            assert_eq!((read("sections/a.TEX"), read("X.sty")), (None, None));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_project_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let secret = tempfile::NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(secret.path(), root.path().join("a.tex")).unwrap();
        fs::write(root.path().join("b.tex"), "text").unwrap();
        let folder = LatexFolder::new(root.path().to_path_buf());
        assert_eq!(folder.read("a.tex", 100), Err(Missing::Outside));
        assert_eq!(folder.read("b.tex", 100), Ok(b"text".to_vec()));
        assert_eq!(folder.read("c.tex", 100), Err(Missing::NotFound));
        assert!(matches!(folder.read("b.tex", 3), Err(Missing::Unreadable(_))));
    }
}
