//! Embeds every catalogue file under `patterns/` in the library, and a hash of the source.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("patterns");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, "toml", &mut files)?;
    files.sort();

    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    table.push(']');
    tell_source_hash()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded_patterns.rs");
    fs::write(out, table)
}

/// Tells the program a hash of its own source, so that it knows which of its results another build made
/// (FNV-1a, 64 bits).
fn tell_source_hash() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root.join("src"), "rs", &mut files)?;
    files.sort();
    // Of a packaged crate the lock file may be missing; its libraries are then whatever cargo chose.
    files.extend(Some(root.join("Cargo.lock")).filter(|lock| lock.is_file()));
    println!("cargo::rerun-if-changed={}", root.join("Cargo.lock").display());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in &files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=BYNAME_SOURCE_HASH={hash:016x}");
    Ok(())
}

fn collect(folder: &Path, wanted: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            // Tests of the catalogue are no part of what the program knows.
            if !path.ends_with("patterns/tests") {
                collect(&path, wanted, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == wanted) {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
