//! The mentions of one paper while it is read, and the names that only this paper has.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::{HashMap, HashSet, HashSetExt};
use memchr::memmem::Finder;

use super::PhraseVotes;
use super::labels::Labels;
use super::mention::Mention;
use super::name_discovery::{DiscoveredName, NameCandidates};
use super::name_size::size_in_name;
use super::seen_nouns::SeenNouns;
use crate::catalogue::{EntityType, Kind};
use crate::document::ByteSpan;

/// State that is kept while a prose is read from start to end.
#[derive(Debug, Default)]
pub struct DocumentState {
    /// Mentions found so far, in the order of their discovery.
    pub mentions: Vec<Mention>,
    /// Phrases that the rules voted to be no mention, in the order of the text.
    pub dismissed: Vec<Mention>,
    /// For each mention with names beside it: its index, and the places of the names.
    pub names_beside: Vec<(usize, Vec<ByteSpan>)>,
    /// Names that the authors give to systems of their own.
    pub coined: Vec<ByteSpan>,
    /// Names that the text gives to systems, which need not be the authors' own.
    pub labelled: Vec<ByteSpan>,
    /// Words that may be names, with the evidence from sentences.
    pub candidates: NameCandidates,
    /// Phrases that consist of a name and its head ("the Foo corpus"): the index of the phrase, and the word
    /// that may be the name.
    pub name_slots: Vec<(usize, ByteSpan)>,
    /// Every vote on a phrase, if votes are traced.
    pub phrase_votes: Option<Vec<PhraseVotes>>,
    /// The nouns of all phrases so far.
    pub(super) seen_nouns: SeenNouns,
    /// Number of names of the catalogue in the paper.
    pub names_in_paper: usize,
    /// Set when the rules alone decide, whatever contexts the catalogue has.
    pub rules_alone: bool,
    /// Labels that the paper introduces.
    pub(super) labels: Labels,
    /// For each type of entity, set once one has been introduced.
    pub introduced: [bool; EntityType::ALL.len()],
}

/// Fewest bytes of a coined name that is looked for in the rest of the paper.
const SHORTEST_COINED: usize = 3;

/// Names that do not overlap, by their start: their end and the index of their mention.
type NamedSpans = BTreeMap<usize, (usize, usize)>;

impl DocumentState {
    /// Completes the reading: adds the names that only the paper has, ties names to phrases, and returns the
    /// mentions in the order of the text.
    pub fn finish(
        mut self,
        prose: &str,
        coined: &[DiscoveredName],
        sentence_at: impl Fn(ByteSpan) -> ByteSpan,
        gives_names: impl Fn(ByteSpan) -> bool,
    ) -> Vec<Mention> {
        let names: Vec<&DiscoveredName> = coined.iter().filter(|word| word.is_name).collect();
        let none_given = self.coined.is_empty() && self.labelled.is_empty();
        if self.names_beside.is_empty() && none_given && names.is_empty() {
            return in_order(self.mentions);
        }
        let named = self.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Named);
        let mut named: NamedSpans =
            named.map(|(index, mention)| (mention.span.start, (mention.span.end, index))).collect();

        let given = std::mem::take(&mut self.coined);
        let own = given_names(prose, given, coined);
        let own: Vec<&DiscoveredName> = own.iter().collect();
        let labelled = std::mem::take(&mut self.labelled);
        let labelled = given_names(prose, labelled, coined);
        let labelled: Vec<&DiscoveredName> = labelled.iter().collect();
        for (names, is_own) in [(&own, true), (&names, false), (&labelled, false)] {
            self.add_names(
                prose,
                names,
                is_own,
                &|span| gives_names(span).then(|| sentence_at(span)),
                &mut named,
            );
        }
        let ties = std::mem::take(&mut self.names_beside);
        for (index, spans) in &ties {
            let entity_type = self.mentions[*index].entity_type;
            for span in spans {
                self.add_name(Mention::by_name(entity_type, *span, sentence_at(*span)), &mut named);
            }
        }
        for (index, spans) in ties {
            let mut by: Vec<usize> = spans.iter().filter_map(|span| overlapping(&named, *span)).collect();
            by.sort_unstable();
            by.dedup();
            self.mentions[index].named_by = by;
        }
        self.drop_named_phrases(&named);
        in_order(self.mentions)
    }

    /// Adds a mention at every occurrence of the names, or updates the one that is there.
    fn add_names(
        &mut self,
        prose: &str,
        names: &[&DiscoveredName],
        own: bool,
        sentence_at: &impl Fn(ByteSpan) -> Option<ByteSpan>,
        named: &mut NamedSpans,
    ) {
        if names.is_empty() {
            return;
        }
        for (found, place) in occurrences(prose, names) {
            let coined = names[place];
            let Some(word) = whole_word(prose, found) else { continue };
            let span = with_tail(prose, word);
            let Some(sentence) = sentence_at(span) else { continue };
            let name = Mention::by_name(coined.entity_type, span, sentence);
            let index = self.add_name(name, named);
            let mention = &mut self.mentions[index];
            mention.coined |= own;
            if mention.span == span {
                // A name that tells how many parameters it has is a model's, whatever stands around it.
                let entity_type = match size_in_name(span.of(prose)) {
                    Some(_) => EntityType::Model,
                    None => coined.entity_type,
                };
                if mention.entity_type != entity_type {
                    if !mention.systems.is_empty() && coined.lead < ENOUGH_AGAINST_CATALOGUE {
                        continue;
                    }
                    mention.systems.clear(); // the catalogue's system is another thing of this name
                }
                mention.entity_type = entity_type;
                mention.votes.extend_from_slice(&coined.votes);
                mention.plural |= word.len() > found.len();
            }
        }
    }

    /// Adds a name, or finds the one that is already there. Returns its index.
    fn add_name(&mut self, mention: Mention, named: &mut NamedSpans) -> usize {
        overlapping(named, mention.span).unwrap_or_else(|| {
            let index = self.mentions.len();
            named.insert(mention.span.start, (mention.span.end, index));
            self.mentions.push(mention);
            index
        })
    }

    /// Drops phrases that consist of a name and its head: the name is the mention and takes over their votes.
    fn drop_named_phrases(&mut self, named: &NamedSpans) {
        for (phrase, slot) in std::mem::take(&mut self.name_slots) {
            if let Some(name) =
                overlapping(named, slot).filter(|name| self.mentions[*name].span.end == slot.end)
            {
                let votes = std::mem::take(&mut self.mentions[phrase].votes);
                self.mentions[name].votes.extend(votes);
                self.mentions[phrase].kind = Kind::NoMention;
            }
        }
    }
}

/// Returns the names that the text gives at these places, each once.
fn given_names(prose: &str, spans: Vec<ByteSpan>, coined: &[DiscoveredName]) -> Vec<DiscoveredName> {
    let mut given: Vec<DiscoveredName> = Vec::new();
    let mut met = HashSet::new();
    // From the last to the first, so that of equal ones the first stays.
    let coined: HashMap<&str, &DiscoveredName> =
        coined.iter().rev().map(|known| (&*known.name, known)).collect();
    for span in spans {
        let name = span.of(prose);
        if name.len() < SHORTEST_COINED || !met.insert(name) {
            continue;
        }
        let coined_name = coined.get(name).copied();
        given.push(coined_name.cloned().unwrap_or_else(|| DiscoveredName {
            name: name.into(),
            entity_type: EntityType::Model,
            votes: Vec::new(),
            is_name: true,
            lead: 0.0,
            first: span,
        }));
    }
    given
}

/// Least lead of the votes for another type over all others by which a paper uses a name of the catalogue for
/// another thing; measured on the 57 full papers of GSAP-NER.
const ENOUGH_AGAINST_CATALOGUE: f64 = 4.0;

/// Most names that are looked for one by one, which is faster than to build an automaton for them.
const FEW_NAMES: usize = 8;

/// Returns where names stand in a prose, each with its index, in the order of the text. Of overlapping ones
/// the leftmost is taken, and of those that begin together the longest.
fn occurrences(prose: &str, names: &[&DiscoveredName]) -> Vec<(ByteSpan, usize)> {
    let spelled = || names.iter().map(|coined| coined.name.as_bytes());
    if names.len() > FEW_NAMES {
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::NoncontiguousNFA));
        let Ok(automaton) = builder.build(spelled()) else {
            return Vec::new(); // more text than an automaton holds, which no paper has
        };
        let found = automaton.find_iter(prose);
        return found.map(|at| (ByteSpan::new(at.start(), at.end()), at.pattern().as_usize())).collect();
    }
    let mut found: Vec<(ByteSpan, usize)> = Vec::new();
    for (place, name) in spelled().enumerate().filter(|(_, name)| !name.is_empty()) {
        let finder = Finder::new(name);
        let mut from = 0;
        while let Some(at) = finder.find(&prose.as_bytes()[from..]) {
            let start = from + at;
            found.push((ByteSpan::new(start, start + name.len()), place));
            from = start + 1;
        }
    }
    found.sort_unstable_by_key(|(span, place)| (span.start, Reverse(span.end), *place));
    let mut end = 0;
    found.retain(|(span, _)| {
        let stays = span.start >= end;
        end = if stays { span.end } else { end };
        stays
    });
    found
}

/// Returns the index of the name that overlaps a span.
fn overlapping(named: &NamedSpans, span: ByteSpan) -> Option<usize> {
    let (_, (end, index)) = named.range(..span.end).next_back()?;
    (*end > span.start).then_some(*index)
}

/// Returns the word that a name fills, alone or with a plural s; `None` if other letters or digits touch it.
fn whole_word(prose: &str, name: ByteSpan) -> Option<ByteSpan> {
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let rest = &prose[name.end..];
    let plural = rest.strip_prefix('s').filter(|rest| !touches(rest.chars().next()));
    if touches(prose[..name.start].chars().next_back()) || plural.is_none() && touches(rest.chars().next()) {
        return None;
    }
    Some(ByteSpan::new(name.start, name.end + usize::from(plural.is_some())))
}

/// Extends a name over numbers and capitals that hyphens join to it: "Orvex-5", "Orvex-SPC-DG".
fn with_tail(prose: &str, name: ByteSpan) -> ByteSpan {
    let mut end = name.end;
    while let Some(rest) = prose[end..].strip_prefix('-') {
        let part = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len())];
        let part = part.trim_end_matches('.');
        let is_tail = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'.';
        if part.is_empty() || !part.bytes().all(is_tail) {
            break;
        }
        end += 1 + part.len();
    }
    ByteSpan::new(name.start, end)
}

/// Sorts mentions in the order of the text, drops those that turned out to be none, and renumbers the links
/// between them.
fn in_order(mentions: Vec<Mention>) -> Vec<Mention> {
    let mut order: Vec<usize> =
        (0..mentions.len()).filter(|index| mentions[*index].kind != Kind::NoMention).collect();
    order.sort_by_key(|index| (mentions[*index].span, *index));
    let mut place = vec![0; mentions.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut mentions: Vec<Option<Mention>> = mentions.into_iter().map(Some).collect();
    let mut sorted = Vec::with_capacity(order.len());
    for mut mention in order.iter().filter_map(|old| mentions.get_mut(*old)?.take()) {
        mention.named_by.iter_mut().for_each(|link| *link = place[*link]);
        mention.named_by.sort_unstable();
        sorted.push(mention);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::SystemId;

    #[test]
    fn a_coined_name_is_found_through_the_whole_paper() {
        let prose = "We propose NPT. Later, NPT wins; NPTs do too, and XNPT does not.";
        let progress = DocumentState { coined: vec![ByteSpan::new(11, 14)], ..DocumentState::default() };
        let mentions = progress.finish(prose, &[], |span| span, |_| true);
        let starts: Vec<usize> = mentions.iter().map(|mention| mention.span.start).collect();
        assert_eq!(starts, [11, 23, 33]);
        assert!(mentions.iter().all(|mention| mention.coined));
    }

    #[test]
    fn numbers_and_capitals_joined_to_a_name_are_its_own() {
        let whole = |prose: &str| with_tail(prose, ByteSpan::new(0, 5)).of(prose).to_string();
        for (prose, expected) in [
            ("Orvex-5 is", "Orvex-5"),
            ("Orvex-SPC-DG.", "Orvex-SPC-DG"),
            ("Orvex-3.2-7B.", "Orvex-3.2-7B"),
            ("Orvex-based", "Orvex"),
            ("Orvex-5-based", "Orvex-5"),
            ("Orvex-", "Orvex"),
            ("Orvex-é", "Orvex"),
        ] {
            assert_eq!(whole(prose), expected);
        }
    }

    #[test]
    fn a_name_of_the_catalogue_is_another_thing_by_a_clear_lead_alone() {
        let prose = "We score on Foo.";
        let type_of = |lead: f64| {
            let span = ByteSpan::new(12, 15);
            let mut progress = DocumentState::default();
            progress.mentions.push(Mention::by_name(EntityType::Model, span, span));
            progress.mentions[0].systems.push(SystemId(0));
            let name = DiscoveredName {
                name: "Foo".into(),
                entity_type: EntityType::Dataset,
                votes: Vec::new(),
                is_name: true,
                lead,
                first: span,
            };
            let mention = progress.finish(prose, &[name], |span| span, |_| true).remove(0);
            (mention.entity_type, mention.systems.len())
        };
        assert_eq!(type_of(ENOUGH_AGAINST_CATALOGUE - 0.1), (EntityType::Model, 1));
        assert_eq!(type_of(ENOUGH_AGAINST_CATALOGUE), (EntityType::Dataset, 0));
    }

    #[test]
    fn names_are_found_the_same_way_however_many_there_are() {
        let prose = "aaaa NPT-2 NPT NPT-22 aNPT aa";
        let name = |name: &str| DiscoveredName {
            name: name.into(),
            entity_type: EntityType::Model,
            votes: Vec::new(),
            is_name: true,
            lead: 0.0,
            first: ByteSpan::new(0, 0),
        };
        let few: Vec<DiscoveredName> = ["NPT", "aaa", "NPT-2", "PT", "aa"].map(name).into();
        let more: Vec<DiscoveredName> = (0..FEW_NAMES).map(|number| name(&format!("Foo{number}"))).collect();
        let few: Vec<&DiscoveredName> = few.iter().collect();
        let many: Vec<&DiscoveredName> = few.iter().copied().chain(&more).collect();
        let found = occurrences(prose, &few);
        assert_eq!(found.iter().map(|(_, place)| *place).collect::<Vec<_>>(), [1, 2, 0, 2, 0, 4]);
        assert_eq!(occurrences(prose, &many), found);
    }

    #[test]
    fn links_follow_the_mentions_into_the_order_of_the_text() {
        let prose = "Foo9, a model. Bar9.";
        let mut progress = DocumentState::default();
        for span in [ByteSpan::new(15, 19), ByteSpan::new(6, 13)] {
            progress.mentions.push(Mention::by_name(EntityType::Model, span, span));
        }
        progress.mentions[1].kind = Kind::Described;
        progress.names_beside.push((1, vec![ByteSpan::new(0, 4)]));
        let mentions = progress.finish(prose, &[], |span| span, |_| true);
        let texts: Vec<&str> = mentions.iter().map(|mention| mention.span.of(prose)).collect();
        assert_eq!(texts, ["Foo9", "a model", "Bar9"]);
        assert_eq!(mentions[1].named_by, [0]);
    }
}
