//! LaTeX sources in an archive, as distributed by arXiv. Nothing is unpacked to disk.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use super::archive::each_member;
use super::source::{ReadPaper, io_error, too_large};
use crate::document::{Members, ReadError, ReadLimits, read_latex_archive};

/// Extensions of the files that are read from an archive; the others are pictures and the like.
const WANTED: &[&str] =
    &["tex", "ltx", "latex", "sty", "cls", "bib", "bbl", "def", "cfg", "txt", "json", "xxx"];

/// Reads the paper in an archive. The second value is the reason why it may be incomplete.
///
/// # Errors
/// When the bytes are not an archive, unpack to too much data, or contain no paper.
pub(super) fn read_latex_archive_bytes(
    id: &str,
    bytes: Vec<u8>,
    limits: ReadLimits,
) -> Result<ReadPaper, ReadError> {
    let mut members = Members::default();
    let fault = unpack(bytes, limits, &mut members.0).err().map(|error| io_error(&error));
    // What was read before an archive breaks off may still be a paper.
    match (read_latex_archive(id, &members, limits), fault) {
        (Ok(paper), fault) => Ok((paper.document, fault.or(paper.error))),
        (Err(_), Some(fault)) => Err(fault),
        (Err(error), None) => Err(error),
    }
}

fn unpack(bytes: Vec<u8>, limits: ReadLimits, members: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let mut left = limits.size;
    each_member(Cursor::new(bytes), limits, &mut |member| {
        if is_wanted(&member.path) {
            let mut bytes = Vec::new();
            let size = member.reader.take(left as u64 + 1).read_to_end(&mut bytes)?;
            left = left.checked_sub(size).ok_or_else(|| {
                let limit = too_large(limits.size).message;
                io::Error::new(io::ErrorKind::FileTooLarge, format!("the files of this archive are {limit}"))
            })?;
            members.insert(member.path, bytes);
        }
        Ok(true)
    })
}

fn is_wanted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, ending)) => WANTED.contains(&ending.to_ascii_lowercase().as_str()),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed_samples::{gzip, tar_of, zip_of};
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        gzip(&tar_of(files))
    }

    const MAIN: &[u8] = b"\\documentclass{article}\\begin{document}One \\input{s/two}\\end{document}";

    #[test]
    fn the_paper_is_found_in_its_archive() {
        let files = [("ms.tex", MAIN), ("s/two.tex", b"two"), ("fig.png", b"\0"), ("._ms.tex", b"\0")];
        let read =
            |bytes| read_latex_archive_bytes("2108.00001.tar.gz", bytes, ReadLimits::default()).unwrap();
        let (document, error) = read(archive(&files));
        assert_eq!((document.prose.as_str(), error), ("One two", None));
        assert_eq!(document.path_of_file(1), "2108.00001.tar.gz/s/two.tex");
        assert_eq!(read(zip_of(&files)).0.prose, "One two");
    }

    #[test]
    fn what_is_no_sound_archive_is_told() {
        let limits = ReadLimits { size: 10_000, ..ReadLimits::default() };
        let kind = |bytes: Vec<u8>| {
            read_latex_archive_bytes("a", bytes, limits).map_err(|error| error.kind).map(|paper| paper.1)
        };
        assert_eq!(kind(archive(&[("a.md", b"x")])).unwrap_err(), "no-papers");
        let bomb = archive(&[("a.tex", &vec![b'a'; 10_001])]);
        assert_eq!(kind(bomb).unwrap_err(), "too-large");
        let picture_bomb = archive(&[("a.png", &vec![0; 32 << 20]), ("ms.tex", MAIN)]);
        assert_eq!(kind(picture_bomb).unwrap_err(), "too-large");
        assert!(kind(gzip(b"not a tar")).is_err());
    }

    #[test]
    fn of_an_archive_that_breaks_off_the_beginning_is_read() {
        let files: [(&str, &[u8]); 2] = [("ms.tex", MAIN), ("s/two.tex", &[b'x'; 5000])];
        let mut whole = archive(&files);
        whole.truncate(whole.len() - 20);
        let (document, error) = read_latex_archive_bytes("a", whole, ReadLimits::default()).unwrap();
        assert!(document.prose.starts_with("One"));
        assert_eq!(error.unwrap().kind, "truncated");
    }
}
