//! The names that each description has so far.

use super::names::ThingId;
use super::paper::{Paper, Sentence};
use super::reading::Reading;
use super::sets::modifiers_and_noun;
use crate::catalogue::{Access, Cue, Kind, Measure, Precision, Systems, TraitValue};
use crate::detect::{Detected, Mention, Naming, Way, same_size, size_in_name};
use crate::document::ByteSpan;

/// Largest ratio between the sizes of models that people call by one size: 8B models are 7B models to many.
const SIZE_CLASS: f64 = 1.5;

/// The names of one description.
#[derive(Debug, Clone, Default)]
pub(super) struct Tie {
    pub names: Vec<usize>,
    pub naming: Option<Naming>,
}

/// The names of all descriptions.
#[derive(Debug)]
pub(super) struct Ties<'p, 'a> {
    pub paper: &'p Paper<'a>,
    pub detected: &'p Detected,
    systems: &'p Systems,
    found: Vec<Option<Tie>>,
}

impl<'p, 'a> Ties<'p, 'a> {
    pub fn new(paper: &'p Paper<'a>, detected: &'p Detected, systems: &'p Systems) -> Self {
        Self { paper, detected, systems, found: vec![None; detected.mentions.len()] }
    }

    /// Returns the tie of each mention; `None` if it was never set.
    pub fn into_found(self) -> Vec<Option<Tie>> {
        self.found
    }

    /// Returns a mention by index.
    pub fn mention(&self, index: usize) -> &'p Mention {
        &self.detected.mentions[index]
    }

    /// Iterates over the described mentions with their sentences, in order.
    fn described(&self) -> impl Iterator<Item = (usize, &'p Sentence<'a>)> {
        let all = self.paper.sentences.iter();
        let all = all.flat_map(|sentence| sentence.described.iter().map(move |index| (*index, sentence)));
        all.filter(|(index, _)| self.mention(*index).kind == Kind::Described)
    }

    /// Returns the described mentions that have no names yet, with their sentences. Those whose names are kept
    /// back are left out: no name elsewhere is theirs.
    pub fn open(&self) -> Vec<(usize, &'p Sentence<'a>)> {
        let is_open = |index: usize| self.names_of(index).is_empty() && !self.mention(index).is_kept_back();
        self.described().filter(|(index, _)| is_open(*index)).collect()
    }

    /// Returns the described sets that have some names, but fewer than they count, with their sentences.
    pub fn short_of_names(&self) -> Vec<(usize, &'p Sentence<'a>)> {
        let is_short = |index: usize| self.falls_short(index, self.names_of(index).len());
        self.described().filter(|(index, _)| is_short(*index)).collect()
    }

    /// Returns the names of a mention.
    pub fn names_of(&self, mention: usize) -> &[usize] {
        self.found[mention].as_ref().map_or(&[], |tie| &tie.names)
    }

    /// Returns the trusted ones of names, one for each system or variant.
    pub fn distinct(&self, names: &[usize]) -> Vec<usize> {
        self.paper.names.distinct(self.paper.prose, self.detected, &self.paper.trusted(names))
    }

    /// Returns the systems of names, in order.
    pub fn things_of(&self, names: &[usize]) -> Vec<ThingId> {
        let known = names.iter().filter_map(|name| self.paper.names.get(*name));
        let mut things: Vec<ThingId> = known.map(|name| name.thing).collect();
        things.sort_unstable();
        things
    }

    /// Replaces the names of a mention, leaving out those of another size than it states. Returns whether any
    /// are left.
    pub fn set(&mut self, mention: usize, names: &[usize], naming: Option<Naming>) -> bool {
        let way = naming.as_ref().map(|naming| naming.way);
        let mut names = self.of_one_size(mention, names, way != Some(Way::Predicate));
        // What the paper says itself is not doubted.
        let plain = [Way::Beside, Way::Predicate, Way::Citation];
        // Of "twelve models" what else the clause tells is not said of each; two may be two others.
        let is_bare_set = || {
            self.count_of(mention).is_some_and(|count| count > 2)
                && modifiers_and_noun(self, mention).is_some_and(|(modifiers, _)| modifiers.is_empty())
        };
        if way.is_some_and(|way| !plain.contains(&way)) && !is_bare_set() {
            names.retain(|name| !self.contradicts(mention, *name));
        }
        let names = self.paper.names.distinct(self.paper.prose, self.detected, &names);
        let is_some = !names.is_empty();
        let partial = self.falls_short(mention, names.len());
        let naming = naming.map(|naming| Naming { partial: naming.partial || partial, ..naming });
        self.found[mention] = Some(Tie { names, naming });
        is_some
    }

    /// Iterates over the mentions that have names, with these.
    pub fn tied(&self) -> impl Iterator<Item = (usize, &Tie)> {
        let all = self.found.iter().enumerate();
        all.filter_map(|(index, tie)| Some((index, tie.as_ref().filter(|tie| !tie.names.is_empty())?)))
    }

    /// Writes the names of a mention in other ways.
    pub fn respell(&mut self, mention: usize, names: Vec<usize>) {
        if let Some(tie) = &mut self.found[mention] {
            tie.names = names;
        }
    }

    /// Ties a mention to the system that a cited work presents.
    pub fn set_cited(&mut self, mention: usize, naming: Naming) {
        self.found[mention] = Some(Tie { names: Vec::new(), naming: Some(naming) });
    }

    /// Removes all names of a mention, those that detection saw beside it included.
    pub fn clear(&mut self, mention: usize) {
        self.found[mention] = Some(Tie::default());
    }

    /// Returns the names without those that carry another size than the description states, or whose systems
    /// are known to have other sizes only.
    pub fn of_its_size(&self, mention: usize, names: &[usize]) -> Vec<usize> {
        self.of_one_size(mention, names, true)
    }

    /// Does the same. What is known of other sizes counts only for names inside of the description if `is_doubted` is
    /// not set: the paper may say another size of a system than the catalogue.
    fn of_one_size(&self, mention: usize, names: &[usize], is_doubted: bool) -> Vec<usize> {
        let Some(stated) = self.size_of(mention) else {
            let Some(each) = self.size_of_each(mention) else { return names.to_vec() };
            let size = |name: &usize| self.paper.names.get(*name).and_then(|name| name.size);
            let is_near = |size: f64| (each / SIZE_CLASS..=each * SIZE_CLASS).contains(&size);
            return names.iter().copied().filter(|name| size(name).is_none_or(is_near)).collect();
        };
        let described = self.mention(mention).span;
        let fits = |name: &&usize| {
            let is_inside = described.contains(self.mention(**name).span);
            let Some(name) = self.paper.names.get(**name) else { return true };
            if name.product.is_some_and(|product| same_size(stated, product)) {
                return true;
            }
            let system = name.system.and_then(|id| self.systems.get(id));
            let known = system.map(|system| system.amounts(Measure::Parameters)).unwrap_or_default();
            match name.size {
                Some(size) => same_size(stated, size),
                // "a 300M BERT" is one of that kind, between the sizes that were published; "a 2B Conformer" is not.
                None if is_inside && !known.is_empty() => {
                    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
                    let most = known.iter().copied().fold(0.0, f64::max);
                    (least..=most).contains(&stated)
                }
                None => !is_doubted || known.is_empty() || known.iter().any(|size| same_size(stated, *size)),
            }
        };
        names.iter().filter(fits).copied().collect()
    }

    /// Tests whether a description calls a system open that nobody can download, or closed that everybody
    /// can.
    pub fn contradicts(&self, mention: usize, name: usize) -> bool {
        let system = self.paper.names.get(name).and_then(|name| self.systems.get(name.system?));
        let Some(access) = system.and_then(|system| system.access) else { return false };
        let says = |value: TraitValue| value.is_in(&self.mention(mention).attributes.traits);
        let (says_open, says_closed) = (says(TraitValue::OPEN), says(TraitValue::PROPRIETARY));
        match access {
            Access::Open | Access::OpenRestricted => says_closed && !says_open,
            Access::Api | Access::Hosted | Access::Unreleased => says_open && !says_closed,
        }
    }

    /// Returns the size of a single system, in parameters, if its description states exactly one.
    pub fn size_of(&self, mention: usize) -> Option<f64> {
        let mention = self.mention(mention);
        if mention.plural {
            return None;
        }
        if let Some(size) = self.size_of_name_in(mention.span) {
            return Some(size);
        }
        let text = mention.span.of(self.paper.prose).replace('$', "");
        let quantity = mention
            .attributes
            .quantity(Measure::Parameters)
            .filter(|quantity| quantity.values.len() < 2 && quantity.from.is_none());
        quantity.map(|quantity| quantity.at).or_else(|| size_in_name(&text))
    }

    /// Returns the size of each member of a set, in parameters, if the set states one: "all 8B models".
    fn size_of_each(&self, mention: usize) -> Option<f64> {
        let mention = self.mention(mention);
        let quantity = mention.attributes.quantity(Measure::Parameters).filter(|_| mention.plural)?;
        let is_one = quantity.values.len() < 2 && quantity.precision == Precision::Exact;
        let written = size_in_name(mention.span.of(self.paper.prose))?;
        (is_one && same_size(written, quantity.at)).then_some(written)
    }

    /// Returns the size that a name inside of a description states: of "a Qwen3-32B teacher" 32B, whatever
    /// amount stands behind it.
    fn size_of_name_in(&self, span: ByteSpan) -> Option<f64> {
        let first = self.detected.mentions.partition_point(|mention| mention.span.start < span.start);
        let inside = self.detected.mentions[first..].iter().zip(first..);
        let mut inside = inside.take_while(|(mention, _)| mention.span.start < span.end);
        inside.find_map(|(mention, index)| {
            self.paper.names.get(index).filter(|_| mention.span.end <= span.end)?.size
        })
    }

    /// Tests whether there are some names, but fewer than a set counts.
    fn falls_short(&self, mention: usize, names: usize) -> bool {
        let count = self.mention(mention).counted();
        count.is_some_and(|count| count as usize > names && names > 0)
    }

    /// Returns the number of members that a set states, if it is greater than one.
    pub fn count_of(&self, mention: usize) -> Option<usize> {
        self.mention(mention).counted().filter(|count| *count > 1).map(|count| count as usize)
    }

    /// Returns whether a number of names is at least half of what a set counts; any number is if it states
    /// none.
    pub fn is_half_of(&self, mention: usize, names: usize) -> bool {
        self.count_of(mention).is_none_or(|count| names * 2 >= count)
    }

    /// Returns whether the words of a description say that it is another system than one mentioned before, or
    /// no trained system.
    pub fn is_other(&self, mention: usize, reading: &Reading<'_>) -> bool {
        self.has_one_of(mention, reading, &[Cue::Other, Cue::Flesh])
    }

    /// Returns whether the words of a description set it apart from what the paper uses elsewhere.
    pub fn is_set_apart(&self, mention: usize, reading: &Reading<'_>) -> bool {
        self.has_one_of(mention, reading, &[Cue::Apart])
    }

    /// Returns whether software can be what a description stands for: an agent, a tool, a chatbot, and no bare model.
    pub fn may_be_software(&self, mention: usize, reading: &Reading<'_>) -> bool {
        let (start, end) = reading.pieces_in(self.mention(mention).span);
        let ends_in = |cue| (start..end).any(|at| reading.cue(at, cue) == Some(end));
        !ends_in(Cue::SetNoun) || ends_in(Cue::Product)
    }

    fn has_one_of(&self, mention: usize, reading: &Reading<'_>, cues: &[Cue]) -> bool {
        let (start, end) = reading.pieces_in(self.mention(mention).span);
        cues.iter().any(|cue| reading.has_cue(start, end, *cue))
    }

    /// Returns the descriptions of the paper of which a test holds, each with the reading of its sentence.
    pub fn described_that(&self, holds: impl Fn(&Self, usize, &Reading<'_>) -> bool) -> Vec<usize> {
        let of_sentence = |sentence: &'p Sentence<'a>| {
            let described = sentence.described.iter().copied();
            described.map(move |index| (index, &sentence.reading))
        };
        let all = self.paper.sentences.iter().flat_map(of_sentence);
        all.filter(|(index, reading)| holds(self, *index, reading)).map(|(index, _)| index).collect()
    }

    /// Returns the first description or own model of a sentence that has no names yet and is plural or not,
    /// as asked.
    pub fn first_open_in(&self, sentence: &Sentence<'_>, plural: bool) -> Option<usize> {
        let mut all = sentence.described.iter().copied();
        all.find(|index| {
            let mention = self.mention(*index);
            mention.plural == plural && self.names_of(*index).is_empty()
        })
    }
}

/// Makes the record of a way and of the place of the prose that gave the names.
pub(super) fn naming(way: Way, reason: impl Into<String>, at: ByteSpan) -> Naming {
    Naming { way, reason: reason.into(), at, partial: false, cited: None }
}
