//! A run that is asked to stop does so, even where a paper never ends.

#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Folder, program};

/// Starts a run over a pipe that nobody writes to, and waits until it reads. The pipe stays open while the
/// returned file exists.
fn stuck(folder: &Folder) -> (Child, File) {
    let pipe = folder.path("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(program());
    command.args(["scan", "pipe.md"]).current_dir(folder.root()).stdout(Stdio::null()).stderr(Stdio::piped());
    let run = command.spawn().unwrap();
    // Ends when the other side is opened for reading.
    let side = OpenOptions::new().write(true).open(&pipe).unwrap();
    (run, side)
}

fn ask(run: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap().success());
}

#[test]
fn one_request_ends_a_stuck_run_after_some_seconds() {
    let folder = Folder::new();
    let (run, _side) = stuck(&folder);
    ask(&run, "-TERM");
    let asked = Instant::now();
    let output = run.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(30), "{:?}", asked.elapsed());
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("no paper was done for 5 seconds"), "{stderr}");
}

#[test]
fn a_second_request_ends_it_at_once() {
    let folder = Folder::new();
    let (run, _side) = stuck(&folder);
    ask(&run, "-INT");
    sleep(Duration::from_millis(500));
    ask(&run, "-TERM");
    let asked = Instant::now();
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(2));
    assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
}
