//! Conversion of weights to probabilities.

use super::answer::Sums;
use crate::catalogue::{AnswerWeights, SystemId, Systems};

/// A candidate and its log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ScoredCandidate {
    pub id: SystemId,
    pub weight: f64,
    /// The system whose evidence is shown: itself or, for a family, its most likely member.
    pub shown: SystemId,
}

/// A candidate with its probability, as reported.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RankedCandidate {
    pub weighed: ScoredCandidate,
    pub probability: f64,
    /// For a family: the members that fit equally well, the most likely first.
    pub members: Vec<SystemId>,
}

/// Candidates with their probabilities, most probable first, and the remaining probability of `unknown`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Posterior {
    pub candidates: Vec<RankedCandidate>,
    pub unknown: f64,
    /// The total probabilities of families and makers, over all weighed candidates; empty where none of them can
    /// be the answer.
    pub sums: Sums,
}

/// The degree to which a sum of weights is trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calibration {
    /// The factor applied to the log-odds against `unknown`.
    pub temper: f64,
    /// The probability of `unknown` regardless of the weights.
    pub doubt: f64,
    /// `true` if several systems are sought. Each then accounts for a part of the known probability, and
    /// candidates are kept by their share of it, however much is unknown.
    pub set: bool,
}

/// More than the error of a sum of probabilities.
const SLACK: f64 = 1e-6;

/// Converts log-odds to probabilities that sum to 1 together with `unknown`. Members of a family, of which `head_of`
/// returns the head, are merged into the family if they cannot be distinguished.
pub(super) fn posterior(
    mut weighed: Vec<ScoredCandidate>,
    unknown: f64,
    trust: Calibration,
    (systems, head_of): (&Systems, &dyn Fn(SystemId) -> SystemId),
    weights: &AnswerWeights,
) -> Posterior {
    weighed.retain(|candidate| candidate.weight.is_finite());
    let mut weighed = in_order(&weighed);
    let unknown = if unknown.is_finite() { unknown } else { 0.0 };
    for candidate in &mut weighed {
        candidate.weight = unknown + (candidate.weight - unknown) * trust.temper;
    }
    let highest = weighed.first().map_or(unknown, |first| first.weight.max(unknown));
    let sum: f64 = weighed.iter().map(|candidate| (candidate.weight - highest).exp()).sum::<f64>()
        + (unknown - highest).exp();
    let probability = |weight: f64| (1.0 - trust.doubt.clamp(0.0, 1.0)) * (weight - highest).exp() / sum;

    let mut candidates: Vec<RankedCandidate> = Vec::with_capacity(weights.most_candidates);
    let mut absorbed = vec![false; weighed.len()];
    let heads: Vec<SystemId> = weighed.iter().map(|candidate| head_of(candidate.id)).collect();
    // Whatever ties with one of the first few is found; further down nothing is told anyway.
    for index in 0..weighed.len().min(weights.most_candidates * 3) {
        if absorbed[index] {
            continue;
        }
        let mut candidate = weighed[index];
        let mut chance = probability(candidate.weight);
        let mut members = vec![candidate.id];
        let family = heads[index];
        for other in index + 1..weighed.len() {
            if weighed[index].weight - weighed[other].weight > weights.family_tie {
                break;
            }
            if heads[other] == family && !absorbed[other] {
                absorbed[other] = true;
                chance += probability(weighed[other].weight);
                candidate.id = family;
                members.push(weighed[other].id);
            }
        }
        members.retain(|member| *member != candidate.id);
        candidates.push(RankedCandidate { weighed: candidate, probability: chance, members });
    }
    // Two ties of one family can both have become its head.
    let mut index = 1;
    while index < candidates.len() {
        let id = candidates[index].weighed.id;
        match candidates[..index].iter().position(|before| before.weighed.id == id) {
            Some(before) => {
                let answer = candidates.remove(index);
                candidates[before].probability += answer.probability;
                candidates[before].members.extend(answer.members);
            }
            None => index += 1,
        }
    }
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let known: f64 = candidates.iter().map(|answer| answer.probability).sum();
    let least = weights.least_probability * if trust.set { known } else { 1.0 };
    candidates.retain(|answer| answer.probability >= least);
    if known < weights.least_known {
        candidates.clear(); // none of them means anything
    }
    candidates.truncate(weights.most_candidates);
    let reported: f64 = candidates.iter().map(|answer| answer.probability).sum();
    let all = 1.0 - probability(unknown);
    let unknown = (1.0 - reported).max(0.0);
    // Where all systems together fall short of an answer, no family and no maker reaches it.
    let is_short = trust.set || all < weights.floor.max(unknown) - SLACK;
    let is_sure = candidates.first().is_some_and(|first| first.probability >= weights.floor);
    let sums = if is_sure || is_short { Sums::default() } else { Sums::of(&weighed, systems, probability) };
    Posterior { candidates, unknown, sums }
}

/// Returns candidates in the order of their weights, the highest first, and then of their ids. Numbers that have all of
/// this in their bits are sorted much faster than the candidates.
fn in_order(weighed: &[ScoredCandidate]) -> Vec<ScoredCandidate> {
    let rank = |(place, candidate): (usize, &ScoredCandidate)| {
        let bits = candidate.weight.to_bits();
        // The bits of negative numbers grow as these fall.
        let descending = if candidate.weight.is_sign_negative() { bits } else { !bits & !(1 << 63) };
        u128::from(descending) << 64 | u128::from(candidate.id.0) << 32 | place as u128 // far fewer than 2^32
    };
    let mut ranks: Vec<u128> = weighed.iter().enumerate().map(rank).collect();
    ranks.sort_unstable();
    ranks.into_iter().filter_map(|rank| weighed.get(rank as u32 as usize)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;
    use proptest::prelude::*;

    fn posterior(
        weighed: Vec<ScoredCandidate>,
        unknown: f64,
        trust: Calibration,
        systems: &Systems,
        weights: &AnswerWeights,
    ) -> Posterior {
        let head_of = |id| systems.get(id).and_then(|system| system.family).unwrap_or(id);
        super::posterior(weighed, unknown, trust, (systems, &head_of), weights)
    }

    fn weighed(id: u32, weight: f64) -> ScoredCandidate {
        ScoredCandidate { id: SystemId(id), weight, shown: SystemId(id) }
    }

    fn full() -> Calibration {
        Calibration { temper: 0.85, doubt: 0.0, set: false }
    }

    #[test]
    fn what_means_nothing_is_told_neither_of_one_nor_of_a_set() {
        let (systems, weights) = (samples::systems(), samples::weights().answer);
        let reported = |set: bool, unknown: f64| {
            let trust = Calibration { temper: 1.0, doubt: 0.0, set };
            let list = vec![weighed(0, 0.0), weighed(3, -6.0)];
            posterior(list, unknown, trust, &systems, &weights).candidates.len()
        };
        // Of 27 chances in 100 for both together, the second has 7 in 10,000.
        assert_eq!((reported(false, 1.0), reported(true, 1.0)), (1, 1));
        assert_eq!((reported(false, 6.0), reported(true, 6.0)), (0, 0), "nothing in the catalogue fits");
    }

    #[test]
    fn doubt_leaves_something_to_unknown_however_well_a_system_fits() {
        let (systems, weights) = (samples::systems(), samples::weights().answer);
        let sure = |doubt: f64| {
            let trust = Calibration { temper: 1.0, doubt, set: false };
            posterior(vec![weighed(0, 40.0)], 0.0, trust, &systems, &weights)
        };
        assert!((sure(0.0).candidates[0].probability - 1.0).abs() < 1e-9);
        let doubted = sure(0.1);
        assert!(
            (doubted.candidates[0].probability - 0.9).abs() < 1e-9 && (doubted.unknown - 0.1).abs() < 1e-9
        );
    }

    #[test]
    fn the_most_probable_stands_first_when_a_family_gathers_its_members() {
        let systems = samples::systems();
        let (head, member) = (systems.by_id("bolt-2").unwrap().0, systems.by_id("bolt-2-small").unwrap().0);
        let other = systems.iter().find(|(id, system)| id.0 != head && system.family.is_none()).unwrap().0;
        let weights = samples::weights().answer;
        let all =
            vec![weighed(other.0, 3.1), weighed(head, 3.0), weighed(member, 3.0 - weights.family_tie / 2.0)];
        let answer = posterior(all, -9.0, full(), &systems, &weights);
        let chances: Vec<f64> = answer.candidates.iter().map(|answer| answer.probability).collect();
        assert!(chances.is_sorted_by(|a, b| a >= b), "{chances:?}");
        assert_eq!(answer.candidates[0].weighed.id.0, head);
    }

    #[test]
    fn members_of_a_family_that_tie_are_told_as_the_family() {
        let systems = samples::systems();
        let (head, member) = (systems.by_id("bolt-2").unwrap().0, systems.by_id("bolt-2-small").unwrap().0);
        let weights = samples::weights().answer;
        let tied = posterior(
            vec![weighed(member, 3.0), weighed(head, 2.9), weighed(0, 0.0)],
            0.0,
            full(),
            &systems,
            &weights,
        );
        assert_eq!(tied.candidates[0].weighed.id, SystemId(head));
        assert_eq!(tied.candidates[0].weighed.shown, SystemId(member));
        assert_eq!(tied.candidates[0].members, [SystemId(member)]);
        let apart =
            posterior(vec![weighed(member, 3.0), weighed(head, -2.0)], 0.0, full(), &systems, &weights);
        assert_eq!(apart.candidates.len(), 2);
    }

    #[test]
    fn candidates_stand_in_the_order_of_their_weights_and_then_of_their_ids() {
        let weights = [0.0, -0.0, 3.5, -2.0, f64::MAX, f64::MIN, 3.5, 1e-300];
        let mut all: Vec<_> = (0..).zip(weights).map(|(id, weight)| weighed(40 - id, weight)).collect();
        let found = in_order(&all);
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
        assert_eq!(found, all);
    }

    #[test]
    fn nothing_to_choose_from_leaves_all_to_unknown() {
        let nothing = posterior(Vec::new(), 0.0, full(), &samples::systems(), &samples::weights().answer);
        assert_eq!((nothing.candidates.len(), nothing.unknown.to_bits()), (0, 1.0f64.to_bits()));
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one(odds in proptest::collection::vec(proptest::num::f64::ANY, 0..40), unknown in proptest::num::f64::ANY) {
            let list = odds.iter().enumerate().map(|(id, weight)| weighed(id as u32, *weight)).collect();
            let answer = posterior(list, unknown, Calibration { temper: 0.75, doubt: 0.1, set: false }, &samples::systems(), &samples::weights().answer);
            let sum: f64 = answer.candidates.iter().map(|answer| answer.probability).sum::<f64>() + answer.unknown;
            prop_assert!((sum - 1.0).abs() < 1e-9, "{}", sum);
            prop_assert!(answer.candidates.len() <= 8);
            prop_assert!(answer.candidates.windows(2).all(|pair| pair[0].weighed.id != pair[1].weighed.id));
        }
    }
}
