//! The decoded source of a paper, and the map back to its bytes.

use super::encoding::{TextEncoding, encoding_of, letters_of, name_of, utf16_mark};
use super::{ByteSpan, LineIndex, ReadNote, SourceMap};

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A position from which the text and the source bytes run in parallel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    text: usize,
    source: usize,
    /// Number of bytes of the text right before it that stand for other bytes in the source.
    replaced: usize,
}

/// The whole decoded source.
///
/// Reports show its lines and count its characters, whereas offsets count the bytes of the file. The two
/// differ if a byte order mark was skipped, invalid UTF-8 was replaced, or the source is in another
/// encoding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The decoded text; `None` if it equals the document's prose, as in plain text, so that a large paper
    /// is not held twice.
    text: Option<String>,
    /// The shifts, in order; before the first, text and source agree.
    shifts: Vec<Shift>,
    /// `true` if the source is UTF-16, with two bytes for each byte of a run.
    is_wide: bool,
}

impl SourceText {
    /// Returns the number of source bytes for each byte of a run.
    fn unit(&self) -> usize {
        if self.is_wide { 2 } else { 1 }
    }

    /// Maps a byte offset of the decoded text to the source.
    pub fn to_source(&self, text: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.text <= text);
        match after.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some(shift) => shift.source + (text - shift.text) * self.unit(),
            None => text * self.unit(),
        }
    }

    /// Maps a byte offset of the source to the decoded text; an offset inside a replaced run maps to the
    /// start of its replacement.
    pub fn to_text(&self, source: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.source <= source);
        let limit = self.shifts.get(after).map_or(usize::MAX, |shift| shift.text - shift.replaced);
        let at = match after.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some(shift) => shift.text + (source - shift.source) / self.unit(),
            None => source / self.unit(),
        };
        at.min(limit)
    }

    /// Returns the decoded text, given the prose of the document that it belongs to.
    pub fn text<'a>(&'a self, prose: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or(prose)
    }

    /// Returns whether it holds a text of its own.
    pub(super) fn has_text(&self) -> bool {
        self.text.is_some()
    }

    /// Replaces the text by one that differs from the document's prose.
    #[must_use]
    pub(super) fn with_text(mut self, text: String) -> Self {
        self.text = Some(text);
        self
    }

    /// Returns the map of a prose of `length` bytes that is the whole decoded text.
    pub(super) fn whole_map(&self, length: usize) -> SourceMap {
        if self.shifts.is_empty() && !self.is_wide {
            return SourceMap::identity();
        }
        let mut map = SourceMap::default();
        self.push_run(&mut map, 0, ByteSpan::new(0, length));
        map
    }

    /// Adds a run of the decoded text that is unchanged in the prose.
    pub(super) fn push_run(&self, map: &mut SourceMap, prose: usize, run: ByteSpan) {
        // Each shift ends a run of unchanged bytes, and what was replaced stands right before it.
        let unit = self.unit();
        let (mut at, mut source) = (run.start, self.to_source(run.start));
        let first = self.shifts.partition_point(|shift| shift.text <= run.start);
        for shift in self.shifts[first..].iter().take_while(|shift| shift.text - shift.replaced < run.end) {
            let bad = (shift.text - shift.replaced).max(at);
            map.push_literal_in_units(prose + (at - run.start), source, bad - at, unit);
            let end = shift.text.min(run.end);
            map.push_replaced(
                ByteSpan::new(prose + (bad - run.start), prose + (end - run.start)),
                ByteSpan::new(source + (bad - at) * unit, shift.source),
            );
            (at, source) = (end, shift.source);
        }
        if at < run.end {
            map.push_literal_in_units(prose + (at - run.start), source, run.end - at, unit);
        }
    }
}

/// The result of decoding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) source: SourceText,
    pub(super) note: Option<ReadNote>,
}

impl Decoded {
    /// Adds a character that replaces bytes of the source that end at `source`.
    fn push_replaced(&mut self, letter: char, source: usize) {
        self.text.push(letter);
        self.source.shifts.push(Shift { text: self.text.len(), source, replaced: letter.len_utf8() });
    }
}

/// Decodes a text and skips a byte order mark. Text that is not UTF-8 is read in the encoding given by its
/// byte order mark, by its own declaration or by detection; failing that, invalid UTF-8 becomes U+FFFD.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let mut decoded = decode_letters(bytes);
    decoded.text = with_line_feeds(decoded.text);
    decoded
}

/// Replaces lone carriage returns, the line ends of old Macs, by line feeds. Both take one byte.
fn with_line_feeds(text: String) -> String {
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', text.as_bytes()).any(is_alone) {
        return text;
    }
    let mut letters = text.chars().peekable();
    let mut mended = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let is_end = letter == '\r' && letters.peek() != Some(&'\n');
        mended.push(if is_end { '\n' } else { letter });
    }
    mended
}

fn decode_letters(bytes: Vec<u8>) -> Decoded {
    if let Some(TextEncoding::Utf16 { low_first }) = utf16_mark(&bytes) {
        return decode_utf16(&bytes, low_first);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            let mut source = SourceText::default();
            if text.starts_with(BYTE_ORDER_MARK) {
                text.drain(..BYTE_ORDER_MARK.len());
                source.shifts.push(Shift { text: 0, source: BYTE_ORDER_MARK.len(), replaced: 0 });
            }
            return Decoded { text, source, note: None };
        }
        Err(error) => error.into_bytes(),
    };
    let has_mark = bytes.starts_with(BYTE_ORDER_MARK.as_bytes());
    match encoding_of(&bytes) {
        TextEncoding::SingleByte(encoding) if !has_mark => decode_single_bytes(&bytes, encoding),
        TextEncoding::MultiByte(encoding) if !has_mark => decode_multiple_bytes(&bytes, encoding),
        _ => decode_damaged(&bytes),
    }
}

/// Decodes UTF-8 that contains invalid bytes.
fn decode_damaged(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len() + 64), ..Decoded::default() };
    let mut rest = bytes;
    if let Some(after) = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()) {
        rest = after;
        decoded.source.shifts.push(Shift { text: 0, source: BYTE_ORDER_MARK.len(), replaced: 0 });
    }
    let mut at = bytes.len() - rest.len();
    let (mut places, mut first) = (0usize, 0);
    for chunk in rest.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            if places == 0 {
                first = decoded.text.len();
            }
            places += 1;
            at += chunk.invalid().len();
            decoded.push_replaced(char::REPLACEMENT_CHARACTER, at);
        }
    }
    let line = LineIndex::new(&decoded.text).position(first).line;
    decoded.note = Some(invalid_utf8(places, line));
    decoded
}

fn decode_single_bytes(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Decoded {
    let letters = letters_of(encoding);
    let mut decoded = Decoded { text: String::with_capacity(bytes.len() + 64), ..Decoded::default() };
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            decoded.text.push(char::from(*byte));
        } else {
            decoded.push_replaced(letters[usize::from(*byte)], at + 1);
        }
    }
    decoded.note = Some(read_as(TextEncoding::SingleByte(encoding)));
    decoded
}

fn decode_multiple_bytes(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut decoded = Decoded { text: String::with_capacity(bytes.len() + 64), ..Decoded::default() };
    let mut letters = String::with_capacity(16);
    let mut last = 0;
    for (at, byte) in bytes.iter().enumerate() {
        letters.clear();
        // Byte by byte, since only so it is known from which bytes a letter comes.
        let is_last = at + 1 == bytes.len();
        _ = decoder.decode_to_string(std::slice::from_ref(byte), &mut letters, is_last);
        for letter in letters.chars() {
            if byte.is_ascii() && at == last && letters.len() == 1 {
                decoded.text.push(letter);
            } else {
                decoded.push_replaced(letter, at + 1);
            }
            last = at + 1;
        }
    }
    decoded.note = Some(read_as(TextEncoding::MultiByte(encoding)));
    decoded
}

fn decode_utf16(bytes: &[u8], low_first: bool) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), ..Decoded::default() };
    decoded.source.is_wide = true;
    decoded.source.shifts.push(Shift { text: 0, source: 2, replaced: 0 });
    let pairs = bytes[2..].chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs
        .filter_map(|pair| <[u8; 2]>::try_from(pair).ok())
        .map(|pair| if low_first { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) });
    let mut at = 2;
    for letter in char::decode_utf16(units) {
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        at += letter.len_utf16() * 2;
        if letter.is_ascii() {
            decoded.text.push(letter);
        } else {
            decoded.push_replaced(letter, at);
        }
    }
    if odd {
        decoded.push_replaced(char::REPLACEMENT_CHARACTER, bytes.len());
    }
    decoded.note = Some(read_as(utf16_mark(bytes).unwrap_or(TextEncoding::Utf8)));
    decoded
}

/// Returns the note on a text in an encoding other than UTF-8.
fn read_as(encoding: TextEncoding) -> ReadNote {
    let message = format!("this is not UTF-8; it was read as {}", name_of(encoding));
    ReadNote { kind: "encoding", message }
}

/// Returns the note on invalid UTF-8.
pub(super) fn invalid_utf8(places: usize, line: usize) -> ReadNote {
    let (noun, verb) = if places == 1 { ("place", "is") } else { ("places", "are") };
    ReadNote {
        kind: "invalid-utf8",
        message: format!(
            "{places} {noun} {verb} not UTF-8, first on line {line}; read as U+FFFD (convert the file to UTF-8 to \
             read what stands there)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span_of(decoded: &Decoded, start: usize, end: usize) -> ByteSpan {
        decoded.source.whole_map(decoded.text.len()).to_source(ByteSpan::new(start, end))
    }

    #[test]
    fn valid_text_is_its_own_source() {
        let decoded = decode("Ein Märchen".into());
        assert_eq!((decoded.text.as_str(), decoded.note.as_ref()), ("Ein Märchen", None));
        assert_eq!(decoded.source, SourceText::default());
    }

    #[test]
    fn letters_of_several_bytes_lead_back_to_them() {
        let bytes = b"<meta charset=gb2312>a \xD6\xD0\xCE\xC4 b\xFF c\xD6".to_vec();
        let decoded = decode(bytes.clone());
        assert!(decoded.text.starts_with("<meta charset=gb2312>a \u{4E2D}\u{6587} b"), "{}", decoded.text);
        assert_eq!(decoded.note.as_ref().map(|note| note.kind), Some("encoding"));
        let start = decoded.text.find('\u{4E2D}').unwrap();
        assert_eq!(span_of(&decoded, start, start + 3), ByteSpan::new(23, 25));
        assert_eq!(span_of(&decoded, start + 3, start + 6), ByteSpan::new(25, 27));
        let start = decoded.text.find(" c").unwrap();
        let span = span_of(&decoded, start, start + 2);
        assert_eq!(&bytes[span.start..span.end], b" c");
    }

    #[test]
    fn lines_of_old_macs_are_lines() {
        assert_eq!(decode(b"one\rtwo\r\rthree\r".to_vec()).text, "one\ntwo\n\nthree\n");
        assert_eq!(decode(b"one\r\ntwo\r\n".to_vec()).text, "one\r\ntwo\r\n");
        assert_eq!(decode(b"one\r\ntwo\rthree\n".to_vec()).text, "one\r\ntwo\nthree\n");
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_counted() {
        let decoded = decode(b"\xEF\xBB\xBFabc".to_vec());
        assert_eq!(decoded.text, "abc");
        assert_eq!(span_of(&decoded, 0, 2), ByteSpan::new(3, 5));
        assert_eq!((decoded.source.to_source(1), decoded.source.to_text(4)), (4, 1));
    }

    #[test]
    fn bad_bytes_are_replaced_counted_and_mapped() {
        let bytes = b"\xEF\xBB\xBFab\ncd \x93quoted\x94 e".to_vec();
        let decoded = decode(bytes.clone());
        assert_eq!(decoded.text, "ab\ncd \u{FFFD}quoted\u{FFFD} e");
        let note = decoded.note.as_ref().unwrap();
        assert!(note.message.starts_with("2 places are not UTF-8, first on line 2"), "{}", note.message);
        let quoted = decoded.text.find("quoted").unwrap();
        let span = span_of(&decoded, quoted, quoted + 6);
        assert_eq!(&bytes[span.start..span.end], b"quoted");
        let with_quotes = span_of(&decoded, quoted - 3, quoted + 9);
        assert_eq!(&bytes[with_quotes.start..with_quotes.end], b"\x93quoted\x94");
        for (text, _) in decoded.text.char_indices() {
            assert_eq!(decoded.source.to_text(decoded.source.to_source(text)), text);
        }
    }

    #[test]
    fn a_run_may_start_and_end_beside_bad_bytes() {
        let decoded = decode_damaged(b"a\xFFb\xFFc");
        let mut map = SourceMap::default();
        decoded.source.push_run(&mut map, 0, ByteSpan::new(1, 8)); // U+FFFD b U+FFFD
        assert_eq!(map.to_source(ByteSpan::new(0, 3)), ByteSpan::new(1, 2));
        assert_eq!(map.to_source(ByteSpan::new(3, 4)), ByteSpan::new(2, 3));
        assert_eq!(map.to_source(ByteSpan::new(4, 7)), ByteSpan::new(3, 4));
        let mut map = SourceMap::default();
        decoded.source.push_run(&mut map, 0, ByteSpan::new(4, 5)); // b alone
        assert_eq!(map.to_source(ByteSpan::new(0, 1)), ByteSpan::new(2, 3));
    }

    #[test]
    fn latin_1_is_read_and_leads_back_to_its_bytes() {
        let bytes = b"M\xFCller \x93ran\x94 a na\xEFve model \x96 twice".to_vec();
        let decoded = decode(bytes.clone());
        assert_eq!(decoded.text, "Müller “ran” a naïve model – twice");
        assert!(decoded.note.as_ref().unwrap().message.ends_with("read as Windows-1252 (Latin-1)"));
        let start = decoded.text.find("naïve").unwrap();
        let span = span_of(&decoded, start, start + "naïve model".len());
        assert_eq!(&bytes[span.start..span.end], b"na\xEFve model");
        let mark = decoded.text.find('–').unwrap();
        assert_eq!(span_of(&decoded, mark, mark + 3).len(), 1);
        for (text, _) in decoded.text.char_indices() {
            assert_eq!(decoded.source.to_text(decoded.source.to_source(text)), text);
        }
    }

    #[test]
    fn utf_16_is_read_and_leads_back_to_its_bytes() {
        let text = "Ein 😀 Märchen";
        for low_first in [true, false] {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            let bytes: Vec<u8> = units
                .flat_map(|unit| if low_first { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect();
            let decoded = decode(bytes.clone());
            assert_eq!(decoded.text, text);
            let start = text.find("Mär").unwrap();
            let span = span_of(&decoded, start, text.len());
            assert_eq!(decode([&bytes[..2], &bytes[span.start..span.end]].concat()).text, "Märchen");
            assert_eq!(span_of(&decoded, 0, 3), ByteSpan::new(2, 8));
            for (text, _) in decoded.text.char_indices() {
                assert_eq!(decoded.source.to_text(decoded.source.to_source(text)), text);
            }
        }
        assert_eq!(decode(vec![0xFF, 0xFE, 0x61, 0x00, 0x62]).text, "a\u{FFFD}");
    }
}
