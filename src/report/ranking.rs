//! Rankings of the systems that a free-text description may refer to, for users and as data.

use std::io::{self, Write as _};

use serde::Serialize;

use super::evidence::in_telling_order;
use super::text::{clue, line_above_systems, percent};
use super::values::{AnswerValue, CandidateValue, Remark, rounded};
use super::{Names, push_json, visible};
use crate::detect::{Attributes, Trait};
use crate::document::{Document, ReadError};
use crate::resolve::{Candidate, Ranking, State};

/// A description with its ranking.
#[derive(Debug, Clone, Copy)]
pub struct Ranked<'a> {
    /// The description, or what is known of one that could not be read.
    pub document: &'a Document,
    /// The systems that it may refer to.
    pub ranking: &'a Ranking,
    /// Number of candidates shown.
    pub top: usize,
    /// The reasons why it could not be read, or not completely.
    pub errors: &'a [ReadError],
}

/// A ranking, as printed by `resolve`.
#[derive(Serialize)]
struct RankingValue<'a> {
    document: &'a str,
    state: State,
    candidates: Vec<CandidateValue<'a>>,
    /// The total probability of the candidates that are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<f64>,
    unknown: f64,
    answer: Option<AnswerValue<'a>>,
    attributes: &'a Attributes,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Remark<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Remark<'a>>,
}

impl<'a> Ranked<'a> {
    fn shown(&self) -> (&'a [Candidate], &'a [Candidate]) {
        let candidates = &self.ranking.candidates;
        candidates.split_at(self.top.min(candidates.len()))
    }

    /// Writes the ranking as one line of JSON, without a line end.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn json<N: Names>(&self, names: &N, out: &mut Vec<u8>) -> io::Result<()> {
        let (shown, dropped) = self.shown();
        let value = RankingValue {
            document: &self.document.id,
            state: self.ranking.state,
            candidates: shown.iter().map(|candidate| CandidateValue::new(candidate, names)).collect(),
            others: (!dropped.is_empty()).then(|| rounded(mass(dropped))),
            unknown: rounded(self.ranking.unknown),
            answer: self.ranking.answer.as_ref().map(AnswerValue::new),
            attributes: &self.ranking.clues,
            notes: self.document.notes.iter().map(|note| Remark::new(note.kind, &note.message)).collect(),
            errors: self.errors.iter().map(|error| Remark::new(error.kind, &error.message)).collect(),
        };
        push_json(out, &value)
    }

    /// Writes the ranking as text: the attributes read from the description, and each candidate with its
    /// evidence, one clue per line.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn text(&self, out: &mut Vec<u8>) -> io::Result<()> {
        for error in self.errors {
            writeln!(out, "error: {}", visible(&error.message))?;
        }
        for note in &self.document.notes {
            writeln!(out, "note: {}", visible(&note.message))?;
        }
        if !self.errors.is_empty() && self.ranking.candidates.is_empty() {
            return Ok(());
        }
        let read = attributes_text(&self.ranking.clues);
        if read.is_empty() && !self.says_something() {
            writeln!(out, "The description tells no size, kind or maker that could be read.")?;
        } else if !read.is_empty() {
            writeln!(out, "Read as: {read}")?;
        }
        if self.ranking.state == State::Unresolved {
            writeln!(out, "No known system fits well enough to be the answer.")?;
        }
        if let Some(line) = line_above_systems(self.ranking.answer.as_ref(), &self.ranking.candidates) {
            writeln!(out, "\n{line}")?;
        }
        let (shown, dropped) = self.shown();
        for candidate in shown {
            writeln!(out, "\n{}  {}", percent(candidate.probability), visible(&candidate.name))?;
            for evidence in in_telling_order(&candidate.evidence) {
                writeln!(out, "         {}", clue(evidence))?;
            }
        }
        writeln!(out)?;
        if !dropped.is_empty() {
            writeln!(out, "{}  {} more", percent(mass(dropped)), dropped.len())?;
        }
        writeln!(out, "{}  none in the catalogue", percent(self.ranking.unknown))
    }

    /// Returns whether the description contains a maker, a date or another clue apart from its words.
    fn says_something(&self) -> bool {
        let mut evidence = self.ranking.candidates.iter().flat_map(|candidate| &candidate.evidence);
        evidence.any(|evidence| evidence.span.is_some() && evidence.clue != "words")
    }
}

fn mass(candidates: &[Candidate]) -> f64 {
    candidates.iter().map(|candidate| candidate.probability).sum()
}

/// Returns the attributes of a description in one line; empty if there are none.
pub(super) fn attributes_text(attributes: &Attributes) -> String {
    let mut parts: Vec<String> =
        attributes.quantities.iter().map(|(measure, quantity)| format!("{measure} {quantity}")).collect();
    for of in Trait::ALL {
        let values: Vec<&str> = attributes.values_of(*of).collect();
        if !values.is_empty() {
            parts.push(format!("{of} {}", values.join(", ")));
        }
    }
    if let Some(count) = attributes.count.filter(|count| *count > 1) {
        parts.push(format!("{count} systems"));
    }
    visible(&parts.join("; ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn ranking() -> (Document, Ranking) {
        let (document, findings) = samples::paper();
        let reference = &findings.references[0];
        let ranking = Ranking {
            state: reference.state,
            candidates: reference.candidates.clone(),
            unknown: reference.unknown,
            answer: reference.answer.clone(),
            clues: findings.mentions[1].attributes.clone(),
        };
        (document, ranking)
    }

    #[test]
    fn a_ranking_reads_well() {
        let (document, ranking) = ranking();
        let mut out = Vec::new();
        Ranked { document: &document, ranking: &ranking, top: 5, errors: &[] }.text(&mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn what_is_not_shown_keeps_its_share() {
        let (document, ranking) = ranking();
        let names = samples::SampleNames::new();
        for top in [1, 2, 9] {
            let mut out = Vec::new();
            let ranked = Ranked { document: &document, ranking: &ranking, top, errors: &[] };
            ranked.json(&names, &mut out).unwrap();
            let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
            let candidates = value["candidates"].as_array().unwrap();
            assert_eq!(candidates.len(), top.min(2));
            assert_eq!(value.get("others").is_some(), top == 1);
            let shown: f64 =
                candidates.iter().map(|candidate| candidate["probability"].as_f64().unwrap()).sum();
            let others = value["others"].as_f64().unwrap_or_default();
            assert!((shown + others + value["unknown"].as_f64().unwrap() - 1.0).abs() < 1e-3);
        }
    }
}
