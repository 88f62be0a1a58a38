//! References whose system the paper names.

use foldhash::{HashSet, HashSetExt};

use super::grouping::Group;
use super::linker::Linker;
use super::{Candidate, Evidence, Level, Reference, State};
use crate::catalogue::{Kind, System, SystemId};
use crate::detect::{Detected, Mention};
use crate::document::{Document, single_spaced};

impl Linker {
    /// Returns a reference whose name the text gives.
    pub(super) fn named(&self, group: Group, document: &Document, detected: &Detected) -> Reference {
        let mut names: Vec<String> = Vec::with_capacity(group.names.len());
        let mut candidates: Vec<Candidate> = Vec::with_capacity(group.names.len());
        let mut written_names: HashSet<String> = HashSet::new();
        let mut known: HashSet<String> = HashSet::new();
        let (given, partial) = names_given(&group, detected);
        for mention in given.iter().filter_map(|name| detected.mentions.get(*name)) {
            let written = single_spaced(mention.written_name(&document.prose)); // a line may end in it
            if written_names.insert(written.clone()) {
                names.push(written.clone());
            }
            let system = mention.systems.first().copied();
            let name = system
                .and_then(|id| self.systems.get(id))
                .map_or(written.as_str(), |system| system.name.as_str());
            if known.insert(name.to_ascii_lowercase()) {
                let evidence = vec![Evidence {
                    clue: "name".to_string(),
                    detail: format!("the text gives the name {written}"),
                    weight: 0.0,
                    span: Some(mention.span),
                }];
                candidates.push(Candidate {
                    system,
                    name: name.to_string(),
                    members: Vec::new(),
                    probability: 0.0,
                    evidence,
                });
            }
        }
        let share = 1.0 / candidates.len().max(1) as f64;
        for candidate in &mut candidates {
            candidate.probability = share;
        }
        let unknown = if candidates.is_empty() { 1.0 } else { 0.0 };
        Reference {
            confidence: 0.0,
            confidence_evidence: Vec::new(),
            mentions: group.mentions,
            state: State::Named,
            level: Level::Note,
            names,
            partial,
            candidates,
            unknown,
            answer: None,
        }
    }
}

/// Returns the mentions that name a group, and whether they cover only a part of the systems. If a
/// description is linked to names, only these count, and not other spellings or versions of the system in the
/// paper.
fn names_given(group: &Group, detected: &Detected) -> (Vec<usize>, bool) {
    let described = group.mentions.iter().filter_map(|index| detected.mentions.get(*index));
    let described: Vec<&Mention> =
        described.filter(|mention| mention.kind == Kind::Described && !mention.named_by.is_empty()).collect();
    if described.is_empty() {
        return (group.names.clone(), false);
    }
    let mut names: Vec<usize> =
        described.iter().flat_map(|mention| mention.named_by.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    let partial = |mention: &&Mention| mention.naming.as_ref().is_some_and(|naming| naming.partial);
    (names, described.iter().all(partial))
}

/// Returns a reference whose name is given by a cited work but not by the prose.
pub(super) fn named_by_citation(group: Group, (id, system): (SystemId, &System)) -> Reference {
    let evidence = Evidence {
        clue: "name".to_string(),
        detail: format!("the work that is cited beside it presents {}", system.name),
        weight: 0.0,
        span: None,
    };
    let candidate = Candidate {
        system: Some(id),
        name: system.name.clone(),
        members: Vec::new(),
        probability: 1.0,
        evidence: vec![evidence],
    };
    Reference {
        mentions: group.mentions,
        state: State::Named,
        level: Level::Note,
        confidence: 0.0,
        confidence_evidence: Vec::new(),
        names: vec![system.name.clone()],
        partial: false,
        candidates: vec![candidate],
        unknown: 0.0,
        answer: None,
    }
}
