//! Real inputs: the papers and the catalogue of this repository.

use std::fs;
use std::path::{Path, PathBuf};

/// Reads the files under a folder of the repository whose names end with `ending`.
pub fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let mut paths = paths(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(folder));
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    assert!(!paths.is_empty(), "no {ending} in {folder}");
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { paths(&path) } else { vec![path] }).collect()
}

/// Adds texts written for the tests, with constructs that are rare in real inputs.
pub fn with(mut seeds: Vec<Vec<u8>>, own: &[&str]) -> Vec<Vec<u8>> {
    seeds.extend(own.iter().map(|text| text.as_bytes().to_vec()));
    seeds
}
