//! A layer that is a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::layer::{LARGEST_FILE, MOST_FILES};
use super::{CatalogueFile, Fault, TESTS};

/// Reads every `.toml` file under a folder; files and folders whose names begin with a dot are skipped, since
/// editors and version control keep their own data there.
pub(super) fn read(folder: &Path, faults: &mut Vec<Fault>) -> Vec<CatalogueFile> {
    let mut reader =
        FolderReader { root: folder, real_root: folder.canonicalize().ok(), files: Vec::new(), faults };
    reader.collect(folder);
    reader.files
}

struct FolderReader<'a> {
    root: &'a Path,
    /// The folder with symbolic links resolved.
    real_root: Option<PathBuf>,
    files: Vec<CatalogueFile>,
    faults: &'a mut Vec<Fault>,
}

impl FolderReader<'_> {
    fn collect(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.fault(folder, format!("cannot read the folder: {error}"), None),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.fault(folder, format!("cannot read the folder: {error}"), None),
            };
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let is_link = entry.file_type().is_ok_and(|found| found.is_symlink());
            let is_toml = path.extension().is_some_and(|ending| ending == "toml");
            match (path.is_dir(), is_link) {
                // Followed, it could lead in a ring.
                (true, true) => self.fault(
                    &path,
                    "this is a link to a folder, and a catalogue holds its files itself".to_string(),
                    Some("copy the folder here in place of the link"),
                ),
                (true, false) if path == self.root.join(TESTS) => {} // tests are run by path, and are no knowledge
                (true, false) => self.collect(&path),
                (false, true) if is_toml && !self.is_inside(&path) => self.fault(
                    &path,
                    format!("this link leads out of {}", self.root.display()),
                    Some("copy the file here in place of the link"),
                ),
                (false, _) if is_toml => self.file(&path),
                (false, _) => {}
            }
        }
    }

    /// Returns whether a link ends in this folder. A broken link counts as inside: reading it fails.
    fn is_inside(&self, link: &Path) -> bool {
        match (link.canonicalize(), &self.real_root) {
            (Ok(target), Some(root)) => target.starts_with(root),
            _ => true,
        }
    }

    fn file(&mut self, path: &Path) {
        if path.metadata().is_ok_and(|found| found.len() > LARGEST_FILE) {
            let message = format!("the file has more than {LARGEST_FILE} bytes");
            return self.fault(path, message, Some("split it"));
        }
        if self.files.len() == MOST_FILES {
            let message = format!("a catalogue holds {MOST_FILES} files, and this is one more");
            return self.fault(path, message, Some("join files, or leave this layer out"));
        }
        match fs::read_to_string(path) {
            Ok(text) => self.files.push(CatalogueFile {
                shown: path.display().to_string(),
                path: path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/"),
                text: text.into(),
            }),
            Err(error) => self.fault(path, format!("cannot read the file: {error}"), None),
        }
    }

    fn fault(&mut self, path: &Path, message: String, help: Option<&str>) {
        let fault = Fault::at(&CatalogueFile::unread(path.display().to_string()), 0, message);
        self.faults.push(match help {
            Some(help) => fault.help(help),
            None => fault,
        });
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use crate::catalogue::Layer;

    fn fault_of(make: impl Fn(&std::path::Path)) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("own/rules")).unwrap();
        std::fs::write(folder.path().join("outside.toml"), "x = 1").unwrap();
        std::fs::write(folder.path().join("own/weights.toml"), "").unwrap();
        make(folder.path());
        Layer::read(&folder.path().join("own")).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn links_that_lead_out_of_the_folder_or_in_a_ring_are_refused() {
        let out = fault_of(|root| symlink("../outside.toml", root.join("own/a.toml")).unwrap());
        assert!(out.contains("own/a.toml:1:1: this link leads out of"), "{out}");
        let ring = fault_of(|root| symlink("..", root.join("own/rules/up")).unwrap());
        assert!(ring.contains("a link to a folder") && ring.contains("help: copy"), "{ring}");
        let nowhere = fault_of(|root| symlink("gone.toml", root.join("own/a.toml")).unwrap());
        assert!(nowhere.contains("cannot read the file"), "{nowhere}");
        let inside = fault_of(|root| symlink("weights.toml", root.join("own/evidence.toml")).unwrap());
        assert_eq!(inside, "");
    }

    #[test]
    fn what_begins_with_a_dot_is_left_alone() {
        let hidden = fault_of(|root| std::fs::write(root.join("own/.rule.toml.swp.toml"), [0xFF]).unwrap());
        assert_eq!(hidden, "");
    }
}
