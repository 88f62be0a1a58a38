//! Candidates gathered from clues: each clue's list adds to a rough score, and the best candidates are then
//! weighed in full.

use std::cell::Cell;

use super::index::Index;
use super::time::Stretch;
use crate::catalogue::SystemId;

/// Number of months before its announcement from which a system is hardly a candidate.
const FAR_AHEAD: f32 = 18.0;
/// Reduction of the rough score for such a system.
const FAR_AHEAD_WEIGHT: f32 = 5.0;

/// Number of systems whose scores are compared at once.
const TOGETHER: usize = 16;

thread_local! {
    /// The scores of the last pool of this thread, all of them 0 again.
    static SPARE: Cell<Vec<f32>> = const { Cell::new(Vec::new()) };
}

/// Systems with rough scores.
#[derive(Debug)]
pub(super) struct CandidatePool {
    /// The score of each system; 0 for those that no clue leads to.
    scores: Vec<f32>,
}

impl CandidatePool {
    /// Creates an empty pool for a catalogue of `systems` systems.
    pub fn new(systems: usize) -> Self {
        let mut scores = SPARE.take();
        if scores.len() != systems {
            scores = vec![0.0; systems];
        }
        Self { scores }
    }

    /// Adds to the scores of some systems.
    pub fn add(&mut self, systems: impl Iterator<Item = SystemId>, score: f32) {
        let score = score.max(f32::MIN_POSITIVE);
        systems.for_each(|id| self.scores[id.0 as usize] += score);
    }

    /// Returns the best candidates at a date, in the order of the catalogue.
    pub fn best(mut self, most: usize, date: Option<Stretch>, index: &Index) -> Vec<SystemId> {
        let to = date.map_or(f32::INFINITY, |date| date.to);
        let mut best = Best::new(most);
        let (scores, last_scores) = self.scores.as_chunks_mut();
        let (months, last_months) = index.first_months().as_chunks();
        let (popularity, last_popularity) = index.usage.popularity().as_chunks();
        let mut first = 0;
        for ((scores, months), popularity) in scores.iter_mut().zip(months).zip(popularity) {
            best.add(first, scores, months, popularity, to);
            *scores = [0.0; TOGETHER];
            first += TOGETHER as u32;
        }
        best.add(first, &filled(last_scores), &filled(last_months), &filled(last_popularity), to);
        last_scores.fill(0.0);
        SPARE.set(self.scores);
        best.in_order()
    }
}

/// Returns a few numbers with zeros behind them.
fn filled(few: &[f32]) -> [f32; TOGETHER] {
    let mut filled = [0.0; TOGETHER];
    filled.iter_mut().zip(few).for_each(|(place, number)| *place = *number);
    filled
}

/// The best of the systems that were seen, in their order, and some that are not among them yet to be left out.
struct Best {
    most: usize,
    ranks: Vec<u64>,
    /// The score below which a system is none of the best.
    least: f32,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, ranks: Vec::with_capacity(Self::room(most)), least: f32::NEG_INFINITY }
    }

    /// Returns the number of systems that are kept: the more, the more seldom some are left out.
    const fn room(most: usize) -> usize {
        2 * most + TOGETHER
    }

    /// Adds those systems from `first` on that a clue led to. All are compared first, which takes few instructions since
    /// most are too far down even if none is far ahead.
    fn add(
        &mut self,
        first: u32,
        scores: &[f32; TOGETHER],
        months: &[f32; TOGETHER],
        popularity: &[f32; TOGETHER],
        to: f32,
    ) {
        // A bit for each.
        let mut near = 0_u32;
        for at in 0..TOGETHER {
            let is_near = (scores[at] != 0.0) & !is_below(scores[at] + popularity[at], self.least);
            near |= u32::from(is_near) << at;
        }
        while near != 0 {
            let at = near.trailing_zeros() as usize % TOGETHER;
            near &= near - 1;
            let ahead = if months[at] - to > FAR_AHEAD { FAR_AHEAD_WEIGHT } else { 0.0 };
            let sum = scores[at] + (popularity[at] - ahead);
            if !is_below(sum, self.least) {
                self.add_one(sum, SystemId(first + at as u32));
            }
        }
    }

    fn add_one(&mut self, score: f32, id: SystemId) {
        if self.ranks.len() == Self::room(self.most) {
            self.leave_out();
        }
        self.ranks.push(rank(score, id));
    }

    /// Leaves out all but the best, in any order.
    fn leave_out(&mut self) {
        if self.most > 0 && self.ranks.len() > self.most {
            let (_, last, _) = self.ranks.select_nth_unstable(self.most - 1);
            self.least = score_of(*last);
            self.ranks.truncate(self.most);
        }
    }

    fn in_order(mut self) -> Vec<SystemId> {
        self.leave_out();
        let mut ids: Vec<SystemId> = self.ranks.into_iter().map(|rank| SystemId(rank as u32)).collect(); // its lower half
        ids.sort_unstable();
        ids
    }
}

/// Returns whether a score is below another one; what is no number is not.
fn is_below(score: f32, other: f32) -> bool {
    score < other
}

/// Returns a number that orders systems by score, the highest first, and then by id: numbers are compared much
/// faster than scores that have to be looked up.
fn rank(score: f32, id: SystemId) -> u64 {
    let bits = score.to_bits();
    // The bits of negative numbers grow as these fall.
    let descending = if score.is_sign_negative() { bits } else { !bits & !(1 << 31) };
    u64::from(descending) << 32 | u64::from(id.0)
}

/// Returns the score in a number that [`rank`] made.
fn score_of(rank: u64) -> f32 {
    let descending = (rank >> 32) as u32;
    f32::from_bits(if descending >> 31 == 1 { descending } else { !descending & !(1 << 31) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    #[test]
    fn what_several_clues_lead_to_comes_first() {
        let systems = samples::systems();
        let index = Index::new(&systems, &samples::organisations(), &samples::weights(), &samples::shares());
        let mut pool = CandidatePool::new(systems.len());
        pool.add((10..60).map(SystemId), 1.0);
        pool.add(std::iter::once(SystemId(40)), 2.0);
        assert_eq!(pool.best(1, None, &index), [SystemId(40)]);
    }

    #[test]
    fn of_many_the_best_are_left_in_the_order_of_the_catalogue() {
        let mut best = Best::new(3);
        for first in (0..1008u32).step_by(TOGETHER) {
            let scores = std::array::from_fn(|at| (1 + (first + at as u32) * 7919 % 1009) as f32);
            best.add(first, &scores, &[0.0; TOGETHER], &[0.0; TOGETHER], 0.0);
        }
        let expected: Vec<u32> = (0..1008).filter(|id| id * 7919 % 1009 >= 1006).collect();
        assert_eq!(best.in_order(), expected.into_iter().map(SystemId).collect::<Vec<_>>());
    }

    #[test]
    fn a_pool_is_empty_whatever_the_last_one_held() {
        let systems = samples::systems();
        let index = Index::new(&systems, &samples::organisations(), &samples::weights(), &samples::shares());
        for id in [4, 5] {
            let mut pool = CandidatePool::new(systems.len());
            pool.add([SystemId(id)].into_iter(), 1.0);
            assert_eq!(pool.best(9, None, &index), [SystemId(id)]);
        }
    }

    #[test]
    fn ranks_have_the_order_of_scores() {
        let scores = [f32::INFINITY, 7.5, 1.0, f32::MIN_POSITIVE, 0.0, -0.0, -1.0, -7.5, f32::NEG_INFINITY];
        assert!(scores.map(|score| rank(score, SystemId(3))).is_sorted());
        assert!(scores.iter().all(|score| score_of(rank(*score, SystemId(3))).to_bits() == score.to_bits()));
        assert!(
            rank(1.0, SystemId(3)) < rank(1.0, SystemId(4))
                && rank(-1.0, SystemId(3)) < rank(-1.0, SystemId(4))
        );
    }

    #[test]
    fn a_system_stands_once_however_many_clues_lead_to_it() {
        let systems = samples::systems();
        let index = Index::new(&systems, &samples::organisations(), &samples::weights(), &samples::shares());
        let mut pool = CandidatePool::new(systems.len());
        pool.add([SystemId(3), SystemId(3)].into_iter(), 0.0);
        assert_eq!(pool.best(9, None, &index), [SystemId(3)]);
    }
}
