//! A file of consecutive results. Nothing in it is trusted.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A hash over everything that a result depends on.
pub(in crate::collection) type Key = [u8; 16];

const MARK: [u8; 4] = *b"bnk1";
/// Length in bytes of a header: mark, key, length and checksum.
const HEAD: usize = 4 + 16 + 4 + 8;

/// The position of a result in its segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredRange {
    start: u64,
    length: u32,
    check: [u8; 8],
}

fn check(key: &Key, payload: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key).update(payload);
    let mut check = [0; 8];
    check.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    check
}

/// Writes one result.
pub(super) fn write(out: &mut impl Write, key: &Key, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    out.write_all(&MARK)?;
    out.write_all(key)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&check(key, payload))?;
    out.write_all(payload)
}

/// Locates the results of a segment, up to the first position with an invalid header.
pub(super) fn places(path: &Path) -> io::Result<(File, Vec<(Key, StoredRange)>)> {
    let file = File::open(path)?;
    let end = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(64 << 10, &file);
    let (mut found, mut start) = (Vec::new(), 0);
    let mut head = [0; HEAD];
    while start + HEAD as u64 <= end && reader.read_exact(&mut head).is_ok() {
        let Some((key, length, check)) = read_head(&head) else { break };
        start += HEAD as u64;
        if start + u64::from(length) > end {
            break;
        }
        found.push((key, StoredRange { start, length, check }));
        start += u64::from(length);
        reader.seek_relative(i64::from(length))?;
    }
    drop(reader);
    Ok((file, found))
}

fn read_head(head: &[u8; HEAD]) -> Option<(Key, u32, [u8; 8])> {
    let rest = head.strip_prefix(&MARK)?;
    let (key, rest) = rest.split_first_chunk::<16>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (check, _) = rest.split_first_chunk::<8>()?;
    Some((*key, u32::from_le_bytes(*length), *check))
}

/// Reads one result; `None` if it is damaged or missing.
pub(super) fn read(file: &mut File, key: &Key, place: StoredRange) -> Option<Vec<u8>> {
    let mut payload = vec![0; place.length as usize];
    file.seek(SeekFrom::Start(place.start)).ok()?;
    file.read_exact(&mut payload).ok()?;
    (check(key, &payload) == place.check).then_some(payload)
}
