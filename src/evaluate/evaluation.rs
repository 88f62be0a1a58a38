//! Running the engine over a gold set and measuring what it finds.

use rayon::prelude::*;
use serde::Serialize;

use super::bootstrap::{Interval, interval};
use super::confusion::{Confusion, Pairs};
use super::link_score::{LinkScore, Ranked, WrongLink, letters};
use super::mistakes::{Mistake, mistakes, sample};
use super::rows::Found;
use super::span_score::{Counts, Score, share_head};
use super::{GoldDocument, GoldLink, GoldSet};
use crate::catalogue::{Kind, named_enum};
use crate::detect::Mention;
use crate::document::{ByteSpan, Document};
use crate::engine::{Engine, Findings, ScanOptions};
use crate::resolve::{Candidate, Reference, State};

named_enum! {
    /// What is told of a paper beside its text.
    pub enum Known {
        /// The text alone.
        Text => "text",
        /// The text and the year.
        Year => "year",
        /// All that the gold gives.
        All => "all",
    }
}

/// Papers listed as the worst.
const WORST: usize = 10;

/// The measures of one gold set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// The gold set, as the user named it.
    pub gold: String,
    /// How many papers it holds.
    pub documents: usize,
    /// How many gold mentions it holds, those that are left open too.
    pub mentions: usize,
    /// What was found, by row; rows without gold and without findings are left out.
    pub scores: Vec<RowScore>,
    /// What gold mentions were taken for.
    pub confusion: Confusion,
    /// Whether the text gives a name for what is described, where the gold tells.
    pub naming: NamingScore,
    /// How well descriptions were linked; none where the gold has no links.
    pub links: Option<LinkScore>,
    /// The papers with the most mistakes.
    pub worst: Vec<PaperScore>,
    /// How many mistakes there are of each fault, in the order of the faults.
    pub faults: Vec<(super::mistakes::Fault, usize)>,
    /// Some of the mistakes, for reading.
    pub mistakes: Vec<Mistake>,
    /// How many links are wrong.
    pub wrong_link_count: usize,
    /// Some of the wrong links, for reading.
    pub wrong_links: Vec<WrongLink>,
}

/// The scores of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowScore {
    /// The row's name.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
    /// With the same bounds.
    pub exact: Score,
    /// The interval of the exact F1.
    pub exact_interval: Interval,
    /// At least partly right.
    pub partial: Score,
    /// The interval of the partial F1.
    pub partial_interval: Interval,
}

/// Whether descriptions were given the names that the text has for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NamingScore {
    /// Descriptions found whose name the text gives.
    pub named: usize,
    /// Those with the right name.
    pub named_right: usize,
    /// Descriptions found whose name the text does not give.
    pub nameless: usize,
    /// Those that were left without a name.
    pub nameless_right: usize,
}

/// How one paper fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaperScore {
    /// The paper.
    pub document: String,
    /// Mentions that were missed, with no part found.
    pub missed: usize,
    /// Mentions that were found where there are none.
    pub false_alarms: usize,
    /// Its exact score.
    pub exact: Score,
    /// Its partial score.
    pub partial: Score,
}

/// What was measured on one paper.
struct Measured<'g> {
    counts: Vec<Counts>,
    found: Vec<Found>,
    pairs: Pairs,
    mistakes: Vec<Mistake>,
    naming: NamingScore,
    links: Vec<(&'g GoldLink, Ranked)>,
}

/// Measures the engine on a gold set. At most `errors` mistakes of each fault, and as many wrong
/// links, are kept for reading.
pub fn evaluate(engine: &Engine, gold: &GoldSet, known: Known, errors: usize) -> Evaluation {
    let scheme = &gold.scheme;
    let rows = scheme.rows();
    let measured: Vec<Measured<'_>> = gold
        .documents
        .par_iter()
        .map(|document| {
            let told = told(&document.document, known);
            let findings = engine.scan(&told);
            let found = if document.marked { scheme.found(&findings.mentions) } else { Vec::new() };
            let pairs = Pairs::new(document, &found);
            Measured {
                counts: document.counts(&found, scheme, &rows),
                mistakes: mistakes(document, &found, &pairs, scheme),
                naming: naming(document, &findings),
                links: document
                    .links
                    .iter()
                    .map(|link| (link, ranked(engine, &told, &findings, link)))
                    .collect(),
                found,
                pairs,
            }
        })
        .collect();

    let mut confusion = Confusion::new(scheme);
    let mut naming = NamingScore::default();
    let mut papers = Vec::new();
    let (mut all_mistakes, mut links, mut wrong_links) = (Vec::new(), Vec::new(), Vec::new());
    let row_scores = rows.iter().enumerate().map(|(row, name)| {
        let papers: Vec<Counts> =
            measured.iter().filter_map(|measured| measured.counts.get(row).copied()).collect();
        RowScore::new(&name.name, &papers)
    });
    let scores: Vec<RowScore> = row_scores.filter(|row| row.counts.gold + row.counts.found > 0).collect();
    for (document, measured) in gold.documents.iter().zip(measured) {
        confusion.add(document, &measured.found, &measured.pairs, scheme);
        naming.add(measured.naming);
        papers.push(PaperScore::new(&document.document.id, &measured));
        all_mistakes.extend(measured.mistakes);
        for (link, ranked) in measured.links {
            wrong_links.extend(WrongLink::new(&document.document.id, link, &ranked));
            links.push((link, ranked));
        }
    }
    papers.sort_by(|a, b| {
        (b.missed + b.false_alarms).cmp(&(a.missed + a.false_alarms)).then(a.document.cmp(&b.document))
    });
    papers.retain(|paper| paper.missed + paper.false_alarms > 0);
    papers.truncate(WORST);
    let faults = super::mistakes::Fault::ALL;
    let count = |fault: &super::mistakes::Fault| {
        (*fault, all_mistakes.iter().filter(|mistake: &&Mistake| mistake.fault == *fault).count())
    };
    Evaluation {
        gold: gold.name.clone(),
        documents: gold.documents.len(),
        mentions: gold.documents.iter().map(|document| document.mentions.len()).sum(),
        scores,
        confusion,
        naming,
        links: (!links.is_empty()).then(|| LinkScore::new(&links)),
        worst: papers,
        faults: faults.iter().map(count).collect(),
        mistakes: sample(all_mistakes, errors),
        wrong_link_count: wrong_links.len(),
        wrong_links: wrong_links.into_iter().take(errors).collect(),
    }
}

impl RowScore {
    fn new(name: &str, papers: &[Counts]) -> Self {
        let mut counts = Counts::default();
        papers.iter().for_each(|paper| counts += *paper);
        Self {
            name: name.to_string(),
            counts,
            exact: counts.exact_score(),
            exact_interval: interval(papers, Counts::exact_score),
            partial: counts.partial_score(),
            partial_interval: interval(papers, Counts::partial_score),
        }
    }
}

impl NamingScore {
    fn add(&mut self, other: Self) {
        self.named += other.named;
        self.named_right += other.named_right;
        self.nameless += other.nameless;
        self.nameless_right += other.nameless_right;
    }
}

impl PaperScore {
    fn new(document: &str, measured: &Measured<'_>) -> Self {
        let counts = measured.counts.last().copied().unwrap_or_default(); // the row of all labels
        Self {
            document: document.to_string(),
            missed: counts.gold - counts.gold_touched,
            false_alarms: counts.found - counts.found_touched,
            exact: counts.exact_score(),
            partial: counts.partial_score(),
        }
    }
}

/// A paper with no more than is to be known of it.
pub(super) fn told(document: &Document, known: Known) -> Document {
    let mut told = document.clone();
    if known != Known::All {
        told.organisations.clear();
        told.authors.clear();
        told.date = document.date.filter(|_| known == Known::Year).map(|date| date.to_year());
    }
    told
}

/// The reference that covers one of the spans; one of a described mention before others.
pub(super) fn reference_at<'r>(
    mentions: &[Mention],
    references: &'r [Reference],
    spans: &[ByteSpan],
) -> Option<&'r Reference> {
    let mut best = None;
    for (id, reference) in references.iter().enumerate() {
        for mention in reference.mentions.iter().filter_map(|index| mentions.get(*index)) {
            if spans.iter().any(|span| span.overlaps(mention.span)) {
                let rank = (mention.kind != Kind::Described, mention.span, id);
                best = Some(best.map_or(rank, |best: (bool, ByteSpan, usize)| best.min(rank)));
            }
        }
    }
    best.and_then(|(_, _, id)| references.get(id))
}

/// All names that a candidate goes by, in the catalogue.
pub(super) fn names_of(engine: &Engine, candidate: &Candidate) -> Vec<String> {
    let system = |id| engine.catalogue().system(id);
    let mut names: Vec<String> = candidate.system.and_then(system).map_or_else(Vec::new, |system| {
        system.names().map(str::to_string).chain([system.id.clone()]).collect()
    });
    // Reports tell the members of a family that cannot be told apart among its names.
    names.extend(candidate.members.iter().filter_map(|id| system(*id)).map(|member| member.name.clone()));
    names
}

fn ranked(engine: &Engine, document: &Document, findings: &Findings, link: &GoldLink) -> Ranked {
    let names = |candidate: &Candidate| names_of(engine, candidate);
    if link.spans.is_empty() {
        let ranking = engine.rank(document, &ScanOptions::default());
        return Ranked::new(ranking.state, &ranking.candidates, names);
    }
    reference_at(&findings.mentions, &findings.references, &link.spans)
        .map_or_else(Ranked::default, |reference| Ranked::new(reference.state, &reference.candidates, names))
}

/// Whether the descriptions of a paper that were found got the names that the gold has for them.
fn naming(gold: &GoldDocument, findings: &Findings) -> NamingScore {
    let mut score = NamingScore::default();
    let mut free = vec![true; findings.mentions.len()];
    for mention in gold.mentions.iter() {
        let is_hit = |index: &usize| {
            let found = &findings.mentions[*index];
            free[*index] && found.kind == Kind::Described && share_head(found.span, mention.span)
        };
        let Some(hit) = (0..findings.mentions.len()).find(is_hit) else { continue };
        free[hit] = false;
        let (true, Some(names)) = (mention.owed, &mention.names) else { continue };
        let reference = findings.references.iter().find(|reference| reference.mentions.contains(&hit));
        let state = reference.map(|reference| reference.state);
        if names.is_empty() {
            score.nameless += 1;
            score.nameless_right += usize::from(matches!(state, Some(State::Linked | State::Unresolved)));
            continue;
        }
        let said = reference.map_or_else(Vec::new, |reference| {
            let candidates = reference.candidates.iter().map(|candidate| letters(&candidate.name));
            candidates.chain(reference.names.iter().map(|name| letters(name))).collect::<Vec<_>>()
        });
        let right = names.iter().map(|name| letters(name)).any(|name| {
            said.iter().any(|said| !said.is_empty() && (said.contains(&name) || name.contains(said.as_str())))
        });
        score.named += 1;
        score.named_right += usize::from(right && state == Some(State::Named));
    }
    score
}
