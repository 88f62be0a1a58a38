//! The files of a project, and the resolution of their paths.

use std::fmt::Debug;

use crate::document::ReadError;

/// The reason why a file that a project names is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// It does not exist, as is usual for style files that are part of every TeX installation.
    NotFound,
    /// It lies outside the project, where a paper must not read.
    Outside,
    /// It exists but cannot be read.
    Unreadable(ReadError),
}

/// Access to the files that a main file includes, in a folder or an archive.
pub trait ProjectFiles: Debug {
    /// Returns the content of a file.
    ///
    /// `path` is relative to the top of the project, with `/` as separator and without `..`.
    ///
    /// # Errors
    /// Returns an error if there is no such file, it is larger than `limit` bytes, leads out of the project
    /// (as a link may), or cannot be read.
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing>;
}

/// An empty project, for papers without other files: standard input, or a file on its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoFiles;

impl ProjectFiles for NoFiles {
    fn read(&self, _path: &str, _limit: usize) -> Result<Vec<u8>, Missing> {
        Err(Missing::NotFound)
    }
}

/// Resolves a path written in a folder of the project to one relative to the top of the project; `None` if
/// it leads out of the project.
pub(super) fn join(folder: &str, written: &str) -> Option<String> {
    let written = written.trim().trim_matches('"');
    // `C:` would be a drive; a name with a zero byte none at all.
    if written.starts_with(['/', '~', '\\']) || written.contains([':', '\0', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the folder that contains a path of the project.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns a path of the project relative to one of its folders.
pub(super) fn seen_from(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_project() {
        assert_eq!(join("paper", "./sections/a.tex").as_deref(), Some("paper/sections/a.tex"));
        assert_eq!(join("paper", "../refs.bib").as_deref(), Some("refs.bib"));
        assert_eq!(join("", " \"a b.tex\" ").as_deref(), Some("a b.tex"));
        for out in ["../a", "a/../../b", "/etc/passwd", "~/a", "C:/a", "a\0b"] {
            assert_eq!(join("", out), None, "{out}");
        }
    }

    #[test]
    fn paths_are_seen_from_a_folder() {
        assert_eq!(seen_from("", "a/b.tex"), "a/b.tex");
        assert_eq!(seen_from("paper", "paper/s/b.tex"), "s/b.tex");
        assert_eq!(seen_from("paper/x", "refs.bib"), "../../refs.bib");
        assert_eq!((folder_of("a/b/c.tex"), folder_of("c.tex")), ("a/b", ""));
    }
}
