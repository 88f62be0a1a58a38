//! Unpacking of streams that counts the output and stops when it is too large.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use weezl::decode::Decoder;
use weezl::{BitOrder, LzwStatus};

/// Maximum number of filters of a stream.
const FILTERS: usize = 8;

/// Number of bytes that streams may still unpack to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    pub(super) left: usize,
}

/// The error for output beyond the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Budget {
    /// Deducts bytes from the budget.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), TooMuch> {
        self.left = self.left.checked_sub(bytes).ok_or(TooMuch)?;
        Ok(())
    }
}

/// Counts the bytes of the unpacked output, keeping no more of it than the next filter needs.
pub(super) fn count(
    packed: &[u8],
    filters: &[&[u8]],
    early: bool,
    budget: &mut Budget,
) -> Result<(), TooMuch> {
    let Some((last, before)) = filters.split_last() else { return Ok(()) };
    let Some(bytes) = (if before.is_empty() {
        Some(Cow::Borrowed(packed))
    } else {
        unpack(packed, before, early, budget)?.map(Cow::Owned)
    }) else {
        return Ok(());
    };
    match *last {
        b"FlateDecode" => inflate(&bytes, budget, false).map(drop),
        b"LZWDecode" => unpack_lzw(&bytes, early, budget, false).map(drop),
        b"ASCII85Decode" => budget.spend(bytes.len().saturating_mul(4)),
        _ => Ok(()),
    }
}

/// Unpacks bytes through filters, the outermost first. `None` if a filter is unknown, as those of pictures
/// are. Truncated input gives the output up to the break.
pub(super) fn unpack(
    packed: &[u8],
    filters: &[&[u8]],
    early: bool,
    budget: &mut Budget,
) -> Result<Option<Vec<u8>>, TooMuch> {
    let mut bytes: Option<Vec<u8>> = None;
    if filters.len() > FILTERS {
        return Err(TooMuch);
    }
    for filter in filters {
        let input = bytes.as_deref().unwrap_or(packed);
        bytes = Some(match *filter {
            b"FlateDecode" => inflate(input, budget, true)?,
            b"LZWDecode" => unpack_lzw(input, early, budget, true)?,
            b"ASCII85Decode" => {
                // It gives at most four bytes for one.
                budget.spend(input.len().saturating_mul(4))?;
                unpack_ascii85(input)
            }
            _ => return Ok(None),
        });
    }
    Ok(Some(bytes.unwrap_or_else(|| packed.to_vec())))
}

fn inflate(input: &[u8], budget: &mut Budget, keeps: bool) -> Result<Vec<u8>, TooMuch> {
    let before = budget.left;
    let mut output = read_all(ZlibDecoder::new(input), budget, keeps)?;
    if let (true, Some(raw)) = (budget.left == before, input.get(2..)) {
        output = read_all(DeflateDecoder::new(raw), budget, keeps)?;
    }
    Ok(output)
}

fn read_all(mut reader: impl Read, budget: &mut Budget, keeps: bool) -> Result<Vec<u8>, TooMuch> {
    let mut output = Vec::new();
    let mut buffer = [0; 16 << 10];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        budget.spend(count)?;
        if keeps {
            output.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
    }
    Ok(output)
}

fn unpack_lzw(mut input: &[u8], early: bool, budget: &mut Budget, keeps: bool) -> Result<Vec<u8>, TooMuch> {
    let mut decoder =
        if early { Decoder::with_tiff_size_switch(BitOrder::Msb, 8) } else { Decoder::new(BitOrder::Msb, 8) };
    let mut output = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        let step = decoder.decode_bytes(input, &mut buffer);
        budget.spend(step.consumed_out)?;
        if keeps {
            output.extend_from_slice(buffer.get(..step.consumed_out).unwrap_or_default());
        }
        input = input.get(step.consumed_in..).unwrap_or_default();
        let goes_on =
            matches!(step.status, Ok(LzwStatus::Ok)) && (step.consumed_in > 0 || step.consumed_out > 0);
        if !goes_on {
            return Ok(output);
        }
    }
}

fn unpack_ascii85(input: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    let (mut group, mut count) = (0u32, 0usize);
    for byte in input {
        match byte {
            b'z' if count == 0 => output.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    output.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => break,
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        output.extend_from_slice(group.to_be_bytes().get(..count - 1).unwrap_or_default());
    }
    output
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn lzw(bytes: &[u8]) -> Vec<u8> {
        weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(bytes).unwrap()
    }

    #[test]
    fn streams_are_unpacked_through_all_their_filters() {
        let text = b"We use a model. ".repeat(3000);
        let mut budget = Budget { left: 1 << 20 };
        let cases: [(Vec<u8>, &[&[u8]]); 4] = [
            (text.clone(), &[]),
            (deflate(&text), &[b"FlateDecode"]),
            (lzw(&text), &[b"LZWDecode"]),
            (deflate(&lzw(&text)), &[b"FlateDecode", b"LZWDecode"]),
        ];
        for (packed, filters) in cases {
            assert_eq!(unpack(&packed, filters, true, &mut budget), Ok(Some(text.clone())));
        }
        assert_eq!(unpack(b"87cUR~>", &[b"ASCII85Decode"], true, &mut budget), Ok(Some(b"Hell".to_vec())));
        assert_eq!(unpack(b"x", &[b"DCTDecode"], true, &mut budget), Ok(None));
    }

    #[test]
    fn what_unpacks_to_too_much_is_stopped_whatever_it_is_packed_with() {
        let big = vec![b' '; 4 << 20];
        let cases: [(Vec<u8>, &[&[u8]]); 3] = [
            (deflate(&big), &[b"FlateDecode"]),
            (lzw(&big), &[b"LZWDecode"]),
            (deflate(&deflate(&big)), &[b"FlateDecode", b"FlateDecode"]),
        ];
        for (packed, filters) in cases {
            assert_eq!(unpack(&packed, filters, true, &mut Budget { left: 1 << 20 }), Err(TooMuch));
            assert_eq!(count(&packed, filters, true, &mut Budget { left: 1 << 20 }), Err(TooMuch));
            let mut budget = Budget { left: 8 << 20 };
            assert_eq!(count(&packed, filters, true, &mut budget), Ok(()));
            assert!(budget.left <= 4 << 20);
        }
        assert_eq!(
            unpack(b"x", &[&b"FlateDecode"[..]; 9], true, &mut Budget { left: 1 << 20 }),
            Err(TooMuch)
        );
    }
}
