//! The order in which evidence is presented to users.

use crate::resolve::Evidence;

/// The clue for how often a system is meant before any other clue is considered.
const PRIOR: &str = "prior";

/// Sorts evidence: first what speaks for a candidate, the strongest first; then what speaks against it, the
/// strongest first; and last the prior, since it depends on nothing in the text.
pub(super) fn in_telling_order(evidence: &[Evidence]) -> Vec<&Evidence> {
    let mut order: Vec<&Evidence> = evidence.iter().collect();
    let rank = |evidence: &Evidence| match evidence {
        Evidence { clue, .. } if clue == PRIOR => 2,
        Evidence { weight, .. } if *weight < 0.0 => 1,
        _ => 0,
    };
    order.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.weight.abs().total_cmp(&a.weight.abs())));
    order
}

/// Returns as many clues as fit on a line. The prior is included only if there is no other clue.
pub(super) fn most_telling(evidence: &[Evidence], most: usize) -> Vec<&Evidence> {
    let mut order = in_telling_order(evidence);
    order.truncate(most);
    if order.len() > 1 {
        order.retain(|evidence| evidence.clue != PRIOR);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(clues: &[(&str, f64)]) -> Vec<Evidence> {
        let one = |(clue, weight): &(&str, f64)| Evidence {
            clue: (*clue).to_string(),
            detail: String::new(),
            weight: *weight,
            span: None,
        };
        clues.iter().map(one).collect()
    }

    fn names(evidence: Vec<&Evidence>) -> Vec<&str> {
        evidence.into_iter().map(|evidence| evidence.clue.as_str()).collect()
    }

    #[test]
    fn what_speaks_for_comes_first_and_the_prior_last() {
        let all =
            evidence(&[("prior", -6.0), ("date", -0.1), ("words", 1.0), ("access", -4.0), ("size", 3.0)]);
        assert_eq!(names(in_telling_order(&all)), ["size", "words", "access", "date", "prior"]);
        assert_eq!(names(most_telling(&all, 3)), ["size", "words", "access"]);
    }

    #[test]
    fn the_prior_is_told_where_nothing_else_is_there() {
        assert_eq!(names(most_telling(&evidence(&[("prior", -6.0)]), 2)), ["prior"]);
        assert_eq!(names(most_telling(&evidence(&[("prior", 6.0), ("date", -1.0)]), 2)), ["date"]);
        assert!(most_telling(&[], 2).is_empty());
    }
}
