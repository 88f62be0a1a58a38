//! Archives: tar, plain or compressed, and zip. Members are read in sequence and nothing is unpacked to disk.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::Format;
use super::packing::{Packing, bomb};
use crate::document::ReadLimits;

/// Number of leading bytes that identify the kind of an archive.
const HEAD: usize = 512;

/// Number of bytes that any archive may unpack to, if no member unpacks to too much.
const FREE_OF_ALL: u64 = 512 << 20;
/// Number of bytes that an archive may unpack to beyond that, per byte of its own. A single member may be more
/// dense; papers and records are packed to a third or a tenth.
const RATIO_OF_ALL: u64 = 20;

/// A file in an archive.
pub(super) struct Member<'a> {
    /// Its path in the archive, with `/` between the parts.
    pub(super) path: String,
    /// Reader of its content.
    pub(super) reader: &'a mut dyn Read,
}

/// Tests whether the leading bytes of a file, after decompression, are those of an archive.
pub(super) fn is_archive(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
        || start.starts_with(b"PK\x05\x06")
        || start.get(257..262) == Some(b"ustar")
}

/// Calls `visit` for each file of an archive until it returns `false`.
///
/// # Errors
/// When the archive is broken or unpacks to too much data, or `visit` fails.
pub(super) fn each_member<R: Read + Seek>(
    mut source: R,
    limits: ReadLimits,
    visit: &mut dyn FnMut(Member<'_>) -> io::Result<bool>,
) -> io::Result<()> {
    let mut start = Vec::new();
    source.by_ref().take(HEAD as u64).read_to_end(&mut start)?;
    source.seek(SeekFrom::Start(0))?;
    if start.starts_with(b"PK") {
        return each_of_zip(source, limits, visit);
    }
    match Packing::of_content(&start) {
        Some(packing) => each_of_tar(packing.unpack(source, limits.unpacking), visit),
        None => each_of_tar(source, visit),
    }
}

fn each_of_tar(source: impl Read, visit: &mut dyn FnMut(Member<'_>) -> io::Result<bool>) -> io::Result<()> {
    let mut archive = tar::Archive::new(source);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = clean(&entry.path()?.to_string_lossy());
        if entry.header().entry_type().is_file()
            && is_shown(&path)
            && !visit(Member { path, reader: &mut entry })?
        {
            break;
        }
    }
    Ok(())
}

fn each_of_zip<R: Read + Seek>(
    source: R,
    limits: ReadLimits,
    visit: &mut dyn FnMut(Member<'_>) -> io::Result<bool>,
) -> io::Result<()> {
    let mut source = source;
    let whole = source.seek(SeekFrom::End(0))?;
    let mut archive = zip::ZipArchive::new(source).map_err(io::Error::other)?;
    refuse_overlaps(&mut archive)?;
    // What members may come to together: many small ones are a bomb as well as a large one is.
    let mut left_of_all = allowance(whole, limits.unpacking as u64);
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(io::Error::other)?;
        let path = clean(&member.name().map_err(io::Error::other)?);
        if !member.is_file() || !is_shown(&path) {
            continue;
        }
        let left = member.compressed_size().saturating_mul(limits.unpacking as u64).saturating_add(1 << 20);
        let left = left.min(left_of_all);
        let mut reader = Bounded { inner: member, left, ratio: limits.unpacking as u64 };
        let goes_on = visit(Member { path, reader: &mut reader })?;
        left_of_all -= left - reader.left;
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// Returns the number of bytes that an archive of this size may unpack to in all.
fn allowance(archive: u64, ratio: u64) -> u64 {
    let most = archive.saturating_mul(ratio).saturating_add(1 << 20);
    most.min(archive.saturating_mul(RATIO_OF_ALL).saturating_add(FREE_OF_ALL))
}

/// Refuses an archive whose members overlap: a few bytes would be read as often as there are members.
fn refuse_overlaps<R: Read + Seek>(archive: &mut zip::ZipArchive<R>) -> io::Result<()> {
    let mut places = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(io::Error::other)?;
        let start = member.header_start();
        let end = member.data_start().unwrap_or(start).saturating_add(member.compressed_size());
        places.push((start, end));
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        let message = "its members overlap; repack the archive";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(())
}

/// Returns a path as reports show it. The path is never opened, so it may point anywhere.
fn clean(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_string()
}

/// Returns whether a member was put there by a person; macOS adds a file of its own beside each member.
fn is_shown(path: &str) -> bool {
    !path.starts_with("__MACOSX/") && !path.rsplit('/').next().is_some_and(|name| name.starts_with("._"))
}

/// A reader of a member that fails once the member yields more bytes than allowed.
struct Bounded<R> {
    inner: R,
    left: u64,
    ratio: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| bomb(self.ratio))?;
        Ok(count)
    }
}

/// Tests whether an archive holds the sources of one LaTeX paper rather than a set of papers.
///
/// It does if a LaTeX file comes before any file of records, XML, packed file or archive. PDFs (often
/// figures) and notes in text or Markdown also accompany LaTeX files, so they decide nothing.
pub(super) fn holds_latex(source: impl Read + Seek, limits: ReadLimits) -> io::Result<bool> {
    let mut found = false;
    each_member(source, limits, &mut |member| {
        Ok(match Format::of_path(Path::new(&member.path)) {
            Some(Format::Latex) => {
                found = true;
                false
            }
            Some(Format::Records | Format::Xml | Format::Packed | Format::Archive) => false,
            _ => true,
        })
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::collection::packed_samples::{gzip, tar_of, zip_of};

    fn members(bytes: Vec<u8>) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        each_member(Cursor::new(bytes), ReadLimits::default(), &mut |member| {
            let mut text = String::new();
            member.reader.read_to_string(&mut text)?;
            found.push(format!("{}={text}", member.path));
            Ok(true)
        })?;
        Ok(found)
    }

    #[test]
    fn members_of_all_kinds_of_archives_are_read_in_order() {
        let files: [(&str, &[u8]); 4] =
            [("b/one.txt", b"1"), ("a.md", b"2"), ("b/._one.txt", b"x"), ("__MACOSX/c", b"x")];
        for archive in [tar_of(&files), gzip(&tar_of(&files)), zip_of(&files)] {
            assert_eq!(members(archive).unwrap(), ["b/one.txt=1", "a.md=2"]);
        }
    }

    #[test]
    fn latex_sources_are_told_from_papers_beside_each_other() {
        let holds =
            |files: &[(&str, &[u8])]| holds_latex(Cursor::new(tar_of(files)), ReadLimits::default()).unwrap();
        assert!(holds(&[("fig.pdf", b"x"), ("README.md", b"x"), ("ms.tex", b"x")]));
        assert!(!holds(&[("a.pdf", b"x"), ("b.pdf", b"x")]));
        assert!(!holds(&[("a.xml", b"x"), ("b.tex", b"x")]));
    }

    #[test]
    fn a_zip_bomb_is_stopped() {
        let limits = ReadLimits { unpacking: 100, ..ReadLimits::default() };
        let archive = zip_of(&[("a.txt", &vec![0; 8 << 20])]);
        let error = each_member(Cursor::new(archive), limits, &mut |member| {
            io::copy(member.reader, &mut io::sink()).map(|_| true)
        });
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    /// Returns an archive whose members have different names but share one body.
    fn zip_of_one_body(body: &[u8], count: u16) -> Vec<u8> {
        let whole = zip_of(&[("00000.txt", body)]);
        let end = whole.len() - 22;
        let head = u32::from_le_bytes(whole[end + 16..end + 20].try_into().unwrap());
        let (body, entry) = whole[..end].split_at(head as usize);
        let mut archive = body.to_vec();
        for number in 0..count {
            archive.extend_from_slice(&entry[..46]);
            archive.extend_from_slice(format!("{number:05}.txt").as_bytes());
            archive.extend_from_slice(&entry[46 + "00000.txt".len()..]);
        }
        let length = u32::try_from(archive.len() - body.len()).unwrap();
        archive.extend_from_slice(&whole[end..end + 8]);
        archive.extend_from_slice(&count.to_le_bytes());
        archive.extend_from_slice(&count.to_le_bytes());
        archive.extend_from_slice(&length.to_le_bytes());
        archive.extend_from_slice(&head.to_le_bytes());
        archive.extend_from_slice(&[0, 0]);
        archive
    }

    #[test]
    fn members_that_share_one_body_are_refused_before_any_is_read() {
        let body = [b'1'; 5000];
        assert_eq!(members(zip_of_one_body(&body, 1)).unwrap().len(), 1);
        let mut read = 0;
        let archive = Cursor::new(zip_of_one_body(&body, 1000));
        let error = each_member(archive, ReadLimits::default(), &mut |_| {
            read += 1;
            Ok(true)
        });
        assert!(error.is_err_and(|error| error.to_string().contains("members overlap")));
        assert_eq!(read, 0);
    }

    #[test]
    fn many_small_bombs_are_stopped_as_one_large_is() {
        let limits = ReadLimits { unpacking: 10, ..ReadLimits::default() };
        let names: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
        let body = vec![0; 1 << 19];
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), body.as_slice())).collect();
        let error = each_member(Cursor::new(zip_of(&files)), limits, &mut |member| {
            io::copy(member.reader, &mut io::sink()).map(|_| true)
        });
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn many_members_may_not_be_as_dense_as_one() {
        assert_eq!(allowance(1 << 10, 100), (100 << 10) + (1 << 20));
        assert_eq!(allowance(12 << 20, 450), (240 << 20) + FREE_OF_ALL);
        assert!(allowance(u64::MAX, 450) == u64::MAX);
    }

    #[test]
    fn broken_archives_are_errors() {
        let files: [(&str, &[u8]); 1] = [("one.txt", &[b'1'; 5000])];
        for archive in [tar_of(&files), gzip(&tar_of(&files)), zip_of(&files)] {
            assert!(members(archive[..archive.len() / 2].to_vec()).is_err());
        }
    }
}
