//! Fit of rule weights that maximise the likelihood of the gold.
//!
//! The probability of an answer is the softmax of the sums of all answers that could win: those with a vote.
//! The gold may allow several answers, whose probabilities are added. The objective is the logarithm of that
//! over all observations, less `strength / 2` times the squared distance of each weight from its prior.
//! Weights are updated one after the other by a step that the bound of Böhning (1992) on the curvature of
//! such functions makes safe: no step lowers the objective.

use std::collections::HashMap;

use super::observation::{ANSWERS, Observation};

/// The largest weight of a rule.
const LARGEST: f64 = 20.0;
/// Upper bound of the curvature of a log-sum of exponentials.
const CURVATURE: f64 = 0.25;
/// The fit ends with a round in which every step is smaller than this.
const SMALLEST_STEP: f64 = 1e-3;

/// Observations of many papers; equal ones are kept once.
#[derive(Debug, Default)]
pub(super) struct Problem {
    /// The distinct observations, with their weights summed over all papers.
    patterns: Vec<Observation>,
    /// For each rule, the patterns in which it votes: pattern, answer, and how often the vote counts.
    by_rule: Vec<Vec<(usize, usize, f64)>>,
    /// For each paper, its patterns and their weights.
    papers: Vec<Vec<(usize, f64)>>,
}

impl Problem {
    /// Collects the observations of each paper; `rules` is the number of rules.
    pub(super) fn new(papers: Vec<Vec<Observation>>, rules: usize) -> Self {
        let mut problem = Self { by_rule: vec![Vec::new(); rules], ..Self::default() };
        let mut places: HashMap<Vec<u64>, usize> = HashMap::new();
        for paper in papers {
            let mut counts: Vec<(usize, f64)> = Vec::new();
            for observation in paper {
                let place = *places.entry(key(&observation)).or_insert_with(|| {
                    problem.patterns.push(Observation { count: 0.0, ..observation.clone() });
                    problem.patterns.len() - 1
                });
                problem.patterns[place].count += observation.count;
                counts.push((place, observation.count));
            }
            problem.papers.push(counts);
        }
        for (index, pattern) in problem.patterns.iter().enumerate() {
            for (rule, answer, times) in &pattern.votes {
                if let Some(list) = problem.by_rule.get_mut(*rule) {
                    list.push((index, *answer, *times));
                }
            }
        }
        problem
    }

    /// Returns the weight of each pattern when some papers are left out.
    pub(super) fn counts_without(&self, left_out: impl Fn(usize) -> bool) -> Vec<f64> {
        let mut counts: Vec<f64> = self.patterns.iter().map(|pattern| pattern.count).collect();
        for (_, paper) in self.papers.iter().enumerate().filter(|(index, _)| left_out(*index)) {
            for (pattern, count) in paper {
                counts[*pattern] -= count;
            }
        }
        counts
    }

    /// Returns the number of votes of a rule, each with the weight of its observation in the fit.
    pub(super) fn votes_of(&self, rule: usize) -> f64 {
        let list = self.by_rule.get(rule).map_or(&[][..], Vec::as_slice);
        list.iter().map(|(pattern, ..)| self.patterns[*pattern].count).sum()
    }

    /// Returns the rules that vote in a paper.
    pub(super) fn rules_of(&self, paper: usize) -> impl Iterator<Item = usize> {
        let patterns = self.papers.get(paper).map_or(&[][..], Vec::as_slice);
        patterns.iter().flat_map(|(pattern, _)| self.patterns[*pattern].votes.iter().map(|(rule, ..)| *rule))
    }

    /// Returns the best weights, found from `start` in at most `rounds` rounds over the `wanted` rules.
    pub(super) fn fit(
        &self,
        counts: &[f64],
        start: &[f64],
        prior: &[f64],
        strength: f64,
        (rounds, wanted): (usize, &[usize]),
    ) -> Vec<f64> {
        let mut weights = start.to_vec();
        let mut sums: Vec<[f64; ANSWERS]> =
            self.patterns.iter().map(|pattern| sums(pattern, &weights)).collect();
        for _ in 0..rounds {
            let mut largest_step = 0.0f64;
            for rule in wanted {
                let (mut slope, mut curvature) = (strength * (prior[*rule] - weights[*rule]), strength);
                for (pattern, answer, times) in &self.by_rule[*rule] {
                    let count = counts[*pattern] * times;
                    if count > 0.0 {
                        let (all, right) = chances(&sums[*pattern], self.patterns[*pattern].allowed, *answer);
                        slope += count * (right - all);
                        curvature += count * times * CURVATURE;
                    }
                }
                let moved = (weights[*rule] + slope / curvature).clamp(0.0, LARGEST);
                let step = moved - weights[*rule];
                if step != 0.0 {
                    weights[*rule] = moved;
                    for (pattern, answer, times) in &self.by_rule[*rule] {
                        sums[*pattern][*answer] += step * times;
                    }
                    largest_step = largest_step.max(step.abs());
                }
            }
            if largest_step < SMALLEST_STEP {
                break;
            }
        }
        weights
    }

    /// Returns the objective without the prior: the log-likelihood of the right answers.
    #[cfg(test)]
    fn log_likelihood(&self, weights: &[f64]) -> f64 {
        let of_pattern = |pattern: &Observation| {
            let sums = sums(pattern, weights);
            let share: f64 = (0..ANSWERS)
                .filter(|answer| pattern.allowed >> answer & 1 == 1)
                .map(|answer| chances(&sums, pattern.allowed, answer).0)
                .sum();
            pattern.count * share.ln()
        };
        self.patterns.iter().map(of_pattern).sum()
    }
}

/// Returns a key that is equal for observations that differ only in weight.
fn key(observation: &Observation) -> Vec<u64> {
    let mut key = vec![u64::from(observation.allowed)];
    key.extend(observation.before.iter().map(|before| before.to_bits()));
    for (rule, answer, times) in &observation.votes {
        key.extend([*rule as u64, *answer as u64, times.to_bits()]);
    }
    key
}

fn sums(pattern: &Observation, weights: &[f64]) -> [f64; ANSWERS] {
    let mut sums = pattern.before;
    for (rule, answer, times) in &pattern.votes {
        sums[*answer] += times * weights.get(*rule).copied().unwrap_or_default();
    }
    sums
}

/// Returns the probability of an answer among all answers, and among the right ones.
fn chances(sums: &[f64; ANSWERS], allowed: u8, answer: usize) -> (f64, f64) {
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut all, mut right) = (0.0, 0.0);
    let highest_right = (0..ANSWERS)
        .filter(|answer| allowed >> answer & 1 == 1)
        .map(|answer| sums[answer])
        .fold(f64::NEG_INFINITY, f64::max);
    for (index, sum) in sums.iter().enumerate() {
        all += (sum - highest).exp();
        if allowed >> index & 1 == 1 {
            right += (sum - highest_right).exp();
        }
    }
    let of_all = (sums[answer] - highest).exp() / all;
    let of_right =
        if allowed >> answer & 1 == 1 { (sums[answer] - highest_right).exp() / right } else { 0.0 };
    (of_all, of_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a phrase on which each of the rules 0 and 1 in `votes` votes for the answer of its number.
    fn phrase(votes: &[usize], allowed: u8) -> Observation {
        let votes = votes.iter().map(|rule| (*rule, *rule, 1.0)).collect();
        Observation { votes, before: [0.0; ANSWERS], allowed, count: 1.0 }
    }

    fn fitted(papers: Vec<Vec<Observation>>, strength: f64) -> Vec<f64> {
        let problem = Problem::new(papers, 2);
        let counts = problem.counts_without(|_| false);
        problem.fit(&counts, &[1.0, 1.0], &[1.0, 1.0], strength, (2000, &[0, 1]))
    }

    #[test]
    fn a_rule_that_is_always_right_outweighs_one_that_is_not() {
        let paper = vec![phrase(&[0, 1], 1), phrase(&[0, 1], 1), phrase(&[0, 1], 1), phrase(&[0, 1], 2)];
        let weights = fitted(vec![paper], 0.01);
        // Three of four: the weights lie ln 3 apart, but for the pull of the prior.
        assert!((weights[0] - weights[1] - 3f64.ln()).abs() < 0.05, "{weights:?}");
    }

    #[test]
    fn a_strong_prior_holds_the_weights() {
        let weights = fitted(vec![vec![phrase(&[0, 1], 1)]], 1e6);
        assert!(weights.iter().all(|weight| (weight - 1.0).abs() < 1e-3), "{weights:?}");
    }

    #[test]
    fn where_all_that_can_win_is_right_nothing_is_learnt() {
        let mut open = phrase(&[0, 1], 3);
        open.before[2..].fill(f64::NEG_INFINITY);
        assert_eq!(fitted(vec![vec![open]], 0.1), [1.0, 1.0]);
    }

    #[test]
    fn no_round_makes_the_gold_less_likely() {
        let paper: Vec<Observation> =
            (0..40).map(|n| phrase(&[0, 1][..1 + n % 2], if n % 3 == 0 { 1 } else { 6 })).collect();
        let problem = Problem::new(vec![paper], 2);
        let counts = problem.counts_without(|_| false);
        let mut weights = vec![5.0, 0.0];
        let mut before = problem.log_likelihood(&weights);
        for _ in 0..50 {
            weights = problem.fit(&counts, &weights, &weights, 0.0, (1, &[0, 1]));
            let after = problem.log_likelihood(&weights);
            assert!(after >= before - 1e-9, "{before} {after}");
            before = after;
        }
    }

    #[test]
    fn a_paper_that_is_left_out_does_not_count() {
        let problem = Problem::new(vec![vec![phrase(&[0], 1)], vec![phrase(&[0], 1), phrase(&[1], 2)]], 2);
        assert_eq!(problem.counts_without(|paper| paper == 1), [1.0, 0.0]);
        assert_eq!((problem.votes_of(0), problem.votes_of(1)), (2.0, 1.0));
    }
}
