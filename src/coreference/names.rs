//! The names of a paper: which mentions name a system, and which of them name the same one.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::{EntityType, Kind, SystemId, Systems, spelling_key};
use crate::detect::{Detected, product_in_name, same_size, size_in_name};
use crate::document::{ByteSpan, Document};

/// Confidence that a name is one of a trained system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Software, which can only stand for descriptions that call themselves an agent or a tool.
    Software,
    /// Bare capitals without further evidence: a label, an abbreviation.
    Weak,
    /// A name with evidence that it is one.
    Name,
}

/// A system that names of the paper stand for. Names of one system share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ThingId(pub u32);

/// One occurrence of a system's name in the paper.
#[derive(Debug, Clone)]
pub(super) struct PaperName {
    pub trust: Trust,
    pub thing: ThingId,
    /// Number of parameters that the name states.
    pub size: Option<f64>,
    /// Number of parameters that the experts of a mixture would have together if they shared none.
    pub product: Option<f64>,
    /// The system of the catalogue, if it is known there.
    pub system: Option<SystemId>,
    /// Set when the authors gave the name to a system of their own.
    pub own: bool,
}

/// Most names that are compared pairwise.
const MOST_COMPARED: usize = 64;

/// The identity of a thing: the catalogue's system and the rest of the name, or the spelling alone.
type Identity = (Option<SystemId>, String);

/// The names of a paper, indexed by mention.
#[derive(Debug, Default)]
pub(super) struct PaperNames {
    by_mention: Vec<Option<PaperName>>,
    /// The first mention of each thing.
    firsts: Vec<usize>,
    by_key: HashMap<String, usize, FixedState>,
    by_system: HashMap<SystemId, usize, FixedState>,
}

impl PaperNames {
    /// Collects the names of systems of one type that stand outside of citations.
    pub fn new(document: &Document, detected: &Detected, systems: &Systems, entity_type: EntityType) -> Self {
        let mut all = Self::default();
        let mut things: HashMap<Identity, ThingId, FixedState> = HashMap::default();
        for (index, mention) in detected.mentions.iter().enumerate() {
            let text = mention.written_name(&document.prose);
            let is_command = text.starts_with('\\') || document.prose[..mention.span.start].ends_with('\\');
            let is_name = mention.kind == Kind::Named && text.len() > 1 && !is_command;
            let size = size_in_name(text);
            // A data set may have the name of a model: what stands by the name tells which is meant.
            let of_type =
                |id: &&SystemId| systems.get(**id).is_some_and(|system| system.entity_type == entity_type);
            let known = mention.systems.iter().find(of_type).copied();
            let is_software = mention.entity_type == EntityType::Software && size.is_none();
            let is_of_type = known.is_some()
                || match entity_type {
                    // "SA-1B" is data, and so is not "MADLAD-400-3B", a model made from data
                    EntityType::Model => {
                        let is_size_of_data =
                            || mention.systems.iter().any(|id| has_size_in_name(systems, *id, size));
                        mention.entity_type != EntityType::Dataset || size.is_some() && !is_size_of_data()
                    }
                    // Of a name that nobody knows, what it is of is a guess.
                    _ => {
                        let is_unknown = mention.systems.is_empty() && mention.votes.is_empty();
                        size.is_none() && (mention.entity_type == entity_type || is_unknown && !is_software)
                    }
                };
            if !is_name || !is_of_type || is_in_citation(document, mention.span) {
                all.by_mention.push(None);
                continue;
            }
            let key = spelling_key(text).into_owned();
            let system = known.or(mention.systems.first().copied());
            let identity = match system {
                Some(id) => (system, tail_of(&key, systems, id)),
                None => (None, key.clone()),
            };
            let next = ThingId(all.firsts.len() as u32);
            let thing = *things.entry(identity).or_insert(next);
            if thing == next {
                all.firsts.push(index);
            }
            all.by_key.entry(key).or_insert(index);
            if let Some(system) = system {
                all.by_system.entry(system).or_insert(index);
            }
            let plain = !text.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
            // Data sets are mostly called by capitals.
            let has_evidence = system.is_some()
                || !mention.votes.is_empty()
                || mention.coined
                || mention.entity_type == EntityType::Dataset;
            let trust = match (is_software, plain && !has_evidence) {
                (true, _) => Trust::Software,
                (_, true) => Trust::Weak,
                _ => Trust::Name,
            };
            let own = mention.coined || system.is_none() && begins_title(document, text);
            all.by_mention.push(Some(PaperName {
                trust,
                thing,
                size,
                product: product_in_name(text),
                system,
                own,
            }));
        }
        all
    }

    /// Returns the name at a mention, if the mention names a system.
    pub fn get(&self, mention: usize) -> Option<&PaperName> {
        self.by_mention.get(mention).and_then(Option::as_ref)
    }

    /// Returns whether a mention names a system of the authors' own.
    pub fn is_own(&self, mention: usize) -> bool {
        self.get(mention).is_some_and(|name| name.own)
    }

    /// Returns the first mention with this spelling.
    pub fn written(&self, name: &str) -> Option<usize> {
        self.by_key.get(spelling_key(name).as_ref()).copied()
    }

    /// Iterates over all things, each with its first mention.
    pub fn things(&self) -> impl Iterator<Item = (usize, &PaperName)> {
        self.firsts.iter().filter_map(|index| Some((*index, self.get(*index)?)))
    }

    /// Returns the first mention of a system of the catalogue.
    pub fn of_system(&self, system: SystemId) -> Option<usize> {
        self.by_system.get(&system).copied()
    }

    /// Removes names that another of them states more exactly: of "Claude" and "Claude Opus 5" the first is
    /// removed, and of two spellings of one thing the later one, unless they are those of two variants.
    pub fn distinct(&self, prose: &str, detected: &Detected, names: &[usize]) -> Vec<usize> {
        let text = |index: usize| detected.mentions[index].written_name(prose);
        let mut seen: HashMap<ThingId, Vec<&str>, FixedState> = HashMap::default();
        let mut kept: Vec<usize> = names.to_vec();
        kept.retain(|name| {
            let Some(known) = self.get(*name) else { return false };
            let spellings = seen.entry(known.thing).or_default();
            let is_new = spellings.len() < MOST_COMPARED
                && spellings
                    .iter()
                    .all(|spelling| are_variants(spelling, text(*name)) || says_more(text(*name), spelling));
            if is_new {
                spellings.push(text(*name));
            }
            is_new
        });
        if kept.len() <= MOST_COMPARED {
            let all = kept.clone();
            kept.retain(|name| !all.iter().any(|other| says_more(text(*other), text(*name))));
        }
        kept
    }
}

/// Returns whether the title of a paper is a name with a colon behind it, which the authors' own systems have.
fn begins_title(document: &Document, name: &str) -> bool {
    let rest = document.title.as_deref().and_then(|title| title.trim_start().strip_prefix(name));
    rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Returns the spelling key of a name that goes beyond the catalogue's names of the system, or an empty
/// string if it is one of these.
fn tail_of(key: &str, systems: &Systems, id: SystemId) -> String {
    let key = key.strip_suffix('s').filter(|_| !key.ends_with("ss")).unwrap_or(key);
    let is_known = systems.get(id).is_some_and(|system| {
        system.names().any(|name| {
            let name = spelling_key(name);
            name == key || name.strip_suffix('s') == Some(key)
        })
    });
    if is_known { String::new() } else { key.to_string() }
}

/// Tests whether one of the names of a system states a size.
fn has_size_in_name(systems: &Systems, id: SystemId, size: Option<f64>) -> bool {
    let states_it =
        |name: &str| size_in_name(name).zip(size).is_some_and(|(one, other)| same_size(one, other));
    systems.get(id).is_some_and(|system| system.names().any(states_it))
}

/// Tests whether one name is a family's and the other a member's: "Claude" and "Claude Opus 5".
pub(super) fn says_more(member: &str, family: &str) -> bool {
    let Some(start) = member.get(..family.len()) else { return false };
    let rest = &member[family.len()..];
    let has_digit = family.bytes().any(|byte| byte.is_ascii_digit());
    start.eq_ignore_ascii_case(family)
        && (rest.starts_with([' ', '-', '_']) || !has_digit && rest.starts_with(|c: char| c.is_ascii_digit()))
        && (!has_digit || size_in_name(rest).is_some() && size_in_name(family).is_none())
}

/// Tests whether two names of one system are those of variants of it, which a size or a last word tells apart: "Foo-1B"
/// and "Foo-7B", "Foo-base" and "Foo-large".
fn are_variants(one: &str, other: &str) -> bool {
    if let (Some(size), Some(other_size)) = (size_in_name(one), size_in_name(other)) {
        return !same_size(size, other_size);
    }
    let parted = |name: &'_ str| {
        let at = name.rfind([' ', '-', '_'])?;
        let (stem, word) = (name.get(..at)?, name.get(at + 1..)?);
        let is_word = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_word.then(|| (stem.to_lowercase(), word.to_lowercase()))
    };
    match (parted(one), parted(other)) {
        (Some((stem, word)), Some((other_stem, other_word))) => stem == other_stem && word != other_word,
        _ => false,
    }
}

/// Tests whether a span in a citation opens the note before its works: "(GPT-4; Smith, 2023)", "[GPT-4, see 3]". Behind
/// a team or an author stands a year.
fn is_in_note_before_works(document: &Document, span: ByteSpan, citation: ByteSpan) -> bool {
    let opens = span.start == citation.start + 1;
    let rest = document.prose.get(span.end..citation.end).unwrap_or_default();
    // "(Yi, Kim and Lee, 2019)"
    let has_version = has_digit(document, span);
    let goes_on =
        rest.strip_prefix(',').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    opens && (rest.starts_with(';') || has_version && goes_on)
}

fn has_digit(document: &Document, span: ByteSpan) -> bool {
    span.of(&document.prose).bytes().any(|byte| byte.is_ascii_digit())
}

/// Tests whether a span belongs to a citation: "(DeepSeek-AI, 2025)" names a team.
fn is_in_citation(document: &Document, span: ByteSpan) -> bool {
    let at = document.citations.partition_point(|citation| citation.span.end <= span.start);
    if let Some(citation) = document.citations.get(at).filter(|citation| citation.span.overlaps(span)) {
        return !is_in_note_before_works(document, span, citation.span);
    }
    // "(DeepSeek-AI, 2025)" in a text whose citations are not marked; "(Orvex-2, 2025)" is a version with its year
    if has_digit(document, span) {
        return false;
    }
    let after = document.prose[span.end..].strip_prefix(", ").or_else(|| {
        let rest = &document.prose[span.end..];
        rest.strip_prefix(" et al., ").or_else(|| rest.strip_prefix(" Team, "))
    });
    after.is_some_and(|rest| {
        let year = rest.get(..4).unwrap_or_default();
        (year.starts_with("20") || year.starts_with("19")) && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_system_differ_in_the_last_word_alone() {
        assert!(are_variants("Flan-T5-Base", "Flan-T5-Large") && are_variants("Orvex Pro", "orvex-flash"));
        for (one, other) in [("Orvex 2", "Orvex 3"), ("Orvex Pro", "orvex-pro"), ("Orvex", "Orvex Pro")] {
            assert!(!are_variants(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_member_says_more_than_its_family_and_no_more_than_another_member() {
        for (member, family) in [
            ("Claude Opus 5", "Claude"),
            ("Qwen3-14b", "Qwen3"),
            ("Pythia-1.4B", "pythia"),
            ("Llama3", "Llama"),
        ] {
            assert!(says_more(member, family), "{member} {family}");
        }
        for (one, other) in [
            ("GPT-4o", "GPT-4"),
            ("GPT-4 Turbo", "GPT-4"),
            ("Claude", "Claude Opus 5"),
            ("BERTweet", "BERT"),
            ("GPT-4", "GPT-4"),
        ] {
            assert!(!says_more(one, other), "{one} {other}");
        }
    }
}
