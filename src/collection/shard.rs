//! One run cut into several that share the work.

use std::str::FromStr;

use super::feed::Work;

/// One of several parts of a run: of as many papers as there are parts, it has one, and so on to the end.
///
/// Papers are dealt like cards and not cut into stacks, so that the parts are even whatever stands where,
/// and so that nothing need be known of the inputs beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `3/16`: the third of sixteen.
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

/// Takes the papers of one part out of all.
#[derive(Debug)]
pub(super) struct Dealer {
    shard: Option<Shard>,
    /// Papers so far.
    count: usize,
}

impl Dealer {
    pub(super) fn new(shard: Option<Shard>) -> Self {
        Self { shard, count: 0 }
    }

    /// What of a piece of work belongs to the part; none if nothing does.
    pub(super) fn deal(&mut self, mut work: Work) -> Option<Work> {
        let Some(shard) = self.shard else { return Some(work) };
        let mut is_dealt = || {
            self.count += 1;
            (self.count - 1) % shard.of == shard.number - 1
        };
        let is_left = match &mut work {
            Work::Records { lines, .. } => {
                lines.lines.retain(|_| is_dealt());
                !lines.lines.is_empty()
            }
            Work::Files(files) => {
                files.retain(|_| is_dealt());
                !files.is_empty()
            }
            Work::Text { .. } | Work::Failed(_) => is_dealt(),
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
            Work::Failed(Failure { document: number.to_string(), error })
        };
        let mut parts = Vec::new();
        for number in 1..=3 {
            let mut dealer = Dealer::new(Some(Shard { number, of: 3 }));
            parts.push((0..10).filter(|number| dealer.deal(paper(*number)).is_some()).collect::<Vec<_>>());
        }
        assert_eq!(parts, [vec![0, 3, 6, 9], vec![1, 4, 7], vec![2, 5, 8]]);
    }
}
