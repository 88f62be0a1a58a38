//! Candidates gathered from clues: each clue's list adds to a rough score, and the best candidates are then
//! weighed in full.

use super::index::Index;
use super::time::Stretch;
use crate::catalogue::SystemId;

/// Number of months before its announcement from which a system is hardly a candidate.
const FAR_AHEAD: f32 = 18.0;
/// Reduction of the rough score for such a system.
const FAR_AHEAD_WEIGHT: f32 = 5.0;

/// Systems with rough scores.
#[derive(Debug)]
pub(super) struct CandidatePool {
    scores: Vec<f32>,
    touched: Vec<SystemId>,
}

impl CandidatePool {
    /// Creates an empty pool for a catalogue of `systems` systems.
    pub fn new(systems: usize) -> Self {
        Self { scores: vec![0.0; systems], touched: Vec::with_capacity(256) }
    }

    /// Adds to the scores of some systems.
    pub fn add(&mut self, systems: impl Iterator<Item = SystemId>, score: f32) {
        for id in systems {
            let known = &mut self.scores[id.0 as usize];
            if *known == 0.0 {
                self.touched.push(id);
            }
            *known += score.max(f32::MIN_POSITIVE);
        }
    }

    /// Returns the best candidates at a date, in the order of the catalogue.
    pub fn best(mut self, most: usize, date: Option<Stretch>, index: &Index) -> Vec<SystemId> {
        if self.touched.len() > most {
            let ranks = self.touched.iter().map(|id| {
                let ahead = date.is_some_and(|date| index.first_month(*id) - date.to > FAR_AHEAD);
                let more = index.usage.popularity(*id) - if ahead { FAR_AHEAD_WEIGHT } else { 0.0 };
                rank(self.scores[id.0 as usize] + more, *id)
            });
            let mut ranks: Vec<u64> = ranks.collect();
            ranks.select_nth_unstable(most);
            ranks.truncate(most);
            self.touched.clear();
            self.touched.extend(ranks.into_iter().map(|rank| SystemId(rank as u32))); // its lower half
        }
        self.touched.sort_unstable();
        self.touched
    }
}

/// Returns a number that orders systems by score, the highest first, and then by id: numbers are compared much
/// faster than scores that have to be looked up.
fn rank(score: f32, id: SystemId) -> u64 {
    let bits = score.to_bits();
    // The bits of negative numbers grow as these fall.
    let descending = if score.is_sign_negative() { bits } else { !bits & !(1 << 31) };
    u64::from(descending) << 32 | u64::from(id.0)
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
    fn ranks_have_the_order_of_scores() {
        let scores = [f32::INFINITY, 7.5, 1.0, f32::MIN_POSITIVE, 0.0, -0.0, -1.0, -7.5, f32::NEG_INFINITY];
        assert!(scores.map(|score| rank(score, SystemId(3))).is_sorted());
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
