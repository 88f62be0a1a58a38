//! The map from the prose that detection works on back to the bytes of the source.

use super::ByteSpan;

/// A run of prose and the run of source that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    prose: usize,
    source: usize,
    /// Whether byte n of the prose run is byte n of the source run; if not, the whole source run
    /// stands for every byte of the prose run (a replaced sequence, an expanded macro).
    literal: bool,
}

/// Tells for every byte of a prose where it stands in the source.
///
/// It is built from start to end by a reader; runs that were left out (code blocks, markup) lie in
/// the gaps between the source runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
    ends: Vec<(usize, usize)>,
}

impl SourceMap {
    /// The map of a prose that is the source, byte for byte.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Adds a run of `length` bytes that stand in the prose as they stand in the source.
    pub fn push_literal(&mut self, prose: usize, source: usize, length: usize) {
        if length == 0 {
            return;
        }
        if let (Some(last), Some(end)) = (self.segments.last(), self.ends.last_mut())
            && last.literal
            && *end == (prose, source)
        {
            *end = (prose + length, source + length);
            return;
        }
        self.segments.push(Segment { prose, source, literal: true });
        self.ends.push((prose + length, source + length));
    }

    /// Adds a run of prose that stands for the whole of a run of source of another length.
    pub fn push_replaced(&mut self, prose: ByteSpan, source: ByteSpan) {
        if prose.is_empty() {
            return;
        }
        self.segments.push(Segment { prose: prose.start, source: source.start, literal: false });
        self.ends.push((prose.end, source.end));
    }

    /// Where a span of the prose stands in the source: the smallest source range that holds all
    /// that the span was read from.
    pub fn to_source(&self, span: ByteSpan) -> ByteSpan {
        if self.segments.is_empty() {
            return span;
        }
        let start = self.source_of(span.start, true);
        let end = if span.is_empty() { start } else { self.source_of(span.end - 1, false) };
        ByteSpan::new(start, end.max(start))
    }

    /// The source position of one prose byte: its first byte, or the byte after its last.
    fn source_of(&self, at: usize, first: bool) -> usize {
        let index = self.segments.partition_point(|segment| segment.prose <= at).saturating_sub(1);
        let (segment, (prose_end, source_end)) = (self.segments[index], self.ends[index]);
        if at >= prose_end {
            return source_end; // past the last run, or in prose that no run covers
        }
        match (segment.literal, first) {
            (true, true) => segment.source + at.saturating_sub(segment.prose),
            (true, false) => segment.source + at.saturating_sub(segment.prose) + 1,
            (false, true) => segment.source,
            (false, false) => source_end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_gives_every_span_back() {
        assert_eq!(SourceMap::identity().to_source(ByteSpan::new(3, 9)), ByteSpan::new(3, 9));
    }

    #[test]
    fn a_span_over_a_gap_covers_the_gap_in_the_source() {
        let mut map = SourceMap::default();
        map.push_literal(0, 10, 5);
        map.push_literal(5, 20, 5);
        assert_eq!(map.to_source(ByteSpan::new(3, 7)), ByteSpan::new(13, 22));
        assert_eq!(map.to_source(ByteSpan::new(3, 5)), ByteSpan::new(13, 15));
    }

    #[test]
    fn a_replaced_run_stands_for_its_whole_source() {
        let mut map = SourceMap::default();
        map.push_literal(0, 0, 2);
        map.push_replaced(ByteSpan::new(2, 5), ByteSpan::new(2, 3)); // one bad byte became U+FFFD
        map.push_literal(5, 3, 4);
        assert_eq!(map.to_source(ByteSpan::new(2, 5)), ByteSpan::new(2, 3));
        assert_eq!(map.to_source(ByteSpan::new(0, 9)), ByteSpan::new(0, 7));
    }
}
