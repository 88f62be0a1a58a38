//! Names that a text gives only after it has described a set of systems: "We test ten models. ...
//! Foo-7B comes first."

use super::mention::Mention;
use crate::catalogue::{EntityType, Kind};

/// How far behind a description its names are looked for, in bytes of prose: about as far as an
/// abstract goes on.
const REACH: usize = 1500;
/// A set of more names than this is no longer told by them.
const MOST_NAMES: usize = 12;

/// Ties sets of described systems to the names that follow in the text and belong to nothing else.
///
/// `mentions` are in the order of the text. Results name the members of a set one by one, so a set
/// that has no name by it takes the names of the sentences behind it. A single system does not: the
/// next name may be of anything.
pub fn tie_later_names(mentions: &mut [Mention]) {
    let mut taken = vec![false; mentions.len()];
    for name in mentions.iter().flat_map(|mention| &mention.named_by) {
        if let Some(taken) = taken.get_mut(*name) {
            *taken = true;
        }
    }
    for index in 0..mentions.len() {
        let mention = &mentions[index];
        let is_set = mention.kind == Kind::Described && mention.plural && mention.named_by.is_empty();
        if !is_set || mention.entity_type != EntityType::Model {
            continue;
        }
        let end = mention.span.end + REACH;
        let names: Vec<usize> = (index + 1..mentions.len())
            .take_while(|later| mentions[*later].span.start < end)
            .filter(|later| is_name_of_other(&mentions[*later]) && !taken[*later])
            .collect();
        if names.len() <= MOST_NAMES {
            mentions[index].named_by = names;
        }
    }
}

/// Whether a mention is the name of a model that is known to be one and not the authors' own.
fn is_name_of_other(mention: &Mention) -> bool {
    mention.kind == Kind::Named
        && mention.entity_type == EntityType::Model
        && !mention.systems.is_empty()
        && !mention.coined
}
