//! An index of groups of mentions by names, words, sizes and systems, so that the running time does not grow
//! with the square of the number of mentions.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::grouping::Group;
use crate::catalogue::{EntityType, Kind, SystemId, Trait};
use crate::detect::{Detected, Measure, Mention, Quantity};

/// Maximum number of groups examined for one mention; no paper has so many similar ones.
const ALIKE: usize = 1000;
/// Maximum number of mentions kept that differ in attributes, and of different names.
const DIFFERENT: usize = 64;

/// The type of a system, and whether there are several of it.
type Class = (EntityType, bool);

/// Groups by their search keys. A group is identified by its position among all groups.
#[derive(Debug)]
pub(super) struct GroupIndex<'a> {
    prose: &'a str,
    detected: &'a Detected,
    /// The first group of the authors' own systems, by type.
    own: Vec<(EntityType, usize)>,
    /// The most recently mentioned group, by class.
    latest: Vec<(Class, usize)>,
    /// The group that each noun stood for last, in descriptions and back-references.
    latest_by_noun: HashMap<(Class, String), usize>,
    by_quantity: HashMap<(Class, String), BTreeSet<usize>>,
    by_system: HashMap<SystemId, BTreeSet<usize>>,
    /// Groups of single systems by their names in lower case.
    by_text: HashMap<String, BTreeSet<usize>>,
    /// Groups of single systems by the mentions that name them.
    by_name: HashMap<usize, BTreeSet<usize>>,
    /// The pairs of a group and a mention that names it.
    names: HashSet<(usize, usize)>,
    /// Groups by words of descriptions, each with those of its mentions in these words that differ in
    /// attributes.
    by_words: HashMap<(Class, String), BTreeMap<usize, Vec<usize>>>,
    by_noun: HashMap<String, Noun>,
    /// Mentions with the same start as the last one, and their groups; none of them precedes another.
    pending: Vec<(usize, Option<usize>)>,
    /// For each group, its mentions that differ in attributes, and its different names.
    members: Vec<(Vec<usize>, Vec<usize>)>,
}

/// Mentions that end in the same noun.
#[derive(Debug)]
struct Noun {
    /// The group of all of them; `None` if they have several, or if one of them is not a description.
    place: Option<usize>,
    members: Vec<usize>,
}

impl<'a> GroupIndex<'a> {
    pub(super) fn new(prose: &'a str, detected: &'a Detected) -> Self {
        Self {
            prose,
            detected,
            own: Vec::new(),
            latest: Vec::new(),
            latest_by_noun: HashMap::new(),
            by_quantity: HashMap::new(),
            by_system: HashMap::new(),
            by_text: HashMap::new(),
            by_name: HashMap::new(),
            names: HashSet::new(),
            by_words: HashMap::new(),
            by_noun: HashMap::new(),
            pending: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Adds a mention to a group, which may be new.
    pub(super) fn add_mention(&mut self, place: usize, group: &Group, index: usize) {
        let mention = &self.detected.mentions[index];
        let class = (group.entity_type, group.plural);
        if self.members.len() <= place {
            self.members.resize_with(place + 1, Default::default);
            if group.own && self.own(group.entity_type).is_none() {
                self.own.push((group.entity_type, place));
            }
        }
        match self.latest.iter_mut().find(|(of, _)| *of == class) {
            Some((_, latest)) => *latest = place,
            None => self.latest.push((class, place)),
        }
        if mention.kind != Kind::Named {
            self.latest_by_noun.insert((class, self.noun_of(mention)), place);
        }
        if let Some(size) = mention.attributes.quantity(Measure::Parameters) {
            self.by_quantity.entry((class, key_of(size))).or_default().insert(place);
        }
        add_different(self.detected, &mut self.members[place].0, index);
        if mention.kind == Kind::Described {
            let words = self.words_of(mention);
            let members = self.by_words.entry((class, words)).or_default().entry(place).or_default();
            add_different(self.detected, members, index);
        }
    }

    /// Adds a name to a group. Returns `false` if the group already has it.
    pub(super) fn add_name(&mut self, place: usize, group: &Group, name: usize) -> bool {
        if !self.names.insert((place, name)) {
            return false;
        }
        let text = self.detected.mentions[name].written_name(self.prose).to_ascii_lowercase();
        let names = &self.members[place].1;
        if names.len() < DIFFERENT && !names.iter().any(|other| self.is_same_name(*other, name)) {
            self.members[place].1.push(name);
        }
        if !group.plural {
            self.by_text.entry(text).or_default().insert(place);
            self.by_name.entry(name).or_default().insert(place);
        }
        true
    }

    fn is_same_name(&self, one: usize, other: usize) -> bool {
        let [one, other] = [one, other].map(|index| &self.detected.mentions[index]);
        one.systems.first() == other.systems.first()
            && one.written_name(self.prose).eq_ignore_ascii_case(other.written_name(self.prose))
    }

    /// Adds the catalogue system of a group, if it has one.
    pub(super) fn add_system(&mut self, place: usize, group: &Group) {
        if let Some(system) = group.system.filter(|_| !group.plural) {
            self.by_system.entry(system).or_default().insert(place);
        }
    }

    /// Indexes the nouns of the mentions that start before the given one.
    pub(super) fn reach(&mut self, index: usize) {
        let start = |index: usize| self.detected.mentions[index].span.start;
        if self.pending.first().is_some_and(|(before, _)| start(*before) < start(index)) {
            let mut pending = std::mem::take(&mut self.pending);
            for (index, place) in pending.drain(..) {
                self.add_noun(index, place);
            }
            self.pending = pending; // whose room is used again
        }
    }

    /// Adds a mention that has been processed, with its group.
    pub(super) fn done(&mut self, index: usize, place: Option<usize>) {
        self.pending.push((index, place));
    }

    fn add_noun(&mut self, index: usize, place: Option<usize>) {
        let mention = &self.detected.mentions[index];
        if mention.kind == Kind::Anaphoric {
            return;
        }
        let place = place.filter(|_| mention.kind == Kind::Described);
        let noun = self.noun_of(mention);
        let noun = self.by_noun.entry(noun).or_insert_with(|| Noun { place, members: Vec::new() });
        if noun.place != place {
            noun.place = None;
        }
        add_different(self.detected, &mut noun.members, index);
    }

    /// Returns the first group of the authors' own systems of a type.
    pub(super) fn own(&self, entity_type: EntityType) -> Option<usize> {
        self.own.iter().find(|(of, _)| *of == entity_type).map(|(_, place)| *place)
    }

    /// Returns the most recently mentioned group with the type and the number of a mention.
    pub(super) fn latest(&self, mention: &Mention) -> Option<usize> {
        let class = (mention.entity_type, mention.plural);
        self.latest.iter().find(|(of, _)| *of == class).map(|(_, place)| *place)
    }

    /// Returns the group that the noun of a mention stood for last.
    pub(super) fn latest_of_noun(&self, mention: &Mention) -> Option<usize> {
        let class = (mention.entity_type, mention.plural);
        self.latest_by_noun.get(&(class, self.noun_of(mention))).copied()
    }

    fn noun_of(&self, mention: &Mention) -> String {
        last_word(mention.span.of(self.prose)).to_ascii_lowercase()
    }

    /// Returns groups of the class of a mention for which the given size is stated.
    pub(super) fn of_quantity(&self, mention: &Mention, size: &Quantity) -> impl Iterator<Item = usize> {
        let key = ((mention.entity_type, mention.plural), key_of(size));
        self.by_quantity.get(&key).into_iter().flat_map(|places| places.iter().rev().take(ALIKE).copied())
    }

    /// Returns groups of a single catalogue system, in order.
    pub(super) fn of_system(&self, system: SystemId) -> impl Iterator<Item = usize> {
        self.by_system.get(&system).into_iter().flat_map(|places| places.iter().take(ALIKE).copied())
    }

    /// Returns the first group of that name for which `is_unknown` holds; once false for a group, it must
    /// stay false.
    pub(super) fn of_unknown_name(
        &mut self,
        text: &str,
        is_unknown: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let places = self.by_text.get_mut(&text.to_ascii_lowercase())?;
        while let Some(first) = places.first().copied() {
            if is_unknown(first) {
                return Some(first);
            }
            places.pop_first();
        }
        None
    }

    /// Returns groups of single systems that a mention names, in order.
    pub(super) fn of_name(&self, name: usize) -> impl Iterator<Item = usize> {
        self.by_name.get(&name).into_iter().flat_map(|places| places.iter().take(ALIKE).copied())
    }

    /// Returns the different names of a group.
    pub(super) fn names_of(&self, place: usize) -> &[usize] {
        self.members.get(place).map_or(&[], |(_, names)| names)
    }

    /// Returns the mentions of a group that differ in attributes.
    pub(super) fn members_of(&self, place: usize) -> &[usize] {
        self.members.get(place).map_or(&[], |(members, _)| members)
    }

    /// Returns groups of the class of a mention that were described in its words, the latest first, each with
    /// those descriptions that differ in attributes.
    pub(super) fn in_same_words(&self, mention: &Mention) -> impl Iterator<Item = (usize, &[usize])> {
        let key = ((mention.entity_type, mention.plural), self.words_of(mention));
        let groups = self.by_words.get(&key).into_iter().flatten().rev();
        groups.take(ALIKE).map(|(place, members)| (*place, members.as_slice()))
    }

    /// Returns the single group of all descriptions before a mention that end in its noun, with those that
    /// differ in attributes.
    pub(super) fn of_noun(&self, mention: &Mention) -> Option<(usize, &[usize])> {
        let noun = self.by_noun.get(&self.noun_of(mention))?;
        Some((noun.place?, &noun.members))
    }

    /// Returns the words of a description in lower case, without its determiner or number. A plural may have
    /// neither.
    fn words_of(&self, mention: &Mention) -> String {
        let text = mention.span.of(self.prose);
        let has_one = !mention.plural || mention.definite || mention.attributes.count.is_some();
        if has_one { without_determiner(text) } else { text }.to_ascii_lowercase()
    }
}

/// Adds a mention unless one with the same size, access and standing is present.
fn add_different(detected: &Detected, members: &mut Vec<usize>, index: usize) {
    let is_same = |other: usize| {
        let [one, other] = [index, other].map(|index| &detected.mentions[index].attributes);
        one.quantity(Measure::Parameters) == other.quantity(Measure::Parameters)
            && [Trait::Access, Trait::Standing]
                .into_iter()
                .all(|of| one.values_of(of).eq(other.values_of(of)))
    };
    if members.len() < DIFFERENT && !members.iter().any(|other| is_same(*other)) {
        members.push(index);
    }
}

/// Returns a key for a size; equal sizes have equal keys.
fn key_of(size: &Quantity) -> String {
    format!("{size:?}")
}

/// Returns the last word of a phrase.
fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or(text)
}

/// Returns a phrase without its first word: "a 7B model" and "the 7B model" are the same description.
fn without_determiner(text: &str) -> &str {
    text.split_once(char::is_whitespace).map_or(text, |(_, rest)| rest.trim_start())
}
