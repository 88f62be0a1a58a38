//! Fit of context weights that maximise the likelihood of the gold.
//!
//! A phrase has a sum for each kind: a constant, its rules' votes times one factor, and the weights of its
//! contexts. The probability of a kind is the softmax of the sums of all kinds that can win. The gold may
//! allow several kinds, whose probabilities are added. The objective is the logarithm of that over all
//! phrases, less an elastic net: `ridge / 2` times the squared weights and `lasso` times their absolute
//! values (Zou and Hastie, 2005). Contexts are updated one after the other, all kinds at once, by a step that
//! the bound of Böhning (1992) on the curvature makes safe, so the same gold gives the same weights on every
//! run.

use byname::catalogue::Kind;

/// Number of kinds.
pub(super) const KINDS: usize = Kind::ALL.len();
/// Upper bound of the curvature of a log-sum of exponentials in any direction.
const CURVATURE: f64 = 0.5;
/// The fit ends with a sweep in which no weight moves further than this.
const SMALLEST_STEP: f64 = 2e-3;
/// Most sweeps of a fit; one that needs more counts as not converged.
const SWEEPS: usize = 400;
/// Strength with which the factor of the rules is held at 1.
const HOLD_OF_RULES: f64 = 10.0;

/// A phrase on which the gold is informative.
#[derive(Debug, Clone)]
pub(super) struct PhraseRow {
    /// The indices of its contexts.
    pub contexts: Vec<u32>,
    /// The sums of its rules' votes, by kind.
    pub votes: [f64; KINDS],
    /// The kinds that can win, as a bit set.
    pub possible: u8,
    /// The right kinds among them, as a bit set.
    pub right: u8,
    /// Its weight in the fit.
    pub count: f64,
    /// The index of its paper.
    pub paper: usize,
}

/// The regularisation of the weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElasticNet {
    /// The strength of the penalty on squares.
    pub ridge: f64,
    /// The strength of the penalty on absolute values, which makes most weights 0.
    pub lasso: f64,
}

/// The result of a fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ContextFit {
    /// The factor of the rules' votes.
    pub rules: f64,
    /// The constant of each kind.
    pub bias: [f64; KINDS],
    /// The weights of each context, by kind.
    pub weights: Vec<[f64; KINDS]>,
    /// `true` if the fit converged.
    pub converged: bool,
}

impl ContextFit {
    /// Returns the probability of each kind.
    pub(super) fn chances(&self, row: &PhraseRow) -> [f64; KINDS] {
        shares(&self.sums(row), row.possible)
    }

    fn sums(&self, row: &PhraseRow) -> [f64; KINDS] {
        let mut sums = self.bias;
        for (sum, votes) in sums.iter_mut().zip(row.votes) {
            *sum += self.rules * votes;
        }
        for context in &row.contexts {
            if let Some(weights) = self.weights.get(*context as usize) {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        sums
    }
}

/// Fits weights to the phrases of the papers that `wanted` selects; `contexts` is the number of contexts.
pub(super) fn fit_contexts(
    rows: &[PhraseRow],
    contexts: usize,
    net: ElasticNet,
    wanted: &(dyn Fn(usize) -> bool + Sync),
) -> ContextFit {
    let rows: Vec<&PhraseRow> =
        rows.iter().filter(|row| wanted(row.paper) && row.right != row.possible).collect();
    let mut of_context: Vec<Vec<u32>> = vec![Vec::new(); contexts];
    for (index, row) in rows.iter().enumerate() {
        for context in &row.contexts {
            if let Some(list) = of_context.get_mut(*context as usize) {
                list.push(index as u32); // far fewer than 2^32 phrases
            }
        }
    }
    let mut fit = ContextFit {
        rules: 1.0,
        bias: [0.0; KINDS],
        weights: vec![[0.0; KINDS]; contexts],
        converged: false,
    };
    let mut sums: Vec<[f64; KINDS]> = rows.iter().map(|row| fit.sums(row)).collect();
    let everywhere: Vec<u32> = (0..rows.len() as u32).collect();
    for _ in 0..SWEEPS {
        let free = ElasticNet { ridge: 1e-3, lasso: 0.0 };
        let mut furthest = move_block(&rows, &mut sums, &everywhere, &mut fit.bias, free);
        furthest = furthest.max(move_rules(&rows, &mut sums, &mut fit.rules));
        for (context, list) in of_context.iter().enumerate() {
            furthest = furthest.max(move_block(&rows, &mut sums, list, &mut fit.weights[context], net));
        }
        if furthest < SMALLEST_STEP {
            fit.converged = true;
            break;
        }
    }
    fit
}

/// Updates the weights of one context and returns the largest change.
fn move_block(
    rows: &[&PhraseRow],
    sums: &mut [[f64; KINDS]],
    list: &[u32],
    weights: &mut [f64; KINDS],
    net: ElasticNet,
) -> f64 {
    let (mut slopes, mut curvature) = ([0.0; KINDS], 0.0);
    for index in list {
        let row = rows[*index as usize];
        let (all, right) =
            (shares(&sums[*index as usize], row.possible), shares(&sums[*index as usize], row.right));
        for kind in 0..KINDS {
            slopes[kind] += row.count * (right[kind] - all[kind]);
        }
        curvature += CURVATURE * row.count;
    }
    let mut steps = [0.0; KINDS];
    let mut furthest = 0.0f64;
    for kind in 0..KINDS {
        let aim = curvature * weights[kind] + slopes[kind];
        let shrunk = aim.signum() * (aim.abs() - net.lasso).max(0.0);
        let moved = shrunk / (curvature + net.ridge);
        steps[kind] = moved - weights[kind];
        weights[kind] = moved;
        furthest = furthest.max(steps[kind].abs());
    }
    if furthest > 0.0 {
        for index in list {
            sums[*index as usize].iter_mut().zip(steps).for_each(|(sum, step)| *sum += step);
        }
    }
    furthest
}

/// Updates the factor of the rules' votes and returns its change.
fn move_rules(rows: &[&PhraseRow], sums: &mut [[f64; KINDS]], factor: &mut f64) -> f64 {
    let (mut slope, mut curvature) = (HOLD_OF_RULES * (1.0 - *factor), HOLD_OF_RULES);
    for (row, sums) in rows.iter().zip(sums.iter()) {
        let (all, right) = (shares(sums, row.possible), shares(sums, row.right));
        for kind in 0..KINDS {
            slope += row.count * (right[kind] - all[kind]) * row.votes[kind];
            curvature += CURVATURE * row.count * row.votes[kind].powi(2);
        }
    }
    let step = (*factor + slope / curvature).max(0.0) - *factor;
    *factor += step;
    for (row, sums) in rows.iter().zip(sums.iter_mut()) {
        sums.iter_mut().zip(row.votes).for_each(|(sum, votes)| *sum += step * votes);
    }
    step.abs()
}

/// Returns the probability of each kind within a set of kinds, by their sums.
fn shares(sums: &[f64; KINDS], among: u8) -> [f64; KINDS] {
    let is_among = |kind: usize| among >> kind & 1 == 1;
    let highest =
        (0..KINDS).filter(|kind| is_among(*kind)).map(|kind| sums[kind]).fold(f64::NEG_INFINITY, f64::max);
    let mut shares = [0.0; KINDS];
    let mut total = 0.0;
    for kind in (0..KINDS).filter(|kind| is_among(*kind)) {
        shares[kind] = (sums[kind] - highest).exp();
        total += shares[kind];
    }
    shares.map(|share| if total > 0.0 { share / total } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: u8 = 1 << Kind::Own as u8;
    const GENERIC: u8 = 1 << Kind::Generic as u8;

    fn row(contexts: &[u32], right: u8, paper: usize) -> PhraseRow {
        PhraseRow {
            contexts: contexts.to_vec(),
            votes: [0.0; KINDS],
            possible: OWN | GENERIC,
            right,
            count: 1.0,
            paper,
        }
    }

    fn fit(rows: &[PhraseRow], ridge: f64, lasso: f64) -> ContextFit {
        fit_contexts(rows, 2, ElasticNet { ridge, lasso }, &|_| true)
    }

    #[test]
    fn a_context_tells_as_much_as_the_gold_says() {
        let mut rows: Vec<PhraseRow> =
            (0..40).map(|n| row(&[0], if n % 4 == 0 { GENERIC } else { OWN }, n)).collect();
        rows.extend((0..40).map(|n| row(&[1], if n % 2 == 0 { GENERIC } else { OWN }, n)));
        let fit = fit(&rows, 1e-3, 0.0);
        assert!(fit.converged);
        let chance = fit.chances(&rows[0])[Kind::Own as usize];
        assert!((chance - 0.75).abs() < 0.01, "{chance}");
        assert!((fit.chances(&rows[40])[Kind::Own as usize] - 0.5).abs() < 0.01);
    }

    #[test]
    fn what_tells_nothing_has_no_weight() {
        let rows: Vec<PhraseRow> =
            (0..40).map(|n| row(&[0], if n % 2 == 0 { GENERIC } else { OWN }, n)).collect();
        assert_eq!(fit(&rows, 1.0, 1.0).weights, [[0.0; KINDS]; 2]);
    }

    #[test]
    fn papers_that_are_left_out_do_not_count() {
        let rows = [row(&[0], OWN, 0), row(&[0], GENERIC, 1)];
        let of_first = fit_contexts(&rows, 2, ElasticNet { ridge: 0.1, lasso: 0.0 }, &|paper| paper == 0);
        assert!(of_first.chances(&rows[1])[Kind::Own as usize] > 0.7);
    }

    #[test]
    fn rules_that_are_always_wrong_count_less() {
        let mut rows: Vec<PhraseRow> =
            (0..60).map(|n| row(&[], if n % 2 == 0 { GENERIC } else { OWN }, n)).collect();
        for (n, row) in rows.iter_mut().enumerate() {
            row.votes[Kind::Own as usize] = if n % 2 == 0 { 3.0 } else { 0.0 };
        }
        assert!(fit(&rows, 1.0, 0.0).rules < 0.2);
    }
}
