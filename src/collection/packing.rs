//! Packed streams: gzip and Zstandard, decompressed while they are read and never to disk.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Number of decompressed bytes before the ratio is checked.
const FREE: u64 = 4 << 20;
/// Maximum window size of Zstandard, in bytes, all of which is held in memory.
const WINDOW: u64 = 128 << 20;

/// A compression format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// Detects the format by the first bytes of a stream.
    pub(super) fn of_content(start: &[u8]) -> Option<Self> {
        match start {
            [0x1F, 0x8B, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Returns the decompressed stream. It fails once it exceeds `ratio` times the bytes read, plus [`FREE`].
    pub(super) fn unpack<'a>(self, packed: impl Read + 'a, ratio: usize) -> Box<dyn Read + 'a> {
        let taken = Rc::new(Cell::new(0));
        let counted = BufReader::new(Counted { inner: packed, taken: Rc::clone(&taken) });
        let inner: Box<dyn Read + 'a> = match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(counted)),
            Self::Zstd => Box::new(Frames::new(counted)),
        };
        Box::new(Guarded { inner, taken, given: 0, ratio: ratio as u64 })
    }
}

/// Returns the error for a packed stream that yields too much.
pub(super) fn bomb(ratio: u64) -> io::Error {
    let message = format!("it unpacks to more than {ratio} times its size; --max-unpacking raises the limit");
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

/// A reader that counts the bytes taken from a stream.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

/// A reader that fails once a stream yields much more than it takes.
struct Guarded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
    ratio: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        if self.given > self.taken.get().saturating_mul(self.ratio).saturating_add(FREE) {
            return Err(bomb(self.ratio));
        }
        Ok(count)
    }
}

/// A reader of the consecutive frames of a Zstandard stream.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { source, decoder, is_open: false }
    }

    /// Opens the next frame. Returns `false` at the end of the stream.
    fn open(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.is_open = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(self.io_error(&error)),
            }
        }
        Ok(false)
    }

    /// Converts a decoder error: a stream with no bytes left was cut off; any other fault is damage.
    fn io_error(&mut self, error: &FrameDecoderError) -> io::Error {
        if self.source.fill_buf().is_ok_and(<[u8]>::is_empty) {
            return io::ErrorKind::UnexpectedEof.into();
        }
        io::Error::new(io::ErrorKind::InvalidData, error.to_string())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if !self.is_open || self.decoder.is_finished() {
                self.is_open = false;
                if !self.open()? {
                    return Ok(0);
                }
            }
            let wanted = BlockDecodingStrategy::UptoBytes(buffer.len());
            if let Err(error) = self.decoder.decode_blocks(&mut self.source, wanted) {
                return Err(self.io_error(&error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;
    use crate::collection::packed_samples::gzip;

    fn unpack(packed: &[u8]) -> (Vec<u8>, Option<io::ErrorKind>) {
        let mut bytes = Vec::new();
        let packing = Packing::of_content(packed).unwrap();
        let read = packing.unpack(Cursor::new(packed.to_vec()), 100).read_to_end(&mut bytes);
        (bytes, read.err().map(|error| error.kind()))
    }

    #[test]
    fn streams_of_several_parts_are_unpacked_whole() {
        let gzipped = [gzip(b"one\n"), gzip(b"two\n")].concat();
        assert_eq!(unpack(&gzipped), (b"one\ntwo\n".to_vec(), None));
        let zstd = |text: &[u8]| compress_to_vec(text, CompressionLevel::Fastest);
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
        assert_eq!(
            unpack(&[zstd(b"one\n"), skipped, zstd(b"two\n")].concat()),
            (b"one\ntwo\n".to_vec(), None)
        );
        assert_eq!(Packing::of_content(b"{\"text\""), None);
    }

    #[test]
    fn what_breaks_off_is_told_and_what_came_before_is_given() {
        let text: Vec<u8> = (0..200_000u32).flat_map(|number| (number * 7919).to_le_bytes()).collect();
        let packed = gzip(&text);
        let (bytes, error) = unpack(&packed[..packed.len() / 2]);
        assert_eq!(error, Some(io::ErrorKind::UnexpectedEof));
        assert!(bytes.len() > 1000 && text.starts_with(&bytes));
        let packed = compress_to_vec(&text[..], CompressionLevel::Fastest);
        let (bytes, error) = unpack(&packed[..packed.len() - 3]);
        assert_eq!(error, Some(io::ErrorKind::UnexpectedEof));
        assert!(text.starts_with(&bytes));
    }

    #[test]
    fn a_bomb_is_stopped_early() {
        let bomb = gzip(&vec![0; 64 << 20]);
        let (bytes, error) = unpack(&bomb);
        assert_eq!(error, Some(io::ErrorKind::FileTooLarge));
        assert!(bytes.len() < 20 << 20);
    }
}
