//! From the paths that the user gave to gold sets.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::brat::read_brat;
use super::gold_record::read_gold_record;
use super::{GoldDescription, GoldSet, Scheme};
use crate::catalogue::LoadError;
use crate::collection::{Failure, RecordLines};
use crate::document::ReadError;

/// The most bytes of one paper.
const LARGEST: usize = 64 << 20;

/// Reads one gold set: a `.jsonl` file, an `.ann` file, a folder of such files, or a `.toml` file that
/// names them and says what their labels mean. `scheme` is how files are read that no `.toml` names.
///
/// What cannot be read is a failure of the set, and the reading goes on.
///
/// # Errors
/// When a `.toml` file is at fault.
pub fn read_gold(path: &Path, scheme: &Scheme) -> Result<GoldSet, LoadError> {
    let name = path.display().to_string();
    let described = path.extension().is_some_and(|ending| ending == "toml");
    let (files, scheme) = if described {
        let description = GoldDescription::read(path)?;
        (description.files, description.scheme)
    } else {
        (vec![path.to_path_buf()], scheme.clone())
    };
    let mut set = GoldSet { name, scheme, documents: Vec::new(), failures: Vec::new() };
    if files.is_empty() {
        set.fail(path, ReadError::new("no-gold", "it names no gold files: add `files = [\"gold.jsonl\"]`"));
    }
    for file in files {
        if file.is_dir() {
            set.read_folder(&file);
        } else {
            set.read_file(&file);
        }
    }
    Ok(set)
}

impl GoldSet {
    fn fail(&mut self, path: &Path, error: ReadError) {
        self.failures.push(Failure { document: path.display().to_string(), error });
    }

    fn read_folder(&mut self, folder: &Path) {
        let mut found: Vec<PathBuf> = Vec::new();
        for entry in WalkBuilder::new(folder).sort_by_file_path(Path::cmp).build() {
            match entry {
                Ok(entry) => {
                    let wanted = ["ann", "jsonl"].map(|ending| entry.path().extension() == Some(ending.as_ref()));
                    if wanted.contains(&true) && entry.path().is_file() {
                        found.push(entry.into_path());
                    }
                }
                Err(error) => self.fail(folder, ReadError::new("unreadable", error.to_string())),
            }
        }
        if found.is_empty() {
            let message = "no gold files in this folder: looked for names ending in .ann and .jsonl";
            self.fail(folder, ReadError::new("no-gold", message));
        }
        for path in found {
            self.read_file(&path);
        }
    }

    fn read_file(&mut self, path: &Path) {
        if path.extension().is_some_and(|ending| ending == "ann") {
            match read_brat(path, &self.scheme, LARGEST, &mut self.failures) {
                Ok(document) => self.documents.push(document),
                Err(failure) => self.failures.push(failure),
            }
            return;
        }
        if let Err(error) = self.read_records(path) {
            self.fail(path, ReadError::new("unreadable", format!("cannot be read: {error}")));
        }
    }

    fn read_records(&mut self, path: &Path) -> std::io::Result<()> {
        let mut lines = RecordLines::new(BufReader::new(File::open(path)?), LARGEST);
        while let Some(batch) = lines.next_batch()? {
            for line in batch.lines {
                let place = format!("{}:{}", path.display(), line.number);
                let record = line.range.and_then(|range| batch.bytes.get(range));
                let read = record
                    .ok_or_else(|| ReadError::new("too-large", "larger than 64 MiB; cut it into several records"))
                    .and_then(|record| read_gold_record(record, &self.scheme, &place));
                match read {
                    Ok(document) => self.documents.push(document),
                    Err(error) => self.failures.push(Failure { document: place, error }),
                }
            }
        }
        Ok(())
    }
}
