//! An index of the systems in which a few clues lead to a few candidates.
//!
//! Sizes are kept in sorted lists, organisations and words in inverted ones: the work for a reference grows
//! with its clues, not with the catalogue.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::facts::{Facts, Relation};
use super::papers::Papers;
use super::series::Series;
use super::time::Stretch;
use super::usage::Usage;
use super::words::{Vocabulary, WordId, for_each_entry_word};
use crate::at_once::at_once;
use crate::catalogue::{
    EntityType, EvidenceWeights, OrganisationId, Organisations, OutlineFacts, System, SystemId,
    SystemOutline, Systems, Uses, WordShares,
};
use crate::detect::Measure;

/// Maximum length of a list from which candidates are taken; a longer list is too uninformative.
const LONGEST_LIST: usize = 600;
/// All systems, prepared for lookup.
#[derive(Debug)]
pub(super) struct Index {
    pub vocabulary: Vocabulary,
    /// The rarity of each word: the logarithm of the ratio of all systems to those with the word.
    pub rarity: Vec<f32>,
    /// The share of abstracts that contain each word.
    pub share: Vec<f32>,
    facts: Vec<Facts>,
    /// For each system the first month in which it may have been announced, or negative infinity. Beside the facts,
    /// since it alone is read of all that clues lead to.
    first_months: Vec<f32>,
    entry_words: Vec<WordId>,
    /// The makers of all systems, those of one behind those of another.
    makers: Vec<OrganisationId>,
    /// The systems of each word, those of one word behind those of another.
    systems_of_words: Vec<SystemId>,
    /// For each word the end of its systems.
    ends_of_words: Vec<u32>,
    by_organisation: Vec<Vec<SystemId>>,
    sizes: HashMap<Measure, Vec<(f32, SystemId)>, FixedState>,
    by_date: Vec<(f32, SystemId)>,
    pub papers: Papers,
    pub series: Series,
    counts: [usize; 3],
    pub usage: Usage,
    /// Words that denote a change made to a system after its first training.
    pub of_tuning: Vec<WordId>,
    most_shared: usize,
}

const fn slot(entity_type: EntityType) -> usize {
    match entity_type {
        EntityType::Model => 0,
        EntityType::Dataset => 1,
        EntityType::Software => 2,
    }
}

impl Index {
    /// Builds the index of a catalogue's systems.
    pub fn new(
        systems: &Systems,
        organisations: &Organisations,
        weights: &EvidenceWeights,
        shares: &WordShares,
    ) -> Self {
        let outlines = systems.outlines();
        let aside = || {
            let mut series = Series::new(weights.words.no_series.iter().map(String::as_str), organisations);
            systems.names().for_each(|known| series.add(known.system, known.name));
            (series, Usage::new(systems.uses(), &outlines, weights))
        };
        let facts = || Self::of_facts(systems, &outlines, organisations, weights, shares);
        let ((series, usage), index) = at_once(aside, facts);
        Self { series, usage, ..index }
    }

    /// Builds the index without what names and use tell.
    fn of_facts(
        systems: &Systems,
        outlines: &[SystemOutline<'_>],
        organisations: &Organisations,
        weights: &EvidenceWeights,
        shares: &WordShares,
    ) -> Self {
        let mut index = Self {
            vocabulary: Vocabulary::default(),
            rarity: Vec::new(),
            share: Vec::new(),
            facts: Vec::with_capacity(systems.len()),
            first_months: Vec::with_capacity(systems.len()),
            entry_words: Vec::new(),
            makers: Vec::new(),
            systems_of_words: Vec::new(),
            ends_of_words: Vec::new(),
            by_organisation: vec![Vec::new(); organisations.len()],
            sizes: HashMap::default(),
            by_date: Vec::new(),
            papers: Papers::new(systems),
            series: Series::default(),
            counts: [0; 3],
            usage: Usage::new(&Uses::default(), &[], weights),
            of_tuning: Vec::new(),
            most_shared: ((systems.len() as f64 * weights.words.most_shared).max(20.0) as usize)
                .min(LONGEST_LIST),
        };
        let measures = weights.size.measure.keys().copied().filter(|measure| *measure != Measure::Words);
        let measures: Vec<Measure> = measures.collect();
        let mut known = systems.words();
        if let Some(known) = &known {
            index.vocabulary.reserve(known.words.len());
            for (word, share) in &known.words {
                index.vocabulary.add(word);
                index.share.push(*share);
            }
        }
        for (id, outline) in (0..).map(SystemId).zip(outlines) {
            let words = match &mut known {
                Some(known) => index.add_known_words(known.of_next_system()),
                None => systems.get(id).map(|system| index.add_words_of(system)).unwrap_or_default(),
            };
            index.counts[slot(outline.entity_type)] += 1;
            index.add(id, outline, words, &measures);
        }
        index.list_by_word();
        index.tie_relatives(outlines);
        index.finish(outlines, organisations, weights);
        if known.is_none() {
            let words = 0..index.vocabulary.len() as WordId;
            index.share = words.map(|word| shares.share(index.vocabulary.word(word))).collect();
        }
        index
    }

    fn add(&mut self, id: SystemId, outline: &SystemOutline<'_>, words: (u32, u32), measures: &[Measure]) {
        let system = &outline.facts;
        let first_month = system.announced.map_or(f32::NEG_INFINITY, |date| Stretch::of(date).from);
        self.first_months.push(first_month);
        let first_maker = self.makers.len() as u32; // far fewer than 2^32
        self.makers.extend_from_slice(&system.organisations);
        let makers = (first_maker, self.makers.len() as u32);
        self.facts.push(Facts::new(outline, words, makers));
        self.by_date.extend(system.announced.map(|date| (Stretch::of(date).middle(), id)));
        for maker in &system.organisations {
            if let Some(list) = self.by_organisation.get_mut(maker.0 as usize) {
                list.push(id);
            }
        }
        for (measure, amount) in system.amounts.iter().filter(|(measure, _)| measures.contains(measure)) {
            self.sizes.entry(*measure).or_default().push((amount.ln() as f32, id));
        }
    }

    /// Adds the words of a system, and returns their range.
    fn add_words_of(&mut self, system: &System) -> (u32, u32) {
        let first = self.entry_words.len();
        let of_traits = system.domains.iter().chain(&system.architecture).chain(&system.hardware);
        let phrases = system.described_as.iter().chain(&system.keywords).chain(of_traits);
        let phrases = phrases.chain(&system.datasets).map(String::as_str);
        let titles = system.titles.iter().map(String::as_str);
        for_each_entry_word(phrases, titles, system.names(), |folded| {
            let word = self.vocabulary.intern(folded);
            if !self.entry_words[first..].contains(&word) {
                self.entry_words.push(word);
            }
        });
        (first as u32, self.entry_words.len() as u32)
    }

    /// Adds the words of a system that are known without its entry, and returns their range.
    fn add_known_words(&mut self, words: impl Iterator<Item = WordId>) -> (u32, u32) {
        let first = self.entry_words.len() as u32;
        self.entry_words.extend(words);
        (first, self.entry_words.len() as u32)
    }

    /// Lists the systems of each word. Words are counted first, so that all lists fit into one: a list for each of
    /// the thousands of words would take most of the time.
    fn list_by_word(&mut self) {
        let mut starts = vec![0_u32; self.vocabulary.len() + 1];
        self.entry_words.iter().for_each(|word| starts[*word as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        self.systems_of_words = vec![SystemId(0); self.entry_words.len()];
        for (id, facts) in (0..).map(SystemId).zip(&self.facts) {
            for word in &self.entry_words[facts.words.0 as usize..facts.words.1 as usize] {
                let next = &mut starts[*word as usize];
                self.systems_of_words[*next as usize] = id;
                *next += 1;
            }
        }
        starts.pop();
        self.ends_of_words = starts;
    }

    /// Returns all systems with a word.
    fn systems_of_word(&self, word: WordId) -> &[SystemId] {
        let word = word as usize;
        let end = |word: usize| self.ends_of_words.get(word).map_or(0, |end| *end as usize);
        let start = word.checked_sub(1).map_or(0, end);
        self.systems_of_words.get(start..end(word)).unwrap_or_default()
    }

    /// Links systems to their bases, in both directions, and to the datasets that they were trained on.
    fn tie_relatives(&mut self, systems: &[SystemOutline<'_>]) {
        let mut ties: Vec<(SystemId, SystemId, Relation)> = Vec::new();
        for (id, OutlineFacts { base, datasets, .. }) in
            (0..).map(SystemId).zip(systems.iter().map(|system| &system.facts))
        {
            let both_ways = |base: &SystemId| [(id, *base, Relation::Base), (*base, id, Relation::Base)];
            ties.extend(base.iter().flat_map(both_ways));
            ties.extend(datasets.iter().map(|dataset| (id, *dataset, Relation::Dataset)));
            let type_of = |id: SystemId| self.facts.get(id.0 as usize).map(|facts| facts.entity_type);
            let derived_from = base.iter().copied().find(|base| type_of(*base) == type_of(id));
            self.facts[id.0 as usize].derived_from = derived_from;
        }
        for (id, other, relation) in ties {
            self.facts[id.0 as usize].relatives.push((other, relation));
        }
    }

    fn finish(
        &mut self,
        systems: &[SystemOutline<'_>],
        organisations: &Organisations,
        weights: &EvidenceWeights,
    ) {
        let count = systems.len() as f32;
        let words = 0..self.vocabulary.len() as WordId;
        let rarity = |word| (count / self.systems_of_word(word).len().max(1) as f32).ln();
        self.rarity = words.map(rarity).collect();
        for plain in &weights.words.plain {
            if let Some(word) = self.vocabulary.id(plain) {
                self.rarity[word as usize] = 0.0;
            }
        }
        self.of_tuning = weights.words.tuning.iter().filter_map(|word| self.vocabulary.id(word)).collect();
        // What a part makes, its owner makes too.
        for (id, _) in organisations.iter() {
            for above in organisations.lineage(id).skip(1) {
                let made = self.by_organisation[id.0 as usize].clone();
                self.by_organisation[above.0 as usize].extend(made);
            }
        }
        for list in &mut self.by_organisation {
            list.sort_unstable_by_key(|id| {
                (std::cmp::Reverse(systems.get(id.0 as usize).map_or(0, |system| system.uses)), *id)
            });
            list.dedup();
        }
        for list in self.sizes.values_mut() {
            list.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        self.by_date.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }

    /// Returns the precomputed facts about a system.
    pub fn facts(&self, id: SystemId) -> &Facts {
        &self.facts[id.0 as usize]
    }

    /// Returns for each system the first month, since the year 0, in which it may have been announced; negative
    /// infinity if no date is known.
    pub fn first_months(&self) -> &[f32] {
        &self.first_months
    }

    /// Returns the makers of a system.
    pub fn makers(&self, id: SystemId) -> &[OrganisationId] {
        let (start, end) = self.facts(id).makers;
        self.makers.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Returns the words of a system's entry, each once.
    pub fn words(&self, id: SystemId) -> &[WordId] {
        let (start, end) = self.facts(id).words;
        self.entry_words.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Returns the smoothed share of systems with an amount between two logarithms, among those that state
    /// the measure.
    pub fn share(&self, measure: Measure, from: f32, to: f32) -> f32 {
        let list = self.size_list(measure);
        (within(list, from, to).len() as f32 + 1.0) / (list.len() as f32 + 2.0)
    }

    fn size_list(&self, measure: Measure) -> &[(f32, SystemId)] {
        let measure = if measure == Measure::Words { Measure::Tokens } else { measure };
        self.sizes.get(&measure).map_or(&[], Vec::as_slice)
    }

    /// Returns the systems with an amount between two logarithms; empty if they are too many to be
    /// informative.
    pub fn by_size(&self, measure: Measure, from: f32, to: f32) -> impl Iterator<Item = SystemId> {
        let found = within(self.size_list(measure), from, to);
        let informative = if found.len() > LONGEST_LIST { &[] } else { found };
        informative.iter().map(|(_, id)| *id)
    }

    /// Returns the systems of an organisation and its parts, the most used first.
    pub fn by_organisation(&self, id: OrganisationId) -> impl Iterator<Item = SystemId> {
        self.by_organisation.get(id.0 as usize).into_iter().flatten().copied().take(LONGEST_LIST)
    }

    /// Returns all systems of an organisation and its parts.
    pub fn all_of_organisation(&self, id: OrganisationId) -> &[SystemId] {
        self.by_organisation.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Iterates over the systems of the family with this head, itself among them.
    pub fn family_of(&self, head: SystemId) -> impl Iterator<Item = SystemId> {
        let all = (0..).map(SystemId).zip(&self.facts);
        all.filter(move |(id, facts)| *id == head || facts.family == Some(head)).map(|(id, _)| id)
    }

    /// Returns the smoothed share of systems announced within some months of a date.
    pub fn share_announced(&self, date: Stretch, months: f32) -> f32 {
        let near = within(&self.by_date, date.from - months, date.to + months).len();
        (near as f32 + 1.0) / (self.by_date.len() as f32 + 2.0)
    }

    /// Returns the smoothed share of systems that an organisation or its parts made.
    pub fn share_made(&self, id: OrganisationId) -> f32 {
        let made = self.by_organisation.get(id.0 as usize).map_or(0, Vec::len);
        (made as f32 + 1.0) / (self.facts.len() as f32 + 2.0)
    }

    /// Returns the smoothed share of systems that were announced by the end of a date.
    pub fn share_announced_by(&self, date: Stretch) -> f32 {
        let known = within(&self.by_date, f32::NEG_INFINITY, date.to).len();
        (known as f32 + 1.0) / (self.by_date.len() as f32 + 2.0)
    }

    /// Returns the systems announced within some months of a date.
    pub fn announced_near(&self, date: Stretch, months: f32) -> impl Iterator<Item = SystemId> {
        within(&self.by_date, date.from - months, date.to + months)
            .iter()
            .map(|(_, id)| *id)
            .take(LONGEST_LIST)
    }

    /// Returns the systems with a word in their phrases; empty if they are too many to be informative.
    pub fn by_word(&self, word: WordId) -> impl Iterator<Item = SystemId> {
        let list = self.systems_of_word(word);
        let informative = if list.len() > self.most_shared { &[] } else { list };
        informative.iter().copied()
    }

    /// Returns the number of systems.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Returns the number of systems of a type.
    pub fn count(&self, entity_type: EntityType) -> usize {
        self.counts[slot(entity_type)]
    }
}

fn within(list: &[(f32, SystemId)], from: f32, to: f32) -> &[(f32, SystemId)] {
    let start = list.partition_point(|(log, _)| *log < from);
    let end = list.partition_point(|(log, _)| *log <= to);
    &list[start..end.max(start)]
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
