//! The fuzzing loop: tries inputs one after the other, and keeps those that break a guarantee.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::mutation::mutated;

/// A reader of untrusted input.
pub struct Target {
    /// Name of the target and of its folder under `found/`.
    pub name: &'static str,
    /// Seed inputs, from which others are made.
    pub seeds: Vec<Vec<u8>>,
    /// Tokens of the format, inserted into inputs at random.
    pub tokens: &'static [&'static str],
    /// Turns randomly changed bytes into an input, for formats in which they would hardly ever be one.
    pub shape: fn(&mut Rng, Vec<u8>) -> Vec<u8>,
    /// Reads an input, and panics if a guarantee is broken.
    pub check: fn(&[u8]),
    /// Number of inputs that a short run tries.
    pub short: u64,
}

/// Returns the bytes unchanged.
pub fn as_it_is(_: &mut Rng, bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

/// Longest time that a small input may take, in an unoptimised build.
const PATIENCE: Duration = Duration::from_secs(10);
/// Number of findings after which a long run ends.
const MOST_FINDINGS: usize = 12;

thread_local! {
    /// Place and message of the last panic of this thread.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

fn listen() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            LAST.set(info.to_string().chars().take(600).collect());
        }));
    });
}

/// Returns the processor time of this process, which does not depend on the load of the machine; `None` where
/// the system does not report it.
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold anything; what follows it does not.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

/// Reads one input; returns what is wrong, if anything is.
fn fault(target: &Target, bytes: &[u8]) -> Option<String> {
    let (begun, before) = (Instant::now(), processor_time());
    if catch_unwind(AssertUnwindSafe(|| (target.check)(bytes))).is_err() {
        return Some(LAST.take());
    }
    let taken = match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => begun.elapsed(),
    };
    (taken > PATIENCE).then(|| format!("it took {} seconds", taken.as_secs()))
}

fn input(target: &Target, number: u64) -> Vec<u8> {
    let mut rng = Rng::with_seed(number);
    let bytes = mutated(&mut rng, &target.seeds, target.tokens);
    (target.shape)(&mut rng, bytes)
}

/// Returns the inputs that broke a guarantee before.
fn found(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found").join(target.name);
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn try_found(target: &Target) {
    for (path, bytes) in found(target) {
        let fault = fault(target, &bytes);
        assert!(fault.is_none(), "{}: {}", path.display(), fault.unwrap_or_default());
    }
}

/// Tries the inputs found before, and a few others, the same ones every time.
pub fn short(target: &Target) {
    listen();
    try_found(target);
    for number in 0..target.short {
        if let Some(fault) = fault(target, &input(target, number)) {
            let path = keep(target, number, &input(target, number));
            panic!("{} {number}: {fault}\nkept in {}", target.name, path.display());
        }
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn keep(target: &Target, number: u64, bytes: &[u8]) -> PathBuf {
    let path = folder().join(format!("{}-{number}", target.name));
    fs::write(&path, bytes).unwrap();
    path
}

/// Removes parts of the input as long as it still panics at the same place, for up to [`PATIENCE`].
fn smaller(target: &Target, bytes: Vec<u8>, place: &str) -> Vec<u8> {
    let (begun, mut bytes) = (Instant::now(), bytes);
    let mut length = bytes.len().div_ceil(2);
    while length > 0 {
        let mut start = 0;
        while start < bytes.len() && begun.elapsed() < PATIENCE {
            let mut less = bytes.clone();
            less.drain(start..(start + length).min(bytes.len()));
            if fault(target, &less).is_some_and(|fault| place_of(&fault) == place) {
                bytes = less;
            } else {
                start += length;
            }
        }
        length /= 2;
    }
    bytes
}

/// Returns the first line of a panic message, which names the place in the program.
fn place_of(fault: &str) -> &str {
    fault.lines().next().unwrap_or_default()
}

/// Tries inputs for `BYNAME_FUZZ_SECONDS` (by default 60), from the number `BYNAME_FUZZ_FROM` on (by default
/// one that differs from run to run).
pub fn long(target: &Target) {
    listen();
    try_found(target);
    let number_of = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seconds = Duration::from_secs(number_of("BYNAME_FUZZ_SECONDS").unwrap_or(60));
    let from = number_of("BYNAME_FUZZ_FROM").unwrap_or_else(|| Rng::new().u64(..1 << 40));
    let begun = Instant::now();
    // What ends the process, or never ends, is told by the input that is kept while it is read.
    let running = folder().join(format!("{}.running", target.name));
    let case = watch(&running);
    let (mut number, mut faults) = (from, BTreeMap::<String, PathBuf>::new());
    while begun.elapsed() < seconds && faults.len() < MOST_FINDINGS {
        let bytes = input(target, number);
        fs::write(&running, &bytes).unwrap();
        case.store(number, Ordering::Relaxed);
        if let Some(fault) = fault(target, &bytes) {
            let place = place_of(&fault).to_string();
            let is_new = !faults.contains_key(&place);
            if is_new {
                let bytes = if fault.starts_with("it took") { bytes } else { smaller(target, bytes, &place) };
                let path = keep(target, number, &bytes);
                eprintln!(
                    "{} {number}: {fault}\n  kept in {} ({} bytes)",
                    target.name,
                    path.display(),
                    bytes.len()
                );
                faults.insert(place, path);
            }
        }
        number += 1;
    }
    let (tried, taken) = (number - from, begun.elapsed().as_secs_f64());
    eprintln!(
        "{}: {tried} inputs in {taken:.0} s, {:.0} a second, {} found",
        target.name,
        tried as f64 / taken,
        faults.len()
    );
    assert!(faults.is_empty(), "{}: {faults:#?}", target.name);
    let _ = fs::remove_file(running);
}

/// Ends the process if one input takes a minute or more. Returns the counter in which the number of the input
/// is stored.
fn watch(running: &Path) -> std::sync::Arc<AtomicU64> {
    let (case, running) = (std::sync::Arc::new(AtomicU64::new(0)), running.display().to_string());
    let seen = std::sync::Arc::clone(&case);
    std::thread::spawn(move || {
        let mut last = 0;
        loop {
            std::thread::sleep(6 * PATIENCE);
            let now = seen.load(Ordering::Relaxed);
            if now == last {
                eprintln!("{now} does not come to its end; it stands in {running}");
                std::process::exit(101);
            }
            last = now;
        }
    });
    case
}
