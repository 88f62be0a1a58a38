//! A cache folder of segments.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::entry::KeptPaper;
use super::segment::{self, Key, StoredRange};

/// File name suffix of segments.
const ENDING: &str = ".kept";
/// Number of segments from which they are merged into one.
const MOST_SEGMENTS: usize = 48;
/// Total bytes of all segments above which the folder is emptied.
const MOST_BYTES: u64 = 2 << 30;

/// A folder of cached results for runs with the same program, catalogue and options.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// A hash over everything that results depend on other than the papers.
    run: blake3::Hash,
    segments: Vec<(PathBuf, Mutex<File>)>,
    index: HashMap<Key, (usize, StoredRange)>,
    writing: Mutex<Writing>,
}

#[derive(Debug, Default)]
struct Writing {
    segment: Option<BufWriter<File>>,
    fault: Option<io::Error>,
}

impl Cache {
    /// Opens a cache folder, which is created if missing. `run` lists everything that results depend on other
    /// than the papers: the program, the catalogue, the options.
    ///
    /// # Errors
    /// When the folder cannot be created or listed.
    pub fn open(folder: &Path, run: &[&str]) -> io::Result<Self> {
        make_folder(folder)?;
        let mut hasher = blake3::Hasher::new();
        for part in run {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let mut cache = Self {
            folder: folder.to_path_buf(),
            run: hasher.finalize(),
            segments: Vec::new(),
            index: HashMap::new(),
            writing: Mutex::default(),
        };
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.to_str().is_some_and(|path| path.ends_with(ENDING)))
            .collect();
        paths.sort();
        let length = |path: &PathBuf| path.metadata().map_or(0, |found| found.len());
        if paths.iter().map(length).sum::<u64>() > MOST_BYTES {
            paths.drain(..).for_each(|path| drop(fs::remove_file(path)));
        }
        for path in paths {
            // Another run may have taken it away meanwhile.
            let Ok((file, places)) = segment::places(&path) else { continue };
            let number = cache.segments.len();
            cache.index.extend(places.into_iter().map(|(key, place)| (key, (number, place))));
            cache.segments.push((path, Mutex::new(file)));
        }
        Ok(cache)
    }

    /// Returns the key of a paper, given what is known of it and its bytes.
    pub(in crate::collection) fn key(&self, known: &[&[u8]], bytes: &[u8]) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.run.as_bytes());
        for part in known.iter().chain([&bytes]) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let mut key = Key::default();
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        key
    }

    /// Returns the result cached under a key.
    pub(in crate::collection) fn get(&self, key: &Key) -> Option<KeptPaper> {
        let (number, place) = *self.index.get(key)?;
        let payload = segment::read(&mut held(&self.segments.get(number)?.1), key, place)?;
        KeptPaper::from_bytes(&payload)
    }

    /// Caches a result. [`Cache::finish`] reports a failure to write it.
    pub(in crate::collection) fn put(&self, key: &Key, paper: &KeptPaper) {
        let Some(payload) = paper.to_bytes() else { return };
        let mut writing = held(&self.writing);
        if writing.fault.is_none()
            && let Err(fault) = self.write(&mut writing, key, &payload)
        {
            writing.fault = Some(fault);
        }
    }

    fn write(&self, writing: &mut Writing, key: &Key, payload: &[u8]) -> io::Result<()> {
        let segment = match &mut writing.segment {
            Some(segment) => segment,
            None => writing.segment.insert(BufWriter::new(new_segment(&self.folder)?)),
        };
        segment::write(segment, key, payload)
    }

    /// Writes buffered results, and merges the segments if there are many.
    ///
    /// # Errors
    /// The reason why results could not be cached. The results of the run itself are unaffected.
    pub fn finish(&self) -> io::Result<()> {
        let mut writing = held(&self.writing);
        if let Some(fault) = writing.fault.take() {
            return Err(fault);
        }
        if let Some(segment) = &mut writing.segment {
            segment.flush()?;
        }
        if self.segments.len() >= MOST_SEGMENTS { self.put_together() } else { Ok(()) }
    }

    fn put_together(&self) -> io::Result<()> {
        let mut whole = BufWriter::new(new_segment(&self.folder)?);
        for (key, (number, place)) in &self.index {
            let Some((_, file)) = self.segments.get(*number) else { continue };
            if let Some(payload) = segment::read(&mut held(file), key, *place) {
                segment::write(&mut whole, key, &payload)?;
            }
        }
        whole.flush()?;
        for (path, _) in &self.segments {
            // A system that does not let go of open files leaves them to a later run.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}

/// Locks a mutex even if it is poisoned: a result is either complete or absent, so a thread that panicked
/// leaves no broken state.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn new_segment(folder: &Path) -> io::Result<File> {
    // It has its name from the start: what a run wrote before it was killed is of use to the next.
    let file = tempfile::Builder::new().suffix(ENDING).disable_cleanup(true).tempfile_in(folder)?;
    Ok(file.into_file())
}

/// Creates the folder, with files that make version control and backups skip it.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join(".gitignore"), "# Made by byname; may be removed at any time.\n*\n")?;
    let tag =
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by byname; see https://bford.info/cachedir/\n";
    fs::write(folder.join("CACHEDIR.TAG"), tag)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
