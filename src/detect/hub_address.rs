//! Models and data sets that a paper names by their address on a hub: `huggingface.co/acme/orvex-small`.

use memchr::memmem::Finder;

use super::address::{beginning, is_part};
use super::name::NameMention;
use crate::catalogue::{EntityType, GrammarClasses, Lexicon};
use crate::document::ByteSpan;

/// Most parts of an address between its host and the owner: "datasets".
const MOST_FOLDERS: usize = 1;
/// Most parts of an address that are read: folder, owner and name.
const MOST_PARTS: usize = MOST_FOLDERS + 2;

/// The hosts of hubs.
#[derive(Debug)]
pub(super) struct Hubs {
    hosts: Vec<Finder<'static>>,
    /// The words for data, which as a folder tell that an address is that of a data set.
    data_words: Vec<String>,
}

impl Hubs {
    /// Looks up the hosts in a lexicon.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        let hosts = lexicon.words_of(classes.hub);
        Self {
            hosts: hosts.iter().map(|host| Finder::new(host).into_owned()).collect(),
            data_words: lexicon.words_of(classes.data_head),
        }
    }

    /// Adds the names at the ends of addresses to those of the catalogue in a prose, which stay where the two
    /// overlap. Both lists are in the order of the text.
    pub(super) fn add_names(&self, prose: &str, names: &mut Vec<NameMention>) {
        let found = self.hosts.iter().flat_map(|host| {
            let ends = host.find_iter(prose.as_bytes()).map(|at| at + host.needle().len());
            ends.filter_map(|end| self.name_behind(prose, end))
        });
        let overlaps = |span: &ByteSpan| {
            let next = names.partition_point(|name| name.span.end <= span.start);
            names.get(next).is_some_and(|name| name.span.overlaps(*span))
        };
        let new: Vec<(ByteSpan, EntityType)> = found.filter(|(span, _)| !overlaps(span)).collect();
        if new.is_empty() {
            return;
        }
        names.extend(new.into_iter().map(|(span, entity_type)| NameMention {
            span,
            systems: Vec::new(),
            after_maker: false,
            other_version: false,
            entity_type: Some(entity_type),
        }));
        names.sort_by_key(|name| name.span);
        names.dedup_by_key(|name| name.span);
    }

    /// Returns the name in an address whose host ends at a byte of the prose, and the type of what it names.
    fn name_behind(&self, prose: &str, host_end: usize) -> Option<(ByteSpan, EntityType)> {
        let mut parts = Vec::new();
        let mut at = host_end;
        while let Some(rest) = prose[at..].strip_prefix('/').filter(|_| parts.len() < MOST_PARTS) {
            let written = beginning(rest, rest.len(), is_part);
            let part = written.trim_end_matches(['.', '-', '_']);
            if part.is_empty() {
                break;
            }
            parts.push(ByteSpan::new(at + 1, at + 1 + part.len()));
            at += 1 + written.len();
        }
        let is_folder =
            |part: &&ByteSpan| self.data_words.iter().any(|word| word.eq_ignore_ascii_case(part.of(prose)));
        let folders = parts.iter().take(MOST_FOLDERS).take_while(is_folder).count();
        let name = parts.get(folders + 1)?;
        let entity_type = if folders > 0 { EntityType::Dataset } else { EntityType::Model };
        name.of(prose).bytes().any(|byte| byte.is_ascii_alphabetic()).then_some((*name, entity_type))
    }
}

/// Returns where a model or data set on a hub is called by its owner and itself, as a bracket may do
/// ("acme/orvex-small"): the part behind the slash, as a range of the text.
pub(super) fn name_behind_owner(text: &str) -> Option<std::ops::Range<usize>> {
    let (owner, name) = text.split_once('/')?;
    let written_so = |part: &str| !part.is_empty() && part.bytes().all(is_part);
    let has_letters = owner.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_id = name.contains(['-', '_']) && name.starts_with(|first: char| first.is_ascii_alphanumeric());
    (written_so(owner) && written_so(name) && has_letters && is_id).then(|| owner.len() + 1..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn an_address_on_a_hub_ends_in_a_name() {
        let hubs = Hubs::new(&Catalogue::built_in().unwrap().lexicon);
        let found = |prose: &str| {
            let mut names = Vec::new();
            hubs.add_names(prose, &mut names);
            names.iter().map(|name| name.span.of(prose).to_string()).collect::<Vec<_>>().join(" ")
        };
        for (prose, expected) in [
            ("see https://huggingface.co/acme/orvex-small.", "orvex-small"),
            ("(huggingface.co/datasets/acme/letters/tree/main)", "letters"),
            ("https://www.kaggle.com/datasets/miro/street-signs?x=1", "street-signs"),
            ("https://huggingface.co/acme é https://huggingface.co/", ""),
            ("https://huggingface.co/a/b, kaggle.com/c/d", "b d"),
            ("https://acme.org/a/b", ""),
        ] {
            assert_eq!(found(prose), expected, "{prose}");
        }
    }

    #[test]
    fn what_stands_behind_an_owner_is_a_name_of_several_parts() {
        assert_eq!(name_behind_owner("acme/orvex-small"), Some(5..16));
        for text in ["and/or", "acme/", "/orvex-small", "acme/orvex small-x", "1/2-3", "a/b/c-d", "é/a-b"] {
            assert_eq!(name_behind_owner(text), None, "{text}");
        }
    }
}
