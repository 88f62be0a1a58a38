//! Files that `.gitignore` and `.ignore` leave out. They may come with papers of strangers, so they are read
//! here, where what is no regular file or too large is refused.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::passed_over::PassedOver;

/// Size in bytes of the largest file that is read. Nobody writes larger ones, and the patterns of such a file
/// would take a long time to compile.
const LARGEST: u64 = 128 << 10;

/// The rules of all folders that a walk comes through, and of those above them.
pub(super) struct Ignored {
    folders: Mutex<HashMap<PathBuf, Arc<FolderIgnores>>>,
    of_user: Gitignore,
    passed_over: Arc<PassedOver>,
}

/// The rules in one folder.
struct FolderIgnores {
    ignore: Option<Gitignore>,
    git_ignore: Option<Gitignore>,
    git_exclude: Option<Gitignore>,
    is_repository: bool,
}

impl Ignored {
    pub(super) fn new(passed_over: &Arc<PassedOver>) -> Self {
        let of_user = Gitignore::global().0;
        Self { folders: Mutex::default(), of_user, passed_over: Arc::clone(passed_over) }
    }

    /// Returns whether a file or folder, given by its absolute path, is left out. As git does it, the nearest
    /// file with a word on it decides, and `.gitignore` counts within its repository alone; `.ignore` counts
    /// everywhere, and before the others.
    pub(super) fn holds(&self, path: &Path, is_folder: bool) -> bool {
        let above: Vec<Arc<FolderIgnores>> =
            path.ancestors().skip(1).map(|folder| self.of_folder(folder)).collect();
        let top = above.iter().position(|folder| folder.is_repository);
        let in_repository = &above[..top.map_or(0, |top| top + 1)];
        let by = |folders: &[Arc<FolderIgnores>], rules: fn(&FolderIgnores) -> &Option<Gitignore>| {
            let mut told = folders.iter().filter_map(|folder| {
                let matched = rules(folder).as_ref()?.matched(path, is_folder);
                decision(&matched)
            });
            told.next()
        };
        by(&above, |folder| &folder.ignore)
            .or_else(|| by(in_repository, |folder| &folder.git_ignore))
            .or_else(|| by(in_repository, |folder| &folder.git_exclude))
            .or_else(|| top.and_then(|_| decision(&self.of_user.matched(path, is_folder))))
            .unwrap_or(false)
    }

    fn of_folder(&self, folder: &Path) -> Arc<FolderIgnores> {
        // A thread that panicked here left the map whole.
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders.get(folder) {
            return Arc::clone(known);
        }
        let rules = |name: &str| self.read(folder, &folder.join(name));
        let read = Arc::new(FolderIgnores {
            ignore: rules(".ignore"),
            git_ignore: rules(".gitignore"),
            git_exclude: rules(".git/info/exclude"),
            is_repository: folder.join(".git").exists(),
        });
        folders.insert(folder.to_path_buf(), Arc::clone(&read));
        read
    }

    /// Reads the rules in a file; one that cannot be read has none.
    fn read(&self, folder: &Path, path: &Path) -> Option<Gitignore> {
        let metadata = fs::metadata(path).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            let why = match metadata.is_file() {
                true => format!("larger than {} KiB", LARGEST >> 10),
                false => "no regular file".to_string(),
            };
            self.passed_over.add_note(format!("{} is not used: it is {why}", path.display()));
            return None;
        }
        let mut bytes = Vec::new();
        // A file of the system may say that it is empty, and be endless.
        File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
        let mut builder = GitignoreBuilder::new(folder);
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').lines() {
            // As git does, the other lines count all the same.
            let _ = builder.add_line(None, line);
        }
        builder.build().ok().filter(|rules| !rules.is_empty())
    }
}

fn decision<T>(matched: &Match<T>) -> Option<bool> {
    match matched {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(root.path()).unwrap();
        for (name, text) in files {
            let path = top.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        (root, top)
    }

    #[test]
    fn the_nearest_file_decides() {
        let (_root, top) = folder_with(&[
            (".git/info/exclude", "secret.md\n"),
            (".gitignore", "*.md\n!a.md\nbuild/\n/top.txt\n"),
            ("s/.gitignore", "!kept.md\na.md\n"),
            ("s/.ignore", "kept.txt\n"),
        ]);
        let ignored = Ignored::new(&Arc::default());
        let holds = |path: &str| ignored.holds(&top.join(path.trim_end_matches('/')), path.ends_with('/'));
        for (path, is_held) in [
            ("a.md", false),
            ("b.md", true),
            ("s/a.md", true),
            ("s/kept.md", false),
            ("s/kept.txt", true),
            ("top.txt", true),
            ("s/top.txt", false),
            ("build/", true),
            ("build", false),
        ] {
            assert_eq!(holds(path), is_held, "{path}");
        }
    }

    #[test]
    fn outside_of_a_repository_only_ignore_counts() {
        let (_root, top) = folder_with(&[(".gitignore", "a.md\n"), (".ignore", "b.md\n")]);
        let ignored = Ignored::new(&Arc::default());
        assert!(!ignored.holds(&top.join("a.md"), false) && ignored.holds(&top.join("b.md"), false));
    }

    #[test]
    fn what_is_too_large_or_no_file_is_refused_and_told() {
        let large = "a.md\n".repeat(LARGEST as usize / 4);
        let (_root, top) = folder_with(&[(".ignore", &large), ("s/.ignore/x", "")]);
        let passed_over = Arc::default();
        let ignored = Ignored::new(&passed_over);
        assert!(!ignored.holds(&top.join("s/a.md"), false));
        let notes = passed_over.notes();
        assert!(notes[0].ends_with(".ignore is not used: it is larger than 128 KiB"), "{notes:?}");
        assert!(notes[1].ends_with("s/.ignore is not used: it is no regular file"), "{notes:?}");
    }
}
