//! Sharding: one run divided into several that share the work.

use std::fmt;
use std::str::FromStr;

use super::work_queue::Job;

/// One of several parts of a run: of every `of` consecutive papers, the part takes the one at position
/// `number`.
///
/// Papers are dealt like cards rather than cut into stacks, so that parts are even regardless of the order of
/// the papers, and nothing need be known of the inputs in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Parses `3/16`, the third of sixteen parts.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (number, of) = text.split_once('/')?;
            Some(Self { number: number.trim().parse().ok()?, of: of.trim().parse().ok()? })
        };
        match read() {
            Some(shard) if shard.number >= 1 && shard.number <= shard.of => Ok(shard),
            Some(shard) => Err(format!("there is no part {} of {}; count from 1", shard.number, shard.of)),
            None => Err("write which part of how many, as in 3/16".to_string()),
        }
    }
}

/// A filter that keeps the papers of one part.
#[derive(Debug)]
pub(super) struct ShardFilter {
    shard: Option<Shard>,
    /// Number of papers seen so far.
    count: usize,
}

impl ShardFilter {
    pub(super) fn new(shard: Option<Shard>) -> Self {
        Self { shard, count: 0 }
    }

    /// Returns the share of a job that belongs to the part; `None` if nothing does.
    pub(super) fn deal(&mut self, mut work: Job) -> Option<Job> {
        let Some(shard) = self.shard else { return Some(work) };
        let mut is_dealt = || {
            self.count += 1;
            (self.count - 1) % shard.of == shard.number - 1
        };
        let is_left = match &mut work {
            Job::Records { lines, .. } => {
                lines.lines.retain(|_| is_dealt());
                !lines.lines.is_empty()
            }
            Job::Files(files) => {
                files.retain(|_| is_dealt());
                !files.is_empty()
            }
            Job::Text { .. } | Job::Failed(_) => is_dealt(),
        };
        is_left.then_some(work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Failure;
    use crate::document::ReadError;

    #[test]
    fn parts_are_written_as_number_and_count() {
        assert_eq!("3/16".parse(), Ok(Shard { number: 3, of: 16 }));
        for text in ["0/4", "5/4", "1/0", "3", "a/b", "-1/2", ""] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_paper_is_in_one_part_and_the_parts_are_even() {
        let paper = |number: usize| {
            let error = ReadError::new("x", "x");
            Job::Failed(Failure { document: number.to_string(), error })
        };
        let mut parts = Vec::new();
        for number in 1..=3 {
            let mut dealer = ShardFilter::new(Some(Shard { number, of: 3 }));
            parts.push((0..10).filter(|number| dealer.deal(paper(*number)).is_some()).collect::<Vec<_>>());
        }
        assert_eq!(parts, [vec![0, 3, 6, 9], vec![1, 4, 7], vec![2, 5, 8]]);
    }
}
