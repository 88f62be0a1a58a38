//! Measures how often each rule is right on marked papers.

use byname::Engine;
use byname::catalogue::{EntityType, Kind, Measurement, NameOf, RuleStatus};
use byname::detect::Vote;
use rayon::prelude::*;

use super::cross_validation::marked_papers;
use super::observation::{NO_NAME, bit, right_kinds, right_types};
use super::{GoldDocument, GoldSet, Scheme};

/// The measurement of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredRule {
    /// The rule's id.
    pub rule: String,
    /// Its numbers of votes and right votes, and the date of the measurement.
    pub measured: Measurement,
}

/// Counts for each voting rule the phrases and names on which it voted, and how often it voted for what the
/// gold says, whatever won. A vote for a kind that the gold does not annotate is not counted. `date` is the
/// day of the measurement.
pub fn measure(engine: &Engine, sets: &[GoldSet], date: &str) -> Vec<MeasuredRule> {
    let rules = &engine.catalogue().rules;
    let of_papers: Vec<Vec<(usize, bool)>> = marked_papers(sets)
        .par_iter()
        .map(|(set, document)| judged_votes(engine, document, &sets[*set].scheme))
        .collect();
    let mut counts = vec![(0, 0); rules.len()];
    for (rule, right) in of_papers.into_iter().flatten() {
        if let Some((hits, rights)) = counts.get_mut(rule) {
            *hits += 1;
            *rights += usize::from(right);
        }
    }
    let voting = rules.iter().zip(counts).filter(|(rule, _)| rule.status == RuleStatus::Stable);
    let measured = voting.map(|(rule, (hits, right))| MeasuredRule {
        rule: rule.name.clone(),
        measured: Measurement { hits, right, date: date.to_string() },
    });
    measured.collect()
}

/// Returns each vote of one paper that the gold can judge: the rule, and whether it is right.
fn judged_votes(engine: &Engine, gold: &GoldDocument, scheme: &Scheme) -> Vec<(usize, bool)> {
    let trace = engine.detector().trace_votes(&gold.document.prose);
    let annotates = |kind: Kind, entity_type: EntityType| {
        let label = scheme.label_of(kind, entity_type).and_then(|label| scheme.labels.get(label));
        kind == Kind::NoMention || label.is_some_and(|label| label.counted)
    };
    let mut judged = Vec::new();
    for phrase in &trace.phrases {
        let judged_by = right_kinds(phrase, gold, scheme).filter(|(_, count)| *count >= 1.0);
        let Some((allowed, _)) = judged_by else { continue };
        let known = |vote: &&Vote| annotates(vote.kind, phrase.entity_type);
        for vote in phrase.votes.iter().filter(known) {
            judged.push((vote.rule.0 as usize, allowed & bit(vote.kind as usize) != 0));
        }
    }
    for name in trace.names.iter().filter(|name| !name.known) {
        let Some((allowed, _)) = right_types(name, gold, scheme) else { continue };
        for vote in &name.votes {
            let says = engine.catalogue().rule(vote.rule).and_then(|rule| rule.names);
            let says = says.and_then(NameOf::entity_type).filter(|_| vote.kind == Kind::Named);
            if says.is_none_or(|entity_type| annotates(Kind::Named, entity_type)) {
                let answer = says.map_or(NO_NAME, |entity_type| entity_type as usize);
                judged.push((vote.rule.0 as usize, allowed & bit(answer) != 0));
            }
        }
    }
    judged
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;
    use byname::document::{ByteSpan, Document};

    use super::*;
    use crate::evaluate::{GoldMention, Label};

    fn gold(marked: &str, kind: Kind) -> GoldSet {
        let text = "The essays were graded by a proprietary language model.";
        let start = text.find(marked).unwrap();
        let span = ByteSpan::new(start, start + marked.len());
        let mention = GoldMention { span, label: 0, owed: true, sure: true, names: None };
        let label = Label {
            name: "d".into(),
            types: vec![EntityType::Model],
            kinds: vec![kind],
            counted: true,
            weight: 1.0,
        };
        GoldSet {
            name: "g".into(),
            scheme: Scheme { labels: vec![label], ..Scheme::default() },
            documents: vec![GoldDocument {
                document: Document::from_prose("p", text),
                marked: true,
                mentions: vec![mention],
                links: Vec::new(),
            }],
            failures: Vec::new(),
        }
    }

    fn measured(sets: &[GoldSet]) -> (usize, usize) {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let rules = measure(&engine, sets, "2026-11-23");
        let access = rules.iter().find(|rule| rule.rule == "described/access").unwrap();
        (access.measured.hits, access.measured.right)
    }

    #[test]
    fn a_vote_is_right_where_the_gold_has_its_kind() {
        let phrase = "a proprietary language model";
        assert_eq!(measured(&[gold(phrase, Kind::Described)]), (1, 1));
        // The gold has a described mention elsewhere, and none here.
        assert_eq!(measured(&[gold("The essays", Kind::Described), gold(phrase, Kind::Described)]), (2, 1));
        // This gold knows no described mentions, and cannot say whether one is right.
        assert_eq!(measured(&[gold("The essays", Kind::Own)]), (0, 0));
    }
}
