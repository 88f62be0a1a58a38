//! Paths without detours.

use std::path::{Component, Path, PathBuf};

/// Returns a path as written, without `..` where a folder stands before it and without `.` but at the
/// beginning. The file system is not asked.
pub(crate) fn folded(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if folded.file_name().is_some() => {
                folded.pop();
            }
            part => folded.push(part),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detour_is_left_out_and_the_beginning_stays() {
        for (path, expected) in [
            ("a/b/../../c", "c"),
            ("./a/../b", "./b"),
            ("../a/./b", "../a/b"),
            ("../../a", "../../a"),
            ("a/../..", ".."),
            ("/../a", "/../a"),
            ("", ""),
        ] {
            assert_eq!(folded(Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
