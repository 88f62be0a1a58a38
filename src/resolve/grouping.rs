//! Which mentions of a paper stand for one system.

use crate::catalogue::{EntityType, Kind, SystemId, Trait};
use crate::detect::{Detected, Measure, Mention, size_in_name};

/// Mentions of one system, or of one definite set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Indices into the paper's mentions, in the order of the text.
    pub mentions: Vec<usize>,
    /// Mentions that give its names; they need not belong to it.
    pub names: Vec<usize>,
    pub entity_type: EntityType,
    /// Whether it is a set.
    pub plural: bool,
    /// Whether it is the authors' own.
    pub own: bool,
    /// The system of the catalogue that its name means.
    pub system: Option<SystemId>,
    /// The size that its name carries, in parameters.
    pub size: Option<f64>,
    /// A description of it rests on a cited work and gives no name.
    pub by_citation: bool,
    /// The system that the cited work presents.
    pub cited: Option<SystemId>,
}

impl Group {
    fn of(index: usize, mention: &Mention) -> Self {
        Self {
            mentions: vec![index],
            names: Vec::new(),
            entity_type: mention.entity_type,
            plural: mention.plural,
            own: mention.kind == Kind::Own || mention.coined,
            system: None,
            size: None,
            by_citation: false,
            cited: None,
        }
    }
}

/// Groups the mentions of a text, in the order of their first mentions.
pub(super) fn group(prose: &str, detected: &Detected) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, mention) in detected.mentions.iter().enumerate() {
        let place = match mention.kind {
            Kind::Generic | Kind::Arbitrary | Kind::NoMention => continue,
            Kind::Named => named(prose, detected, &groups, mention).or_else(|| coined(&groups, mention)),
            Kind::Anaphoric => match antecedent(detected, &groups, mention) {
                Some(place) => Some(place),
                None => continue,
            },
            Kind::Own => own(&groups, mention),
            Kind::Described => described(prose, detected, &groups, mention),
        };
        let place = match place {
            Some(place) => {
                groups[place].mentions.push(index);
                place
            }
            None => {
                groups.push(Group::of(index, mention));
                groups.len() - 1
            }
        };
        let group = &mut groups[place];
        if mention.kind == Kind::Named {
            group.system = group.system.or(mention.systems.first().copied());
            group.size = group.size.or_else(|| size_in_name(mention.span.of(prose)));
            if !group.names.contains(&index) {
                group.names.push(index);
            }
        }
        if let Some(naming) = mention.naming.as_ref().filter(|_| mention.named_by.is_empty()) {
            group.by_citation = true;
            group.cited = group.cited.or(naming.cited);
        }
        for name in mention.named_by.iter().filter(|name| **name < detected.mentions.len()) {
            if !group.names.contains(name) {
                group.names.push(*name);
            }
            if !group.plural && group.system.is_none() {
                group.system = detected.mentions[*name].systems.first().copied();
                group.size = size_in_name(detected.mentions[*name].span.of(prose));
            }
        }
    }
    groups
}

/// The group that a name belongs to: that of the same system, or one that it names.
fn named(prose: &str, detected: &Detected, groups: &[Group], mention: &Mention) -> Option<usize> {
    let text = mention.span.of(prose);
    groups.iter().position(|group| {
        !group.plural
            && match (group.system, mention.systems.first()) {
                (Some(one), Some(other)) => one == *other && may_be_of_size(group, text),
                (None, None) => group.names.iter().any(|name| {
                    let name = detected.mentions[*name].span.of(prose);
                    name.eq_ignore_ascii_case(text)
                }),
                _ => false,
            }
    })
}

/// Whether a name carries no other size than that of a group: two sizes of one family are two systems.
fn may_be_of_size(group: &Group, name: &str) -> bool {
    group.size.zip(size_in_name(name)).is_none_or(|(one, other)| (one - other).abs() < f64::EPSILON * one)
}

/// The authors' own systems of one type are one reference.
fn own(groups: &[Group], mention: &Mention) -> Option<usize> {
    groups.iter().position(|group| group.own && group.entity_type == mention.entity_type)
}

/// A name that the authors give to their own system names what "our model" stands for, unless that
/// has another name.
fn coined(groups: &[Group], mention: &Mention) -> Option<usize> {
    own(groups, mention).filter(|place| mention.coined && groups[*place].names.is_empty())
}

/// The latest group that a mention such as "the model" can point back to.
fn antecedent(detected: &Detected, groups: &[Group], mention: &Mention) -> Option<usize> {
    let fits = |group: &Group| group.entity_type == mention.entity_type && group.plural == mention.plural;
    let last = |group: &Group| group.mentions.last().copied().unwrap_or_default();
    let sized = mention.attributes.quantity(Measure::Parameters);
    let of_size = |group: &Group| {
        group
            .mentions
            .iter()
            .any(|index| detected.mentions[*index].attributes.quantity(Measure::Parameters) == sized)
    };
    let latest = |wanted: &dyn Fn(&Group) -> bool| {
        let fitting = groups.iter().enumerate().filter(|(_, group)| fits(group) && wanted(group));
        fitting.max_by_key(|(_, group)| last(group)).map(|(place, _)| place)
    };
    match sized {
        Some(_) => latest(&of_size).or_else(|| latest(&|_| true)),
        None => latest(&|_| true),
    }
}

/// The group of a description: that of its name, what "the model" takes up, one that was described in the
/// same words, or the only one of its noun: "a flagship ... the open flagship". A description that a name
/// stands by joins only what has no name yet: "a proprietary model ... The
/// proprietary model is GPT-4".
fn described(prose: &str, detected: &Detected, groups: &[Group], mention: &Mention) -> Option<usize> {
    match mention.named_by.as_slice() {
        [] => {}
        [name] if !mention.plural => {
            // What has several names is not what has one of them.
            let is_it = |other: &usize| is_one_name(prose, detected, *name, *other);
            let found = groups.iter().position(|group| {
                !group.plural && group.names.contains(name) && group.names.iter().all(is_it)
            });
            let by_name = || named(prose, detected, groups, detected.mentions.get(*name)?);
            if let Some(place) = found.or_else(by_name) {
                return Some(place);
            }
        }
        _ => return None,
    }
    if mention.takes_up && mention.named_by.is_empty() {
        let taken = antecedent(detected, groups, mention);
        let fits = |place: &usize| {
            let members = groups[*place].mentions.iter().map(|index| &detected.mentions[*index]);
            groups[*place].names.is_empty() && members.clone().all(|other| agree(mention, other))
        };
        if let Some(place) = taken.filter(fits) {
            return Some(place);
        }
    }
    let has_name = !mention.named_by.is_empty();
    let words = without_determiner(mention.span.of(prose));
    let in_same_words = groups.iter().rposition(|group| {
        !group.own
            && group.entity_type == mention.entity_type
            && group.plural == mention.plural
            && (!has_name || group.names.is_empty())
            && group.mentions.iter().any(|index| {
                let other = &detected.mentions[*index];
                other.kind == Kind::Described
                    && agree(mention, other)
                    && without_determiner(other.span.of(prose)).eq_ignore_ascii_case(words)
            })
    });
    in_same_words.or_else(|| only_one_of_its_noun(prose, detected, groups, mention))
}

/// Whether two names are of one system, or are written alike.
fn is_one_name(prose: &str, detected: &Detected, one: usize, other: usize) -> bool {
    let (one, other) = (&detected.mentions[one], &detected.mentions[other]);
    let alike = one.span.of(prose).eq_ignore_ascii_case(other.span.of(prose));
    alike || matches!((one.systems.first(), other.systems.first()), (Some(one), Some(other)) if one == other)
}

/// What a definite description takes up: the group of all mentions before it that end in its noun, where
/// that is one group and nothing that both tell differs.
fn only_one_of_its_noun(
    prose: &str,
    detected: &Detected,
    groups: &[Group],
    mention: &Mention,
) -> Option<usize> {
    if !mention.definite || mention.plural || !mention.named_by.is_empty() {
        return None;
    }
    let noun = last_word(mention.span.of(prose));
    let mut taken = None;
    for (index, other) in detected.mentions.iter().enumerate() {
        if other.span.start >= mention.span.start {
            break;
        }
        if other.kind == Kind::Anaphoric || !last_word(other.span.of(prose)).eq_ignore_ascii_case(noun) {
            continue;
        }
        let place = groups.iter().position(|group| group.mentions.contains(&index))?;
        let fits = !groups[place].own && groups[place].names.is_empty() && other.kind == Kind::Described;
        if !fits || !agree(mention, other) || taken.is_some_and(|taken| taken != place) {
            return None;
        }
        taken = Some(place);
    }
    taken
}

/// Whether two descriptions tell of one size, one access and one standing, or do not both tell them.
fn agree(one: &Mention, other: &Mention) -> bool {
    let sizes = [one, other].map(|mention| mention.attributes.quantity(Measure::Parameters));
    let differ = |of: Trait| {
        let told = |mention: &Mention| mention.attributes.values_of(of).count() > 0;
        let shared = one
            .attributes
            .values_of(of)
            .any(|value| other.attributes.values_of(of).any(|other| other == value));
        told(one) && told(other) && !shared
    };
    !matches!(sizes, [Some(one), Some(other)] if one != other)
        && ![Trait::Access, Trait::Standing].into_iter().any(differ)
}

/// The last word of a phrase.
fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or(text)
}

/// A phrase without its first word: "a 7B model" and "the 7B model" are one description.
fn without_determiner(text: &str) -> &str {
    text.split_once(char::is_whitespace).map_or(text, |(_, rest)| rest.trim_start())
}

#[cfg(test)]
#[path = "grouping_tests.rs"]
mod tests;
