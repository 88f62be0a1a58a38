//! The decision on a phrase: the kind for which votes and contexts speak most.

use super::mention::{KindChances, Vote};
use crate::catalogue::Kind;

/// The outcome of the votes on a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// The kind with the largest sum.
    pub kind: Kind,
    /// The probability of each kind, in the order of [`Kind::ALL`].
    pub chances: KindChances,
}

/// Returns the kind with the largest sum of votes, with the probabilities that the sums give. Without
/// contexts, it returns `None` if no sum is positive. Of equal sums, the first in [`Kind::ALL`] wins.
///
/// `contexts` are the scores that fitted contexts give to each kind; a vote counts `scale` times beside them.
/// Contexts alone never make a phrase a name: only rules can.
pub fn decide(votes: &mut [Vote], contexts: Option<[f64; Kind::ALL.len()]>, scale: f64) -> Option<Decision> {
    let has_contexts = contexts.is_some();
    let mut sums = contexts.unwrap_or_default();
    for vote in votes.iter() {
        sums[vote.kind as usize] += scale * vote.weight;
    }
    if has_contexts && !votes.iter().any(|vote| vote.kind == Kind::Named) {
        sums[Kind::Named as usize] = f64::NEG_INFINITY;
    }
    let best = Kind::ALL
        .iter()
        .copied()
        .reduce(|best, kind| if sums[kind as usize] > sums[best as usize] { kind } else { best })?;
    let top = sums[best as usize];
    if top <= 0.0 && !has_contexts {
        return None;
    }
    let shares = sums.map(|sum| (sum - top).exp());
    let total: f64 = shares.iter().sum();
    votes.sort_by(|a, b| (b.kind == best).cmp(&(a.kind == best)).then(b.weight.total_cmp(&a.weight)));
    Some(Decision { kind: best, chances: shares.map(|share| (share / total) as f32) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::RuleId;

    fn vote(kind: Kind, weight: f64) -> Vote {
        Vote { rule: RuleId(0), kind, weight, nameless: 0.0 }
    }

    #[test]
    fn two_small_votes_beat_one_larger() {
        let mut votes = [vote(Kind::Generic, 1.5), vote(Kind::Described, 1.0), vote(Kind::Described, 1.0)];
        let Decision { kind, chances } = decide(&mut votes, None, 1.0).unwrap();
        assert_eq!(kind, Kind::Described);
        let chance = chances[Kind::Described as usize];
        assert!(chance > 0.4 && chance < 0.6);
        assert!((chances.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(votes[2].kind, Kind::Generic);
    }

    #[test]
    fn contexts_decide_beside_rules_and_never_make_a_name() {
        let mut contexts = [0.0; Kind::ALL.len()];
        contexts[Kind::Named as usize] = 9.0;
        contexts[Kind::Own as usize] = 2.0;
        assert_eq!(decide(&mut [], Some(contexts), 1.0).map(|decision| decision.kind), Some(Kind::Own));
        let mut votes = [vote(Kind::Generic, 5.0)];
        assert_eq!(
            decide(&mut votes, Some(contexts), 1.0).map(|decision| decision.kind),
            Some(Kind::Generic)
        );
        assert_eq!(decide(&mut votes, Some(contexts), 0.1).map(|decision| decision.kind), Some(Kind::Own));
    }

    #[test]
    fn nobody_decides_nothing() {
        assert_eq!(decide(&mut [], None, 1.0), None);
        assert_eq!(decide(&mut [vote(Kind::Own, 0.0)], None, 1.0), None);
    }
}
