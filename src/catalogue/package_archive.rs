//! A layer that is a `.zip` or `.tar.gz` archive, read as a stream; nothing is unpacked to the disk.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::layer::{LARGEST_FILE, LARGEST_LAYER, MOST_FILES};
use super::{CatalogueFile, Fault, TESTS, package};

/// Reads the `.toml` files of an archive. They may be in a folder of it, as archives are often packed: the
/// one that contains `byname-package.toml`.
pub(super) fn read(path: &Path, faults: &mut Vec<Fault>) -> Vec<CatalogueFile> {
    let shown = path.display().to_string();
    let mut members = Members { shown: &shown, files: Vec::new(), bytes: 0, faults };
    let read = File::open(path).and_then(|file| members.read(BufReader::new(file)));
    let mut files = members.files;
    if let Err(error) = read {
        let fault = Fault::at(&CatalogueFile::unread(&shown), 0, format!("cannot read the archive: {error}"));
        faults.push(fault.help("a package is a folder, or a .zip or .tar.gz archive of one"));
    }
    let top = |path: &str| {
        path.strip_suffix(package::FILE)
            .filter(|top| top.is_empty() || top.ends_with('/'))
            .map(str::to_string)
    };
    let root = files.iter().filter_map(|file| top(&file.path)).min_by_key(String::len).unwrap_or_default();
    for file in &mut files {
        match file.path.strip_prefix(&root) {
            Some(inside) => file.path = inside.to_string(),
            None => faults.push(
                Fault::at(
                    &CatalogueFile::unread(&file.shown),
                    0,
                    format!("this file stands beside the package, which is {root}"),
                )
                .help("pack the folder of the package alone"),
            ),
        }
    }
    // Tests are run by path, and are no knowledge.
    files.retain(|file| file.path.split('/').next() != Some(TESTS));
    files
}

struct Members<'a> {
    shown: &'a str,
    files: Vec<CatalogueFile>,
    bytes: u64,
    faults: &'a mut Vec<Fault>,
}

impl Members<'_> {
    fn read(&mut self, mut source: impl Read + Seek) -> io::Result<()> {
        let mut start = Vec::new();
        source.by_ref().take(2).read_to_end(&mut start)?;
        source.seek(SeekFrom::Start(0))?;
        match start.as_slice() {
            b"PK" => self.zip(source),
            [0x1F, 0x8B] => self.tar(MultiGzDecoder::new(BufReader::new(source))),
            _ => self.tar(source),
        }
    }

    fn tar(&mut self, source: impl Read) -> io::Result<()> {
        // A packed stream may be endless: what it gives is counted, whether or not it is kept.
        let mut archive = tar::Archive::new(source.take(LARGEST_LAYER));
        for entry in archive.entries()? {
            let mut entry = entry?;
            let path = entry.path()?.to_string_lossy().into_owned();
            let kind = entry.header().entry_type();
            if kind.is_symlink() || kind.is_hard_link() {
                self.link(&path);
            } else if kind.is_file() && !self.member(&path, &mut entry)? {
                break;
            }
        }
        Ok(())
    }

    fn zip(&mut self, source: impl Read + Seek) -> io::Result<()> {
        let mut archive = zip::ZipArchive::new(source).map_err(io::Error::other)?;
        for index in 0..archive.len() {
            let mut member = archive.by_index(index).map_err(io::Error::other)?;
            let path = member.name().map_err(io::Error::other)?.to_string();
            if member.is_symlink() {
                self.link(&path);
            } else if member.is_file() && !self.member(&path, &mut member)? {
                break;
            }
        }
        Ok(())
    }

    /// Reads a member into the files. Returns `false` once the archive exceeds a limit.
    fn member(&mut self, path: &str, reader: &mut dyn Read) -> io::Result<bool> {
        let path = path.replace('\\', "/");
        let path = path.trim_start_matches("./");
        let parts = || path.split('/');
        if path.starts_with('/') || path.contains(':') || parts().any(|part| part == "..") {
            self.fault(path, "this path leads out of the package", "pack the folder of the package alone");
            return Ok(true);
        }
        // Editors, version control and macOS leave files of their own in between.
        if !path.ends_with(".toml") || parts().any(|part| part.starts_with('.') || part == "__MACOSX") {
            return Ok(true);
        }
        if self.files.len() == MOST_FILES {
            self.fault(path, "the package holds too many files", "split the package");
            return Ok(false);
        }
        let mut bytes = Vec::new();
        reader.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > LARGEST_FILE || self.bytes > LARGEST_LAYER {
            self.fault(path, "the package unpacks to too much", "split the file, or the package");
            return Ok(false);
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.files.push(CatalogueFile {
                shown: format!("{}/{path}", self.shown),
                path: path.to_string(),
                text: text.into(),
            }),
            Err(_) => {
                self.fault(path, "the file is not written in UTF-8", "save it in UTF-8 and pack it anew")
            }
        }
        Ok(true)
    }

    fn link(&mut self, path: &str) {
        self.fault(
            path,
            "this is a link, and a package holds its files itself",
            "pack the file in place of the link",
        );
    }

    fn fault(&mut self, path: &str, message: &str, help: &str) {
        let file = CatalogueFile::unread(format!("{}/{path}", self.shown));
        self.faults.push(Fault::at(&file, 0, message).help(help));
    }
}

#[cfg(test)]
#[path = "package_archive_tests.rs"]
mod tests;
