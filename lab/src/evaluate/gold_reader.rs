//! Reads gold sets from the paths that the user gives.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use byname::catalogue::LoadError;
use byname::collection::{Failure, RecordLines};
use byname::document::ReadError;
use ignore::WalkBuilder;

use super::brat::read_brat;
use super::gold_record::read_gold_record;
use super::{GoldDescription, GoldSet, Scheme};

/// Most bytes of one paper.
const LARGEST: usize = 64 << 20;

/// Reads one gold set: a `.jsonl` file, an `.ann` file, a folder of such files, or a `.toml` file that lists
/// them and defines their labels. `scheme` applies to files that no `.toml` lists.
///
/// A file or record that cannot be read becomes a failure of the set, and the reading goes on.
///
/// # Errors
/// Fails if a `.toml` file is faulty.
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
                    let wanted =
                        ["ann", "jsonl"].map(|ending| entry.path().extension() == Some(ending.as_ref()));
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
                    .ok_or_else(|| {
                        ReadError::new("too-large", "larger than 64 MiB; cut it into several records")
                    })
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn failures(set: &GoldSet, folder: &Path) -> Vec<String> {
        let root = format!("{}/", folder.display());
        let shown = |failure: &Failure| format!("{}: {}", failure.document.replace(&root, ""), failure.error);
        set.failures.iter().map(shown).collect()
    }

    #[test]
    fn stand_off_files_are_read_with_their_papers() {
        let ann = "T1\town-model 4 13\tour model\nT2\town-model 0 2;4 7\tNé our\nR1\tSame Arg1:T1 Arg2:T2\n";
        let folder = folder(&[("a.txt", "Né, our model."), ("a.ann", ann)]);
        let set = read_gold(folder.path(), &Scheme::default()).unwrap();
        assert_eq!(failures(&set, folder.path()), Vec::<String>::new());
        let gold = &set.documents[0];
        let texts: Vec<&str> =
            gold.mentions.iter().map(|mention| mention.span.of(&gold.document.prose)).collect();
        assert_eq!(texts, ["our model", "Né, our"]);
    }

    #[test]
    fn what_is_at_fault_is_told_with_its_line_and_the_rest_is_read() {
        let ann = "T1\town-model 4 13\ther model\nT2 own-model\nT3\tcat 4 13\tour model\nT4\town-model 4 13\tour model\n";
        let records = "{\"text\": \"x\", \"mentions\": []}\n{\"text\"\n{\"text\": \"y\", \"mentions\": []}\n";
        let files = [("a.txt", "Né, our model."), ("a.ann", ann), ("b.ann", ""), ("c.jsonl", records)];
        let folder = folder(&files);
        let set = read_gold(folder.path(), &Scheme::default()).unwrap();
        let messages = failures(&set, folder.path());
        for (message, (place, cause)) in messages.iter().zip([
            ("a.ann:1: ", "\"our model\" stands at 4 to 13, not \"her model\""),
            ("a.ann:2: ", "not of the form"),
            ("a.ann:3: ", "label `cat` is none of"),
            ("b.txt: ", "no such file"),
            ("c.jsonl:2: ", "not a JSON object"),
        ]) {
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
        assert_eq!((messages.len(), set.documents.len(), set.documents[0].mentions.len()), (5, 3, 1));
    }

    #[test]
    fn a_description_leads_to_its_files() {
        let folder =
            folder(&[("g.toml", "files = ['r.jsonl', 'lost.jsonl']"), ("r.jsonl", "{\"text\": \"x\"}")]);
        let set = read_gold(&folder.path().join("g.toml"), &Scheme::default()).unwrap();
        assert_eq!((set.documents.len(), set.papers().count()), (1, 0));
        assert!(failures(&set, folder.path())[0].starts_with("lost.jsonl: "), "{:?}", set.failures);
        let empty = tempfile::tempdir().unwrap();
        let set = read_gold(empty.path(), &Scheme::default()).unwrap();
        assert!(set.failures[0].error.message.contains("no gold files"), "{:?}", set.failures);
    }
}
