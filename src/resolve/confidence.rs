//! How probable it is that a reference is what a warning says.

use super::State;
use crate::catalogue::Kind;
use crate::detect::Mention;

/// The probability that a reference is particular and that its paper never names it: that of the surest of its
/// mentions that hide a name, and 0 where the paper gives the name.
pub(super) fn nameless_confidence(mentions: &[Mention], reference: &[usize], state: State) -> f64 {
    if state == State::Named {
        return 0.0;
    }
    let of_reference = || reference.iter().filter_map(|index| mentions.get(*index));
    let surest = |kind: Kind| {
        of_reference()
            .filter(|mention| mention.kind == kind)
            .map(|mention| mention.confidence)
            .reduce(f64::max)
    };
    surest(Kind::Described).or_else(|| surest(Kind::Own)).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_surest_description_counts_and_a_name_leaves_no_doubt() {
        let (_, mut findings) = samples::paper();
        findings.mentions[1].confidence = 0.6;
        findings.mentions[2].confidence = 0.9;
        let of = |reference: &[usize], state| nameless_confidence(&findings.mentions, reference, state);
        assert!(
            (of(&[1, 2, 3], State::Linked) - 0.6).abs() < 1e-9,
            "own mentions count where none is described"
        );
        assert!((of(&[2, 3], State::Linked) - 0.9).abs() < 1e-9);
        assert!(of(&[1, 2], State::Named).abs() < 1e-9 && of(&[], State::Unresolved).abs() < 1e-9);
    }
}
