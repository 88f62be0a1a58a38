//! Embeds every catalogue file under `patterns/` in the library, as text and parsed, and a hash of the source.

#[path = "src/catalogue/parsed/form.rs"]
mod form;
#[path = "build/system_outlines.rs"]
mod system_outlines;
#[path = "build/system_table.rs"]
mod system_table;
#[path = "src/resolve/word_cutting.rs"]
mod word_cutting;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("patterns");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, "toml", &mut files)?;
    files.sort();

    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut texts = Vec::new();
    let (mut table, mut parsed, mut hasher) = (String::from("&[\n"), Vec::new(), blake3::Hasher::new());
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file)?;
        // As `fingerprint` of the library does, and a test holds the two together.
        hasher.update(name.as_bytes()).update(&[0]).update(text.as_bytes()).update(&[0]);
        let form =
            form::parse(&text).map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
        let range = parsed.len()..parsed.len() + form.len();
        parsed.extend(form);
        texts.push((name.clone(), text));
        let _ = writeln!(table, "    ({name:?}, include_str!({:?}), {range:?}),", file.to_string_lossy());
    }
    table.push(']');
    println!("cargo::rustc-env=BYNAME_CATALOGUE_HASH={}", &hasher.finalize().to_hex()[..16]);
    tell_source_hash()?;
    tell_catalogue_date(&root)?;
    fs::write(out.join("system_table"), system_table::write(&texts)?)?;
    fs::write(out.join("system_outlines"), system_outlines::write(&texts)?)?;
    fs::write(out.join("system_words"), system_table::write_words(&texts)?)?;
    fs::write(out.join("parsed_patterns"), parsed)?;
    fs::write(out.join("embedded_patterns.rs"), table)
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
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(env::var_os("CARGO_FEATURE_PDF").is_some());
    for file in &files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=BYNAME_SOURCE_HASH={hash:016x}");
    Ok(())
}

/// Tells the program the day of its catalogue, for `--version`.
fn tell_catalogue_date(patterns: &Path) -> io::Result<()> {
    let package = fs::read_to_string(patterns.join("byname-package.toml"))?;
    let date = package.lines().find_map(|line| line.strip_prefix("date = \"")?.strip_suffix('"'));
    let date =
        date.ok_or_else(|| io::Error::other("patterns/byname-package.toml has no line `date = \"...\"`"))?;
    println!("cargo::rustc-env=BYNAME_CATALOGUE_DATE={date}");
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
