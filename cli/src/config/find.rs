//! Search for the configuration file.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Name of the configuration file.
pub const FILE_NAME: &str = "byname.toml";

/// Returns the nearest `byname.toml`: in the folder that `path` is or lies in, or in a folder above it.
///
/// For a path that does not exist, the search starts in the nearest existing folder above it.
pub fn find_upwards(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
    whole.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// Formats a path for messages: relative to the current folder if it lies in there.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    inside.as_deref().unwrap_or(path).display().to_string()
}

/// Resolves `.` and `..` in a path as written, without looking at the file system.
fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
    }
    clean
}

/// The paths that a configuration file found by searching upwards may name: those in its folder, those in the
/// checkout (repository) that contains it, and files named `byname.toml` in folders above it, which the
/// search might have found as well.
#[derive(Debug)]
pub(super) struct Reach {
    folder: PathBuf,
    root: PathBuf,
}

impl Reach {
    pub(super) fn of(file: &Path) -> Self {
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        let root = folder.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&folder);
        Self { root: root.to_path_buf(), folder }
    }

    /// Returns whether a path stays within reach, both as written and, if it exists, with its symbolic links
    /// resolved.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let is_near = |path: &Path| {
            let is_above = path.file_name().is_some_and(|name| name == FILE_NAME)
                && path.parent().is_some_and(|folder| self.folder.starts_with(folder));
            path.starts_with(&self.root) || is_above
        };
        is_near(&lexical(path)) && fs::canonicalize(path).map_or(true, |path| is_near(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_above_a_path_is_found() {
        let root = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(root.path()).unwrap();
        fs::create_dir_all(top.join("a/b")).unwrap();
        fs::write(top.join("a").join(FILE_NAME), "").unwrap();
        fs::write(top.join("a/b/paper.md"), "").unwrap();
        for inside in ["a/b/paper.md", "a/b", "a", "a/b/missing.md"] {
            assert_eq!(find_upwards(&top.join(inside)), Some(top.join("a").join(FILE_NAME)), "{inside}");
        }
        assert_eq!(find_upwards(&top), None);
    }

    #[test]
    fn a_file_reaches_its_folder_its_checkout_and_the_files_above_it() {
        let root = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(root.path()).unwrap();
        fs::create_dir_all(top.join("a/b")).unwrap();
        let file = top.join("a/b").join(FILE_NAME);
        let reaches = |path: &str| Reach::of(&file).holds(&top.join("a/b").join(path));
        for near in ["x.toml", "c/x.toml", "../byname.toml", "../../byname.toml", "./../b/x.toml"] {
            assert!(reaches(near), "{near}");
        }
        for far in
            ["../x.toml", "/etc/passwd", "../c/byname.toml", "../../../../../../etc/passwd", "c/../../x.toml"]
        {
            assert!(!reaches(far), "{far}");
        }
        fs::create_dir(top.join("a/.git")).unwrap();
        assert!(reaches("../x.toml") && !reaches("../../x.toml"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc", top.join("a/b/link")).unwrap();
            assert!(!reaches("link/passwd"));
        }
    }
}
