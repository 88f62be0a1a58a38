//! Explanation of one reference: its first candidates with their evidence, and why the second is not the first.

use serde::Serialize;

use super::Names;
use super::deciding_facts::settling;
use super::values::{CandidateValue, rounded};
use crate::document::{ByteSpan, Places};
use crate::resolve::{Candidate, Evidence, Reference, State};

/// Maximum number of candidates explained for each reference.
const CANDIDATES: usize = 3;
/// Maximum number of clues given in which the second candidate falls behind the first.
const DECIDING: usize = 3;

#[derive(Serialize)]
pub(super) struct ExplainedReference<'a> {
    pub(super) id: usize,
    pub(super) state: State,
    pub(super) mentions: &'a [usize],
    pub(super) names: &'a [String],
    /// The probability that it is particular and never named here, and what it is made of.
    pub(super) confidence: f64,
    pub(super) confidence_evidence: &'a [Evidence],
    pub(super) candidates: Vec<ExplainedCandidate<'a>>,
    /// The total probability of the candidates that are not explained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) others: Option<f64>,
    pub(super) unknown: f64,
    pub(super) runner_up: Option<RunnerUp<'a>>,
    /// Facts that the paper does not state and in which the first two candidates differ.
    pub(super) would_settle: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ExplainedCandidate<'a> {
    #[serde(flatten)]
    value: CandidateValue<'a>,
    /// The sources of its facts in the catalogue.
    pub(super) sources: &'a [String],
    /// The position in the text of each piece of its evidence, in the order of the evidence.
    pub(super) places: Vec<Option<Position>>,
    /// The sum of the weights of all clues.
    pub(super) sum: f64,
    #[serde(skip)]
    pub(super) candidate: &'a Candidate,
}

/// The position of a clue in the source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Position {
    fn of(places: &Places<'_>, span: ByteSpan) -> Self {
        let position = places.of(span).position;
        Self { line: position.line, column: position.column }
    }
}

/// The reasons why the second candidate is not the first.
#[derive(Serialize)]
pub(super) struct RunnerUp<'a> {
    pub(super) name: &'a str,
    /// The amount by which the sum of its clues falls behind that of the first.
    pub(super) behind: f64,
    /// The clues in which it falls behind most.
    pub(super) clues: Vec<Gap<'a>>,
}

/// The contributions of one clue to the first and to the second candidate.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Gap<'a> {
    pub(super) clue: &'a str,
    pub(super) first: f64,
    pub(super) second: f64,
}

impl<'a> ExplainedReference<'a> {
    pub(super) fn new<N: Names>(
        id: usize,
        reference: &'a Reference,
        places: &Places<'_>,
        names: &'a N,
    ) -> Self {
        let (shown, dropped) = reference.candidates.split_at(CANDIDATES.min(reference.candidates.len()));
        let facts = |candidate: &'a Candidate| candidate.system.and_then(|system| names.facts(system));
        let explained = |candidate: &'a Candidate| ExplainedCandidate {
            value: CandidateValue::new(candidate, names),
            sources: facts(candidate).map_or(&[], |system| system.sources.as_slice()),
            places: candidate
                .evidence
                .iter()
                .map(|evidence| evidence.span.map(|span| Position::of(places, span)))
                .collect(),
            sum: rounded(sum(candidate)),
            candidate,
        };
        let would_settle = match shown {
            [first, second, ..] if reference.state != State::Named => facts(first)
                .zip(facts(second))
                .map(|(one, other)| settling(one, other, first))
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let runner_up = match shown {
            [first, second, ..] if reference.state != State::Named => Some(RunnerUp {
                name: &second.name,
                behind: rounded(sum(first) - sum(second)),
                clues: gaps(first, second),
            }),
            _ => None,
        };
        Self {
            id,
            state: reference.state,
            mentions: &reference.mentions,
            names: &reference.names,
            confidence: rounded(reference.confidence),
            confidence_evidence: &reference.confidence_evidence,
            candidates: shown.iter().map(explained).collect(),
            others: (!dropped.is_empty())
                .then(|| rounded(dropped.iter().map(|candidate| candidate.probability).sum())),
            unknown: rounded(reference.unknown),
            runner_up,
            would_settle,
        }
    }
}

fn sum(candidate: &Candidate) -> f64 {
    candidate.evidence.iter().map(|evidence| evidence.weight).sum()
}

/// Returns the clues that favour the first candidate over the second, the widest gap first.
fn gaps<'a>(first: &'a Candidate, second: &'a Candidate) -> Vec<Gap<'a>> {
    let mut gaps: Vec<Gap<'a>> = Vec::new();
    let clues = first.evidence.iter().map(|evidence| (evidence, true));
    for (evidence, of_first) in clues.chain(second.evidence.iter().map(|evidence| (evidence, false))) {
        let clue = evidence.clue.as_str();
        let place = gaps.iter().position(|gap| gap.clue == clue).unwrap_or_else(|| {
            gaps.push(Gap { clue, first: 0.0, second: 0.0 });
            gaps.len() - 1
        });
        *(if of_first { &mut gaps[place].first } else { &mut gaps[place].second }) += evidence.weight;
    }
    for gap in &mut gaps {
        (gap.first, gap.second) = (rounded(gap.first), rounded(gap.second));
    }
    gaps.retain(|gap| gap.first > gap.second);
    gaps.sort_by(|a, b| (b.first - b.second).total_cmp(&(a.first - a.second)));
    gaps.truncate(DECIDING);
    gaps
}
