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
            for id in &self.touched {
                let ahead = date.is_some_and(|date| index.first_month(*id) - date.to > FAR_AHEAD);
                self.scores[id.0 as usize] +=
                    index.usage.popularity(*id) - if ahead { FAR_AHEAD_WEIGHT } else { 0.0 };
            }
            let score = |id: &SystemId| self.scores[id.0 as usize];
            self.touched.select_nth_unstable_by(most, |a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
            self.touched.truncate(most);
        }
        self.touched.sort_unstable();
        self.touched
    }
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
    fn a_system_stands_once_however_many_clues_lead_to_it() {
        let systems = samples::systems();
        let index = Index::new(&systems, &samples::organisations(), &samples::weights(), &samples::shares());
        let mut pool = CandidatePool::new(systems.len());
        pool.add([SystemId(3), SystemId(3)].into_iter(), 0.0);
        assert_eq!(pool.best(9, None, &index), [SystemId(3)]);
    }
}
