//! The source of a paper as text, and the way back to its bytes.

use super::{ByteSpan, LineIndex, ReadNote, SourceMap};

/// U+FFFD, which stands for bytes that are no UTF-8.
const REPLACEMENT: &str = "\u{FFFD}";
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A place from which on the text and the source bytes lie at a fixed distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    text: usize,
    source: usize,
}

/// The whole source as it was read, decoded.
///
/// Reports show its lines and count its characters, while offsets count the bytes that the user
/// has. The two differ where a byte order mark was skipped or bytes that are no UTF-8 were
/// replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The decoded text; none where it is the document's prose, as in plain text, so that a large
    /// paper is not held twice.
    text: Option<String>,
    /// In order; before the first, text and source are the same.
    shifts: Vec<Shift>,
}

impl SourceText {
    /// Where a byte of the decoded text stands in the source.
    pub fn to_source(&self, text: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.text <= text);
        match after.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some(shift) => shift.source + (text - shift.text),
            None => text,
        }
    }

    /// Where a byte of the source stands in the decoded text; a byte inside of a replaced run gives
    /// the start of what stands for it.
    pub fn to_text(&self, source: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.source <= source);
        let limit = self.shifts.get(after).map_or(usize::MAX, |shift| shift.text);
        let at = match after.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some(shift) => shift.text + (source - shift.source),
            None => source,
        };
        if at >= limit { limit.saturating_sub(REPLACEMENT.len()) } else { at }
    }

    /// The decoded text, given the prose of the document that it belongs to.
    pub fn text<'a>(&'a self, prose: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or(prose)
    }

    /// The same source, said to have another text than the document's prose.
    #[must_use]
    pub(super) fn with_text(mut self, text: String) -> Self {
        self.text = Some(text);
        self
    }

    /// The map of a prose that is the whole decoded text.
    pub(super) fn whole_map(&self, length: usize) -> SourceMap {
        if self.shifts.is_empty() {
            return SourceMap::identity();
        }
        let mut map = SourceMap::default();
        self.push_run(&mut map, 0, ByteSpan::new(0, length));
        map
    }

    /// Adds a run of the decoded text that stands unchanged in the prose.
    pub(super) fn push_run(&self, map: &mut SourceMap, prose: usize, run: ByteSpan) {
        // Each shift ends a run of unchanged bytes; one made by a replacement has the replaced
        // bytes right before it.
        let (mut at, mut source) = (run.start, self.to_source(run.start));
        let first = self.shifts.partition_point(|shift| shift.text <= run.start);
        for shift in self.shifts[first..].iter().take_while(|shift| shift.text < run.end + REPLACEMENT.len())
        {
            let bad = shift.text.saturating_sub(REPLACEMENT.len()).max(at);
            if bad >= run.end {
                break;
            }
            map.push_literal(prose + (at - run.start), source, bad - at);
            let end = shift.text.min(run.end);
            map.push_replaced(
                ByteSpan::new(prose + (bad - run.start), prose + (end - run.start)),
                ByteSpan::new(source + (bad - at), shift.source),
            );
            (at, source) = (end, shift.source);
        }
        if at < run.end {
            map.push_literal(prose + (at - run.start), source, run.end - at);
        }
    }
}

/// What decoding gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) source: SourceText,
    pub(super) note: Option<ReadNote>,
}

/// Decodes UTF-8, skips a byte order mark, and puts U+FFFD for what is no UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            let mut source = SourceText::default();
            if text.starts_with(BYTE_ORDER_MARK) {
                text.drain(..BYTE_ORDER_MARK.len());
                source.shifts.push(Shift { text: 0, source: BYTE_ORDER_MARK.len() });
            }
            return Decoded { text, source, note: None };
        }
        Err(error) => error.into_bytes(),
    };

    let mut decoded = Decoded { text: String::with_capacity(bytes.len() + 64), ..Decoded::default() };
    let mut rest = &bytes[..];
    if let Some(after) = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()) {
        rest = after;
        decoded.source.shifts.push(Shift { text: 0, source: BYTE_ORDER_MARK.len() });
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
            decoded.text.push_str(REPLACEMENT);
            // A shift even where three bad bytes make three of U+FFFD: it also marks the place.
            decoded.source.shifts.push(Shift { text: decoded.text.len(), source: at });
        }
    }
    let line = LineIndex::new(&decoded.text).position(first).line;
    decoded.note = Some(invalid_utf8(places, line));
    decoded
}

/// The note on bytes that are no UTF-8.
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
        let decoded = decode(b"a\xFFb\xFFc".to_vec());
        let mut map = SourceMap::default();
        decoded.source.push_run(&mut map, 0, ByteSpan::new(1, 8)); // U+FFFD b U+FFFD
        assert_eq!(map.to_source(ByteSpan::new(0, 3)), ByteSpan::new(1, 2));
        assert_eq!(map.to_source(ByteSpan::new(3, 4)), ByteSpan::new(2, 3));
        assert_eq!(map.to_source(ByteSpan::new(4, 7)), ByteSpan::new(3, 4));
        let mut map = SourceMap::default();
        decoded.source.push_run(&mut map, 0, ByteSpan::new(4, 5)); // b alone
        assert_eq!(map.to_source(ByteSpan::new(0, 1)), ByteSpan::new(2, 3));
    }
}
