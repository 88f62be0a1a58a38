//! Runs the engine on a gold set and scores its findings.

use byname::catalogue::Kind;
use byname::detect::Mention;
use byname::document::{ByteSpan, Document};
use byname::named_enum;
use byname::resolve::{Candidate, Reference, State};
use byname::{Engine, Findings, ScanOptions};
use rayon::prelude::*;
use serde::Serialize;

use super::bootstrap::{Interval, interval};
use super::confusion::{Confusion, Pairs};
use super::link_score::{LinkScore, Ranked, WrongLink, letters};
use super::mistakes::{Mistake, mistakes, sample};
use super::rows::Found;
use super::span_score::{Counts, Score, share_head};
use super::{GoldDocument, GoldLink, GoldSet};

named_enum! {
    /// The metadata of a paper that the engine gets besides its text.
    pub enum Known {
        /// Only the text.
        Text => "text",
        /// The text and the year.
        Year => "year",
        /// All metadata that the gold gives.
        All => "all",
    }
}

/// Most papers listed as the worst.
const WORST: usize = 10;

/// The measures of one gold set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// The gold set, as the user named it.
    pub gold: String,
    /// Number of papers.
    pub documents: usize,
    /// Number of gold mentions, including those left open.
    pub mentions: usize,
    /// Scores by row; rows without gold mentions and findings are left out.
    pub scores: Vec<RowScore>,
    /// The kinds as which gold mentions were found.
    pub confusion: Confusion,
    /// Scores of the names found in the text for descriptions, where the gold gives them.
    pub naming: NamingScore,
    /// Scores of linked descriptions; `None` if the gold has no links.
    pub links: Option<LinkScore>,
    /// The papers with the most mistakes.
    pub worst: Vec<PaperScore>,
    /// Numbers of mistakes by fault, in the order of the faults.
    pub faults: Vec<(super::mistakes::Fault, usize)>,
    /// A sample of the mistakes, for reading.
    pub mistakes: Vec<Mistake>,
    /// Number of wrong links.
    pub wrong_link_count: usize,
    /// The first of the wrong links, for reading.
    pub wrong_links: Vec<WrongLink>,
}

/// The scores of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowScore {
    /// The name of the row.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
    /// The score of mentions with the same bounds.
    pub exact: Score,
    /// The interval of the exact F1.
    pub exact_interval: Interval,
    /// The score of mentions that are at least partly right.
    pub partial: Score,
    /// The interval of the partial F1.
    pub partial_interval: Interval,
}

/// Counts of descriptions that got the names the text has for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NamingScore {
    /// Found descriptions that the text names.
    pub named: usize,
    /// Those of them with the right name.
    pub named_right: usize,
    /// Found descriptions that the text does not name.
    pub nameless: usize,
    /// Those of them that were left without a name.
    pub nameless_right: usize,
}

/// The scores of one paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaperScore {
    /// The id of the paper.
    pub document: String,
    /// Number of missed mentions, of which no part was found.
    pub missed: usize,
    /// Number of found mentions where the gold has none.
    pub false_alarms: usize,
    /// Its exact score.
    pub exact: Score,
    /// Its partial score.
    pub partial: Score,
}

/// The measurements on one paper.
struct Measured<'g> {
    counts: Vec<Counts>,
    found: Vec<Found>,
    pairs: Pairs,
    mistakes: Vec<Mistake>,
    naming: NamingScore,
    links: Vec<(&'g GoldLink, Ranked)>,
}

/// Scores the engine on a gold set. At most `errors` mistakes of each fault, and as many wrong links, are
/// kept for reading.
pub fn evaluate(engine: &Engine, gold: &GoldSet, known: Known, errors: usize) -> Evaluation {
    let scheme = &gold.scheme;
    let rows = scheme.rows();
    let measured: Vec<Measured<'_>> = gold
        .documents
        .par_iter()
        .map(|document| {
            let paper = with_known(&document.document, known);
            let findings = engine.scan(&paper);
            let found = if document.marked { scheme.found(&findings.mentions) } else { Vec::new() };
            let pairs = Pairs::new(document, &found);
            Measured {
                counts: document.counts(&found, scheme, &rows),
                mistakes: mistakes(document, &found, &pairs, scheme),
                naming: naming(document, &findings),
                links: document
                    .links
                    .iter()
                    .map(|link| (link, ranked(engine, &paper, &findings, link)))
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

/// Returns a copy of a paper with only the metadata that `known` allows.
pub(super) fn with_known(document: &Document, known: Known) -> Document {
    let mut paper = document.clone();
    if known != Known::All {
        paper.organisations.clear();
        paper.authors.clear();
        paper.date = document.date.filter(|_| known == Known::Year).map(|date| date.to_year());
    }
    paper
}

/// Returns the reference with a mention that overlaps one of the spans, preferably a described one; of
/// several, the first in the text.
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

/// Returns all names of a candidate in the catalogue, including the id of its system and the names of its
/// members.
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

/// Scores the names of a paper's found descriptions against those of the gold.
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
        let reference = findings.reference_of(hit);
        let state = reference.map(|reference| reference.state);
        if names.is_empty() {
            score.nameless += 1;
            score.nameless_right += usize::from(matches!(state, Some(State::Linked | State::Unresolved)));
            continue;
        }
        let reported = reference.map_or_else(Vec::new, |reference| {
            let candidates = reference.candidates.iter().map(|candidate| letters(&candidate.name));
            candidates.chain(reference.names.iter().map(|name| letters(name))).collect::<Vec<_>>()
        });
        let right = names.iter().map(|name| letters(name)).any(|name| {
            reported
                .iter()
                .any(|other| !other.is_empty() && (other.contains(&name) || name.contains(other.as_str())))
        });
        score.named += 1;
        score.named_right += usize::from(right && state == Some(State::Named));
    }
    score
}
