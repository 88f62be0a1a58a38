//! Evidence from stated amounts, compared with the amounts of an entry.

use super::super::clues::{Proximity, SizeClue};
use super::super::index::Index;
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::{EvidenceWeights, show_amount};
use crate::detect::{Measure, Precision, Quantity};

/// A range of amounts (as logarithms) that agrees with a stated one, and how informative an agreement is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Target {
    pub from: f32,
    pub to: f32,
    /// The negative logarithm of the share of systems within the range.
    pub surprise: f32,
    /// Set for a range that extends beyond the stated amount, for near misses.
    pub near: bool,
}

/// Smallest tolerance: closer amounts are indistinguishable as 32-bit logarithms.
const LEAST_TOLERANCE: f64 = 1e-4;

/// Returns the ranges that agree with a stated amount, the most informative first; empty for an amount that
/// is not finite and positive.
pub(crate) fn targets(
    measure: Measure,
    quantity: &Quantity,
    index: &Index,
    weights: &crate::catalogue::SizeWeights,
) -> Vec<Target> {
    let sensible = |value: f64| value.is_finite() && value > 0.0;
    if !sensible(quantity.at) {
        return Vec::new();
    }
    let mut targets = Vec::with_capacity(4);
    let mut add = |from: f64, to: f64, near: bool| {
        let (from, to) = (from as f32, to as f32);
        let surprise = -index.share(measure, from, to).ln();
        let left = if near { weights.near_miss as f32 } else { 1.0 };
        targets.push(Target {
            from,
            to,
            surprise: (surprise * left).min(weights.most as f32).max(0.0),
            near,
        });
    };
    let at = quantity.at.ln();
    let exact = |add: &mut dyn FnMut(f64, f64, bool), value: f64| {
        let tolerance = rounding(value, weights);
        add(value.ln() - tolerance, value.ln() + tolerance, false);
        let wide = tolerance + 0.05;
        add(value.ln() - wide, value.ln() + wide, true);
    };
    let bound = weights.bound_factor.max(1.0).ln();
    match quantity.precision {
        Precision::Exact => exact(&mut add, quantity.at),
        Precision::About => {
            let tolerance = weights.about_tolerance.max(LEAST_TOLERANCE);
            add(at - tolerance, at + tolerance, false);
            add(at - 2.0 * tolerance, at + 2.0 * tolerance, true);
        }
        Precision::OrderOfMagnitude => {
            let tolerance = weights.order_factor.max(1.0).ln();
            add(at - tolerance, at + tolerance, false);
            // The nearer half of the range is the likelier one.
            add(at - 0.5 * tolerance, at + 0.5 * tolerance, false);
        }
        Precision::AtLeast => {
            add(at - 0.02, at + bound, false);
            add(at - 0.02, at + 3.0 * bound, true);
        }
        Precision::AtMost => {
            exact(&mut add, quantity.at);
            add(at - 3.0 * bound, at + 0.02, true);
        }
        Precision::Range => {
            exact(&mut add, quantity.at);
            if let Some(from) = quantity.from.filter(|from| sensible(*from)) {
                add(from.ln().min(at) - 0.02, at + 0.02, true);
            }
        }
    }
    for value in quantity.values.iter().filter(|value| sensible(**value)).take(8) {
        exact(&mut add, *value);
    }
    targets.sort_unstable_by(|a, b| b.surprise.total_cmp(&a.surprise));
    targets
}

/// Returns the tolerance of a value given the digits it is written with: "7B" is anything from 6.5B to 7.5B.
fn rounding(value: f64, weights: &crate::catalogue::SizeWeights) -> f64 {
    let mut digits = value / 10f64.powf(value.log10().floor());
    let mut unit = 1.0;
    for _ in 0..6 {
        if (digits - digits.round()).abs() < 1e-6 * digits.max(1.0) {
            break;
        }
        digits *= 10.0;
        unit *= 10.0;
    }
    let leading = (digits / unit).max(1.0);
    let tolerance = 0.5 / (leading * unit);
    let tolerance = if tolerance.is_finite() { tolerance } else { weights.exact_tolerance };
    tolerance.min(weights.rounding_tolerance).max(weights.exact_tolerance).max(LEAST_TOLERANCE)
}

/// The comparison of a stated amount with an entry.
enum Fit<'q> {
    /// The entry gives no amount.
    Silent,
    Agrees {
        weight: f64,
        amount: f64,
        clue: &'q SizeClue<'q>,
    },
    Differs {
        weight: f64,
        amount: f64,
        clue: &'q SizeClue<'q>,
    },
}

impl Scorer<'_> {
    pub(super) fn weigh_sizes(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let sizes = &candidate.clues.sizes;
        for (index, clue) in sizes.iter().enumerate() {
            if sizes[..index].iter().any(|before| before.measure == clue.measure) {
                continue; // all amounts of a measure are weighed together
            }
            let mut best = Fit::Silent;
            for clue in sizes[index..].iter().filter(|other| other.measure == clue.measure) {
                best = better(best, self.fit(candidate, clue));
            }
            match best {
                Fit::Silent => {}
                Fit::Agrees { weight, amount, clue } => {
                    evidence.note_at(clue.measure.name(), weight, clue.span, || {
                        format!("{} is {}", clue.quantity, show_amount(amount))
                    })
                }
                Fit::Differs { weight, amount, clue } => {
                    evidence.note_at(clue.measure.name(), weight, clue.span, || {
                        format!("{} is not {}", clue.quantity, show_amount(amount))
                    })
                }
            }
        }
    }

    fn fit<'q>(&self, candidate: &CandidateContext<'_>, clue: &'q SizeClue<'q>) -> Fit<'q> {
        let weights: &EvidenceWeights = self.weights;
        let Some(measure) = weights.size.measure.get(&clue.measure) else { return Fit::Silent };
        let of_entry = candidate.system.amounts(clue.measure);
        let Some(largest) = of_entry.iter().copied().reduce(f64::max) else { return Fit::Silent };
        let left =
            match clue.place {
                Proximity::Mention => 1.0,
                Proximity::Sentence => weights.size.sentence,
                Proximity::Neighbour => weights.size.neighbour,
            } * if candidate.system.is_doubtful(key_of(clue.measure)) { weights.size.doubtful } else { 1.0 };
        for target in &clue.targets {
            let inside = |amount: &&f64| {
                let log = amount.ln() as f32;
                target.from <= log && log <= target.to
            };
            let Some(amount) = of_entry.iter().filter(inside).max_by(|a, b| a.total_cmp(b)) else { continue };
            // A family of many sizes fits one of them by chance, unless its largest is meant.
            let many = if *amount >= largest * 0.999 {
                0.0
            } else {
                (of_entry.len() as f64).log2() * weights.size.many_sizes
            };
            let weight = (f64::from(target.surprise) * measure.strength - many).max(0.0) * left;
            return Fit::Agrees { weight, amount: *amount, clue };
        }
        // The nearest amount is the one to tell of.
        let distance = |amount: &f64| (amount / clue.quantity.at).ln().abs();
        let amount =
            of_entry.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(largest);
        let weight = measure.mismatch * left * if clue.place == Proximity::Mention { 1.0 } else { 0.5 };
        Fit::Differs { weight, amount, clue }
    }
}

/// Returns the fit that counts: an agreement before a difference, and of two of a kind the stronger.
fn better<'q>(one: Fit<'q>, other: Fit<'q>) -> Fit<'q> {
    match (&one, &other) {
        (Fit::Silent, _) => other,
        (Fit::Agrees { weight, .. }, Fit::Agrees { weight: next, .. }) if next > weight => other,
        (Fit::Agrees { .. }, _) => one,
        (_, Fit::Agrees { .. }) => other,
        (Fit::Differs { weight, .. }, Fit::Differs { weight: next, .. }) if next < weight => other,
        _ => one,
    }
}

/// Returns the key of an entry that holds a measure.
fn key_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Words => Measure::Tokens.name(),
        Measure::ContextLength => "context",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;
    use proptest::prelude::*;

    fn made(measure: Measure, quantity: &Quantity) -> Vec<Target> {
        let weights = samples::weights();
        let index = Index::new(&samples::systems(), &samples::organisations(), &weights, &samples::shares());
        targets(measure, quantity, &index, &weights.size)
    }

    fn agrees(quantity: &Quantity, amount: f64) -> bool {
        let log = amount.ln() as f32;
        made(Measure::Parameters, quantity)
            .iter()
            .any(|target| !target.near && target.from <= log && log <= target.to)
    }

    #[test]
    fn an_amount_agrees_within_the_rounding_of_its_digits() {
        let seven = Quantity::new(7e9, Precision::Exact);
        assert!(agrees(&seven, 6.7e9) && !agrees(&seven, 8e9));
        let exact = Quantity::new(137e9, Precision::Exact);
        assert!(agrees(&exact, 137e9) && !agrees(&exact, 130e9));
        assert!(agrees(&Quantity::new(140e9, Precision::About), 137e9));
        assert!(agrees(&Quantity::new(1e11, Precision::OrderOfMagnitude), 137e9));
        assert!(agrees(&Quantity::new(1e11, Precision::AtLeast), 137e9));
        assert!(!agrees(&Quantity::new(2e11, Precision::AtLeast), 137e9));
        assert!(agrees(&Quantity::new(137e9, Precision::AtMost), 137e9));
    }

    #[test]
    fn a_rare_size_tells_more_than_a_common_one() {
        let most =
            |value: f64| made(Measure::Parameters, &Quantity::new(value, Precision::Exact))[0].surprise;
        assert!(most(137e9) > most(7e9) + 1.0);
    }

    proptest! {
        #[test]
        fn odd_quantities_do_no_harm(at in proptest::num::f64::ANY, from in proptest::num::f64::ANY, precision in 0usize..6) {
            let mut quantity = Quantity::new(at, Precision::ALL[precision]);
            quantity.from = Some(from);
            quantity.values = vec![from, at];
            for target in made(Measure::Tokens, &quantity) {
                prop_assert!(target.surprise.is_finite() && target.surprise >= 0.0);
            }
            let _ = quantity.to_string();
        }
    }
}
