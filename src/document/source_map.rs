//! The map from the prose in which mentions are found back to the bytes of the source.

use super::ByteSpan;

/// A run of prose and the run of source that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    prose: usize,
    prose_end: usize,
    source: usize,
    source_end: usize,
    /// Number of the file that holds the source run.
    file: u32,
    /// Number of source bytes for each byte of the prose run: one, or two if the source is UTF-16. `None` if
    /// the whole source run stands for every byte of the prose run (a replaced sequence, an expanded macro).
    unit: Option<usize>,
}

/// Maps each byte of the prose to its place in the source.
///
/// A reader builds it from start to end of the prose; omitted runs (code blocks, markup) lie in the gaps
/// between the source runs. The source may comprise several files, such as the chapters of a paper, numbered
/// from 0, the file that was read first. Source runs may come in any order, as with footnotes that are read
/// after their paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
    /// Number of the file to which new runs belong.
    file: u32,
    /// `true` if runs were left out, since there are more than [`MOST_RUNS`].
    is_full: bool,
}

/// Maximum number of runs. Texts of which every letter is replaced would take up far more memory than they are
/// long.
const MOST_RUNS: usize = 2 << 20;

impl SourceMap {
    /// Returns the map of a prose that equals the source, byte for byte.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Sets the file to which runs added from now on belong.
    pub(super) fn enter_file(&mut self, file: u32) {
        self.file = file;
    }

    /// Adds a run of `length` bytes that are the same in the prose and in the source.
    pub fn push_literal(&mut self, prose: usize, source: usize, length: usize) {
        self.push_literal_in_units(prose, source, length, 1);
    }

    /// Like [`SourceMap::push_literal`], with `unit` bytes of the source for each byte of the prose.
    pub(super) fn push_literal_in_units(&mut self, prose: usize, source: usize, length: usize, unit: usize) {
        if length == 0 {
            return;
        }
        let source_end = source + length * unit;
        if let Some(last) = self.segments.last_mut()
            && last.unit == Some(unit)
            && (last.prose_end, last.source_end, last.file) == (prose, source, self.file)
        {
            (last.prose_end, last.source_end) = (prose + length, source_end);
            return;
        }
        self.push(ByteSpan::new(prose, prose + length), ByteSpan::new(source, source_end), Some(unit));
    }

    /// Adds a run of prose that stands for a whole run of source of another length.
    pub fn push_replaced(&mut self, prose: ByteSpan, source: ByteSpan) {
        if !prose.is_empty() {
            self.push(prose, source, None);
        }
    }

    /// Returns whether the prose has so many runs that some were left out. A paper with such a map cannot be
    /// used.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    fn push(&mut self, prose: ByteSpan, source: ByteSpan, unit: Option<usize>) {
        if self.segments.len() >= MOST_RUNS {
            self.is_full = true;
            return;
        }
        self.segments.push(Segment {
            prose: prose.start,
            prose_end: prose.end,
            source: source.start,
            source_end: source.end,
            file: self.file,
            unit,
        });
    }

    /// Maps a span of the prose to the smallest source range that contains everything the span was read
    /// from. If the span crosses the end of a file, the range covers the part in the file in which the span
    /// begins, [`SourceMap::file_of`].
    pub fn to_source(&self, span: ByteSpan) -> ByteSpan {
        if self.segments.is_empty() {
            return span;
        }
        let first = self.first_at(span.start);
        let file = self.segments[first].file;
        let mut found = self.segments[first].part(span);
        for segment in self.segments[first + 1..].iter().take_while(|segment| segment.prose < span.end) {
            if segment.file == file {
                let part = segment.part(span);
                found = ByteSpan::new(found.start.min(part.start), found.end.max(part.end));
            }
        }
        found
    }

    /// Returns the number of the file, from 0, in which a span of the prose begins.
    pub fn file_of(&self, span: ByteSpan) -> usize {
        if self.segments.is_empty() {
            return 0;
        }
        self.segments[self.first_at(span.start)].file as usize
    }

    /// Returns the runs of a file's source that are unchanged in the prose, in order.
    pub fn runs_of_file(&self, file: usize) -> Vec<ByteSpan> {
        let literal =
            self.segments.iter().filter(|segment| segment.unit.is_some() && segment.file as usize == file);
        let mut runs: Vec<ByteSpan> =
            literal.map(|segment| ByteSpan::new(segment.source, segment.source_end)).collect();
        runs.sort_unstable();
        runs
    }

    /// Returns the map of the prose, of `length` bytes, after edits: pairs of a replaced run and the length
    /// of its replacement. The runs are in order and do not overlap.
    pub(super) fn edited(&self, length: usize, edits: &[(ByteSpan, usize)]) -> Self {
        let mut map = Self { is_full: self.is_full, ..Self::default() };
        let (mut done, mut written, mut segment) = (0, 0, 0);
        for (span, new_length) in edits.iter().copied().chain([(ByteSpan::new(length, length), 0)]) {
            self.copy(ByteSpan::new(done, span.start), written, &mut segment, &mut map);
            written += span.start - done;
            if new_length > 0 {
                map.enter_file(u32::try_from(self.file_of(span)).unwrap_or(0));
                map.push_replaced(ByteSpan::new(written, written + new_length), self.to_source(span));
                written += new_length;
            }
            done = span.end;
        }
        map
    }

    /// Copies the entries for a run of this prose to the map of another prose, in which the run begins at
    /// `to`.
    fn copy(&self, run: ByteSpan, to: usize, segment: &mut usize, map: &mut Self) {
        if self.segments.is_empty() {
            return map.push_literal(to, run.start, run.len());
        }
        while self.segments.get(*segment).is_some_and(|segment| segment.prose_end <= run.start) {
            *segment += 1;
        }
        for found in self.segments[*segment..].iter().take_while(|found| found.prose < run.end) {
            let part = ByteSpan::new(found.prose.max(run.start), found.prose_end.min(run.end));
            let source = found.part(part);
            let at = to + (part.start - run.start);
            map.enter_file(found.file);
            match found.unit {
                Some(unit) => map.push_literal_in_units(at, source.start, part.len(), unit),
                None => map.push_replaced(ByteSpan::new(at, at + part.len()), source),
            }
        }
    }

    /// Returns the runs of prose that are unchanged in the source, with their places there, for tests.
    #[cfg(test)]
    pub(super) fn literal_runs(&self) -> impl Iterator<Item = (ByteSpan, ByteSpan)> + '_ {
        self.segments.iter().filter(|segment| segment.unit == Some(1)).map(|segment| {
            (
                ByteSpan::new(segment.prose, segment.prose_end),
                ByteSpan::new(segment.source, segment.source_end),
            )
        })
    }

    /// Returns the index of the segment that holds a byte of the prose; if none does, of the one before it.
    fn first_at(&self, at: usize) -> usize {
        self.segments.partition_point(|segment| segment.prose <= at).saturating_sub(1)
    }
}

impl Segment {
    /// Returns the source of the part of the segment that lies in a span of the prose.
    fn part(&self, span: ByteSpan) -> ByteSpan {
        if span.start >= self.prose_end {
            return ByteSpan::new(self.source_end, self.source_end); // the span begins in a gap
        }
        let Some(unit) = self.unit else {
            let end = if span.is_empty() { self.source } else { self.source_end };
            return ByteSpan::new(self.source, end);
        };
        let start = self.source + span.start.saturating_sub(self.prose) * unit;
        let end = self.source + span.end.min(self.prose_end).saturating_sub(self.prose) * unit;
        ByteSpan::new(start, end.max(start))
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

    #[test]
    fn runs_that_come_in_another_order_than_in_the_source_are_covered_whole() {
        let mut map = SourceMap::default();
        map.push_literal(0, 50, 5);
        map.push_literal(5, 20, 5);
        assert_eq!(map.to_source(ByteSpan::new(0, 10)), ByteSpan::new(20, 55));
        assert_eq!(map.to_source(ByteSpan::new(6, 8)), ByteSpan::new(21, 23));
    }

    #[test]
    fn a_map_takes_no_more_runs_than_its_bound() {
        let mut map = SourceMap::default();
        for at in 0..MOST_RUNS {
            map.push_replaced(ByteSpan::new(at, at + 1), ByteSpan::new(2 * at, 2 * at + 2));
        }
        assert!(!map.is_full());
        map.push_literal(MOST_RUNS, 3 * MOST_RUNS, 1);
        assert!(map.is_full() && map.segments.len() == MOST_RUNS);
        assert!(map.edited(3, &[]).is_full());
    }

    #[test]
    fn a_span_over_two_files_ends_with_the_first() {
        let mut map = SourceMap::default();
        map.push_literal(0, 90, 10);
        map.enter_file(1);
        map.push_literal(10, 0, 10);
        assert_eq!(map.to_source(ByteSpan::new(5, 15)), ByteSpan::new(95, 100));
        assert_eq!(map.file_of(ByteSpan::new(5, 15)), 0);
        assert_eq!(map.to_source(ByteSpan::new(12, 15)), ByteSpan::new(2, 5));
        assert_eq!(map.file_of(ByteSpan::new(12, 15)), 1);
    }
}
