//! Bootstrap intervals: how far a score would vary with other papers of the same sort.

use fastrand::Rng;
use serde::Serialize;

use super::span_score::{Counts, Score};

/// Number of resamples of the papers.
pub const DRAWS: usize = 1000;
/// The share of the resamples that lies inside an interval.
const INSIDE: f64 = 0.95;
/// Seed of the resampling; fixed, so that every run draws the same papers.
const SEED: u64 = 20_261_123;

/// A 95 percent interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Returns the interval of an F1 over papers resampled with replacement: the percentile bootstrap of Efron
/// (1979).
pub fn interval(papers: &[Counts], score: impl Fn(&Counts) -> Score) -> Interval {
    let mut random = Rng::with_seed(SEED);
    let mut scores: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let mut sum = Counts::default();
        for _ in papers {
            if let Some(paper) = papers.get(random.usize(0..papers.len())) {
                sum += *paper;
            }
        }
        scores.push(score(&sum).f1);
    }
    scores.sort_by(f64::total_cmp);
    let outside = (1.0 - INSIDE) / 2.0;
    let at =
        |share: f64| scores.get((share * (DRAWS - 1) as f64).round() as usize).copied().unwrap_or_default();
    Interval { low: at(outside), high: at(1.0 - outside) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(gold: usize, exact: usize) -> Counts {
        Counts { gold, found: gold, exact, ..Counts::default() }
    }

    #[test]
    fn papers_that_are_alike_leave_no_doubt() {
        let interval = interval(&[paper(10, 5); 8], Counts::exact_score);
        assert!((interval.low - 0.5).abs() < 1e-12 && (interval.high - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_interval_holds_the_score_and_is_the_same_each_time() {
        let papers: Vec<Counts> = (0..20).map(|index| paper(10, index % 10)).collect();
        let first = interval(&papers, Counts::exact_score);
        assert!(first.low < 0.45 && 0.45 < first.high && first.high - first.low < 0.3, "{first:?}");
        assert_eq!(first, interval(&papers, Counts::exact_score));
        assert_eq!(interval(&[], Counts::exact_score), Interval::default());
    }
}
