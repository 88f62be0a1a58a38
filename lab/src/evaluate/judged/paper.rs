//! One judged paper: its findings compared with its judgements.

use byname::catalogue::Kind;
use byname::detect::Mention;
use byname::document::{ByteSpan, Outline, Places, SectionKind};
use byname::named_enum;
use serde::Serialize;

use super::finding::{Finding, Outcome};
use super::read::JudgedPaper;
use super::same_name::same_name;
use super::{Judgement, Verdict};
use crate::evaluate::mistakes::in_context;
use crate::evaluate::span_score::share_head;

named_enum! {
    /// The kind of mistake in the findings of a judged paper.
    pub enum MistakeKind {
        /// A warning where none is expected.
        WrongWarning => "wrong warning",
        /// No warning where one is expected.
        Missed => "missed",
        /// A note with a wrong name, or at a place where no name is right.
        WrongNames => "wrong names",
        /// A note with right names that are not complete.
        IncompleteNames => "incomplete names",
        /// A warning at a place without a judgement.
        NotJudged => "not judged",
    }
}

/// A mistake, or a warning without a judgement, for reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgedMistake {
    /// The kind of mistake.
    pub mistake: MistakeKind,
    /// The path of the file.
    pub file: String,
    /// The line in the file, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The verdict; `None` if the place was not judged.
    pub verdict: Option<Verdict>,
    /// The rule with the largest weight; `None` if nothing was reported.
    pub rule: Option<String>,
    /// The names that the program gave.
    pub said: Vec<String>,
    /// The names in the judgement.
    pub names: Vec<String>,
    /// The text around the mention, which is in `[brackets]`.
    pub text: String,
}

/// A judgement and the outcome at its place.
#[derive(Debug)]
pub(super) struct Judged<'p> {
    pub(super) judgement: &'p Judgement,
    pub(super) section: SectionKind,
    pub(super) span: Option<ByteSpan>,
    /// The index of the finding that holds its mention.
    pub(super) finding: Option<usize>,
    pub(super) outcome: Outcome,
}

/// The quality of the names in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamesSaid {
    pub(super) right: bool,
    pub(super) complete: bool,
}

/// The findings and the judgements of one paper.
#[derive(Debug)]
pub(super) struct PaperResult<'p> {
    pub(super) judged: Vec<Judged<'p>>,
    /// Each finding with the judgement by which it is measured.
    pub(super) findings: Vec<(Finding, Option<&'p Judgement>)>,
}

impl<'p> PaperResult<'p> {
    pub(super) fn new(
        paper: &'p JudgedPaper,
        mentions: &[Mention],
        findings: Vec<Finding>,
        outline: &Outline,
    ) -> Self {
        let mut judged = Vec::with_capacity(paper.judgements.len());
        // Of several judgements of one finding, that of the mention at which it is shown counts, else the first.
        let mut measured_by: Vec<Option<(bool, &Judgement)>> = vec![None; findings.len()];
        for (judgement, span) in &paper.judgements {
            let mention = span.and_then(|span| mention_at(mentions, span));
            let finding = mention
                .and_then(|mention| findings.iter().position(|finding| finding.mentions.contains(&mention)));
            let outcome = finding
                .and_then(|index| findings.get(index))
                .map_or(Outcome::Silent, |finding| finding.outcome);
            if let (Some(finding), Some(mention)) = (finding, mention) {
                let is_shown = mentions[mention].span == findings[finding].span;
                if measured_by[finding].is_none_or(|(shown, _)| is_shown && !shown) {
                    measured_by[finding] = Some((is_shown, judgement));
                }
            }
            let section = span.map_or(SectionKind::Body, |span| outline.kind_at(span.start));
            judged.push(Judged { judgement, section, span: *span, finding, outcome });
        }
        let judgements = measured_by.into_iter().map(|measured| measured.map(|(_, judgement)| judgement));
        Self { judged, findings: findings.into_iter().zip(judgements).collect() }
    }

    /// Returns all mistakes in the paper, including warnings without a judgement, in the order of the text.
    pub(super) fn mistakes(&self, paper: &JudgedPaper) -> Vec<JudgedMistake> {
        let places = Places::new(&paper.document);
        let mut found: Vec<(ByteSpan, JudgedMistake)> = Vec::new();
        let mut push = |mistake, span: ByteSpan, judgement: Option<&Judgement>, finding: Option<&Finding>| {
            let place = places.of(span).position;
            let judged_mistake = JudgedMistake {
                mistake,
                file: places.path(span).into_owned(),
                line: place.line,
                column: place.column,
                verdict: judgement.map(|judgement| judgement.verdict),
                rule: finding.map(|finding| finding.rule.clone()),
                said: finding.and_then(|finding| finding.names.clone()).unwrap_or_default(),
                names: judgement.map(|judgement| judgement.names.clone()).unwrap_or_default(),
                text: in_context(&paper.document.prose, span),
            };
            found.push((span, judged_mistake));
        };
        for (finding, judgement) in &self.findings {
            let kind = match (finding.outcome, judgement) {
                (Outcome::Warning, None) => Some(MistakeKind::NotJudged),
                (Outcome::Warning, Some(judgement)) if judgement.sure && !judgement.verdict.is_owed() => {
                    Some(MistakeKind::WrongWarning)
                }
                (Outcome::Note, Some(judgement)) if judgement.sure => match names_said(finding, judgement) {
                    Some(NamesSaid { right: false, .. }) => Some(MistakeKind::WrongNames),
                    Some(NamesSaid { complete: false, .. }) => Some(MistakeKind::IncompleteNames),
                    _ => None,
                },
                _ => None,
            };
            if let Some(kind) = kind {
                push(kind, finding.span, *judgement, Some(finding));
            }
        }
        for judged in &self.judged {
            let is_missed = judged.judgement.sure
                && judged.judgement.verdict.is_owed()
                && judged.outcome != Outcome::Warning;
            if let (true, Some(span)) = (is_missed, judged.span) {
                let finding =
                    judged.finding.and_then(|index| self.findings.get(index)).map(|(finding, _)| finding);
                push(MistakeKind::Missed, span, Some(judged.judgement), finding);
            }
        }
        found.sort_by_key(|(span, _)| *span);
        found.into_iter().map(|(_, mistake)| mistake).collect()
    }
}

/// Compares the names of a finding with those of its judgement; `None` if the finding has no names.
pub(super) fn names_said(finding: &Finding, judgement: &Judgement) -> Option<NamesSaid> {
    let names = finding.names.as_ref()?;
    let is_among = |name: &String, others: &[String]| others.iter().any(|other| same_name(name, other));
    Some(NamesSaid {
        right: !names.is_empty() && names.iter().all(|name| is_among(name, &judgement.names)),
        complete: !judgement.names.is_empty() && judgement.names.iter().all(|name| is_among(name, names)),
    })
}

/// Returns the mention at a judged place: one, other than a name, that shares its head. Of several, the one
/// that ends nearest to it, then a described one, then the one that starts nearest.
fn mention_at(mentions: &[Mention], span: ByteSpan) -> Option<usize> {
    let at = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind != Kind::Named && share_head(mention.span, span));
    let distance = |mention: &Mention| {
        (
            mention.span.end.abs_diff(span.end),
            mention.kind != Kind::Described,
            mention.span.start.abs_diff(span.start),
        )
    };
    at.min_by_key(|(_, mention)| distance(mention)).map(|(index, _)| index)
}
