//! What a changed catalogue gains, loses and links anew over a collection.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use super::{Change, Difference, differences, findings_of};
use crate::catalogue::{Catalogue, EntityType, Kind, Rule};
use crate::collection::Task;
use crate::document::{ByteSpan, Document, ReadError};
use crate::engine::{Engine, Findings, ScanOptions};
use crate::report::Tally;

/// Every run draws the same samples.
const SEED: u64 = 20_261_123;

/// What changes that no rule's vote explains are counted under: they follow from another change, or from
/// lexicon, systems and evidence.
pub const NO_RULE: &str = "(no vote)";

/// The task of reading each paper with two catalogues. What differs is written as a line of JSON, a
/// [`PaperImpact`], which [`Impact::gather`] reads.
#[derive(Clone, Copy)]
pub struct Compare<'a> {
    /// The catalogue as it was.
    pub old: &'a Engine,
    /// The catalogue as it is.
    pub new: &'a Engine,
}

/// What differs in one paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperImpact {
    /// The paper.
    pub document: String,
    /// What differs, in the order of the text.
    pub differences: Vec<Difference>,
}

/// How many findings differ in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ImpactCounts {
    /// Findings that are new.
    pub added: usize,
    /// Findings that are gone.
    pub removed: usize,
    /// Findings with other bounds.
    pub moved: usize,
    /// Findings of another kind or type.
    pub other_kind: usize,
    /// Findings with another first candidate.
    pub other_candidate: usize,
}

/// The counts of one rule, or of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImpactRow {
    /// The rule's id, or the paper.
    pub name: String,
    /// What differs.
    #[serde(flatten)]
    pub counts: ImpactCounts,
}

/// A difference to judge.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImpactSample {
    /// The paper.
    pub document: String,
    /// What differs in it.
    #[serde(flatten)]
    pub difference: Difference,
    /// The rules whose votes differ, and of them only those that are not as they were, if there are any.
    pub rules: Vec<String>,
}

/// What a changed catalogue does to a collection.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Impact {
    /// Papers read.
    pub papers: usize,
    /// Findings of the old catalogue, and of the new one.
    pub findings: (usize, usize),
    /// All differences.
    pub total: ImpactCounts,
    /// By the rules that brought them about, those with most first. A difference counts for each of them.
    pub rules: Vec<ImpactRow>,
    /// By paper, those with most first; papers without a difference are left out.
    pub by_paper: Vec<ImpactRow>,
    /// Differences drawn by chance, in the order of the papers.
    pub samples: Vec<ImpactSample>,
}

impl ImpactCounts {
    fn add(&mut self, change: Change) {
        *match change {
            Change::Added => &mut self.added,
            Change::Removed => &mut self.removed,
            Change::Moved => &mut self.moved,
            Change::OtherKind => &mut self.other_kind,
            Change::OtherCandidate => &mut self.other_candidate,
        } += 1;
    }

    /// All differences.
    pub fn sum(&self) -> usize {
        self.added + self.removed + self.moved + self.other_kind + self.other_candidate
    }
}

impl Compare<'_> {
    /// What differs in one paper, with the number of findings of each catalogue.
    fn compare(&self, document: &Document) -> ((usize, usize), Vec<Difference>) {
        let options = ScanOptions::default();
        let old = self.old.scan_with(document, &options);
        let new = self.new.scan_with(document, &options);
        let counts = (old.mentions.len(), new.mentions.len());
        if signature(&old) == signature(&new) {
            return (counts, Vec::new());
        }
        let old = findings_of(document, &old, self.old.catalogue());
        let new = findings_of(document, &new, self.new.catalogue());
        (counts, differences(&old, &new))
    }
}

/// All that a difference can lie in. Most papers do not differ, and this tells so without a string made.
fn signature(findings: &Findings) -> Vec<(ByteSpan, Kind, EntityType, Option<&str>)> {
    let mut first = vec![None; findings.mentions.len()];
    for reference in &findings.references {
        for mention in &reference.mentions {
            if let Some(slot) = first.get_mut(*mention) {
                *slot = reference.candidates.first().map(|candidate| candidate.name.as_str());
            }
        }
    }
    let mentions = findings.mentions.iter().zip(first);
    mentions.map(|(mention, first)| (mention.span, mention.kind, mention.entity_type, first)).collect()
}

/// One line of what [`Compare`] writes.
#[derive(Serialize, Deserialize)]
struct Line {
    counts: (usize, usize),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paper: Option<PaperImpact>,
}

impl Task for Compare<'_> {
    fn engine(&self) -> Option<&Engine> {
        Some(self.new)
    }

    fn paper(
        &self,
        document: Document,
        error: Option<&ReadError>,
        tally: &mut Tally,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        tally.add_plain(error.map(std::slice::from_ref).unwrap_or_default());
        let (counts, differences) = self.compare(&document);
        if counts == (0, 0) {
            return Ok(());
        }
        let changed = !differences.is_empty();
        let paper = changed.then_some(PaperImpact { document: document.id, differences });
        serde_json::to_writer(&mut *out, &Line { counts, paper })?;
        out.push(b'\n');
        Ok(())
    }
}

impl Impact {
    /// Adds up what a run of [`Compare`] wrote, and draws at most `samples` differences by chance; the
    /// same run gives the same samples. `changed` are the rules that are not as they were: where one of them
    /// votes, no other is told as the cause.
    ///
    /// # Errors
    /// When a line is not what the task writes.
    pub fn gather(
        written: &[u8],
        papers: usize,
        samples: usize,
        changed: &BTreeSet<String>,
    ) -> Result<Self, serde_json::Error> {
        let mut impact = Self { papers, ..Self::default() };
        let mut rules: BTreeMap<String, ImpactCounts> = BTreeMap::new();
        let mut all: Vec<ImpactSample> = Vec::new();
        for line in written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let Line { counts: (old, new), paper } = serde_json::from_slice(line)?;
            impact.findings.0 += old;
            impact.findings.1 += new;
            let Some(PaperImpact { document, differences }) = paper else { continue };
            let mut counts = ImpactCounts::default();
            for difference in differences {
                let change = difference.change;
                counts.add(change);
                impact.total.add(change);
                let blamed = causes(&difference, changed);
                if blamed.is_empty() {
                    rules.entry(NO_RULE.to_string()).or_default().add(change);
                }
                blamed.iter().for_each(|rule| rules.entry(rule.clone()).or_default().add(change));
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
        Ok(impact)
    }
}

/// The rules that brought a difference about.
fn causes(difference: &Difference, changed: &BTreeSet<String>) -> Vec<String> {
    let rules = difference.rules();
    let certain: Vec<String> =
        rules.iter().filter(|rule| changed.contains(**rule)).map(|rule| (*rule).to_string()).collect();
    if certain.is_empty() { rules.into_iter().map(str::to_string).collect() } else { certain }
}

/// The rules that look for something else, or weigh something else, than the rule of the same id.
pub fn changed_rules(old: &Catalogue, new: &Catalogue) -> BTreeSet<String> {
    let same = |a: &Rule, b: &Rule| {
        a.wanted.sources().eq(b.wanted.sources())
            && a.unless.sources().eq(b.unless.sources())
            && (a.scope, a.paper.told()) == (b.scope, b.paper.told())
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

/// At most `count` of all differences, by chance and in their order.
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
