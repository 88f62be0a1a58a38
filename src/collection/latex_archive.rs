//! LaTeX sources in an archive, as arXiv gives them out. Nothing is unpacked to the disk.

use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::source::{ReadPaper, too_large};
use crate::document::{Members, ReadError, ReadLimits, read_latex_archive};

/// How many times the limit of a paper its archive may unpack to: pictures lie beside the text,
/// and what lies before a file has to be unpacked to reach it.
const PICTURES: usize = 4;

/// Endings of the files that are read from an archive; the others are pictures and the like.
const WANTED: &[&str] =
    &["tex", "ltx", "latex", "sty", "cls", "bib", "bbl", "def", "cfg", "txt", "json", "xxx"];

/// Reads the paper in a `.tar.gz`; a second value tells why it may not be whole.
///
/// # Errors
/// When the bytes are no such archive, it unpacks to too much, or none of its files is a paper.
pub(super) fn read_latex_tar(id: &str, bytes: &[u8], limits: ReadLimits) -> Result<ReadPaper, ReadError> {
    let mut members = Members::default();
    let broken = unpack(bytes, limits, &mut members.0).err();
    let fault = broken.map(|error| told(&error, limits));
    // What was read before an archive breaks off may still be a paper.
    match (read_latex_archive(id, &members, limits), fault) {
        (Ok(paper), fault) => Ok((paper.document, fault.or(paper.error))),
        (Err(_), Some(fault)) => Err(fault),
        (Err(error), None) => Err(error),
    }
}

fn unpack(bytes: &[u8], limits: ReadLimits, members: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let unpacked = Bounded { inner: MultiGzDecoder::new(bytes), left: limits.size.saturating_mul(PICTURES) };
    let mut archive = tar::Archive::new(unpacked);
    let mut left = limits.size;
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().replace('\\', "/");
        let path = path.trim_start_matches("./");
        // A path that leads out of the archive is never looked up; nothing is written in any case.
        if !entry.header().entry_type().is_file() || !is_wanted(path) {
            continue;
        }
        let mut bytes = Vec::new();
        let size = entry.by_ref().take(left as u64 + 1).read_to_end(&mut bytes)?;
        left = left.checked_sub(size).ok_or_else(limit_met)?;
        members.insert(path.to_string(), bytes);
    }
    Ok(())
}

fn is_wanted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // macOS leaves a file of its own beside each.
    if name.starts_with("._") {
        return false;
    }
    match name.rsplit_once('.') {
        Some((_, ending)) => WANTED.contains(&ending.to_ascii_lowercase().as_str()),
        None => true,
    }
}

/// A stream that ends with an error after so many bytes.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read).ok_or_else(limit_met)?;
        Ok(read)
    }
}

/// An error that stands for the limit.
fn limit_met() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}

fn told(error: &io::Error, limits: ReadLimits) -> ReadError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let limit = too_large(limits.size);
            ReadError { message: format!("the archive unpacks to what is {}", limit.message), ..limit }
        }
        io::ErrorKind::UnexpectedEof => {
            ReadError::new("truncated", "the archive breaks off; get it anew (what stood before was read)")
        }
        _ => ReadError::new("unreadable", format!("this is not a sound .tar.gz archive: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, path, *bytes).unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap()
    }

    const MAIN: &[u8] = b"\\documentclass{article}\\begin{document}One \\input{s/two}\\end{document}";

    #[test]
    fn the_paper_is_found_in_its_archive() {
        let files = [("ms.tex", MAIN), ("s/two.tex", b"two"), ("fig.png", b"\0"), ("._ms.tex", b"\0")];
        let (document, error) =
            read_latex_tar("2108.00001.tar.gz", &archive(&files), ReadLimits::default()).unwrap();
        assert_eq!((document.prose.as_str(), error), ("One two", None));
        assert_eq!(document.path_of_file(1), "2108.00001.tar.gz/s/two.tex");
    }

    #[test]
    fn what_is_no_sound_archive_is_told() {
        let limits = ReadLimits { size: 10_000, ..ReadLimits::default() };
        let kind = |bytes: &[u8]| {
            read_latex_tar("a", bytes, limits).map_err(|error| error.kind).map(|paper| paper.1)
        };
        assert_eq!(kind(b"no archive").unwrap_err(), "unreadable");
        assert_eq!(kind(&archive(&[("a.md", b"x")])).unwrap_err(), "no-papers");
        let bomb = archive(&[("a.tex", &vec![b'a'; 10_001])]);
        assert_eq!(kind(&bomb).unwrap_err(), "too-large");
        let picture_bomb = archive(&[("a.png", &vec![b'a'; 50_000]), ("ms.tex", MAIN)]);
        assert_eq!(kind(&picture_bomb).unwrap_err(), "too-large");
        let mut noise = GzEncoder::new(Vec::new(), Compression::fast());
        noise.write_all(b"not a tar").unwrap();
        assert!(kind(&noise.finish().unwrap()).is_err());
    }

    #[test]
    fn of_an_archive_that_breaks_off_the_beginning_is_read() {
        let files: [(&str, &[u8]); 2] = [("ms.tex", MAIN), ("s/two.tex", &[b'x'; 5000])];
        let whole = archive(&files);
        let (document, error) =
            read_latex_tar("a", &whole[..whole.len() - 20], ReadLimits::default()).unwrap();
        assert!(document.prose.starts_with("One"));
        assert_eq!(error.unwrap().kind, "truncated");
    }
}
