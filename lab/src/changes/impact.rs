//! Findings that a changed catalogue gains, loses and links differently over a collection.

use std::collections::{BTreeMap, BTreeSet};

use byname::catalogue::{Catalogue, EntityType, Kind, Level, Rule};
use byname::collection::Task;
use byname::detect::Mention;
use byname::diagnose::{diagnose, grade};
use byname::document::{ByteSpan, Document, ReadError};
use byname::scan::Criteria;
use byname::{Engine, Findings, ScanOptions};
use fastrand::Rng;
use serde::Serialize;

use super::finding::first_candidates;
use super::{Change, Difference, Finding, differences, findings_of};

/// Seed of the random sample; fixed, so that every run draws the same samples.
const SEED: u64 = 20_261_123;

/// The name under which changes are counted that no rule's vote explains: they follow from another change, or
/// from lexicon, systems or evidence.
pub const NO_RULE: &str = "(no vote)";

/// The task of scanning each paper with two catalogues.
#[derive(Clone, Copy)]
pub struct Compare<'a> {
    /// The engine with the old catalogue.
    pub old: &'a Engine,
    /// The engine with the new catalogue.
    pub new: &'a Engine,
}

/// The differences between the findings of the two catalogues in one paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// The id of the paper.
    pub document: String,
    /// Numbers of warnings and errors with the old catalogue and with the new one.
    pub warnings: (usize, usize),
    /// Numbers of mentions with the old catalogue and with the new one.
    pub findings: (usize, usize),
    /// The differences, in the order of the text.
    pub differences: Vec<Difference>,
}

/// Numbers of differing findings, by the way in which they differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ImpactCounts {
    /// Warnings and errors that are reported only now.
    pub new_warnings: usize,
    /// Warnings and errors that are no longer reported.
    pub lost_warnings: usize,
    /// Findings added.
    pub added: usize,
    /// Findings removed.
    pub removed: usize,
    /// Findings with other bounds.
    pub moved: usize,
    /// Findings of another kind or type.
    pub other_kind: usize,
    /// Findings with another first candidate.
    pub other_candidate: usize,
    /// Findings that differ in their level alone.
    pub other_level: usize,
}

/// The counts of one rule, or of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImpactRow {
    /// The id of the rule or of the paper.
    pub name: String,
    /// Its numbers of differences.
    #[serde(flatten)]
    pub counts: ImpactCounts,
}

/// A difference for a person to judge.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImpactSample {
    /// The id of the paper.
    pub document: String,
    /// The difference.
    #[serde(flatten)]
    pub difference: Difference,
    /// The rules whose votes differ. If any of them was changed itself, only the changed ones.
    pub rules: Vec<String>,
}

/// The impact of a changed catalogue on a collection.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Impact {
    /// Number of papers.
    pub papers: usize,
    /// Numbers of warnings and errors with the old catalogue and with the new one, in the default profile.
    pub warnings: (usize, usize),
    /// Numbers of mentions with the old catalogue and with the new one.
    pub findings: (usize, usize),
    /// Counts of all differences.
    pub total: ImpactCounts,
    /// Counts by the rules that caused the differences, largest first. A difference counts for each of its
    /// rules.
    pub rules: Vec<ImpactRow>,
    /// Counts by paper, largest first; papers without a difference are left out.
    pub by_paper: Vec<ImpactRow>,
    /// Randomly drawn differences, in the order of the papers.
    pub samples: Vec<ImpactSample>,
}

impl ImpactCounts {
    fn add(&mut self, difference: &Difference) {
        match difference.is_warning() {
            (false, true) => self.new_warnings += 1,
            (true, false) => self.lost_warnings += 1,
            _ => {}
        }
        *match difference.change {
            Change::Added => &mut self.added,
            Change::Removed => &mut self.removed,
            Change::Moved => &mut self.moved,
            Change::OtherKind => &mut self.other_kind,
            Change::OtherCandidate => &mut self.other_candidate,
            Change::OtherLevel => &mut self.other_level,
        } += 1;
    }

    /// Returns the number of all differences.
    pub fn sum(&self) -> usize {
        self.added + self.removed + self.moved + self.other_kind + self.other_candidate + self.other_level
    }
}

impl Compare<'_> {
    /// Compares the findings of both catalogues in one paper.
    fn compare(&self, document: &Document) -> Comparison {
        let old = Levelled::of(self.old, document);
        let new = Levelled::of(self.new, document);
        let mut comparison = Comparison {
            document: document.id.clone(),
            warnings: (old.warnings(), new.warnings()),
            findings: (old.levels.len(), new.levels.len()),
            differences: Vec::new(),
        };
        if old.signature() != new.signature() {
            comparison.differences =
                differences(&old.findings_of(document, self.old), &new.findings_of(document, self.new));
        }
        comparison
    }
}

/// The findings of one catalogue, each with the level at which the default profile reports it.
struct Levelled {
    findings: Findings,
    levels: Vec<Option<Level>>,
}

impl Levelled {
    fn of(engine: &Engine, document: &Document) -> Self {
        let catalogue = engine.catalogue();
        let mut findings = engine.scan_with(document, &ScanOptions::default());
        let mut levels = vec![None; findings.mentions.len()];
        if let Some(profile) = catalogue.profiles.iter().find(|profile| profile.name == Criteria::PROFILE) {
            grade(&mut findings, profile, Criteria::LEAST_CONFIDENCE);
            let places: BTreeMap<ByteSpan, usize> =
                findings.mentions.iter().enumerate().map(|(place, mention)| (mention.span, place)).collect();
            for diagnostic in diagnose(document, &findings, profile, catalogue) {
                let level = places.get(&diagnostic.span).and_then(|place| levels.get_mut(*place));
                if let Some(level) = level {
                    *level = Some(diagnostic.level);
                }
            }
        }
        Self { findings, levels }
    }

    fn warnings(&self) -> usize {
        self.levels.iter().flatten().filter(|level| **level <= Level::Warning).count()
    }

    /// Returns the parts of the findings that a difference can lie in. Most papers do not differ, and
    /// comparing these shows it without building any string.
    fn signature(&self) -> Vec<Signature<'_>> {
        let mentions = self.findings.mentions.iter().zip(first_candidates(&self.findings)).zip(&self.levels);
        let signature = |((mention, first), level): ((&Mention, _), &_)| {
            (mention.span, mention.kind, mention.entity_type, first, *level)
        };
        mentions.map(signature).collect()
    }

    fn findings_of(&self, document: &Document, engine: &Engine) -> Vec<Finding> {
        let mut found = findings_of(document, &self.findings, engine.catalogue());
        for (finding, level) in found.iter_mut().zip(&self.levels) {
            finding.level = *level;
        }
        found
    }
}

type Signature<'a> = (ByteSpan, Kind, EntityType, Option<&'a str>, Option<Level>);

impl Task for Compare<'_> {
    type Output = Comparison;

    fn engine(&self) -> Option<&Engine> {
        Some(self.new)
    }

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> Comparison {
        self.compare(&document)
    }

    fn lost(&self, shown: &str, _error: &ReadError) -> Comparison {
        Comparison { document: shown.to_string(), ..Comparison::default() }
    }
}

impl Impact {
    /// Adds up the output of a run of [`Compare`] and randomly draws at most `samples` differences; equal
    /// input gives equal samples. `changed` holds the rules that were changed: if one of them voted
    /// differently, only the changed ones are reported as the cause.
    pub fn gather(papers: Vec<Comparison>, samples: usize, changed: &BTreeSet<String>) -> Self {
        let mut impact = Self { papers: papers.len(), ..Self::default() };
        let mut rules: BTreeMap<String, ImpactCounts> = BTreeMap::new();
        let mut all: Vec<ImpactSample> = Vec::new();
        for Comparison { document, warnings, findings: (old, new), differences } in papers {
            impact.findings.0 += old;
            impact.findings.1 += new;
            impact.warnings.0 += warnings.0;
            impact.warnings.1 += warnings.1;
            if differences.is_empty() {
                continue;
            }
            let mut counts = ImpactCounts::default();
            for difference in differences {
                counts.add(&difference);
                impact.total.add(&difference);
                let blamed = causes(&difference, changed);
                if blamed.is_empty() {
                    rules.entry(NO_RULE.to_string()).or_default().add(&difference);
                }
                blamed.iter().for_each(|rule| rules.entry(rule.clone()).or_default().add(&difference));
                all.push(ImpactSample { document: document.clone(), difference, rules: blamed });
            }
            impact.by_paper.push(ImpactRow { name: document, counts });
        }
        let row = |(name, counts)| ImpactRow { name, counts };
        impact.rules = rules.into_iter().map(row).collect();
        for rows in [&mut impact.rules, &mut impact.by_paper] {
            rows.sort_by(|a, b| b.counts.sum().cmp(&a.counts.sum()).then_with(|| a.name.cmp(&b.name)));
        }
        impact.samples = draw(all, samples);
        impact
    }
}

/// Returns the rules that caused a difference: the changed ones among those whose votes differ, or else all
/// of these.
fn causes(difference: &Difference, changed: &BTreeSet<String>) -> Vec<String> {
    let rules = difference.rules();
    let certain: Vec<String> =
        rules.iter().filter(|rule| changed.contains(**rule)).map(|rule| (*rule).to_string()).collect();
    if certain.is_empty() { rules.into_iter().map(str::to_string).collect() } else { certain }
}

/// Returns the ids of rules that were added or removed, or that changed in what they look for, or in their
/// kind, weight or status.
pub fn changed_rules(old: &Catalogue, new: &Catalogue) -> BTreeSet<String> {
    let same = |a: &Rule, b: &Rule| {
        a.wanted.sources().eq(b.wanted.sources())
            && a.unless.sources().eq(b.unless.sources())
            && (a.scope, a.paper.keys()) == (b.scope, b.paper.keys())
            && (&a.when, &a.sections, a.kind, a.names) == (&b.when, &b.sections, b.kind, b.names)
            && (a.weight, a.status) == (b.weight, b.status)
    };
    let lacks =
        |rules: &[Rule], rule: &Rule| !rules.iter().any(|other| other.name == rule.name && same(other, rule));
    let of = |these: &[Rule], others: &[Rule]| -> Vec<String> {
        these.iter().filter(|rule| lacks(others, rule)).map(|rule| rule.name.clone()).collect()
    };
    of(&old.rules, &new.rules).into_iter().chain(of(&new.rules, &old.rules)).collect()
}

/// Randomly draws at most `count` differences and keeps their order.
fn draw(all: Vec<ImpactSample>, count: usize) -> Vec<ImpactSample> {
    let mut places: Vec<usize> = (0..all.len()).collect();
    Rng::with_seed(SEED).shuffle(&mut places);
    places.truncate(count);
    places.sort_unstable();
    places.into_iter().filter_map(|place| all.get(place).cloned()).collect()
}

#[cfg(test)]
#[path = "impact_tests.rs"]
mod tests;
