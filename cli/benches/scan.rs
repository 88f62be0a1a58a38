//! Speed of reading and scanning papers and of writing JSON lines, on one thread.
//!
//! `cargo bench` measures generated text; `BYNAME_BENCH_FILE=papers.jsonl cargo bench` measures a file.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;

/// Sentences in the style of abstracts, written for this benchmark; as in real papers, most mention no
/// system.
const SENTENCES: &[&str] = &[
    "Reading a table aloud is harder than it looks, since the order of its cells is not that of speech.",
    "We collect twelve thousand questions that pupils asked in class and sort them by what they presuppose.",
    "A large language model with up to 137B parameters rewrites each question in plain words.",
    "Earlier work has looked at the answers alone; little is known of the questions.",
    "Two annotators agreed on nine in ten of the cases, and a third settled the rest.",
    "We compare our method with three proprietary chatbots that are reached through an interface.",
    "The error falls from 14.2 to 9.7 percent, most of all on long questions with several clauses.",
    "Training took four days on sixteen accelerators of the kind that our laboratory rents.",
    "Our results suggest that pupils ask for reasons far more often than textbooks do.",
    "As an upper bound we report what GPT-4 reaches when it sees the teacher's notes as well.",
    "The grammar of such questions has been described at length by linguists of three schools.",
    "Each essay was graded twice by an in-house model whose details we may not disclose.",
    "A survey among teachers shows that the tool saves them half an hour a week.",
    "Language models are often said to lack common sense; our figures paint a milder picture.",
];

fn generated() -> Vec<u8> {
    let mut lines = Vec::new();
    let mut state = 12_345_u32;
    for number in 0..6_000 {
        let mut text = String::new();
        for _ in 0..12 {
            // A small linear congruential generator: the same papers on every machine.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(SENTENCES[(state >> 16) as usize % SENTENCES.len()]);
            text.push(' ');
        }
        let record =
            json!({"id": number.to_string(), "title": "On questions", "date": "2024-05-01", "text": text});
        lines.extend_from_slice(record.to_string().as_bytes());
        lines.push(b'\n');
    }
    lines
}

/// Number of systems added to the built-in ones, which makes about 20,000 in all.
const MADE_UP_SYSTEMS: u32 = 15_000;

/// Writes a catalogue folder with made-up systems, whose keywords are words of the sentences.
fn many_systems(folder: &Path) -> std::io::Result<PathBuf> {
    let words: Vec<&str> = SENTENCES.iter().flat_map(|text| text.split(' ')).collect();
    let words: Vec<&str> =
        words.into_iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())).collect();
    let mut text = String::new();
    for at in 0..MADE_UP_SYSTEMS {
        let word = |step: u32| words[(at.wrapping_mul(step) >> 4) as usize % words.len()];
        text.push_str(&format!(
            "[[system]]\nid = 'made-up-{at}'\nname = 'Madeup-{at}'\ntype = 'model'\nannounced = '20{}-0{}'\n\
             parameters = '{}M'\nkeywords = '{} {} {} {}'\nsources = ['made up']\n",
            17 + at % 8,
            1 + at % 9,
            1 + at % 997,
            word(2_654_435_761),
            word(40_503),
            word(1_664_525),
            word(22_695_477),
        ));
    }
    let systems = folder.join("many/systems");
    std::fs::create_dir_all(&systems)?;
    std::fs::write(systems.join("made-up.toml"), text)?;
    Ok(folder.join("many"))
}

/// Runs the program itself, so that reading, threads and writing are measured too.
fn scan(path: &Path, catalogue: Option<&Path>) {
    let done = Command::new(env!("CARGO_BIN_EXE_byname"))
        .args(["scan", "--jobs", "1", "--format", "jsonl", "--fail-on", "never", "--quiet", "--output"])
        .arg(if cfg!(windows) { "NUL" } else { "/dev/null" })
        .arg(path)
        .args(catalogue.into_iter().flat_map(|folder| [Path::new("--catalog"), folder]))
        .status();
    assert!(black_box(done).is_ok_and(|status| status.success()), "the scan failed");
}

fn benches(criterion: &mut Criterion) {
    let given = std::env::var_os("BYNAME_BENCH_FILE");
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let path = match &given {
        Some(path) => path.into(),
        None => {
            let path = folder.path().join("papers.jsonl");
            std::fs::write(&path, generated()).unwrap_or_else(|error| panic!("cannot write papers: {error}"));
            path
        }
    };
    let bytes = path.metadata().map_or(0, |metadata| metadata.len());
    let mut group = criterion.benchmark_group("scan");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    let name = if given.is_some() { "given" } else { "generated" };
    group.bench_function(name, |bencher| bencher.iter(|| scan(&path, None)));
    let many = many_systems(folder.path()).unwrap_or_else(|error| panic!("cannot write systems: {error}"));
    group.bench_function(format!("{name}, 15,000 systems more"), |bencher| {
        bencher.iter(|| scan(&path, Some(&many)));
    });
    group.finish();
}

criterion_group!(scan_benches, benches);
criterion_main!(scan_benches);
