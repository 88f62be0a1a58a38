//! Grouping of the mentions of a paper that refer to the same system.

use super::grouping_index::GroupIndex;
use crate::catalogue::{EntityType, Kind, SystemId, Trait, TraitValue};
use crate::detect::{Detected, Measure, Mention, size_in_name};

/// Mentions of one system, or of one definite set of systems.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Indices into the paper's mentions, in the order of the text.
    pub mentions: Vec<usize>,
    /// Mentions that give its names; they need not belong to the group.
    pub names: Vec<usize>,
    pub entity_type: EntityType,
    /// `true` if it is a set.
    pub plural: bool,
    /// `true` if it is the authors' own system.
    pub own: bool,
    /// The catalogue system that its name denotes.
    pub system: Option<SystemId>,
    /// The size stated in its name, in parameters.
    pub size: Option<f64>,
    /// `true` if one of its descriptions states a size.
    pub is_sized: bool,
    /// Set when a description of it relies on a cited work and gives no name.
    pub by_citation: bool,
    /// The system that the cited work presents.
    pub cited: Option<SystemId>,
}

impl Group {
    /// Creates a group of which nothing but its mentions is known.
    pub(super) fn new(mentions: Vec<usize>, entity_type: EntityType, plural: bool, own: bool) -> Self {
        Self {
            mentions,
            names: Vec::new(),
            entity_type,
            plural,
            own,
            system: None,
            size: None,
            is_sized: false,
            by_citation: false,
            cited: None,
        }
    }

    fn of(index: usize, mention: &Mention) -> Self {
        let own = mention.kind == Kind::Own || mention.coined;
        Self::new(vec![index], mention.entity_type, mention.plural, own)
    }

    /// Returns the probability that it is the authors' own system; below 1 where no rule says so, since a
    /// mention that looks like one can mean another's.
    pub(super) fn chance_of_own(&self, detected: &Detected) -> f64 {
        if !self.own {
            return 0.0;
        }
        let chance = |mention: &Mention| {
            let is_told = mention.coined || mention.votes.iter().any(|vote| vote.kind == Kind::Own);
            let [own, described] =
                [Kind::Own, Kind::Described].map(|kind| f64::from(mention.chances[kind as usize]));
            if is_told || own + described <= 0.0 { 1.0 } else { own / (own + described) }
        };
        let mentions = self.mentions.iter().filter_map(|index| detected.mentions.get(*index));
        let own = mentions.filter(|mention| mention.kind == Kind::Own || mention.coined);
        own.map(chance).reduce(f64::max).unwrap_or(1.0)
    }
}

/// Groups the mentions of a text. The groups are in the order of their first mentions.
pub(super) fn group(prose: &str, detected: &Detected) -> Vec<Group> {
    let mut grouper =
        Grouper { prose, detected, groups: Vec::new(), index: GroupIndex::new(prose, detected) };
    for (index, mention) in detected.mentions.iter().enumerate() {
        grouper.index.reach(index);
        let place = grouper.place(index, mention);
        grouper.index.done(index, place);
    }
    grouper.groups
}

/// The groups so far, and an index to find them.
#[derive(Debug)]
struct Grouper<'a> {
    prose: &'a str,
    detected: &'a Detected,
    groups: Vec<Group>,
    index: GroupIndex<'a>,
}

impl Grouper<'_> {
    /// Assigns a mention to a group, existing or new. Returns `None` if mentions of its kind have none.
    fn place(&mut self, index: usize, mention: &Mention) -> Option<usize> {
        let place = match mention.kind {
            Kind::Generic | Kind::Arbitrary | Kind::NoMention => return None,
            Kind::Named => self.named(mention).or_else(|| self.coined(mention)),
            Kind::Anaphoric => Some(self.antecedent(mention)?),
            Kind::Own => self.own(mention),
            Kind::Described => self.described(mention),
        };
        let place = match place {
            Some(place) => {
                self.groups[place].mentions.push(index);
                place
            }
            None => {
                self.groups.push(Group::of(index, mention));
                self.groups.len() - 1
            }
        };
        self.index.add_mention(place, &self.groups[place], index);
        self.tell(place, index, mention);
        Some(place)
    }

    /// Records in a group the names, system, size and citation that its new mention gives.
    fn tell(&mut self, place: usize, index: usize, mention: &Mention) {
        let group = &mut self.groups[place];
        group.is_sized |= mention.attributes.quantity(Measure::Parameters).is_some();
        if mention.kind == Kind::Named {
            group.system = group.system.or(mention.systems.first().copied());
            group.size = group.size.or_else(|| size_in_name(mention.written_name(self.prose)));
            if self.index.add_name(place, group, index) {
                group.names.push(index);
            }
        }
        if let Some(naming) = mention.naming.as_ref().filter(|_| mention.named_by.is_empty()) {
            group.by_citation = true;
            group.cited = group.cited.or(naming.cited);
        }
        for name in mention.named_by.iter().filter(|name| **name < self.detected.mentions.len()) {
            if self.index.add_name(place, group, *name) {
                group.names.push(*name);
            }
            if !group.plural {
                let name = &self.detected.mentions[*name];
                group.system = group.system.or(name.systems.first().copied());
                group.size = group.size.or_else(|| size_in_name(name.written_name(self.prose)));
            }
        }
        self.index.add_system(place, group);
    }

    /// Returns the group that a name belongs to: that of the same system, or one that it names.
    fn named(&mut self, mention: &Mention) -> Option<usize> {
        let text = mention.written_name(self.prose);
        let groups = &self.groups;
        match mention.systems.first() {
            Some(system) => {
                let size = size_in_name(text);
                self.index.of_system(*system).find(|place| may_be_of_size(&groups[*place], size))
            }
            None => self.index.of_unknown_name(text, |place| groups[place].system.is_none()),
        }
    }

    /// Returns the group of "our model" for a name that the authors coin for their own system, unless that
    /// group has another name.
    fn coined(&self, mention: &Mention) -> Option<usize> {
        let own = self.index.own(mention.entity_type);
        own.filter(|place| mention.coined && self.groups[*place].names.is_empty())
    }

    /// Returns the group of the authors' own system, unless another size is stated for it: "our 20B encoder"
    /// is not "our 540B model".
    fn own(&self, mention: &Mention) -> Option<usize> {
        let first = self.index.own(mention.entity_type)?;
        match mention.attributes.quantity(Measure::Parameters) {
            Some(size) if self.groups[first].is_sized => {
                self.index.of_quantity(mention, size).find(|place| self.groups[*place].own)
            }
            _ => Some(first),
        }
    }

    /// Returns the latest group that an anaphoric mention such as "the model" can refer to.
    fn antecedent(&self, mention: &Mention) -> Option<usize> {
        let of_size = mention.attributes.quantity(Measure::Parameters).and_then(|size| {
            let last = |place: &usize| self.groups[*place].mentions.last().copied();
            self.index.of_quantity(mention, size).max_by_key(last)
        });
        let latest = || self.index.latest(mention);
        // "the judge" is no GPT-4 named before; it may be what was described by another noun.
        let is_nameless = |place: &usize| mention.named_by.is_empty() && self.groups[*place].names.is_empty();
        of_size.or_else(|| match mention.tells_noun {
            true => self.index.latest_of_noun(mention).or_else(|| latest().filter(is_nameless)),
            false => latest(),
        })
    }

    /// Returns the group of a description: that of its name, the antecedent that "the model" takes up, one
    /// that was described in the same words, or the only one of its noun: "a flagship ... the open flagship".
    /// A description with a name beside it joins only a group without a name: "a proprietary model ... The
    /// proprietary model is GPT-4".
    fn described(&mut self, mention: &Mention) -> Option<usize> {
        match mention.named_by.as_slice() {
            [] => {}
            [name] if !mention.plural => {
                // What has several names is not what has one of them.
                let is_it = |other: &usize| is_one_name(self.prose, self.detected, *name, *other);
                let found =
                    self.index.of_name(*name).find(|place| self.index.names_of(*place).iter().all(is_it));
                let named = found.or_else(|| self.named(self.detected.mentions.get(*name)?));
                if named.is_some() {
                    return named;
                }
            }
            _ => return None,
        }
        if mention.takes_up && mention.named_by.is_empty() {
            let taken = self.antecedent(mention);
            let fits = |place: &usize| {
                self.groups[*place].names.is_empty() && self.all_agree(mention, self.index.members_of(*place))
            };
            if let Some(place) = taken.filter(fits) {
                return Some(place);
            }
        }
        // What keeps its name back is none of those that the paper names.
        let stands_apart = !mention.named_by.is_empty() || mention.is_kept_back();
        let in_same_words = self.index.in_same_words(mention).find(|(place, members)| {
            let group = &self.groups[*place];
            let agrees = |index: &usize| {
                let other = &self.detected.mentions[*index];
                agree(mention, other) && (group.names.is_empty() || may_share_names(mention, other))
            };
            !group.own && (!stands_apart || group.names.is_empty()) && members.iter().any(agrees)
        });
        in_same_words.map(|(place, _)| place).or_else(|| self.only_one_of_its_noun(mention))
    }

    /// Returns the group that a definite description refers back to: that of all mentions before it that end
    /// in its noun, if they form a single group and no attribute stated on both sides differs.
    fn only_one_of_its_noun(&self, mention: &Mention) -> Option<usize> {
        if !mention.definite || mention.plural || !mention.named_by.is_empty() {
            return None;
        }
        let (place, members) = self.index.of_noun(mention)?;
        let group = &self.groups[place];
        (!group.own && group.names.is_empty() && self.all_agree(mention, members)).then_some(place)
    }

    fn all_agree(&self, mention: &Mention, members: &[usize]) -> bool {
        members.iter().all(|index| agree(mention, &self.detected.mentions[*index]))
    }
}

/// Tests whether a group can have the size in a name. The sizes conflict only if both are given and differ:
/// two sizes of one family are two systems.
fn may_be_of_size(group: &Group, size: Option<f64>) -> bool {
    group.size.zip(size).is_none_or(|(one, other)| (one - other).abs() < f64::EPSILON * one)
}

/// Tests whether two names denote the same system or are spelled alike.
fn is_one_name(prose: &str, detected: &Detected, one: usize, other: usize) -> bool {
    let (one, other) = (&detected.mentions[one], &detected.mentions[other]);
    let alike = one.written_name(prose).eq_ignore_ascii_case(other.written_name(prose));
    alike || matches!((one.systems.first(), other.systems.first()), (Some(one), Some(other)) if one == other)
}

/// Tests whether a description in the words of another one can have its names: not another number of systems, nor
/// "every model", nor "the best model", which is another in each place.
fn may_share_names(one: &Mention, other: &Mention) -> bool {
    !one.says_other
        && (!one.plural || one.attributes.count == other.attributes.count)
        && !TraitValue::BEST.is_in(&one.attributes.traits)
}

/// Tests whether two descriptions agree in number, size, access and standing wherever both state them, and in whether
/// the paper reports on the work of others by them or keeps the name back.
fn agree(one: &Mention, other: &Mention) -> bool {
    let sizes = [one, other].map(|mention| mention.attributes.quantity(Measure::Parameters));
    let differ = |of: Trait| {
        let is_stated = |mention: &Mention| mention.attributes.values_of(of).count() > 0;
        let shared = one
            .attributes
            .values_of(of)
            .any(|value| other.attributes.values_of(of).any(|other| other == value));
        is_stated(one) && is_stated(other) && !shared
    };
    let counts = [one, other].map(Mention::counted);
    one.is_kept_back() == other.is_kept_back()
        && one.reported == other.reported
        && !matches!(counts, [Some(one), Some(other)] if one != other)
        && !matches!(sizes, [Some(one), Some(other)] if one != other)
        && ![Trait::Access, Trait::Standing].into_iter().any(differ)
}

#[cfg(test)]
#[path = "grouping_tests.rs"]
mod tests;
