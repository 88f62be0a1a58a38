//! Outputs: standard output, or a file that appears only once it is complete.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use byname::report::push_pretty_json;
use tempfile::NamedTempFile;

use super::status::CommandError;

/// Prefix and suffix of the name of an incomplete file.
const PREFIX: &str = ".byname-";
const SUFFIX: &str = ".part";
/// Time since its last change after which an incomplete file counts as abandoned.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// The destination of a result.
#[derive(Debug)]
pub(super) struct Output {
    target: Target,
    /// Name of the destination in messages.
    pub(super) place: String,
}

#[derive(Debug)]
enum Target {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A temporary file in the folder of the target, which is renamed to it at the end.
    File {
        writer: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
    /// A device or a pipe, which is written to directly.
    Device(BufWriter<File>),
}

impl Output {
    /// Opens a file; without a path, standard output.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, CommandError> {
        // Where standard output is a file, the place that it stands at is known to it alone.
        let Some(path) = path.filter(|path| *path != Path::new("/dev/stdout")) else {
            let target = Target::Stdout(BufWriter::new(io::stdout().lock()));
            return Ok(Self { target, place: "standard output".to_string() });
        };
        let place = path.display().to_string();
        match open_target(path) {
            Ok(target) => Ok(Self { target, place }),
            Err(error) => Err(CommandError::write(&place, &error)),
        }
    }

    /// Writes all of a result, completes it and moves it into place.
    pub(super) fn complete(mut self, result: &[u8]) -> Result<(), CommandError> {
        self.write_all(result).map_err(|error| CommandError::write(&self.place, &error))?;
        self.finish()
    }

    /// Completes the result and moves it into place. Without this call no file appears.
    pub(super) fn finish(self) -> Result<(), CommandError> {
        let done = match self.target {
            Target::Stdout(mut writer) => writer.flush(),
            Target::Device(mut writer) => writer.flush(),
            Target::File { writer, path } => persist(writer, &path),
        };
        done.map_err(|error| CommandError::write(&self.place, &error))
    }
}

fn open_target(path: &Path) -> io::Result<Target> {
    if path.starts_with("/dev/") {
        let device = fs::OpenOptions::new().append(true).open(path)?;
        return Ok(Target::Device(BufWriter::new(device)));
    }
    // A link is followed, so that the file behind it is replaced and not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = fs::metadata(&path).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
        let device = fs::OpenOptions::new().write(true).open(&path)?;
        return Ok(Target::Device(BufWriter::new(device)));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    remove_leftovers(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    let permissions = existing.map(|existing| existing.permissions()).or_else(usual_permissions);
    if let Some(permissions) = permissions.clone() {
        builder.permissions(permissions);
    }
    let file = builder.tempfile_in(folder)?;
    Ok(Target::File { writer: BufWriter::new(file), path })
}

/// Deletes incomplete files of killed runs. Those of runs that may still go on are more recent.
fn remove_leftovers(folder: &Path) {
    let is_old = |entry: &fs::DirEntry| {
        let modified = entry.metadata().ok().filter(fs::Metadata::is_file)?.modified().ok()?;
        modified.elapsed().ok().map(|age| age > ABANDONED)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_part && is_old(&entry) == Some(true) {
            // Who may not take it away leaves it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Returns the permissions of a new file: read and write for all, which the user's umask then restricts.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

fn persist(writer: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    // Some file systems tell of a full disk only now.
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

impl Write for Output {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            Target::Stdout(writer) => writer.write(buffer),
            Target::File { writer, .. } => writer.write(buffer),
            Target::Device(writer) => writer.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Stdout(writer) => writer.flush(),
            Target::File { writer, .. } => writer.flush(),
            Target::Device(writer) => writer.flush(),
        }
    }
}

/// Formats a value as JSON for a file or a terminal, with a final line break.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String, CommandError> {
    let mut out = Vec::new();
    let written = push_pretty_json(&mut out, value)
        .and_then(|()| String::from_utf8(out).map_err(|error| io::Error::other(error.to_string())));
    written
        .map(|text| text + "\n")
        .map_err(|error| CommandError::new(format!("the result cannot be written as JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn the_file_appears_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").unwrap();
        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"new").unwrap();
        output.flush().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["out.jsonl"]);
    }

    #[test]
    fn a_run_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut output = Output::open(Some(&folder.path().join("out.jsonl"))).unwrap();
        output.write_all(b"half").unwrap();
        drop(output);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn what_a_killed_run_left_is_taken_away_a_day_later() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in
            [(".byname-a.part", 2), (".byname-b.part", 0), ("byname-c.part", 2), (".d.part", 2)]
        {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - age * ABANDONED).unwrap();
        }
        Output::open(Some(&folder.path().join("out"))).unwrap().finish().unwrap();
        let mut left = names(folder.path());
        left.sort();
        assert_eq!(left, [".byname-b.part", ".d.part", "byname-c.part", "out"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay_as_they_are() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("out"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut output = Output::open(Some(&link)).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
