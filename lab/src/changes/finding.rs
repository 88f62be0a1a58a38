//! A finding of a paper, recorded so that it can be matched after the paper or the catalogue has changed.

use byname::Findings;
use byname::catalogue::{Catalogue, EntityType, Kind, Level};
use byname::detect::Mention;
use byname::diagnose::FindingKey;
use byname::document::{ByteSpan, Document, Places};
use serde::{Deserialize, Serialize};

use super::MarkedText;

/// Most characters of the sentence kept on each side of a mention; enough to recognise it.
const CONTEXT: usize = 160;

/// A mention in its sentence, with its classification and first candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The line of the source, counted from 1. For display only: a finding on another line is the same one.
    pub line: usize,
    /// The kind of mention.
    pub kind: Kind,
    /// The type of entity that it refers to.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// The sentence, or the part of it around the mention, with the mention marked and each run of white
    /// space made one blank.
    pub text: MarkedText,
    /// The first candidate of its reference; `None` if there is none.
    pub first: Option<String>,
    /// The level at which the default profile reports it; `None` if it does not, or if that was not asked. Not
    /// part of snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The rules that voted, with the weights of their votes. Not part of snapshots.
    pub votes: Vec<(String, f64)>,
}

impl Finding {
    /// Returns the text of the mention.
    pub fn mention(&self) -> &str {
        self.text.spans.first().map_or("", |span| span.of(&self.text.text))
    }

    /// Returns what makes it the same finding as one of another run.
    pub fn key(&self) -> FindingKey<'_> {
        let span = self.text.spans.first().copied().unwrap_or(ByteSpan::new(0, 0));
        FindingKey { sentence: self.text.text.as_str().into(), span }
    }
}

/// Returns all findings of a paper, in the order of the text.
pub fn findings_of(document: &Document, findings: &Findings, catalogue: &Catalogue) -> Vec<Finding> {
    let places = Places::new(document);
    let finding = |(mention, first): (&Mention, Option<&str>)| {
        let key = FindingKey::of(document, mention, CONTEXT);
        Finding {
            line: places.of(mention.span).position.line,
            kind: mention.kind,
            entity_type: mention.entity_type,
            text: MarkedText { text: key.sentence.into_owned(), spans: vec![key.span] },
            first: first.map(str::to_string),
            level: None,
            votes: votes(mention, catalogue),
        }
    };
    findings.mentions.iter().zip(first_candidates(findings)).map(finding).collect()
}

/// Returns the first candidate of the reference of each mention.
pub(super) fn first_candidates(findings: &Findings) -> Vec<Option<&str>> {
    let first = |reference: Option<usize>| {
        let candidates = &findings.references.get(reference?)?.candidates;
        candidates.first().map(|candidate| candidate.name.as_str())
    };
    findings.references_of_mentions().into_iter().map(first).collect()
}

fn votes(mention: &Mention, catalogue: &Catalogue) -> Vec<(String, f64)> {
    let named = mention.votes.iter().filter_map(|vote| {
        let rule = catalogue.rule(vote.rule)?;
        Some((rule.name.clone(), vote.weight))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use byname::Engine;

    use super::*;

    #[test]
    fn a_finding_is_its_mention_in_a_sentence_of_single_blanks() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let prose = "First.\n\nThe letters were   graded by\na proprietary\nlanguage model. More.";
        let document = Document::from_prose("p", prose);
        let findings = engine.scan(&document);
        let found = findings_of(&document, &findings, engine.catalogue());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text.written(), "The letters were graded by [a proprietary language model].");
        assert_eq!((found[0].line, found[0].mention()), (4, "a proprietary language model"));
        assert!(found[0].votes.iter().any(|(rule, _)| rule == "described/access"), "{:?}", found[0].votes);
    }
}
