//! Counts over a whole run.

use serde::{Deserialize, Serialize};

use crate::document::ReadError;
use crate::engine::Findings;
use crate::resolve::{Level, State};

/// What a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents, read or not.
    pub documents: usize,
    /// Documents that could not be read, or not in full.
    pub failures: usize,
    /// Mentions shown.
    pub mentions: usize,
    states: [usize; State::ALL.len()],
    levels: [usize; Level::ALL.len()],
}

impl Tally {
    /// Counts one document.
    pub fn add(&mut self, findings: &Findings, errors: &[ReadError]) {
        self.documents += 1;
        self.failures += usize::from(!errors.is_empty());
        self.mentions += findings.mentions.len();
        for reference in &findings.references {
            self.states[reference.state as usize] += 1;
            self.levels[reference.level as usize] += 1;
        }
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.failures += other.failures;
        self.mentions += other.mentions;
        for (mine, theirs) in self.states.iter_mut().zip(other.states) {
            *mine += theirs;
        }
        for (mine, theirs) in self.levels.iter_mut().zip(other.levels) {
            *mine += theirs;
        }
    }

    /// How many references are in a state.
    pub fn in_state(&self, state: State) -> usize {
        self.states[state as usize]
    }

    /// How many references have a level.
    pub fn at_level(&self, level: Level) -> usize {
        self.levels[level as usize]
    }

    /// How many references there are.
    pub fn references(&self) -> usize {
        self.states.iter().sum()
    }

    /// Whether a reference weighs as much as `level` or more.
    pub fn reaches(&self, level: Level) -> bool {
        // Levels stand in the order from the heaviest on.
        self.levels.iter().take(level as usize + 1).any(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn levels_reach_what_is_lighter() {
        let (_, findings) = samples::paper();
        let mut tally = Tally::default();
        tally.add(&findings, &[]);
        assert!(!tally.reaches(Level::Error));
        assert!(tally.reaches(Level::Warning) && tally.reaches(Level::Note));
        let mut twice = tally;
        twice.merge(&tally);
        assert_eq!(twice.references(), 2 * tally.references());
        assert!(!Tally::default().reaches(Level::Note));
    }
}
