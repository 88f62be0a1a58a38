//! The entry point of resolution: a prepared catalogue, and the ranking of references against it.

use std::sync::OnceLock;

use super::answer::Answer;
use super::clues::{ClueReader, Clues};
use super::confidence::NamelessPaper;
use super::grouping::{Group, group};
use super::index::Index;
use super::named::named_by_citation;
use super::organisation_finder::OrganisationFinder;
use super::paper::PaperClues;
use super::ranked::Ranked;
use super::rules_of_thumb::RulesOfThumb;
use super::{Candidate, Level, Reference, State};
use crate::ScanOptions;
use crate::at_once::at_once;
use crate::catalogue::{
    EntityType, EvidenceWeights, Kind, Later, Organisations, RuleOfThumb, Systems, WordShares,
};
use crate::detect::{Attributes, Detected, Gates, Mention};
use crate::document::Document;

/// A catalogue prepared for linking references. Built once and shared between threads.
#[derive(Debug)]
pub struct Linker {
    pub(super) systems: Systems,
    pub(super) organisations: Organisations,
    pub(super) weights: EvidenceWeights,
    shares: Later<WordShares>,
    prepared: OnceLock<Prepared>,
    gates: Gates,
    rules_of_thumb: Later<Vec<RuleOfThumb>>,
}

/// The tables for ranking, built for the first reference without a name: many papers have none.
#[derive(Debug)]
struct Prepared {
    index: Index,
    finder: OrganisationFinder,
    rules_of_thumb: RulesOfThumb,
}

/// Number of references of one paper that keep all their candidates. No paper has so many; a text made to hold
/// more would fill the memory with them.
const MOST_IN_FULL: usize = 2000;
/// Number of candidates that each further reference keeps.
const FEWER_CANDIDATES: usize = 1;

/// Returns the candidates that are kept of a reference before which so many were ranked.
fn kept(mut candidates: Vec<Candidate>, ranked_before: usize) -> Vec<Candidate> {
    if ranked_before >= MOST_IN_FULL {
        candidates.truncate(FEWER_CANDIDATES);
        candidates.shrink_to_fit();
    }
    candidates
}

/// The systems that a description may refer to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranking {
    /// The resolution state.
    pub state: State,
    /// The candidates, most probable first.
    pub candidates: Vec<Candidate>,
    /// The probability that the system is none in the catalogue. All probabilities sum to 1.
    pub unknown: f64,
    /// The most specific answer that the probabilities support.
    pub answer: Option<Answer>,
    /// The attributes that were read from the description.
    pub clues: Attributes,
}

impl Ranking {
    /// Returns the ranking of a description from which nothing could be read.
    pub fn nothing() -> Self {
        let Ranked { candidates, unknown, answer, state } = Ranked::nothing();
        Self { state, candidates, unknown, answer, clues: Attributes::default() }
    }
}

impl Linker {
    /// Creates a linker from the parts of a catalogue.
    pub fn new(
        systems: &Systems,
        organisations: &Organisations,
        weights: &EvidenceWeights,
        shares: &Later<WordShares>,
    ) -> Self {
        Self {
            shares: shares.clone(),
            prepared: OnceLock::new(),
            gates: Gates::new(&weights.gate),
            systems: systems.clone(),
            organisations: organisations.clone(),
            weights: weights.clone(),
            rules_of_thumb: Later::default(),
        }
    }

    /// Returns the linker with these rules of thumb.
    #[must_use]
    pub fn with_rules_of_thumb(mut self, rules: Later<Vec<RuleOfThumb>>) -> Self {
        self.rules_of_thumb = rules;
        self
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| {
            let Self { systems, organisations, weights, shares, rules_of_thumb, .. } = self;
            let aside = || {
                let finder = OrganisationFinder::new(organisations, &weights.organisation.affiliation_cues);
                (finder, RulesOfThumb::new(rules_of_thumb))
            };
            let index = || Index::new(systems, organisations, weights, shares);
            let ((finder, rules_of_thumb), index) = at_once(aside, index);
            Prepared { index, finder, rules_of_thumb }
        })
    }

    /// Returns what tells which systems are of a kind that a text states.
    pub(crate) fn gates(&self) -> &Gates {
        &self.gates
    }

    pub(super) fn index(&self) -> &Index {
        &self.prepared().index
    }

    fn finder(&self) -> &OrganisationFinder {
        &self.prepared().finder
    }

    fn rules_of_thumb(&self) -> &RulesOfThumb {
        &self.prepared().rules_of_thumb
    }

    /// Replaces the weights. If weights that shape tables change, these are built again.
    pub fn reweigh(&mut self, weights: &EvidenceWeights) {
        let of_tables = |weights: &EvidenceWeights| {
            let measures: Vec<_> = weights.size.measure.keys().copied().collect();
            let words = &weights.words;
            let lists = (words.plain.clone(), words.no_series.clone(), words.tuning.clone());
            (weights.prior.clone(), words.most_shared, lists, measures)
        };
        if of_tables(&self.weights) != of_tables(weights) {
            self.prepared = OnceLock::new();
        }
        if self.weights.gate.kind != weights.gate.kind {
            self.gates = Gates::new(&weights.gate);
        }
        self.weights = weights.clone();
    }

    /// Returns the references of a paper, in the order of their first mentions: mentions are grouped, and
    /// each group is named, linked or left unresolved.
    pub fn resolve(&self, document: &Document, detected: &Detected, options: &ScanOptions) -> Vec<Reference> {
        self.resolve_by(None, document, detected, options)
    }

    /// Resolves as [`Linker::resolve`] does, but without the rule of thumb of this name.
    pub fn resolve_without(
        &self,
        rule_of_thumb: &str,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> Vec<Reference> {
        let others = self.rules_of_thumb().without(rule_of_thumb);
        self.resolve_by(Some(&others), document, detected, options)
    }

    /// Returns whether a rule of thumb holds for any description of a paper that is left without a name.
    pub fn holds(
        &self,
        rule_of_thumb: &str,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> bool {
        let paper = PaperClues::of(document, options, self.finder());
        let reader = self.reader(self.rules_of_thumb());
        let open = group(&document.prose, detected).into_iter().filter(|group| group.names.is_empty());
        open.map(|group| reader.read(&group, document, detected, &paper))
            .any(|clues| clues.rules_of_thumb.iter().any(|thumb| thumb.rule.name == rule_of_thumb))
    }

    fn resolve_by(
        &self,
        rules_of_thumb: Option<&RulesOfThumb>,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> Vec<Reference> {
        let groups = group(&document.prose, detected);
        let nameless = NamelessPaper::of(document, detected);
        let (mut known, mut ranked) = (None, 0);
        groups
            .into_iter()
            .map(|group| {
                if !group.names.is_empty() {
                    return self.named(group, document, detected);
                }
                if let Some(system) = group.cited.and_then(|id| Some((id, self.systems.get(id)?))) {
                    return named_by_citation(group, system);
                }
                let (reader, paper) = known.get_or_insert_with(|| {
                    let rules_of_thumb = rules_of_thumb.unwrap_or_else(|| self.rules_of_thumb());
                    (self.reader(rules_of_thumb), PaperClues::of(document, options, self.finder()))
                });
                let clues = reader.read(&group, document, detected, paper);
                let Ranked { candidates, unknown, answer, state } = self.ranked(std::slice::from_ref(&clues));
                let candidates = kept(candidates, ranked);
                ranked += 1;
                // Whoever wants to know can look a cited work up.
                let is_note = group.own && state == State::Unresolved || group.by_citation;
                let level = if is_note { Level::Note } else { Level::Warning };
                let names = Vec::new();
                let weights = &self.weights.nameless;
                let (confidence, confidence_evidence) =
                    nameless.confidence(&detected.mentions, &group.mentions, state, weights);
                Reference {
                    mentions: group.mentions,
                    state,
                    level,
                    confidence,
                    confidence_evidence,
                    names,
                    partial: false,
                    candidates,
                    unknown,
                    answer,
                }
            })
            .collect()
    }

    /// Ranks the systems that a text as a whole may describe.
    pub fn rank(&self, document: &Document, detected: &Detected, options: &ScanOptions) -> Ranking {
        let paper = PaperClues::of(document, options, self.finder());
        let whole = whole_text(detected);
        let clues = self.reader(self.rules_of_thumb()).read_whole(&whole, document, detected, &paper);
        // A text that does not say "our model" may present the system or tell of another's.
        let presented = Clues { own: true, own_chance: 1.0, announcing: true, ..clues.clone() };
        let ranked = if clues.announcing || self.is_too_short_to_present(&clues) {
            self.ranked(std::slice::from_ref(&clues))
        } else {
            self.ranked(&[clues.clone(), presented])
        };
        let Ranked { candidates, unknown, answer, state } = ranked;
        let mut attributes = clues.attributes;
        for size in &clues.sizes {
            if attributes.quantity(size.measure).is_none() {
                attributes.quantities.push((size.measure, size.quantity.clone().into_owned()));
            }
        }
        Ranking { state, candidates, unknown, answer, clues: attributes }
    }

    fn is_too_short_to_present(&self, clues: &Clues<'_>) -> bool {
        clues.words.read < self.weights.words.shortest_presentation
    }

    fn reader<'c>(&'c self, rules_of_thumb: &'c RulesOfThumb) -> ClueReader<'c> {
        ClueReader {
            index: self.index(),
            finder: self.finder(),
            gates: &self.gates,
            weights: &self.weights,
            rules_of_thumb,
        }
    }
}

/// Collects all that a text says of the system that it describes into one group: the authors' own system if
/// the text presents one, otherwise the systems that it describes. A text without any mention describes a
/// model.
fn whole_text(detected: &Detected) -> Group {
    // A text on a model tells of its data too, seldom the other way round.
    let kinds = [Kind::Own, Kind::Described, Kind::Anaphoric, Kind::Arbitrary];
    let first_of = |kind: Kind, is_model: bool| {
        let mut mentions = detected.mentions.iter();
        mentions
            .find(|mention| mention.kind == kind && (mention.entity_type == EntityType::Model) == is_model)
    };
    let main = [true, false].iter().find_map(|model| kinds.iter().find_map(|kind| first_of(*kind, *model)));
    let kind = main.map_or(Kind::Described, |mention| mention.kind);
    let entity_type = main.map_or(EntityType::Model, |mention| mention.entity_type);
    let of_it = |mention: &Mention| {
        mention.entity_type == entity_type && (mention.kind == kind || mention.kind == Kind::Anaphoric)
    };
    let mentions = (0..detected.mentions.len()).filter(|index| of_it(&detected.mentions[*index])).collect();
    Group::new(mentions, entity_type, main.is_some_and(|mention| mention.plural), kind == Kind::Own)
}

#[cfg(test)]
#[path = "linker_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "clue_tests.rs"]
mod clue_tests;
