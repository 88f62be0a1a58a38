//! Saved results gathered for a report: each text is kept once, and each reference takes little memory.

use std::collections::BTreeMap;

use byname::catalogue::spelling_key;
use byname::document::{PartialDate, readable_formulas};

use super::document::{SavedCandidate, SavedMention};
use super::texts::{Texts, shown, shown_end};
use super::{Makers, SavedDocument, SavedReference};

/// Least probability of the candidates that are kept; below it, the share would be shown as 0 %.
pub(super) const LEAST_SHOWN: f64 = 0.005;
/// Most characters of titles, names and reasons in a report.
const LONGEST: usize = 300;
/// Most characters of a mention, and of its context on either side.
const LONGEST_CONTEXT: usize = 400;

/// Everything that a report needs of saved results.
#[derive(Debug, Default)]
pub struct Gathered {
    pub(super) papers: Vec<Paper>,
    pub(super) organisations: Texts,
    /// Keys of systems: their ids, or the normalised spelling of a name that has no id.
    pub(super) systems: Texts,
    pub(super) system_names: Vec<String>,
    pub(super) clues: Texts,
    /// States, levels, kinds, types, sections and files.
    pub(super) words: Texts,
    pub(super) rows: Vec<Row>,
    pub(super) documents: usize,
    /// Number of documents that could not be read, or not in full.
    pub(super) failures: usize,
    /// Number of nameless references for each thing that they state about their system.
    pub(super) ways: BTreeMap<String, usize>,
    /// Nameless references in the papers of each organisation.
    pub(super) own: BTreeMap<String, Own>,
}

/// A paper that has references.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<PartialDate>,
    pub(super) organisations: Vec<u32>,
    /// Number of references to systems that it never names.
    pub(super) nameless: usize,
    /// Number of references to systems that it describes and names.
    pub(super) named: usize,
}

/// Nameless references in the papers of one organisation.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Own {
    /// Expected number of references to the organisation's own systems.
    pub(super) expected: f64,
    /// Number of all nameless references.
    pub(super) references: usize,
}

/// Importance of a reference to the reader of a report, most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A reference to a system that its paper never names.
    Nameless,
    /// One that is possibly nameless, or that a comment or the baseline suppresses.
    Doubtful,
    /// A reference to a system that its paper names elsewhere.
    Named,
}

/// A reference, as a report lists it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) rank: Rank,
    pub(super) paper: u32,
    pub(super) state: u32,
    pub(super) level: u32,
    pub(super) kind: u32,
    pub(super) entity_type: u32,
    pub(super) confidence: f32,
    pub(super) unknown: f32,
    pub(super) text: String,
    pub(super) answer: Option<(String, f32)>,
    pub(super) candidates: Vec<CandidateRow>,
    pub(super) before: String,
    pub(super) after: String,
    /// File, line, column.
    pub(super) place: (u32, usize, usize),
    pub(super) page: Option<usize>,
    pub(super) section: u32,
    pub(super) names: Vec<String>,
    pub(super) suppressed: String,
}

/// A candidate of a reference.
#[derive(Debug)]
pub(super) struct CandidateRow {
    pub(super) system: u32,
    pub(super) probability: f32,
    /// Clues with their weights, in the order in which they are shown.
    pub(super) evidence: Vec<(u32, f32)>,
}

impl Gathered {
    /// Adds a document.
    pub fn add(&mut self, document: &SavedDocument, makers: &Makers) {
        self.documents += 1;
        self.failures += usize::from(!document.errors.is_empty());
        if document.references.is_empty() {
            return;
        }
        let paper = u32::try_from(self.papers.len()).unwrap_or(u32::MAX);
        let of_state = |nameless: bool| {
            let references = document.references.iter();
            let counted = |reference: &&SavedReference| match nameless {
                true => reference.is_nameless(),
                false => reference.state == "named",
            };
            references.filter(counted).count()
        };
        let organisations = document.organisations.iter();
        self.papers.push(Paper {
            id: shown_end(&document.document, LONGEST),
            title: document.title.as_ref().map(|title| shown(&readable_formulas(title), LONGEST)),
            date: document.date,
            organisations: organisations
                .map(|name| self.organisations.number(&shown(name, LONGEST)))
                .collect(),
            nameless: of_state(true),
            named: of_state(false),
        });
        for reference in &document.references {
            let row = self.row(paper, document, reference);
            self.rows.push(row);
            if reference.is_nameless() {
                self.count_ways(document, reference);
            }
        }
        self.count_own(document, makers);
    }

    /// Sorts the references by importance: nameless ones first, those with an answer before others, the most
    /// confident before others.
    pub fn sort(&mut self) {
        let unsure = |row: &Row| (row.rank, row.answer.is_none());
        self.rows.sort_by(|a, b| unsure(a).cmp(&unsure(b)).then(b.confidence.total_cmp(&a.confidence)));
    }

    /// Returns the references to systems that their papers never name; requires [`Gathered::sort`].
    pub(super) fn nameless(&self) -> &[Row] {
        let end = self.rows.partition_point(|row| row.rank == Rank::Nameless);
        self.rows.get(..end).unwrap_or_default()
    }

    pub(super) fn paper(&self, row: &Row) -> Option<&Paper> {
        self.papers.get(row.paper as usize)
    }

    pub(super) fn system_name(&self, system: u32) -> &str {
        self.system_names.get(system as usize).map_or("", String::as_str)
    }

    /// Returns the expected number of nameless references to each system, in descending order.
    pub(super) fn expected(&self) -> Vec<(u32, f64)> {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for candidate in self.nameless().iter().flat_map(|row| &row.candidates) {
            *sums.entry(candidate.system).or_default() += f64::from(candidate.probability);
        }
        let mut sums: Vec<(u32, f64)> = sums.into_iter().collect();
        sums.sort_by(|a, b| {
            b.1.total_cmp(&a.1).then_with(|| self.system_name(a.0).cmp(self.system_name(b.0)))
        });
        sums
    }

    fn row(&mut self, paper: u32, document: &SavedDocument, reference: &SavedReference) -> Row {
        let mention = document.shown_mention(reference);
        let of_mention = |get: fn(&SavedMention) -> &str| mention.map_or("", get);
        let is_named = reference.state == "named";
        let rank = match reference.is_nameless() {
            true => Rank::Nameless,
            false if is_named => Rank::Named,
            false => Rank::Doubtful,
        };
        let suppressed = reference.suppressed.as_ref();
        let level = if suppressed.is_some() { "suppressed" } else { reference.level.as_str() };
        let suppressed_by = suppressed.map(|suppression| match suppression.reason.as_str() {
            "" => suppression.by.clone(),
            reason => format!("{}: {reason}", suppression.by),
        });
        let answer = reference.best.as_ref().filter(|_| !is_named).map(|answer| {
            let name = match answer.level.as_str() {
                "system" => answer.name.clone(),
                level => format!("{} ({level})", answer.name),
            };
            (shown(&name, LONGEST), answer.probability as f32)
        });
        let context = reference.context.clone().unwrap_or_default();
        let mut words = |text: &str| self.words.number(&shown(text, LONGEST));
        Row {
            rank,
            paper,
            state: words(&reference.state),
            level: words(level),
            kind: words(of_mention(|mention| &mention.kind)),
            entity_type: words(of_mention(|mention| &mention.entity_type)),
            confidence: reference.confidence.unwrap_or_default() as f32,
            unknown: reference.unknown as f32 + 0.0, // zero without a sign
            text: shown(&readable_formulas(of_mention(|mention| &mention.text)), LONGEST_CONTEXT),
            answer,
            before: shown_end(&readable_formulas(&context.before), LONGEST_CONTEXT),
            after: shown(&readable_formulas(&context.after), LONGEST_CONTEXT),
            place: (
                words(of_mention(|mention| mention.file.as_deref().unwrap_or_default())),
                mention.map_or(0, |mention| mention.line),
                mention.map_or(0, |mention| mention.column),
            ),
            page: mention.and_then(|mention| mention.page),
            section: words(of_mention(|mention| mention.section.as_deref().unwrap_or_default())),
            names: reference.names.iter().map(|name| shown(name, LONGEST)).collect(),
            suppressed: shown(&suppressed_by.unwrap_or_default(), LONGEST),
            candidates: self.candidates(reference),
        }
    }

    /// Returns the candidates of a reference; a named reference has none.
    fn candidates(&mut self, reference: &SavedReference) -> Vec<CandidateRow> {
        let is_shown =
            |candidate: &&SavedCandidate| reference.state != "named" && candidate.probability >= LEAST_SHOWN;
        let mut rows: Vec<CandidateRow> = Vec::new();
        for candidate in reference.candidates.iter().filter(is_shown) {
            let mut evidence: Vec<_> = candidate.evidence.iter().collect();
            // What speaks for it first, then what speaks against it; the prior says nothing of the text.
            let rank = |clue: &str, weight: f64| if clue == "prior" { 2 } else { i32::from(weight < 0.0) };
            evidence.sort_by(|a, b| {
                let order = rank(&a.clue, a.weight).cmp(&rank(&b.clue, b.weight));
                order.then(b.weight.abs().total_cmp(&a.weight.abs()))
            });
            let clues = evidence.iter().map(|clue| {
                let text = shown(&format!("{}: {}", clue.clue, clue.detail), LONGEST);
                (self.clues.number(&text), (clue.weight * 100.0).round() as f32 / 100.0 + 0.0)
            });
            rows.push(CandidateRow {
                evidence: clues.collect(),
                system: self.system(candidate),
                probability: candidate.probability as f32,
            });
        }
        rows
    }

    fn system(&mut self, candidate: &SavedCandidate) -> u32 {
        let key = candidate.system.as_deref().map_or_else(|| spelling_key(&candidate.name), Into::into);
        let number = self.systems.number(&shown(&key, LONGEST));
        if number as usize == self.system_names.len() {
            self.system_names.push(shown(&candidate.name, LONGEST));
        }
        number
    }

    fn count_ways(&mut self, document: &SavedDocument, reference: &SavedReference) {
        let mut ways: Vec<String> = Vec::new();
        for mention in reference.mentions.iter().filter_map(|index| document.mentions.get(*index)) {
            let attributes = &mention.attributes;
            ways.extend(attributes.access.iter().map(|word| format!("access: {}", shown(word, LONGEST))));
            ways.extend(
                attributes.organisation.iter().map(|word| format!("maker: {}", shown(word, LONGEST))),
            );
            ways.extend(attributes.standing.iter().map(|word| format!("standing: {}", shown(word, LONGEST))));
            ways.extend(attributes.parameters.map(|amount| format!("size: {}", size(amount.at))));
            if mention.kind == "own" {
                ways.push("the authors' own".to_string());
            }
        }
        ways.sort();
        ways.dedup();
        for way in ways {
            *self.ways.entry(way).or_default() += 1;
        }
    }

    fn count_own(&mut self, document: &SavedDocument, makers: &Makers) {
        let nameless: Vec<_> =
            document.references.iter().filter(|reference| reference.is_nameless()).collect();
        if nameless.is_empty() {
            return;
        }
        let affiliations = document.organisations.iter();
        let mut found: Vec<_> = affiliations.flat_map(|name| makers.of_affiliation(name)).collect();
        found.sort_by_key(|organisation| organisation.0);
        found.dedup();
        for organisation in found {
            let own = self.own.entry(shown(makers.name(organisation), LONGEST)).or_default();
            own.references += nameless.len();
            let candidates = nameless.iter().flat_map(|reference| &reference.candidates);
            let made = |candidate: &&SavedCandidate| {
                candidate.system.as_ref().is_some_and(|system| makers.made(organisation, system))
            };
            own.expected += candidates.filter(made).map(|candidate| candidate.probability).sum::<f64>();
        }
    }
}

/// Returns the range of a number of parameters, in words.
fn size(parameters: f64) -> &'static str {
    match parameters {
        ..1e9 => "under 1B parameters",
        ..1e10 => "1B to 10B parameters",
        ..1e11 => "10B to 100B parameters",
        _ => "100B parameters or more",
    }
}
