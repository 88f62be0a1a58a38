//! Papers and their snapshots in folders: the findings of `paper.md` are in `paper.md.findings.toml`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use byname::Engine;
use byname::catalogue::Fault;
use byname::collection::{Failure, Format, Input, InputSource, read_single, walk};
use byname::document::{ReadError, ReadLimits, RecordFields};

use super::{Finding, Snapshot, SnapshotChange, findings_of};

/// The suffix of a snapshot's file name, after the file name of its paper.
pub const SNAPSHOT_ENDING: &str = ".findings.toml";

/// The further suffix of a pending snapshot, which a failing run writes beside the stored one.
pub const PENDING_ENDING: &str = ".new";

/// A paper and the path of its snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotCase {
    /// The paper.
    pub paper: Input,
    /// The path of its snapshot, which may not exist yet.
    pub stored: PathBuf,
}

/// A stored or pending snapshot whose paper no longer exists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Orphan {
    /// The path of the snapshot.
    pub path: PathBuf,
}

/// The findings of a run in one paper, compared with its snapshot.
#[derive(Debug)]
pub struct SnapshotStatus {
    /// The snapshot; `None` if the paper has none yet.
    pub snapshot: Option<Snapshot>,
    /// The findings of the run.
    pub findings: Vec<Finding>,
    /// The differences between the snapshot and the findings.
    pub changes: Vec<SnapshotChange>,
}

/// The reason why a paper could not be compared with its snapshot.
#[derive(Debug)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The paper cannot be read in full.
    Paper(Failure),
    /// The snapshot is faulty, or of another format.
    Faulty(Fault),
    /// A snapshot file cannot be read or written.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Paper(failure) => write!(f, "{}: {}", failure.document, failure.error.message),
            Self::Faulty(fault) => write!(f, "{fault}"),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for SnapshotError {}

/// Returns the papers under `paths`, the snapshots whose papers no longer exist, and the inputs that cannot
/// be listed.
///
/// A file given by path counts as a paper, and one that ends in [`SNAPSHOT_ENDING`] stands for the paper that
/// it belongs to. In a folder, every paper counts except records, archives and `README` files. Other TOML
/// files are not papers.
pub fn snapshot_cases(paths: &[PathBuf]) -> (Vec<SnapshotCase>, Vec<Orphan>, Vec<Failure>) {
    let (mut cases, mut orphans, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            for found in walk(vec![path.clone()]) {
                match found {
                    Ok(input) => cases.extend(SnapshotCase::of_folder(input)),
                    // A folder may hold test files alone.
                    Err(failure) if failure.error.kind == "no-papers" => {}
                    Err(failure) => failures.push(failure),
                }
            }
            find_orphans(path, &mut orphans);
        } else if let Some(paper) = paper_of(path) {
            match paper.exists() {
                true => cases.push(SnapshotCase::new(Input::file(&paper))),
                false => orphans.push(Orphan { path: path.clone() }),
            }
        } else if path.extension().is_none_or(|ending| ending != "toml") {
            cases.push(SnapshotCase::new(Input::file(path)));
        }
    }
    orphans.sort();
    (cases, orphans, failures)
}

impl SnapshotCase {
    /// Creates the case of a paper, whose snapshot lies beside it.
    pub fn new(paper: Input) -> Self {
        let mut stored = match &paper.place {
            InputSource::File(path) => path.clone().into_os_string(),
            InputSource::Stdin => paper.shown.clone().into(),
        };
        stored.push(SNAPSHOT_ENDING);
        Self { paper, stored: stored.into() }
    }

    fn of_folder(paper: Input) -> Option<Self> {
        let one_paper = paper.format.is_none_or(Format::is_one_paper);
        let name = Path::new(&paper.shown).file_name().map(|name| name.to_string_lossy().to_lowercase());
        let readme = name.is_some_and(|name| name.starts_with("readme"));
        (one_paper && !readme).then(|| Self::new(paper))
    }

    /// Returns the path of the pending snapshot that a failing run writes.
    pub fn pending(&self) -> PathBuf {
        let mut pending = self.stored.clone().into_os_string();
        pending.push(PENDING_ENDING);
        pending.into()
    }

    /// Reads the paper and compares it with its snapshot.
    ///
    /// # Errors
    /// Fails if the paper cannot be read in full, or if its snapshot cannot be read.
    pub fn check(&self, engine: &Engine, limits: ReadLimits) -> Result<SnapshotStatus, SnapshotError> {
        let lost =
            |error: ReadError| SnapshotError::Paper(Failure { document: self.paper.shown.clone(), error });
        let snapshot = match fs::read_to_string(&self.stored) {
            Ok(text) => Some(
                Snapshot::read(&self.stored.display().to_string(), &text).map_err(SnapshotError::Faulty)?,
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(SnapshotError::Io(self.stored.clone(), error)),
        };
        let read = read_single(&self.paper, None, &RecordFields::default(), limits).map_err(lost)?;
        if let Some(error) = read.changed {
            return Err(lost(error));
        }
        let found = engine.scan(&read.document);
        let findings = findings_of(&read.document, &found, engine.catalogue());
        let changes = snapshot
            .as_ref()
            .map_or_else(|| Snapshot::default().compare(&findings), |snapshot| snapshot.compare(&findings));
        Ok(SnapshotStatus { snapshot, findings, changes })
    }

    /// Writes the snapshot and removes the pending one.
    ///
    /// # Errors
    /// Fails if it cannot be written; the old snapshot is then still there.
    pub fn store(&self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        write(&self.stored, snapshot)?;
        self.clear_pending()
    }

    /// Writes the findings to the pending file beside the stored snapshot, which stays as it is.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub fn store_pending(&self, findings: &[Finding]) -> Result<(), SnapshotError> {
        write(&self.pending(), &Snapshot::of(findings))
    }

    /// Removes the pending file, if there is one.
    ///
    /// # Errors
    /// Fails if the file exists and cannot be removed.
    pub fn clear_pending(&self) -> Result<(), SnapshotError> {
        match fs::remove_file(self.pending()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(SnapshotError::Io(self.pending(), error))
            }
            _ => Ok(()),
        }
    }
}

/// Writes the file atomically: in full, or not at all.
fn write(path: &Path, snapshot: &Snapshot) -> Result<(), SnapshotError> {
    let failed = |error: io::Error| SnapshotError::Io(path.to_path_buf(), error);
    let text = snapshot.written().map_err(|error| failed(io::Error::other(error)))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file =
        tempfile::Builder::new().prefix(".byname-").suffix(".part").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    // Made for its owner alone, as temporary files are; a snapshot is for everybody who reads the folder.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644)).map_err(failed)?;
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Returns the paper that a stored or pending snapshot belongs to.
fn paper_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(PENDING_ENDING).unwrap_or(name);
    let paper = name.strip_suffix(SNAPSHOT_ENDING).filter(|paper| !paper.is_empty())?;
    Some(path.with_file_name(paper))
}

fn find_orphans(folder: &Path, orphans: &mut Vec<Orphan>) {
    // What cannot be listed has been told by the walk over the papers.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            find_orphans(&path, orphans);
        } else if paper_of(&path).is_some_and(|paper| !paper.exists()) {
            orphans.push(Orphan { path });
        }
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "We ran a proprietary language model.").unwrap();
        fs::write(folder.path().join("README.md"), "Papers.").unwrap();
        fs::write(folder.path().join("many.jsonl"), "{\"text\": \"Papers.\"}").unwrap();
        fs::write(folder.path().join("many.parquet"), "PAR1").unwrap();
        fs::write(folder.path().join("gone.md.findings.toml"), "format = 1\n").unwrap();
        fs::write(folder.path().join("gone.txt.findings.toml.new"), "format = 1\n").unwrap();
        fs::write(folder.path().join("cases.toml"), "").unwrap();
        folder
    }

    #[test]
    fn single_papers_are_cases_and_snapshots_without_papers_are_orphans() {
        let folder = folder();
        let (cases, orphans, failures) = snapshot_cases(&[folder.path().to_path_buf()]);
        assert!(failures.is_empty(), "{failures:?}");
        assert_eq!(cases.len(), 1);
        assert!(cases[0].stored.ends_with("a.md.findings.toml"));
        let names: Vec<_> = orphans.iter().map(|orphan| orphan.path.file_name().unwrap()).collect();
        assert_eq!(names, ["gone.md.findings.toml", "gone.txt.findings.toml.new"]);
        // A snapshot given by name stands for its paper.
        let (by_name, ..) = snapshot_cases(&[cases[0].stored.clone(), folder.path().join("cases.toml")]);
        assert_eq!(by_name.len(), 1);
        assert_eq!(by_name[0].stored, cases[0].stored);
    }

    #[test]
    fn what_is_pending_leaves_the_stored_snapshot_alone() {
        let folder = folder();
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let (cases, ..) = snapshot_cases(&[folder.path().join("a.md")]);
        let case = &cases[0];
        let status = case.check(&engine, ReadLimits::default()).unwrap();
        assert!(status.snapshot.is_none() && status.changes.len() == 1);
        case.store(&Snapshot::of(&status.findings)).unwrap();
        assert!(case.check(&engine, ReadLimits::default()).unwrap().changes.is_empty());

        let stored = fs::read(&case.stored).unwrap();
        case.store_pending(&[]).unwrap();
        assert_eq!(fs::read(&case.stored).unwrap(), stored);
        assert!(case.pending().exists());
        case.clear_pending().unwrap();
        case.clear_pending().unwrap();
        assert!(!case.pending().exists());
    }
}
