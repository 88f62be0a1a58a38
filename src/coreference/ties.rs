//! Which description has come to which names so far.

use super::paper::{Paper, Sentence};
use super::reading::Reading;
use crate::catalogue::{Access, Cue, EntityType, Kind, Measure, Systems, Trait};
use crate::detect::{Detected, Mention, Naming, Way, same_size, size_in_name};
use crate::document::ByteSpan;

/// Values of the trait `access` in the lexicon.
const OPEN: &str = "open";
const PROPRIETARY: &str = "proprietary";

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

    /// What was found of each mention: none where nothing was looked for.
    pub fn into_found(self) -> Vec<Option<Tie>> {
        self.found
    }

    /// The mention at a place.
    pub fn mention(&self, index: usize) -> &'p Mention {
        &self.detected.mentions[index]
    }

    /// Every described mention with its sentence, in order.
    fn described(&self) -> impl Iterator<Item = (usize, &'p Sentence<'a>)> {
        let all = self.paper.sentences.iter();
        let all = all.flat_map(|sentence| sentence.described.iter().map(move |index| (*index, sentence)));
        all.filter(|(index, _)| self.mention(*index).kind == Kind::Described)
    }

    /// Every described mention that has no names yet, with its sentence.
    pub fn open(&self) -> Vec<(usize, &'p Sentence<'a>)> {
        self.described().filter(|(index, _)| self.names_of(*index).is_empty()).collect()
    }

    /// Every described set that has come to fewer names than it counts, with its sentence.
    pub fn short_of_names(&self) -> Vec<(usize, &'p Sentence<'a>)> {
        let is_short = |index: usize| self.falls_short(index, self.names_of(index).len());
        self.described().filter(|(index, _)| is_short(*index)).collect()
    }

    /// The names that a mention has come to.
    pub fn names_of(&self, mention: usize) -> &[usize] {
        self.found[mention].as_ref().map_or(&[], |tie| &tie.names)
    }

    /// Sets the names of a mention, whatever it had before; those of another size than it says are left
    /// out. Says whether any are left.
    pub fn set(&mut self, mention: usize, names: &[usize], naming: Option<Naming>) -> bool {
        let mut names = self.of_its_size(mention, names);
        // What the paper says itself is not doubted.
        let plain = [Way::Beside, Way::Predicate, Way::Citation];
        if naming.as_ref().is_some_and(|naming| !plain.contains(&naming.way)) {
            names.retain(|name| !self.contradicts(mention, *name));
        }
        let names = self.paper.names.distinct(self.paper.prose, self.detected, &names);
        let is_some = !names.is_empty();
        let partial = self.falls_short(mention, names.len());
        let naming = naming.map(|naming| Naming { partial: naming.partial || partial, ..naming });
        self.found[mention] = Some(Tie { names, naming });
        is_some
    }

    /// Takes a mention for one whose system a cited work presents.
    pub fn set_cited(&mut self, mention: usize, naming: Naming) {
        self.found[mention] = Some(Tie { names: Vec::new(), naming: Some(naming) });
    }

    /// Says that a mention has no names, whatever detection saw beside it.
    pub fn clear(&mut self, mention: usize) {
        self.found[mention] = Some(Tie::default());
    }

    /// Those names that carry no other size than the one that a description tells.
    pub fn of_its_size(&self, mention: usize, names: &[usize]) -> Vec<usize> {
        let told = self.size_of(mention);
        let fits = |name: &&usize| match (told, self.paper.names.get(**name).and_then(|name| name.size)) {
            (Some(told), Some(size)) => same_size(told, size),
            _ => true,
        };
        names.iter().filter(fits).copied().collect()
    }

    /// Whether a description calls open what nobody can download, or closed what everybody can.
    fn contradicts(&self, mention: usize, name: usize) -> bool {
        let system = self.paper.names.get(name).and_then(|name| self.systems.get(name.system?));
        let Some(access) = system.and_then(|system| system.access) else { return false };
        let says = |wanted: &str| {
            self.mention(mention).attributes.values_of(Trait::Access).any(|value| value == wanted)
        };
        match access {
            Access::Open | Access::OpenRestricted => says(PROPRIETARY) && !says(OPEN),
            Access::Api | Access::Hosted | Access::Unreleased => says(OPEN) && !says(PROPRIETARY),
        }
    }

    /// The one size that a description tells.
    pub fn size_of(&self, mention: usize) -> Option<f64> {
        let mention = self.mention(mention);
        if mention.plural {
            return None;
        }
        let text = mention.span.of(self.paper.prose).replace('$', "");
        let quantity = mention
            .attributes
            .quantity(Measure::Parameters)
            .filter(|quantity| quantity.values.len() < 2 && quantity.from.is_none());
        quantity.map(|quantity| quantity.at).or_else(|| size_in_name(&text))
    }

    /// Whether a set is of more members than there are names.
    fn falls_short(&self, mention: usize, names: usize) -> bool {
        let mention = self.mention(mention);
        let count = mention.attributes.count.filter(|_| mention.plural);
        count.is_some_and(|count| count as usize > names && names > 0)
    }

    /// How many a set is said to hold.
    pub fn count_of(&self, mention: usize) -> Option<usize> {
        let mention = self.mention(mention);
        mention.attributes.count.filter(|count| mention.plural && *count > 1).map(|count| count as usize)
    }

    /// Whether so many names are half of a set, or more; of what does not say how many it holds any number is.
    pub fn is_half_of(&self, mention: usize, names: usize) -> bool {
        self.count_of(mention).is_none_or(|count| names * 2 >= count)
    }

    /// Whether the words of a description say that it is another one than the one told of before, or no
    /// trained system.
    pub fn is_other(&self, mention: usize, reading: &Reading<'_>) -> bool {
        let (start, end) = reading.pieces_in(self.mention(mention).span);
        reading.has_cue(start, end, Cue::Other) || reading.has_cue(start, end, Cue::Flesh)
    }

    /// The latest nameless description or own system of a sentence that stands for one system, or for
    /// several.
    pub fn first_open_in(&self, sentence: &Sentence<'_>, plural: bool) -> Option<usize> {
        let mut all = sentence.described.iter().copied();
        all.find(|index| {
            let mention = self.mention(*index);
            mention.plural == plural
                && mention.entity_type == EntityType::Model
                && self.names_of(*index).is_empty()
        })
    }
}

/// A way that was told at a place of the prose.
pub(super) fn told(way: Way, told: impl Into<String>, at: ByteSpan) -> Naming {
    Naming { way, told: told.into(), at, partial: false, cited: None }
}
