//! Long runs: kept results, shards, and runs that are stopped or killed. None of these may change a byte of
//! the result.

use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Folder, program, scan};

const SENTENCES: [&str; 4] = [
    "We asked a large language model with 137B parameters to grade the essays.",
    "A proprietary chatbot that is reached through an API wrote the summaries.",
    "We use GPT-4 as a judge.",
    "The weather was fine, and nothing else happened.",
];

/// Returns `count` records, one of which is broken and one of which has no id.
fn records(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let sentence = SENTENCES[number % SENTENCES.len()];
        match number {
            7 => text.push_str("{\"id\": broken\n"),
            9 => writeln!(text, "{{\"text\": \"{sentence}\"}}").unwrap(),
            _ => {
                writeln!(text, "{{\"id\": \"{number}\", \"text\": \"{sentence} Paper {number}.\"}}").unwrap()
            }
        }
    }
    text
}

/// Creates papers of several kinds, one with a file that it includes, and one that cannot be read.
fn papers() -> Folder {
    Folder::new()
        .with("papers/a.md", format!("# A\n\n{}\n", SENTENCES[0]))
        .with("papers/b.txt", SENTENCES[1])
        .with(
            "papers/c/main.tex",
            "\\documentclass{article}\\begin{document}\\input{part}\\input{none}\\end{document}",
        )
        .with("papers/c/part.tex", SENTENCES[0])
        .with("papers/broken.pdf", "%PDF-1.4 nothing")
        .with("papers/records.jsonl", records(40))
}

#[test]
fn a_second_run_finds_what_was_kept_and_gives_the_same_bytes() {
    let folder = papers();
    for format in ["jsonl", "json", "text"] {
        let plain = folder.byname(&["scan", "papers", "--format", format]);
        for _ in 0..2 {
            let kept = folder.byname(&["scan", "papers", "--format", format, "--cache", "kept"]);
            assert_eq!(
                (kept.status, &kept.stdout, &kept.stderr),
                (plain.status, &plain.stdout, &plain.stderr)
            );
        }
    }
    // The second run of each format found all papers that could be read, and so kept nothing new.
    let segments = fs::read_dir(folder.path("kept"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().into_string().unwrap().ends_with(".kept"));
    assert_eq!(segments.count(), 3);
}

#[test]
fn whatever_changes_is_read_again() {
    let folder = papers();
    let run = |more: &[&str]| {
        let plain = folder.byname(&[&scan(&["papers"])[..], more].concat()).stdout;
        let kept = folder.byname(&[&scan(&["papers", "--cache", "kept"])[..], more].concat()).stdout;
        assert_eq!(plain, kept);
        kept
    };
    let mut seen = vec![run(&[])];
    let mut next = |what: &str, more: &[&str]| {
        let found = run(more);
        assert!(!seen.contains(&found), "{what}");
        seen.push(found);
    };
    fs::write(folder.path("papers/a.md"), SENTENCES[1]).unwrap();
    next("a paper", &[]);
    fs::write(folder.path("papers/c/part.tex"), SENTENCES[1]).unwrap();
    next("a file that a paper includes", &[]);
    fs::write(folder.path("papers/c/none.tex"), SENTENCES[0]).unwrap();
    next("a file that was not there", &[]);
    fs::write(folder.path("papers/records.jsonl"), format!("\n{}", records(40))).unwrap();
    next("the line of a record without an id", &[]);
    next("a date", &["--date", "2020"]);
    next("an organisation", &["--organisation", "Google"]);
    next("what is shown", &["--mentions", "all"]);
    fs::create_dir_all(folder.path("mine")).unwrap();
    fs::write(folder.path("mine/evidence.toml"), "[answer]\nfloor = 0.99\n").unwrap();
    next("the catalogue", &["--catalog", "mine"]);
}

#[test]
fn damaged_results_are_not_used() {
    let folder = papers();
    let plain = folder.byname(&scan(&["papers"]));
    folder.byname(&scan(&["papers", "--cache", "kept"]));
    for entry in fs::read_dir(folder.path("kept")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        bytes.iter_mut().step_by(101).for_each(|byte| *byte ^= 0x20);
        bytes.truncate(bytes.len() - bytes.len() / 4);
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(folder.byname(&scan(&["papers", "--cache", "kept"])).stdout, plain.stdout);
    let run = folder.byname(&scan(&["papers", "--cache", "papers/a.md"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("results cannot be kept in papers/a.md"), "{}", run.stderr);
}

#[test]
fn sixteen_shards_merged_are_one_run() {
    let folder = papers();
    let whole = folder.byname(&scan(&["papers"]));
    let names: Vec<String> = (1..=16).map(|number| format!("{number}.jsonl")).collect();
    for (number, name) in (1..).zip(&names) {
        let shard = format!("{number}/16");
        folder.byname(&scan(&["papers", "--shard", &shard, "--output", name]));
        let lines = fs::read_to_string(folder.path(name)).unwrap().lines().count();
        assert!((2..=3).contains(&lines), "{lines} of 45 papers in {shard}");
    }
    let args: Vec<&str> = ["merge"].into_iter().chain(names.iter().map(String::as_str)).collect();
    assert_eq!(folder.byname(&args).stdout, whole.stdout);
    let swapped = folder.byname(&["merge", "16.jsonl", "1.jsonl"]);
    assert_eq!(swapped.status, Some(2));
    assert!(swapped.stderr.contains("not all parts of one run in their order"), "{}", swapped.stderr);
    let wrong = folder.byname(&scan(&["papers", "--shard", "0/4"]));
    assert!(wrong.status == Some(2) && wrong.stderr.contains("count from 1"), "{}", wrong.stderr);
}

fn start(folder: &Folder, args: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.current_dir(folder.root()).args(args).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Longest time that a slow machine may take to reach a point of a run.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until a condition holds; returns whether it came to hold before `run` ended.
fn came_true(run: &mut Child, is_so: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "nothing happened");
        if run.try_wait().unwrap().is_some() {
            return false;
        }
        sleep(Duration::from_millis(2));
    }
    true
}

fn entries(folder: &Folder, name: &str) -> usize {
    fs::read_dir(folder.path(name)).map_or(0, Iterator::count)
}

#[test]
fn a_run_that_is_killed_at_ten_moments_and_resumed_gives_the_same_bytes() {
    let folder = Folder::new().with("r.jsonl", records(3000));
    let whole = folder.byname(&scan(&["r.jsonl"])).stdout;
    let args = scan(&["r.jsonl", "--output", "out.jsonl", "--resume", "--jobs", "1"]);
    let (mut kept, mut killed) = (0, 0);
    for _ in 0..10 {
        let mut run = start(&folder, &args);
        // It is killed soon after it has kept more than the runs before it, or before it could.
        let more =
            fastrand::u64(0..3) == 0 || came_true(&mut run, || entries(&folder, ".out.jsonl.resume") > kept);
        killed += usize::from(more);
        sleep(Duration::from_millis(fastrand::u64(0..50)));
        run.kill().unwrap();
        run.wait().unwrap();
        kept = entries(&folder, ".out.jsonl.resume");
        if folder.path("out.jsonl").exists() {
            fs::remove_file(folder.path("out.jsonl")).unwrap(); // it was done before it was killed
        }
    }
    assert!(killed > 2, "no run was killed in its midst");
    let run = folder.byname(&args);
    assert_eq!(run.status, Some(3));
    assert!(fs::read_to_string(folder.path("out.jsonl")).unwrap() == whole);
    assert!(!folder.path(".out.jsonl.resume").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_asked_to_stop_ends_with_what_is_done() {
    let folder = Folder::new().with("r.jsonl", records(20_000));
    let stop = |args: &[&str], begun: &dyn Fn() -> bool| {
        let mut run = start(&folder, args);
        assert!(came_true(&mut run, begun), "it ended too soon");
        let asked = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let output = run.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8(output.stderr).unwrap()
    };
    let written = || {
        let files = fs::read_dir(folder.root()).unwrap().map(Result::unwrap);
        files.filter(|file| file.file_name() != "r.jsonl").any(|file| file.metadata().unwrap().len() > 0)
    };
    let stderr = stop(&scan(&["r.jsonl", "--output", "out.jsonl", "--jobs", "1"]), &written);
    assert!(stderr.contains("the rest was not read"), "{stderr}");
    let done = fs::read_to_string(folder.path("out.jsonl")).unwrap();
    let lines = done.lines().count();
    assert!(lines < 20_000 && (lines == 0 || done.ends_with('\n')), "{lines}");
    assert!(stderr.contains(&format!("stopped: {lines} papers are done")), "{stderr}");
    let kept = || entries(&folder, ".later.jsonl.resume") > 1;
    let stderr = stop(&scan(&["r.jsonl", "--output", "later.jsonl", "--resume", "--jobs", "1"]), &kept);
    assert!(stderr.contains("the same command goes on from there"), "{stderr}");
    assert!(!folder.path("later.jsonl").exists() && folder.path(".later.jsonl.resume").exists());
}
