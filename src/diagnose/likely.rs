//! The answer to a reference in a few words.

use crate::resolve::{Answer, AnswerLevel, Candidate};

/// Difference of probabilities below which a family is as probable as its first member.
const SAME: f64 = 0.005;

/// Returns whether an answer says more than its first candidate: a family or a maker. A family whose whole
/// probability is that of the system it is named after does not.
pub fn is_above_systems(answer: &Answer, candidates: &[Candidate]) -> bool {
    let is_first = candidates.first().is_some_and(|first| {
        first.name == answer.name && (first.probability - answer.probability).abs() < SAME
    });
    answer.level != AnswerLevel::System && !is_first
}

/// Returns what an answer says: a system, one of a family, or a system of a maker.
pub fn answer_in_words(answer: &Answer, candidates: &[Candidate]) -> String {
    let name = &answer.name;
    match answer.level {
        AnswerLevel::Family if is_above_systems(answer, candidates) => format!("one of the family {name}"),
        AnswerLevel::Maker => format!("a system of {name}"),
        AnswerLevel::System | AnswerLevel::Family => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_one_is_that_one() {
        let mut answer =
            Answer { level: AnswerLevel::Family, id: None, name: "Bolt".into(), probability: 0.75 };
        let first = |probability| Candidate {
            probability,
            ..crate::report::samples::paper().1.references[0].candidates[0].clone()
        };
        let mut candidates = vec![Candidate { name: "Bolt".into(), ..first(0.75) }];
        assert_eq!(answer_in_words(&answer, &candidates), "Bolt");
        candidates[0].probability = 0.5;
        assert_eq!(answer_in_words(&answer, &candidates), "one of the family Bolt");
        answer.level = AnswerLevel::Maker;
        assert_eq!(answer_in_words(&answer, &candidates), "a system of Bolt");
        answer.level = AnswerLevel::System;
        assert_eq!(answer_in_words(&answer, &candidates), "Bolt");
    }
}
