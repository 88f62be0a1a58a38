//! The level of an answer: a system, a family, or a maker.

use serde::Serialize;

use super::posterior::ScoredCandidate;
use super::{Candidate, State};
use crate::catalogue::{AnswerWeights, Organisations, SystemId, Systems};
use crate::named_enum;

named_enum! {
    /// The specificity of an answer.
    pub enum AnswerLevel {
        /// The system itself.
        System => "system",
        /// The family that it belongs to.
        Family => "family",
        /// The maker of the system.
        Maker => "maker",
    }
}

/// The most specific answer to a reference, with the total probability of the systems that it covers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Its specificity.
    pub level: AnswerLevel,
    /// The id of the system, of the head of the family, or of the organisation; `None` for a name that is not
    /// in the catalogue.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The probability that the reference is this system, or one of this family or maker.
    pub probability: f64,
}

/// The total probabilities of the systems of each family, and of each maker.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sums {
    families: Vec<(u32, f64)>,
    makers: Vec<(u32, f64)>,
}

impl Sums {
    /// Sums the probabilities of all candidates by family and by first maker.
    pub fn of(weighed: &[ScoredCandidate], systems: &Systems, probability: impl Fn(f64) -> f64) -> Self {
        let mut sums = Self::default();
        for candidate in weighed {
            let chance = probability(candidate.weight);
            let Some(system) = systems.get(candidate.id).filter(|_| chance > 0.0) else { continue };
            sums.families.push((system.family.unwrap_or(candidate.id).0, chance));
            sums.makers.extend(system.organisations.first().map(|maker| (maker.0, chance)));
        }
        for list in [&mut sums.families, &mut sums.makers] {
            list.sort_unstable_by_key(|(id, _)| *id);
            list.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
        }
        sums
    }

    /// Returns the entry with the highest sum if it reaches a floor.
    fn reaching(list: &[(u32, f64)], floor: f64) -> Option<(u32, f64)> {
        let best = list.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        (best.1 >= floor).then_some(best)
    }
}

/// Returns the most specific answer whose probability reaches the floor.
pub(super) fn answer(
    candidates: &[Candidate],
    sums: &Sums,
    unknown: f64,
    weights: &AnswerWeights,
    systems: &Systems,
    organisations: &Organisations,
) -> Option<Answer> {
    let floor = weights.floor.max(unknown);
    if let Some(first) = candidates.first().filter(|first| first.probability >= floor) {
        let level = if first.members.is_empty() { AnswerLevel::System } else { AnswerLevel::Family };
        let id = first.system.and_then(|id| systems.get(id)).map(|system| system.id.clone());
        return Some(Answer { level, id, name: first.name.clone(), probability: first.probability });
    }
    if let Some((id, probability)) = Sums::reaching(&sums.families, floor)
        && let Some(head) = systems.get(SystemId(id))
    {
        let (id, name) = (Some(head.id.clone()), head.name.clone());
        return Some(Answer { level: AnswerLevel::Family, id, name, probability });
    }
    let (id, probability) = Sums::reaching(&sums.makers, floor)?;
    let maker = organisations.get(crate::catalogue::OrganisationId(id))?;
    let (id, name) = (Some(maker.id.clone()), maker.name.clone());
    Some(Answer { level: AnswerLevel::Maker, id, name, probability })
}

/// Returns the state of a reference that describes `described` systems. For a set, that many of the first
/// candidates are compared with `unknown` jointly.
pub(super) fn state(
    answer: Option<&Answer>,
    candidates: &[Candidate],
    unknown: f64,
    described: usize,
    weights: &AnswerWeights,
) -> State {
    let together: f64 = candidates.iter().take(described).map(|candidate| candidate.probability).sum();
    let is_answered = answer.is_some() || described > 1 && together >= weights.floor && together > unknown;
    if is_answered { State::Linked } else { State::Unresolved }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    fn candidate(name: &str, probability: f64) -> Candidate {
        let system = samples::systems().by_id(name);
        Candidate { system, name: name.into(), members: Vec::new(), probability, evidence: Vec::new() }
    }

    /// Returns the answer for systems with these probabilities.
    fn answer_of(chances: &[(&str, f64)], unknown: f64) -> Option<(String, String, i64)> {
        let systems = samples::systems();
        let weighed: Vec<ScoredCandidate> = chances
            .iter()
            .map(|(id, chance)| {
                let id = systems.by_id(id).unwrap();
                ScoredCandidate { id, weight: *chance, shown: id }
            })
            .collect();
        let candidates: Vec<Candidate> = chances.iter().map(|(id, chance)| candidate(id, *chance)).collect();
        let sums = Sums::of(&weighed, &systems, |chance| chance);
        let weights = samples::weights().answer;
        let answer = answer(&candidates, &sums, unknown, &weights, &systems, &samples::organisations())?;
        let percent = (answer.probability * 100.0).round() as i64;
        Some((answer.level.to_string(), answer.id.unwrap_or_default(), percent))
    }

    #[test]
    fn the_deepest_level_that_can_be_told_is_the_answer() {
        let is = |level: &str, id: &str, percent: i64| Some((level.to_string(), id.to_string(), percent));
        assert_eq!(answer_of(&[("anvil", 0.7), ("bolt-2", 0.1)], 0.2), is("system", "anvil", 70));
        let of_family = [("bolt-2", 0.3), ("bolt-2-small", 0.25), ("bolt-1", 0.2)];
        assert_eq!(answer_of(&of_family, 0.25), is("family", "bolt-2", 55));
        let of_maker = [("bolt-2", 0.3), ("bolt-1", 0.28), ("anvil", 0.2)];
        assert_eq!(answer_of(&of_maker, 0.22), is("maker", "bolt", 58));
        assert_eq!(answer_of(&[("bolt-2", 0.3), ("anvil", 0.3)], 0.4), None);
    }

    #[test]
    fn what_is_less_likely_than_unknown_is_no_answer() {
        let mut weights = samples::weights().answer;
        weights.floor = 0.2;
        let candidates = [candidate("anvil", 0.3)];
        let (systems, organisations) = (samples::systems(), samples::organisations());
        let with =
            |unknown: f64| answer(&candidates, &Sums::default(), unknown, &weights, &systems, &organisations);
        assert!(with(0.2).is_some() && with(0.7).is_none());
    }

    #[test]
    fn a_set_is_linked_by_its_first_candidates_together() {
        let weights = samples::weights().answer;
        let three = [candidate("anvil", 0.25), candidate("bolt-1", 0.2), candidate("bolt-2", 0.2)];
        assert_eq!(state(None, &three, 0.3, 1, &weights), State::Unresolved);
        assert_eq!(state(None, &three, 0.3, 3, &weights), State::Linked);
    }
}
