//! Where the file is.

use std::fs;
use std::path::{Path, PathBuf};

/// The name of the file that says how byname is to run.
pub const FILE_NAME: &str = "byname.toml";

/// The nearest `byname.toml` in the folder that `path` is or lies in, or above it.
///
/// A path that does not exist is looked for from the nearest folder that does.
pub fn find_upwards(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
    whole.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// A path as messages show it: seen from the current folder where it lies in there.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    inside.as_deref().unwrap_or(path).display().to_string()
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
}
