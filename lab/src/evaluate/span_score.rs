//! Counts and scores of mentions found exactly and in part.

use std::ops::{AddAssign, SubAssign};

use byname::document::ByteSpan;
use serde::Serialize;

use super::scheme::Partial;

/// Counts of one row of a score, over any number of papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Gold mentions that must be found.
    pub gold: usize,
    /// Found mentions, except those where the gold leaves it open.
    pub found: usize,
    /// Gold mentions found with the same bounds.
    pub exact: usize,
    /// Gold mentions found at least in part.
    pub gold_touched: usize,
    /// Found mentions that are at least partly gold.
    pub found_touched: usize,
    /// Found mentions where the gold leaves it open, which count neither way.
    pub spared: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.exact += other.exact;
        self.gold_touched += other.gold_touched;
        self.found_touched += other.found_touched;
        self.spared += other.spared;
    }
}

impl SubAssign for Counts {
    /// Subtracts the counts of some papers from those of many.
    fn sub_assign(&mut self, other: Self) {
        self.gold -= other.gold;
        self.found -= other.found;
        self.exact -= other.exact;
        self.gold_touched -= other.gold_touched;
        self.found_touched -= other.found_touched;
        self.spared -= other.spared;
    }
}

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Score {
    /// The share of found mentions that are right.
    pub precision: f64,
    /// The share of expected mentions that were found.
    pub recall: f64,
    /// 2PR / (P + R); 0 if both are 0.
    pub f1: f64,
}

impl Score {
    fn new(right_found: usize, found: usize, right_gold: usize, gold: usize) -> Self {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (precision, recall) = (share(right_found, found), share(right_gold, gold));
        let sum = precision + recall;
        Self { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

impl Counts {
    /// Returns the score of mentions with the same bounds.
    pub fn exact_score(&self) -> Score {
        Score::new(self.exact, self.found, self.exact, self.gold)
    }

    /// Returns the score of mentions that are at least partly right.
    pub fn partial_score(&self) -> Score {
        Score::new(self.found_touched, self.found, self.gold_touched, self.gold)
    }

    /// Compares the mentions found in one paper with those expected there (`owed`); `open` are gold mentions
    /// that count neither way.
    pub fn of(owed: &[ByteSpan], open: &[ByteSpan], found: &[ByteSpan], partial: Partial) -> Self {
        match partial {
            Partial::Overlap => Self::by_overlap(owed, open, found),
            Partial::Head => Self::by_head(owed, open, found),
        }
    }

    fn by_overlap(owed: &[ByteSpan], open: &[ByteSpan], found: &[ByteSpan]) -> Self {
        let (owed, open, mut found) = (in_order(owed), in_order(open), in_order(found));
        let all = found.len();
        found.retain(|span| !touches_any(*span, &open) || touches_any(*span, &owed));
        Self {
            gold: owed.len(),
            found: found.len(),
            exact: owed.iter().filter(|span| found.binary_search(span).is_ok()).count(),
            gold_touched: owed.iter().filter(|span| touches_any(**span, &found)).count(),
            found_touched: found.iter().filter(|span| touches_any(**span, &owed)).count(),
            spared: all - found.len(),
        }
    }

    /// Matches each gold mention, in order, with the first free mention that shares its head.
    fn by_head(owed: &[ByteSpan], open: &[ByteSpan], found: &[ByteSpan]) -> Self {
        let mut gold: Vec<(ByteSpan, bool)> = owed.iter().map(|span| (*span, true)).collect();
        gold.extend(open.iter().map(|span| (*span, false)));
        gold.sort();
        let found = in_order(found);
        let mut free = vec![true; found.len()];
        let mut counts = Self { gold: owed.len(), ..Self::default() };
        for (span, owed) in gold {
            let hit = (0..found.len()).find(|index| free[*index] && share_head(found[*index], span));
            let Some(hit) = hit else { continue };
            free[hit] = false;
            if owed {
                counts.gold_touched += 1;
                counts.exact += usize::from(found[hit] == span);
            } else {
                counts.spared += 1;
            }
        }
        counts.found = found.len() - counts.spared;
        counts.found_touched = counts.gold_touched;
        counts
    }
}

/// Returns whether two spans are phrases with the same head: they overlap, and end within three bytes of each
/// other or share more than two bytes.
pub fn share_head(a: ByteSpan, b: ByteSpan) -> bool {
    a.overlaps(b) && (a.end.abs_diff(b.end) <= 3 || a.end.min(b.end) > a.start.max(b.start) + 2)
}

/// Returns the spans in order, each once.
pub(super) fn in_order(spans: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut spans = spans.to_vec();
    spans.sort();
    spans.dedup();
    spans
}

/// Returns whether a span overlaps one of `others`, which are in order.
pub(super) fn touches_any(span: ByteSpan, others: &[ByteSpan]) -> bool {
    let end = others.partition_point(|other| other.start < span.end);
    others[..end].iter().rev().any(|other| other.overlaps(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pairs: &[(usize, usize)]) -> Vec<ByteSpan> {
        pairs.iter().map(|(start, end)| ByteSpan::new(*start, *end)).collect()
    }

    #[test]
    fn overlap_counts_both_sides_by_themselves() {
        let (owed, found) =
            (spans(&[(0, 10), (20, 30), (40, 50)]), spans(&[(0, 10), (20, 24), (26, 30), (60, 70)]));
        let counts = Counts::of(&owed, &[], &found, Partial::Overlap);
        assert_eq!((counts.gold, counts.found, counts.exact), (3, 4, 1));
        assert_eq!((counts.gold_touched, counts.found_touched), (2, 3));
        assert!((counts.exact_score().f1 - 2.0 / 7.0).abs() < 1e-12);
        assert!((counts.partial_score().f1 - 2.0 * 0.75 * (2.0 / 3.0) / (0.75 + 2.0 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn what_is_left_open_counts_neither_way() {
        for partial in [Partial::Overlap, Partial::Head] {
            let counts =
                Counts::of(&spans(&[(0, 10)]), &spans(&[(20, 30)]), &spans(&[(0, 10), (22, 30)]), partial);
            assert_eq!((counts.gold, counts.found, counts.exact, counts.spared), (1, 1, 1, 1), "{partial}");
        }
    }

    #[test]
    fn a_head_is_shared_once() {
        let counts = Counts::of(&spans(&[(0, 10)]), &[], &spans(&[(4, 10), (8, 10)]), Partial::Head);
        assert_eq!((counts.gold_touched, counts.found_touched, counts.found), (1, 1, 2));
        assert!(!share_head(ByteSpan::new(0, 2), ByteSpan::new(0, 9)));
        assert!(share_head(ByteSpan::new(0, 7), ByteSpan::new(0, 10)));
    }

    #[test]
    fn nothing_found_scores_nothing() {
        let counts = Counts::of(&spans(&[(0, 10)]), &[], &[], Partial::Overlap);
        assert_eq!(counts.exact_score(), Score::default());
        assert_eq!(Counts::default().partial_score(), Score::default());
    }
}
