//! Scores over all judged papers.

use std::collections::BTreeMap;

use byname::Engine;
use byname::catalogue::Profile;
use rayon::prelude::*;
use serde::Serialize;

use super::finding::{Finding, Outcome};
use super::paper::{JudgedMistake, MistakeKind, PaperResult, names_said};
use super::read::JudgedSet;
use super::{Judgement, Verdict};

/// The scores of whole papers against judgements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedScore {
    /// The file of judgements, as the user named it.
    pub gold: String,
    /// Number of papers.
    pub papers: usize,
    /// Number of judgements.
    pub judgements: usize,
    /// Number of unsure judgements, which count neither way.
    pub unsure: usize,
    /// Number of judgements whose phrase was not found in its paper.
    pub lost: usize,
    /// The scores of warnings.
    pub warnings: WarningScore,
    /// The scores of notes that give names.
    pub notes: NoteScore,
    /// The scores of warnings at other confidence thresholds.
    pub confidences: Vec<ConfidenceRow>,
    /// The outcomes at places with sure judgements, by verdict.
    pub verdicts: Vec<VerdictRow>,
    /// The scores of warnings by the rule with the largest weight, those with most warnings first.
    pub rules: Vec<GroupScore>,
    /// The scores of warnings, with recall, by the part of the paper, those with most warnings first.
    pub sections: Vec<GroupScore>,
    /// The scores of notes by the way in which their names were found, those with most notes first.
    pub ways: Vec<WayScore>,
    /// Numbers of mistakes by kind.
    pub mistake_counts: Vec<(MistakeKind, usize)>,
    /// A sample of the mistakes, for reading.
    pub mistakes: Vec<JudgedMistake>,
}

/// Counts for the precision and recall of warnings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WarningScore {
    /// Warnings with a sure judgement.
    pub judged: usize,
    /// Those of them that are right.
    pub right: usize,
    /// Warnings with an unsure judgement.
    pub spared: usize,
    /// Warnings without a judgement.
    pub not_judged: usize,
    /// Places where a warning is expected.
    pub owed: usize,
    /// Those of them that have one.
    pub found: usize,
}

impl WarningScore {
    /// Returns the share of right warnings among those with a sure judgement.
    pub fn precision(&self) -> f64 {
        share(self.right, self.judged)
    }

    /// Returns the share of expected warnings that were found.
    pub fn recall(&self) -> f64 {
        share(self.found, self.owed)
    }
}

/// The scores of warnings at one confidence threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ConfidenceRow {
    /// The least confidence of a warning.
    pub least: f64,
    /// The scores at this threshold.
    pub warnings: WarningScore,
}

/// The thresholds of the rows.
const LEAST: [f64; 8] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// Counts of notes that give the names found elsewhere in the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NoteScore {
    /// Notes with names and a sure judgement.
    pub judged: usize,
    /// Those of them whose names are all right.
    pub right: usize,
    /// Those of them whose names are all right and complete.
    pub complete: usize,
    /// Notes with an unsure judgement.
    pub spared: usize,
    /// Notes without a judgement.
    pub not_judged: usize,
}

/// The scores of notes whose names were found in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayScore {
    /// The way and its reason, as `explain` tells them.
    pub name: String,
    /// The scores.
    pub notes: NoteScore,
}

/// The outcomes at places with one verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictRow {
    /// The verdict.
    pub verdict: Verdict,
    /// Number of sure judgements with it.
    pub judgements: usize,
    /// Numbers of places by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: Vec<(Outcome, usize)>,
}

/// The scores of warnings of one rule or one part of the paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupScore {
    /// The rule or the part of the paper.
    pub name: String,
    /// The scores; those by rule count no expected warnings and so have no recall.
    pub warnings: WarningScore,
    /// Numbers of wrong warnings by verdict.
    pub wrong: BTreeMap<Verdict, usize>,
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Measures the engine on judged papers, with findings as a profile reports them and hints below the
/// confidence `least`. At most `errors` mistakes of each kind are kept for reading.
pub fn evaluate_judged(
    engine: &Engine,
    set: &JudgedSet,
    profile: &Profile,
    least: f64,
    errors: usize,
) -> JudgedScore {
    let of_papers: Vec<_> = set
        .papers
        .par_iter()
        .map(|paper| {
            let document = &paper.document;
            let mut scanned = engine.scan(document);
            let findings = Finding::all(document, &mut scanned, (profile, least), engine.catalogue());
            let result = PaperResult::new(paper, &scanned.mentions, findings, &engine.outline(document));
            let mistakes = result.mistakes(paper);
            (result, mistakes)
        })
        .collect();
    let mut sums = Sums::default();
    let mut mistakes = Vec::new();
    for (result, of_paper) in of_papers {
        sums.add(&result);
        mistakes.extend(of_paper);
    }
    let all = || set.papers.iter().flat_map(|paper| &paper.judgements);
    let count =
        |kind: &MistakeKind| (*kind, mistakes.iter().filter(|mistake| mistake.mistake == *kind).count());
    let mistake_counts = MistakeKind::ALL.iter().map(count).collect();
    JudgedScore {
        gold: set.name.clone(),
        papers: set.papers.len(),
        judgements: all().count(),
        unsure: all().filter(|(judgement, _)| !judgement.sure).count(),
        lost: all().filter(|(_, place)| place.is_none()).count(),
        warnings: sums.warnings,
        notes: sums.notes,
        verdicts: sums.verdicts(),
        confidences: sums.confidences,
        rules: groups(sums.rules),
        sections: groups(sums.sections),
        ways: ways(sums.ways),
        mistake_counts,
        mistakes: sample(mistakes, errors),
    }
}

/// Returns at most `wanted` mistakes of each kind, spread over the whole set of papers.
fn sample(mistakes: Vec<JudgedMistake>, wanted: usize) -> Vec<JudgedMistake> {
    let mut kept = Vec::new();
    for kind in MistakeKind::ALL {
        let of_kind: Vec<_> = mistakes.iter().filter(|mistake| mistake.mistake == *kind).collect();
        let step = of_kind.len().div_ceil(wanted.max(1)).max(1);
        kept.extend(of_kind.into_iter().step_by(step).take(wanted).cloned());
    }
    kept
}

type Groups = BTreeMap<String, (WarningScore, BTreeMap<Verdict, usize>)>;

fn groups(groups: Groups) -> Vec<GroupScore> {
    let of = |(name, (warnings, wrong))| GroupScore { name, warnings, wrong };
    let mut scores: Vec<GroupScore> = groups.into_iter().map(of).collect();
    let all = |group: &GroupScore| group.warnings.judged + group.warnings.spared + group.warnings.not_judged;
    scores.sort_by(|one, other| all(other).cmp(&all(one)).then_with(|| one.name.cmp(&other.name)));
    scores
}

/// The way of notes whose description is one reference with a name.
const IN_ONE_REFERENCE: &str = "in one reference with the name";

fn ways(ways: BTreeMap<String, NoteScore>) -> Vec<WayScore> {
    let mut scores: Vec<WayScore> = ways.into_iter().map(|(name, notes)| WayScore { name, notes }).collect();
    scores.sort_by(|one, other| {
        other.notes.judged.cmp(&one.notes.judged).then_with(|| one.name.cmp(&other.name))
    });
    scores
}

struct Sums {
    confidences: Vec<ConfidenceRow>,
    warnings: WarningScore,
    notes: NoteScore,
    outcomes: BTreeMap<(Verdict, Outcome), usize>,
    rules: Groups,
    sections: Groups,
    ways: BTreeMap<String, NoteScore>,
}

impl Default for Sums {
    fn default() -> Self {
        let row = |least: &f64| ConfidenceRow { least: *least, warnings: WarningScore::default() };
        Self {
            confidences: LEAST.iter().map(row).collect(),
            warnings: WarningScore::default(),
            notes: NoteScore::default(),
            outcomes: BTreeMap::new(),
            rules: Groups::new(),
            sections: Groups::new(),
            ways: BTreeMap::new(),
        }
    }
}

impl WarningScore {
    fn add_warning(&mut self, judgement: Option<&Judgement>) {
        match judgement {
            None => self.not_judged += 1,
            Some(judgement) if !judgement.sure => self.spared += 1,
            Some(judgement) => {
                self.judged += 1;
                self.right += usize::from(judgement.verdict.is_owed());
            }
        }
    }

    fn add_owed(&mut self, is_found: bool) {
        self.owed += 1;
        self.found += usize::from(is_found);
    }
}

/// Returns the confidence of a finding that some threshold would make a warning.
fn confidence_of(finding: &Finding) -> Option<f64> {
    (finding.at_best == Outcome::Warning).then_some(finding.confidence)
}

impl Sums {
    fn add(&mut self, result: &PaperResult<'_>) {
        for (finding, judgement) in &result.findings {
            match finding.outcome {
                Outcome::Warning => self.warning(finding, *judgement),
                Outcome::Note => self.note(finding, *judgement),
                Outcome::Hint | Outcome::Silent => {}
            }
            for row in &mut self.confidences {
                if confidence_of(finding).is_some_and(|confidence| confidence >= row.least) {
                    row.warnings.add_warning(*judgement);
                }
            }
        }
        for judged in result.judged.iter().filter(|judged| judged.judgement.sure) {
            let verdict = judged.judgement.verdict;
            *self.outcomes.entry((verdict, judged.outcome)).or_default() += 1;
            if verdict.is_owed() {
                let of_section = &mut self.sections.entry(judged.section.to_string()).or_default().0;
                for score in [&mut self.warnings, of_section] {
                    score.add_owed(judged.outcome == Outcome::Warning);
                }
                let finding = judged.finding.and_then(|index| result.findings.get(index));
                let confidence = finding.and_then(|(finding, _)| confidence_of(finding));
                for row in &mut self.confidences {
                    row.warnings.add_owed(confidence.is_some_and(|confidence| confidence >= row.least));
                }
            }
        }
    }

    fn warning(&mut self, finding: &Finding, judgement: Option<&Judgement>) {
        let by_rule = self.rules.entry(finding.rule.clone()).or_default();
        let by_section = self.sections.entry(finding.section.to_string()).or_default();
        for score in [&mut self.warnings, &mut by_rule.0, &mut by_section.0] {
            score.add_warning(judgement);
        }
        if let Some(judgement) = judgement.filter(|judgement| judgement.sure && !judgement.verdict.is_owed())
        {
            for wrong in [&mut by_rule.1, &mut by_section.1] {
                *wrong.entry(judgement.verdict).or_default() += 1;
            }
        }
    }

    fn note(&mut self, finding: &Finding, judgement: Option<&Judgement>) {
        if finding.names.is_none() {
            return;
        }
        let way = finding.naming.clone().unwrap_or_else(|| IN_ONE_REFERENCE.to_string());
        let of_way = self.ways.entry(way).or_default();
        let said = judgement.map(|judgement| (judgement.sure, names_said(finding, judgement)));
        for notes in [&mut self.notes, of_way] {
            match &said {
                Some((true, Some(names))) => {
                    notes.judged += 1;
                    notes.right += usize::from(names.right);
                    notes.complete += usize::from(names.right && names.complete);
                }
                Some((false, _)) => notes.spared += 1,
                _ => notes.not_judged += 1,
            }
        }
    }

    fn verdicts(&self) -> Vec<VerdictRow> {
        let row = |verdict: &Verdict| {
            let of = |outcome: &Outcome| {
                (*outcome, self.outcomes.get(&(*verdict, *outcome)).copied().unwrap_or(0))
            };
            let outcomes: Vec<(Outcome, usize)> = Outcome::ALL.iter().map(of).collect();
            VerdictRow {
                verdict: *verdict,
                judgements: outcomes.iter().map(|(_, count)| count).sum(),
                outcomes,
            }
        };
        Verdict::ALL.iter().map(row).filter(|row| row.judgements > 0).collect()
    }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
