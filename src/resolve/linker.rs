//! The front door of resolution: a catalogue made ready, and references ranked against it.

use super::answer::{Answer, answer, state};
use super::clues::{ClueReader, Clues, Place};
use super::confidence::NamelessPaper;
use super::gate::Gates;
use super::gathering::Gathering;
use super::grouping::{Group, group};
use super::index::Index;
use super::organisation_finder::{OrganisationFinder, Telling};
use super::paper::PaperClues;
use super::posterior::{Told, Trust, Weighed, posterior};
use super::rules_of_thumb::RulesOfThumb;
use super::weigh::{Reading, Scales, Sum, citation_weight};
use super::{Candidate, Evidence, Level, Reference, State};
use crate::ScanOptions;
use crate::catalogue::{
    EntityType, EvidenceWeights, Kind, OrganisationId, Organisations, RuleOfThumb, System, SystemId, Systems,
    WordShares,
};
use crate::detect::{Attributes, Detected, Mention};
use crate::document::Document;

/// How many candidates of a reference are weighed in full; of a text that presents a system, which tells
/// more and is asked for alone, MOST_PRESENTED.
const MOST_WEIGHED: usize = 120;
const MOST_PRESENTED: usize = 250;
/// How many systems of a series are candidates by its word alone.
const LONGEST_SERIES: usize = 200;

/// A catalogue made ready to link references with. Built once and shared between threads.
#[derive(Debug)]
pub struct Linker {
    systems: Systems,
    organisations: Organisations,
    weights: EvidenceWeights,
    index: Index,
    finder: OrganisationFinder,
    gates: Gates,
    rules_of_thumb: RulesOfThumb,
}

/// What a description may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// How far it is resolved.
    pub state: State,
    /// The candidates, most probable first.
    pub candidates: Vec<Candidate>,
    /// The probability that it is none in the catalogue. All probabilities sum to 1.
    pub unknown: f64,
    /// The deepest level that can be told.
    pub answer: Option<Answer>,
    /// What the description was read to say.
    pub clues: Attributes,
}

/// Candidates, and what they answer.
struct Ranked {
    candidates: Vec<Candidate>,
    unknown: f64,
    answer: Option<Answer>,
    state: State,
}

impl Ranked {
    fn nothing() -> Self {
        Self { candidates: Vec::new(), unknown: 1.0, answer: None, state: State::Unresolved }
    }
}

impl Linker {
    /// Makes a catalogue ready.
    pub fn new(
        systems: &Systems,
        organisations: &Organisations,
        weights: &EvidenceWeights,
        shares: &WordShares,
    ) -> Self {
        let (index, finder) = rayon::join(
            || Index::new(systems, organisations, weights, shares),
            || OrganisationFinder::new(organisations, &weights.organisation.affiliation_cues),
        );
        Self {
            index,
            finder,
            gates: Gates::new(&weights.gate),
            systems: systems.clone(),
            organisations: organisations.clone(),
            weights: weights.clone(),
            rules_of_thumb: RulesOfThumb::default(),
        }
    }

    /// The same linker with these rules of thumb.
    #[must_use]
    pub fn with_rules_of_thumb(mut self, rules: &[RuleOfThumb]) -> Self {
        self.rules_of_thumb = RulesOfThumb::new(rules, &self.systems);
        self
    }

    /// Gives the linker other weights. Those that shape the index take as long as a new linker.
    pub fn reweigh(&mut self, weights: &EvidenceWeights, shares: &WordShares) {
        let of_index = |weights: &EvidenceWeights| {
            let measures: Vec<_> = weights.size.measure.keys().copied().collect();
            let words = &weights.words;
            let lists = (words.plain.clone(), words.no_series.clone(), words.tuning.clone());
            (weights.prior.clone(), words.most_shared, lists, measures)
        };
        if of_index(&self.weights) != of_index(weights) {
            self.index = Index::new(&self.systems, &self.organisations, weights, shares);
        }
        if self.weights.gate.kind != weights.gate.kind {
            self.gates = Gates::new(&weights.gate);
        }
        self.weights = weights.clone();
    }

    /// The references of a paper: its mentions grouped, and each group named, linked or left open.
    /// In the order of their first mentions.
    pub fn resolve(&self, document: &Document, detected: &Detected, options: &ScanOptions) -> Vec<Reference> {
        self.resolve_by(&self.rules_of_thumb, document, detected, options)
    }

    /// The same as if there were no rule of thumb of this name.
    pub fn resolve_without(
        &self,
        rule_of_thumb: &str,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> Vec<Reference> {
        self.resolve_by(&self.rules_of_thumb.without(rule_of_thumb), document, detected, options)
    }

    /// Whether a rule of thumb holds for any description of a paper that its names leave open.
    pub fn holds(
        &self,
        rule_of_thumb: &str,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> bool {
        let paper = PaperClues::of(document, options, &self.finder);
        let reader = self.reader(&self.rules_of_thumb);
        let open = group(&document.prose, detected).into_iter().filter(|group| group.names.is_empty());
        open.map(|group| reader.read(&group, document, detected, &paper))
            .any(|clues| clues.rules_of_thumb.iter().any(|thumb| thumb.rule.name == rule_of_thumb))
    }

    fn resolve_by(
        &self,
        rules_of_thumb: &RulesOfThumb,
        document: &Document,
        detected: &Detected,
        options: &ScanOptions,
    ) -> Vec<Reference> {
        let groups = group(&document.prose, detected);
        let nameless = NamelessPaper::of(document, detected);
        let mut paper = None;
        let reader = self.reader(rules_of_thumb);
        groups
            .into_iter()
            .map(|group| {
                if !group.names.is_empty() {
                    return self.named(group, document, detected);
                }
                if let Some(system) = group.cited.and_then(|id| Some((id, self.systems.get(id)?))) {
                    return named_by_citation(group, system);
                }
                let paper = paper.get_or_insert_with(|| PaperClues::of(document, options, &self.finder));
                let clues = reader.read(&group, document, detected, paper);
                let Ranked { candidates, unknown, answer, state } = self.ranked(std::slice::from_ref(&clues));
                // Whoever wants to know can look a cited work up.
                let told = group.own && state == State::Unresolved || group.by_citation;
                let level = if told { Level::Note } else { Level::Warning };
                let names = Vec::new();
                let weights = &self.weights.nameless;
                let confidence = nameless.confidence(&detected.mentions, &group.mentions, state, weights);
                Reference {
                    mentions: group.mentions,
                    state,
                    level,
                    confidence,
                    names,
                    partial: false,
                    candidates,
                    unknown,
                    answer,
                }
            })
            .collect()
    }

    /// Ranks the systems that a text as a whole describes.
    pub fn rank(&self, document: &Document, detected: &Detected, options: &ScanOptions) -> Ranking {
        let paper = PaperClues::of(document, options, &self.finder);
        let whole = whole_text(detected);
        let clues = self.reader(&self.rules_of_thumb).read_whole(&whole, document, detected, &paper);
        // A text that does not say "our model" may present the system or tell of another's.
        let presented = Clues { own: true, own_chance: 1.0, announcing: true, ..clues.clone() };
        let ranked = if clues.announcing || self.is_too_short_to_present(&clues) {
            self.ranked(std::slice::from_ref(&clues))
        } else {
            self.ranked(&[clues.clone(), presented])
        };
        let Ranked { candidates, unknown, answer, state } = ranked;
        let mut told = clues.attributes;
        for size in &clues.sizes {
            if told.quantity(size.measure).is_none() {
                told.quantities.push((size.measure, size.quantity.clone().into_owned()));
            }
        }
        Ranking { state, candidates, unknown, answer, clues: told }
    }

    fn is_too_short_to_present(&self, clues: &Clues<'_>) -> bool {
        clues.words.read < self.weights.words.shortest_presentation
    }

    fn reader<'c>(&'c self, rules_of_thumb: &'c RulesOfThumb) -> ClueReader<'c> {
        ClueReader {
            index: &self.index,
            finder: &self.finder,
            gates: &self.gates,
            weights: &self.weights,
            rules_of_thumb,
        }
    }

    fn scales(&self) -> Scales<'_> {
        Scales {
            systems: &self.systems,
            organisations: &self.organisations,
            index: &self.index,
            gates: &self.gates,
            weights: &self.weights,
        }
    }

    /// A reference whose name the text gives.
    fn named(&self, group: Group, document: &Document, detected: &Detected) -> Reference {
        let mut names: Vec<String> = Vec::with_capacity(group.names.len());
        let mut candidates: Vec<Candidate> = Vec::with_capacity(group.names.len());
        let (given, partial) = names_given(&group, detected);
        for mention in given.iter().filter_map(|name| detected.mentions.get(*name)) {
            let written = mention.written_name(&document.prose);
            if !names.iter().any(|name| name == written) {
                names.push(written.to_string());
            }
            let system = mention.systems.first().copied();
            let name =
                system.and_then(|id| self.systems.get(id)).map_or(written, |system| system.name.as_str());
            if !candidates.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
                let evidence = vec![Evidence {
                    clue: "name".to_string(),
                    detail: format!("the text gives the name {written}"),
                    weight: 0.0,
                    span: Some(mention.span),
                }];
                candidates.push(Candidate {
                    system,
                    name: name.to_string(),
                    members: Vec::new(),
                    probability: 0.0,
                    evidence,
                });
            }
        }
        let share = 1.0 / candidates.len().max(1) as f64;
        for candidate in &mut candidates {
            candidate.probability = share;
        }
        let unknown = if candidates.is_empty() { 1.0 } else { 0.0 };
        Reference {
            confidence: 0.0,
            mentions: group.mentions,
            state: State::Named,
            level: Level::Note,
            names,
            partial,
            candidates,
            unknown,
            answer: None,
        }
    }

    /// The systems that clues lead to, weighed; of several readings of the clues, each counts as
    /// likely as the others.
    fn ranked(&self, readings: &[Clues<'_>]) -> Ranked {
        let Some(clues) = readings.first() else { return Ranked::nothing() };
        let scales = self.scales();
        let weight_in = |reading: &Reading<'_>, id: SystemId| {
            let mut sum = Sum::default();
            scales.weigh(reading, id, &mut sum);
            sum.0
        };
        let read: Vec<Reading<'_>> = readings.iter().map(|clues| scales.read(clues)).collect();
        let mut ids: Vec<SystemId> = readings.iter().flat_map(|reading| self.possible(reading)).collect();
        if readings.len() > 1 {
            ids.sort_unstable();
            ids.dedup();
        }
        let weighed = ids.into_iter().map(|id| {
            let weight = match &read[..] {
                [reading] => weight_in(reading, id),
                _ => mean_odds(read.iter().map(|reading| weight_in(reading, id))),
            };
            Weighed { id, weight, told: id }
        });
        let prior = &self.weights.prior;
        let answering = &self.weights.answer;
        let mut weighed: Vec<Weighed> = weighed.collect();
        let unknown = match (clues.announcing, clues.set) {
            (true, _) => prior.unknown_announced,
            (_, true) => prior.unknown_set,
            _ => prior.unknown,
        };
        let unknown = match clues.own_chance {
            chance if clues.announcing || chance <= 0.0 => unknown,
            chance if chance >= 1.0 => prior.unknown_own,
            chance => either(&weighed, [(chance, prior.unknown_own), (1.0 - chance, unknown)]),
        };
        let trust = match readings.iter().any(|reading| reading.announcing) {
            true => {
                Trust { temper: answering.temper_announced, doubt: answering.doubt_announced, set: clues.set }
            }
            false => Trust { temper: answering.temper, doubt: 0.0, set: clues.set },
        };
        if clues.set {
            share_among_makers(&mut weighed, clues, &scales);
        }
        let found = posterior(weighed, unknown, trust, &self.systems, answering);
        let candidates = found.candidates.into_iter().map(|told| {
            let Told { weighed: candidate, probability, members } = told;
            let told = |reading: &&Reading<'_>| weight_in(reading, candidate.told);
            let mut evidence: Vec<Evidence> = Vec::with_capacity(8);
            if let Some(reading) = read.iter().max_by(|a, b| told(a).total_cmp(&told(b))) {
                scales.weigh(reading, candidate.told, &mut evidence);
            }
            evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let name = self.systems.get(candidate.id).map(|system| system.name.clone()).unwrap_or_default();
            Candidate { system: Some(candidate.id), name, members, probability, evidence }
        });
        let (candidates, unknown): (Vec<Candidate>, f64) = (candidates.collect(), found.unknown);
        let answer = match clues.set {
            true => None,
            false => answer(&candidates, &found.sums, unknown, answering, &self.systems, &self.organisations),
        };
        let state = state(answer.as_ref(), &candidates, unknown, clues.described(), answering);
        Ranked { candidates, unknown, answer, state }
    }

    /// The systems that the clues lead to, and those that are always possible.
    fn possible(&self, clues: &Clues<'_>) -> Vec<SystemId> {
        let mut gathering = Gathering::new(self.index.len());
        let (date, weights) = (clues.date, &self.weights);
        for size in &clues.sizes {
            for target in &size.targets {
                gathering.add(self.index.by_size(size.measure, target.from, target.to), target.surprise);
            }
        }
        for author in &clues.paper.authors {
            gathering.add(self.index.by_organisation(*author), weights.organisation.unreleased as f32);
        }
        for told in &clues.organisations {
            let weight = weights.organisation.named / told.meanings as f64;
            gathering.add(self.index.by_organisation(told.id), weight as f32);
        }
        for cited in &clues.cited {
            gathering.add([cited.id].into_iter(), citation_weight(&weights.citation, cited.place) as f32);
        }
        gathering.add(clues.company.iter().map(|named| named.id), 1.0);
        if let Some((word, _)) = &clues.series {
            let series = self.index.series.of(word).iter().copied();
            gathering.add(series.take(LONGEST_SERIES), weights.words.series as f32);
        }
        for word in &clues.words.found {
            let rarity = self.index.rarity[*word as usize] - weights.words.common as f32;
            gathering.add(self.index.by_word(*word), rarity * weights.words.strength as f32);
        }
        if let Some(date) = date.filter(|_| clues.announcing) {
            for months in &weights.date.announcing_months {
                gathering.add(self.index.announced_near(date, *months as f32), 2.0);
            }
        }
        for thumb in &clues.rules_of_thumb {
            for (favour, candidates) in thumb.rule.favours.iter().zip(&thumb.candidates) {
                gathering.add(candidates.iter().copied(), favour.weight as f32);
            }
        }
        gathering.add(self.index.usage.most_used(clues.entity_type, date), 1.0);
        let most = if clues.announcing { MOST_PRESENTED } else { MOST_WEIGHED };
        gathering.best(most, date, &self.index)
    }
}

/// The mentions that name a group, and whether they are only some of its names. Where a description has
/// come to names, these are meant, and no other spelling or version of the system that the paper has.
fn names_given(group: &Group, detected: &Detected) -> (Vec<usize>, bool) {
    let described = group.mentions.iter().filter_map(|index| detected.mentions.get(*index));
    let described: Vec<&Mention> =
        described.filter(|mention| mention.kind == Kind::Described && !mention.named_by.is_empty()).collect();
    if described.is_empty() {
        return (group.names.clone(), false);
    }
    let mut names: Vec<usize> =
        described.iter().flat_map(|mention| mention.named_by.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    let partial = |mention: &&Mention| mention.naming.as_ref().is_some_and(|naming| naming.partial);
    (names, described.iter().all(partial))
}

/// A reference whose name a cited work gives and the prose does not.
fn named_by_citation(group: Group, (id, system): (SystemId, &System)) -> Reference {
    let evidence = Evidence {
        clue: "name".to_string(),
        detail: format!("the work that is cited beside it presents {}", system.name),
        weight: 0.0,
        span: None,
    };
    let candidate = Candidate {
        system: Some(id),
        name: system.name.clone(),
        members: Vec::new(),
        probability: 1.0,
        evidence: vec![evidence],
    };
    Reference {
        mentions: group.mentions,
        state: State::Named,
        level: Level::Note,
        confidence: 0.0,
        names: vec![system.name.clone()],
        partial: false,
        candidates: vec![candidate],
        unknown: 0.0,
        answer: None,
    }
}

/// Of a set whose makers are named, each maker has a member in it: the systems of each share the same odds.
fn share_among_makers(weighed: &mut [Weighed], clues: &Clues<'_>, scales: &Scales<'_>) {
    let told = clues.organisations.iter();
    let named = told.filter(|told| told.telling == Telling::Name && told.place >= Place::Sentence);
    let makers: Vec<OrganisationId> = named.map(|told| told.id).collect();
    if makers.len() < 2 {
        return;
    }
    let of_maker = |weighed: &Weighed| {
        let made_by = scales.systems.get(weighed.id).map(|system| system.organisations.as_slice())?;
        makers.iter().position(|maker| scales.nearness(*maker, made_by) == 1.0)
    };
    let groups: Vec<Option<usize>> = weighed.iter().map(of_maker).collect();
    let sums: Vec<f64> = (0..makers.len())
        .map(|maker| {
            let of_group = weighed.iter().zip(&groups).filter(|(_, group)| **group == Some(maker));
            log_sum(of_group.map(|(weighed, _)| weighed.weight))
        })
        .collect();
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (weighed, group) in weighed.iter_mut().zip(&groups) {
        if let Some(sum) = group.and_then(|group| sums.get(group)).filter(|sum| sum.is_finite()) {
            weighed.weight += highest - sum;
        }
    }
}

/// The log of a sum of odds given as logs.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let highest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    if highest.is_finite() {
        highest + logs.map(|log| (log - highest).exp()).sum::<f64>().ln()
    } else {
        highest
    }
}

/// What to set against candidates where it is either of two: with it they have together the mean of what they have
/// with each, by the chances of the two.
fn either(weighed: &[Weighed], cases: [(f64, f64); 2]) -> f64 {
    let all = log_sum(weighed.iter().map(|candidate| candidate.weight));
    let known: f64 = cases.iter().map(|(chance, unknown)| chance / (1.0 + (unknown - all).exp())).sum();
    all + ((1.0 - known) / known).ln()
}

/// The log of the mean of odds given as logs.
fn mean_odds(logs: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = logs.collect();
    log_sum(all.iter().copied()) - (all.len().max(1) as f64).ln()
}

/// One group of all that a text says of the system that it describes: of the authors' own system
/// where it presents one, else of those that it describes. A text without any describes a model.
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
    Group {
        mentions: (0..detected.mentions.len()).filter(|index| of_it(&detected.mentions[*index])).collect(),
        names: Vec::new(),
        entity_type,
        plural: main.is_some_and(|mention| mention.plural),
        own: kind == Kind::Own,
        system: None,
        size: None,
        by_citation: false,
        cited: None,
    }
}

#[cfg(test)]
#[path = "linker_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "clue_tests.rs"]
mod clue_tests;
