//! The files changed since a git revision.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Format, Input, InputSource};

/// The files changed, added, renamed or removed since a revision, committed or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedFiles {
    files: BTreeSet<PathBuf>,
}

impl ChangedFiles {
    /// Asks git for the changes since the merge base of `revision` and `HEAD`, in the repositories that
    /// contain the given paths.
    ///
    /// # Errors
    /// The message of git, when git is not installed, a path is in no repository, or the revision does not
    /// exist.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, String> {
        if revision.starts_with('-') || revision.is_empty() {
            return Err(format!("`{revision}` is not a revision"));
        }
        let mut tops = BTreeSet::new();
        for path in paths.iter().filter(|path| path.as_os_str() != "-") {
            let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new("")) };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let top = git(folder, &["rev-parse", "--show-toplevel"])?;
            let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
            tops.insert(fs::canonicalize(&top).unwrap_or(top));
        }
        let mut found = Self::default();
        for top in &tops {
            let base = git(top, &["merge-base", "--", revision, "HEAD"])?;
            let changed = ["diff", "--name-only", "-z", "--no-renames", base.trim(), "--"];
            let unknown = ["ls-files", "--others", "--exclude-standard", "-z", "--full-name"];
            for names in [git(top, &changed)?, git(top, &unknown)?] {
                let names = names.split('\0').filter(|name| !name.is_empty());
                found.files.extend(names.map(|name| top.join(name)));
            }
        }
        Ok(found)
    }

    /// Returns whether an input is among the changed files. A LaTeX paper is if any file in its folder or
    /// below has changed, since it may include that file; standard input always is.
    pub fn holds(&self, input: &Input) -> bool {
        let InputSource::File(path) = &input.place else { return true };
        let Ok(path) = fs::canonicalize(path) else { return true };
        if input.format == Some(Format::Latex)
            && let Some(folder) = path.parent()
        {
            return self.files.iter().any(|file| file.starts_with(folder));
        }
        self.files.contains(&path)
    }
}

/// Runs git and returns its output.
fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    let no_locks = [OsStr::new("--no-optional-locks"), OsStr::new("-C"), folder.as_os_str()];
    // A checkout may name a program of its own that git would run for it.
    let no_programs = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
    let output = Command::new("git").args(no_programs).args(no_locks).args(args).output();
    let output = output.map_err(|error| format!("git cannot be run: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("git says: {}", message.trim().replace('\n', "; ")));
    }
    String::from_utf8(output.stdout).map_err(|_| "git names a file that is no UTF-8".to_string())
}
