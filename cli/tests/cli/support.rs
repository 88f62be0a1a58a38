//! Temporary folders, and runs of the program in them.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder for one test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Returns the names of all entries of the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs the program in this folder.
    pub fn byname(&self, args: &[&str]) -> Run {
        self.byname_with(args, b"")
    }

    pub fn byname_with(&self, args: &[&str], input: &[u8]) -> Run {
        let output = self.command().args(args).write_stdin(input).output().unwrap();
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.root()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }
}

pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_byname")
}

/// The output of a run of the program.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Parses the documents from standard output, in JSON lines.
    pub fn documents(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Returns the id of each document, followed by the kinds of its errors.
    pub fn fates(&self) -> Vec<String> {
        let documents = self.documents();
        let fate = |document: &Value| {
            let kinds: Vec<&str> = document["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|error| error["kind"].as_str().unwrap())
                .collect();
            format!("{} {}", document["document"].as_str().unwrap(), kinds.join(" ")).trim_end().to_string()
        };
        documents.iter().map(fate).collect()
    }
}

/// Arguments of `scan --format jsonl`, to which tests add more.
pub const SCAN: [&str; 3] = ["scan", "--format", "jsonl"];

pub fn scan<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SCAN.iter().chain(more).copied().collect()
}
