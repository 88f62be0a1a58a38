//! The cached result of one paper.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::document::{Missing, ProjectFiles};

/// The cached result of one paper.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::collection) struct KeptPaper {
    /// Its dependencies other than the key.
    pub(in crate::collection) head: KeptHead,
    /// The output as serialised by the task.
    pub(in crate::collection) bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::collection) struct KeptHead {
    /// The name of the paper, if the output contains it because the paper has no name of its own.
    called: Option<String>,
    /// The files that the paper requested in order to include them.
    asked: Vec<AskedFile>,
}

/// A file that a paper requested, and a digest of the response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collection) struct AskedFile {
    path: String,
    limit: usize,
    answer: String,
}

impl KeptPaper {
    pub(in crate::collection) fn new(called: Option<String>, asked: Vec<AskedFile>, bytes: Vec<u8>) -> Self {
        Self { head: KeptHead { called, asked }, bytes }
    }

    /// Returns whether this is still the result for a paper of that name which reads its files from `files`.
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

/// The files of a project, with a record of all requests.
#[derive(Debug)]
pub(in crate::collection) struct Recorder<'a> {
    files: &'a dyn ProjectFiles,
    asked: Mutex<Vec<AskedFile>>,
}

impl<'a> Recorder<'a> {
    pub(in crate::collection) fn new(files: &'a dyn ProjectFiles) -> Self {
        Self { files, asked: Mutex::default() }
    }

    /// Returns all requests, in order.
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
