//! What is kept of one paper.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::document::{Missing, ProjectFiles};
use crate::report::Tally;

/// What came of one paper.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::collection) struct KeptPaper {
    /// On what it depends beside its key, and what it counts.
    pub(in crate::collection) head: KeptHead,
    /// What was written of it.
    pub(in crate::collection) bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::collection) struct KeptHead {
    tally: Tally,
    /// What the paper was called, where the report calls it so because it has no name of its own.
    called: Option<String>,
    /// The files that it asked for, as it includes them.
    asked: Vec<AskedFile>,
}

/// A file that a paper asked for, and what it got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collection) struct AskedFile {
    path: String,
    limit: usize,
    answer: String,
}

impl KeptPaper {
    pub(in crate::collection) fn new(
        tally: Tally,
        called: Option<String>,
        asked: Vec<AskedFile>,
        bytes: &[u8],
    ) -> Self {
        Self { head: KeptHead { tally, called, asked }, bytes: bytes.to_vec() }
    }

    /// What it counts.
    pub(in crate::collection) fn tally(&self) -> &Tally {
        &self.head.tally
    }

    /// Whether it still is what would come of a paper that is called so and gets its files from `files`.
    pub(in crate::collection) fn holds(&self, called: &str, files: Option<&dyn ProjectFiles>) -> bool {
        let same_name = self.head.called.as_ref().is_none_or(|name| name == called);
        same_name
            && self.head.asked.iter().all(|asked| {
                files.is_some_and(|files| answer(&files.read(&asked.path, asked.limit)) == asked.answer)
            })
    }

    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = serde_json::to_vec(&self.head).ok()?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.bytes);
        Some(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', bytes)?;
        let head = serde_json::from_slice(bytes.get(..end)?).ok()?;
        Some(Self { head, bytes: bytes.get(end + 1..)?.to_vec() })
    }
}

fn answer(result: &Result<Vec<u8>, Missing>) -> String {
    match result {
        Ok(bytes) => blake3::hash(bytes).to_hex().to_string(),
        Err(missing) => format!("{missing:?}"),
    }
}

/// The files of a project, and a list of what was asked of them.
#[derive(Debug)]
pub(in crate::collection) struct Recorder<'a> {
    files: &'a dyn ProjectFiles,
    asked: Mutex<Vec<AskedFile>>,
}

impl<'a> Recorder<'a> {
    pub(in crate::collection) fn new(files: &'a dyn ProjectFiles) -> Self {
        Self { files, asked: Mutex::default() }
    }

    /// All that was asked, in order.
    pub(in crate::collection) fn asked(self) -> Vec<AskedFile> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProjectFiles for Recorder<'_> {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let result = self.files.read(path, limit);
        let asked = AskedFile { path: path.to_string(), limit, answer: answer(&result) };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        result
    }
}
