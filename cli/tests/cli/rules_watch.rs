//! `byname rules test --watch` reports the result of a save at once, and survives a half-written file.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{Folder, program};

const RULE: &str = "summary = 's'\nwhy = 'w'\nphrase = '{one} _* (zorped) _* {model}'\nweight = 3.0\n\n\
    [[example]]\ntext = 'We ran [a zorped model].'\n\n[[example]]\ntext = 'Zorped models are rare.'\nexpect = 'none'\n";

/// Timeout, long enough for a slow machine that is busy with another build.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watch(Child, Receiver<String>);

impl Watch {
    fn of(folder: &Folder) -> Self {
        let mut child = Command::new(program())
            .args(["rules", "test", "described/zorped", "--watch", "--catalog", "own"])
            .current_dir(folder.root())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, receiver) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self(child, receiver)
    }

    /// Returns the lines up to the end of a run.
    fn run(&self) -> String {
        let mut text = String::new();
        loop {
            let line = self.1.recv_timeout(PATIENCE).unwrap();
            if line.starts_with("-- ") {
                return text;
            }
            text.push_str(&line);
            text.push('\n');
        }
    }

    /// Returns the first run whose text contains `wanted`.
    fn until(&self, wanted: &str) -> String {
        let begun = Instant::now();
        loop {
            let text = self.run();
            if text.contains(wanted) {
                return text;
            }
            assert!(begun.elapsed() < PATIENCE, "{text}");
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_save_is_tested_at_once_and_a_half_written_file_is_told_and_outlived() {
    let folder = Folder::new().with("own/rules/described/zorped.toml", RULE);
    let path = folder.path("own/rules/described/zorped.toml");
    let watch = Watch::of(&folder);
    watch.until("2 passed, 0 failed");
    fs::write(&path, &RULE[..RULE.len() / 2]).unwrap();
    let printed = watch.until("error: ");
    assert!(printed.contains("own/rules/described/zorped.toml:"), "{printed}");
    fs::write(&path, RULE.replace("zorped)", "zarped)")).unwrap();
    let printed = watch.until("1 passed, 1 failed");
    assert!(printed.contains("described/zorped"), "{printed}");
    fs::write(&path, RULE).unwrap();
    watch.until("2 passed, 0 failed");
    fs::remove_file(&path).unwrap();
    watch.until("no catalogue file (.toml) stands in it");
}

#[test]
fn what_cannot_be_watched_is_told() {
    let folder = Folder::new().with("own/rules/described/zorped.toml", RULE);
    for (args, cause) in [
        (&["rules", "test", "--watch"][..], "there is nothing to watch"),
        (&["rules", "test", "--watch", "--catalog", "own", "-o", "x"], "cannot go to a file"),
        (&["rules", "test", "--watch", "--catalog", "gone"], "cannot watch the catalogue"),
    ] {
        let run = folder.byname(args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.stderr.contains(cause), "{}", run.stderr);
    }
}
